import { CompactTree, chainStart, fromHex, leafHash, nextChainHash, parseCheckpoint, personalCommitment, toHex, verifyConsistency, verifyInclusion, verifyNote } from '@buildrunner/sdk/audit-log'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { PLATFORM } from './entry.ts'
import type { AuditSigner } from './signing.ts'
import { addRecords, seal } from './testing/log.ts'

const RECORD = 'id organisationId sequence chainHash action version actorId impersonatorId targetType targetId beforeDigest afterDigest details requestId origin createdAt personalCommitment personal personalSalt'
const CHECKPOINT = 'note size root chainHash createdAt keyName publicKey'
const LOG = `query ($since: Int!, $first: Int! = 1000, $chain: AuditChain! = ORGANISATION) {
  auditLog(since: $since, first: $first, chain: $chain) { organisationId pending checkpoint { ${CHECKPOINT} } records { ${RECORD} } cut { sequence leafHash chainHash } } }`
const SEARCH = `query ($actor: ID, $action: String, $target: ID, $from: DateTime, $to: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
  auditRecords(actor: $actor, action: $action, target: $target, from: $from, to: $to, first: $first, after: $after, last: $last, before: $before) {
    nodes { id sequence action actor { id name } targetType targetId details personal isErased createdAt } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`
const ERASE = `mutation ($input: EraseAuditPersonalDataInput!) { eraseAuditPersonalData(input: $input) { __typename ... on Error { code message } ... on EraseAuditPersonalDataPayload { records } } }`
const INCLUSION = 'query ($recordId: ID!, $size: Int!) { auditInclusionProof(recordId: $recordId, size: $size) { leafIndex size hashes } }'
const CONSISTENCY = 'query ($from: Int!, $to: Int!) { auditConsistencyProof(from: $from, to: $to) { hashes } }'

let workspace: TestWorkspace
let organisationId: string
let signer: AuditSigner
const project = newUuid()
const START = new Date('2026-01-01T00:00:00.000Z')

beforeAll(async () => {
  workspace = await createTestWorkspace()
  organisationId = workspace.actor.organisationId
  await addRecords(workspace, organisationId, 130, START)
  await addRecords(workspace, organisationId, 3, new Date('2026-02-01T00:00:00.000Z'), { action: 'plan.import', actorId: workspace.actor.userId, target: { type: 'project', id: project } })
  signer = await seal(workspace, new Date())
})

async function ask<Data = any>(source: string, variables: Record<string, unknown> = {}, ctx = workspace.context()): Promise<Data> {
  const { data, errors } = await workspace.run<any>(source, variables, ctx)
  if (errors) throw errors[0]!.originalError ?? errors[0]
  return Object.values(data)[0] as Data
}
const leavesOf = (records: any[]): Uint8Array[] => records.map((record) => leafHash(record))
const rootOfFirst = (leaves: Uint8Array[], size: number): Uint8Array => {
  const tree = new CompactTree()
  for (const leaf of leaves.slice(0, size)) tree.append(leaf)
  return tree.root()
}

describe('the log as verifiers read it', () => {
  test('has every stored value that is hashed: chain, tree, checkpoint and commitments follow from them', async () => {
    const { records, cut, checkpoint, organisationId: owner } = await ask(LOG, { since: 0 })
    expect([owner, cut, records.length]).toEqual([organisationId, [], 134])
    let chain: Uint8Array = chainStart(organisationId)
    for (const [at, record] of records.entries()) {
      chain = nextChainHash(chain, leafHash(record))
      expect([record.sequence, record.chainHash]).toEqual([at + 1, toHex(chain)])
      if (record.personal !== null) expect(personalCommitment(record.personalSalt, record.personal)).toBe(record.personalCommitment)
    }
    const note = parseCheckpoint(checkpoint.note)
    expect(await verifyNote(note, [{ name: checkpoint.keyName, publicKey: checkpoint.publicKey }])).toEqual([signer.key])
    expect(note.checkpoint).toMatchObject({ organisationId, size: 134, chainHash: toHex(chain), root: toHex(rootOfFirst(leavesOf(records), 134)) })
    expect(checkpoint).toMatchObject({ size: 134, chainHash: toHex(chain), root: Buffer.from(note.checkpoint.root, 'hex').toString('base64'), createdAt: note.checkpoint.time })
  })

  test('comes in pages of up to 1,000 by sequence; a page of that size is within the limits of an operation', async () => {
    const page = await ask(LOG, { since: 100, first: 10 })
    expect(page.records.map(({ sequence }: { sequence: number }) => sequence)).toEqual(Array.from({ length: 10 }, (_, at) => 101 + at))
    for (const variables of [{ since: -1 }, { since: 0, first: 0 }, { since: 0, first: 1001 }]) await expect(ask(LOG, variables)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  test('is read in as many statements as a page of ten as of a hundred', async () => {
    workspace.takeStatements()
    await ask(LOG, { since: 0, first: 10 })
    const few = workspace.takeStatements().length
    await ask(LOG, { since: 0, first: 100 })
    expect(workspace.takeStatements().length).toBe(few)
    expect(few).toBeLessThanOrEqual(6)
  })

  test('remembers who read it: once for all pages, and again after ten minutes', async () => {
    const read = async () => (await workspace.pool.query(`SELECT details, actor_id, personal FROM audit_records WHERE action = 'audit.export' AND organisation_id = $1`, [organisationId])).rows
    expect(await read()).toEqual([{ details: '{"since":0}', actor_id: workspace.actor.userId, personal: '{"address":"127.0.0.1"}' }])
    await ask(LOG, { since: 0 }, { ...workspace.context(), clock: { now: () => new Date(Date.now() + 601_000) } })
    expect(await read()).toHaveLength(2)
  })

  test("needs audit.export; the platform's needs platform.audit and has what belongs to no organisation", async () => {
    await expect(ask(LOG, { since: 0 }, workspace.context({ ...workspace.actor, scopes: new Set(['audit.read']) }))).rejects.toMatchObject({ permission: 'audit.export' })
    await expect(ask(LOG, { since: 0, chain: 'PLATFORM' })).rejects.toMatchObject({ permission: 'platform.audit' })
    await addRecords(workspace, PLATFORM, 2, START)
    await seal(workspace, new Date(Date.now() + 5_000), signer)
    const page = await ask(LOG, { since: 0, chain: 'PLATFORM' }, workspace.context({ ...workspace.actor, platformRole: 'GlobalAdmin' }))
    expect([page.organisationId, page.records.length, page.checkpoint.size]).toEqual([PLATFORM, 2, 2])
  })
})

describe('proofs', () => {
  test('of inclusion hold for every record in every size, and read O(log n) nodes in one statement', async () => {
    const { records } = await ask(LOG, { since: 0 })
    const leaves = leavesOf(records)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: leaves.length }).chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 }))), async ([size, index]) => {
      const proof = await ask(INCLUSION, { recordId: encodeNodeId('AuditRecord', records[index].id), size })
      expect(proof).toMatchObject({ leafIndex: index, size })
      const claim = { index, size, leaf: leaves[index]!, proof: proof.hashes.map(fromHex), root: rootOfFirst(leaves, size) }
      expect(verifyInclusion(claim)).toBe(true)
      expect(verifyInclusion({ ...claim, leaf: leaves[(index + 1) % leaves.length]! })).toBe(false)
    }), { numRuns: 60 })
    workspace.takeStatements()
    await ask(INCLUSION, { recordId: records[5].id, size: leaves.length })
    expect(workspace.takeStatements().length).toBeLessThanOrEqual(3)
  })

  test('of consistency hold between all sizes', async () => {
    const leaves = leavesOf((await ask(LOG, { since: 0 })).records)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: leaves.length }).chain((to) => fc.tuple(fc.integer({ min: 0, max: to }), fc.constant(to))), async ([from, to]) => {
      const { hashes } = await ask(CONSISTENCY, { from, to })
      expect(verifyConsistency({ from, to, fromRoot: rootOfFirst(leaves, from), toRoot: rootOfFirst(leaves, to), proof: hashes.map(fromHex) })).toBe(true)
    }), { numRuns: 60 })
  })

  test('are refused for what is not there', async () => {
    const { records } = await ask(LOG, { since: 0 })
    await expect(ask(INCLUSION, { recordId: newUuid(), size: 3 })).rejects.toMatchObject({ code: 'NOT_FOUND', inputPath: ['recordId'] })
    await expect(ask(INCLUSION, { recordId: records[9].id, size: 9 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', inputPath: ['size'] })
    for (const size of [-1, 10_000]) await expect(ask(INCLUSION, { recordId: records[9].id, size })).rejects.toMatchObject({ inputPath: ['size'] })
    await expect(ask(CONSISTENCY, { from: 5, to: 4 })).rejects.toMatchObject({ inputPath: ['from'] })
    await expect(ask(CONSISTENCY, { from: 5, to: 10_000 })).rejects.toMatchObject({ inputPath: ['to'] })
    const stranger = await workspace.stranger()
    await expect(ask(INCLUSION, { recordId: records[9].id, size: 1 }, workspace.context(stranger.actor))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('checkpoint and keys come by themselves; who has no log yet has no checkpoint', async () => {
    expect((await ask('{ auditCheckpoint { size keyName } }'))).toMatchObject({ size: expect.any(Number), keyName: signer.key.name })
    expect(await ask('{ auditKeys { name publicKey } }')).toEqual([signer.key])
    const stranger = await workspace.stranger()
    expect(await ask('{ auditCheckpoint { size } }', {}, workspace.context(stranger.actor))).toBeNull()
  })
})

describe('the log for people', () => {
  const search = async (variables: Record<string, unknown>) => (await ask(SEARCH, variables)).nodes as any[]

  test('is newest first, page by page in both directions, without gap or repetition', async () => {
    const all: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page: any = await ask(SEARCH, { first: 50, after, to: '2026-03-01T00:00:00Z' })
      all.push(...page.nodes.map(({ id }: { id: string }) => id))
      more = page.pageInfo.hasNextPage
      after = page.pageInfo.endCursor
    }
    expect(new Set(all).size).toBe(133)
    const { rows } = await workspace.pool.query(`SELECT id FROM audit_records WHERE organisation_id = $1 AND created_at < '2026-03-01' ORDER BY created_at DESC, id DESC`, [organisationId])
    expect(all).toEqual(rows.map(({ id }) => encodeNodeId('AuditRecord', id)))
    const last: any = await ask(SEARCH, { last: 2, to: '2026-03-01T00:00:00Z' })
    expect(last.nodes.map(({ id }: { id: string }) => id)).toEqual(all.slice(-2))
  })

  test('is found by actor, action, beginning of actions, target and time, together too', async () => {
    const userId = encodeNodeId('User', workspace.actor.userId)
    expect(await search({ actor: userId, action: 'plan' })).toHaveLength(3)
    expect((await search({ actor: userId, action: 'plan' }))[0]).toMatchObject({ action: 'plan.import', actor: { id: userId, name: 'Ada' }, targetType: 'project', targetId: encodeNodeId('Project', project), details: { at: 2 }, personal: { address: '192.0.2.2' }, isErased: false })
    for (const action of ['plan.import', 'plan.', 'plan.*']) expect(await search({ action }), action).toHaveLength(3)
    for (const action of ['pla', 'plan.imp', '%', 'plan_import', '']) expect(await search({ action }), action).toEqual([])
    expect(await search({ target: encodeNodeId('Project', project), from: '2026-02-01T00:00:01Z' })).toHaveLength(2)
    expect(await search({ target: project, from: '2026-02-01T00:00:01Z', to: '2026-02-01T00:00:02Z' })).toHaveLength(1)
    await expect(search({ actor: 'ada' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', inputPath: ['actor'] })
  })

  test('needs audit.read', async () => {
    await expect(ask(SEARCH, {}, workspace.context({ ...workspace.actor, organisationRole: 'Member' }))).rejects.toMatchObject({ permission: 'audit.read' })
  })
})

describe('erasing personal data', () => {
  test('takes it from what the person did and from what is about them; records, hashes and proofs stay', async () => {
    const userId = newUuid()
    await addRecords(workspace, organisationId, 2, new Date('2026-05-01T00:00:00Z'), { actorId: userId })
    await addRecords(workspace, organisationId, 1, new Date('2026-05-02T00:00:00Z'), { target: { type: 'user', id: userId } })
    await seal(workspace, new Date(Date.now() + 60_000), signer)
    const before = (await ask(LOG, { since: 0 })).records
    expect(await ask(ERASE, { input: { userId } })).toEqual({ __typename: 'EraseAuditPersonalDataPayload', records: 3 })
    const { records } = await ask(LOG, { since: 0 })
    expect(records.map((record: any) => toHex(leafHash(record)))).toEqual(before.map((record: any) => toHex(leafHash(record))))
    const about = records.filter((record: any) => [record.actorId, record.targetId].includes(userId))
    expect(about.map(({ personal, personalSalt, personalCommitment: commitment }: any) => [personal, personalSalt, typeof commitment])).toEqual(Array(3).fill([null, null, 'string']))
    expect(records.filter(({ personal }: any) => personal !== null).length).toBeGreaterThan(130)
    const [record] = (await ask(SEARCH, { action: 'audit.erase', target: userId })).nodes
    expect(record).toMatchObject({ actor: { name: 'Ada' }, targetType: 'user', details: { records: 3 } })
    expect((await ask(SEARCH, { actor: userId })).nodes[0]).toMatchObject({ personal: null, isErased: true })
  })

  test('is answered once for a key, refused for another request under it, and for whom the log does not know', async () => {
    const [userId, other] = [newUuid(), newUuid()]
    for (const id of [userId, other]) await addRecords(workspace, organisationId, 1, new Date('2026-06-01T00:00:00Z'), { actorId: id })
    const same = { input: { userId, idempotencyKey: 'erase-1' } }
    const answers = await Promise.all([ask(ERASE, same), ask(ERASE, same)])
    expect([...answers, await ask(ERASE, same)].map(({ records }) => records)).toEqual([1, 1, 1])
    expect((await ask(SEARCH, { action: 'audit.erase', target: userId })).nodes).toHaveLength(1)
    expect(await ask(ERASE, { input: { userId: other, idempotencyKey: 'erase-1' } })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    expect(await ask(ERASE, { input: { userId: newUuid() } })).toMatchObject({ code: 'NOT_FOUND' })
    const stranger = await workspace.stranger()
    expect(await ask(ERASE, { input: { userId: other } }, workspace.context(stranger.actor))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await ask(ERASE, { input: { userId: other } }, workspace.context({ ...workspace.actor, organisationRole: 'Member' }))).toMatchObject({ code: 'FORBIDDEN' })
  })
})
