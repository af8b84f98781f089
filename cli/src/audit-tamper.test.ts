/** Somebody edits the database behind the server's back, triggers off: each kind is found through `client.audit.verify()` and `br audit verify`. */
import { BuildRunnerSDK, type AuditPin, type AuditReport } from '@buildrunner/sdk'
import { chainStart, CompactTree, inclusionProof, leafHash, nextChainHash, parseCheckpoint, signCheckpoint, toHex, verifyInclusion, fromHex, type StoredRecord } from '@buildrunner/sdk/audit-log'
import { createSigner, newSigningKey, publishKey, readSigningKey, type AuditSigner } from '@buildrunner/schema/audit/signing'
import { addRecords, seal } from '@buildrunner/schema/audit/testing/log'
import { createTestWorkspace, type TestWorkspace } from '@buildrunner/schema/testing/workspace'
import fc from 'fast-check'
import * as fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer } from '../../api/src/testing/graphql.ts'
import { createTestCli, type TestCli } from './testing/br.ts'

const RECORDS = 40
const PINNED = 20
const TABLES = ['audit_records', 'audit_checkpoints', 'audit_nodes', 'audit_signing_keys']

let cli: TestCli
let workspace: TestWorkspace
let signer: AuditSigner
let client: BuildRunnerSDK
let baseUrl: string
let early: AuditPin
let original: StoredRecord[]

const sql = (text: string, ...values: unknown[]) => workspace.pool.query(text, values)
const START = new Date('2026-01-01T00:00:00.000Z')
const PERSON = '0199b1f2-0000-7000-8000-00000000ac70'

beforeAll(async () => {
  ;[cli, workspace] = await Promise.all([createTestCli(), createTestWorkspace()])
  const { organisationId, userId } = workspace.actor
  const more = { actorId: userId, impersonatorId: PERSON, target: { type: 'project', id: PERSON }, before: '{}' }
  for (const table of TABLES) await workspace.administer(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)
  await sql('DELETE FROM audit_records')
  await addRecords(workspace, organisationId, PINNED, START, more)
  signer = await seal(workspace, new Date())
  baseUrl = (await startTestServer(workspace)).url.replace(/\/graphql$/, '')
  client = new BuildRunnerSDK({ baseUrl, apiKey: workspace.apiKey })
  early = (await verify()).pin!
  await addRecords(workspace, organisationId, RECORDS - PINNED, new Date(START.getTime() + 60_000), more)
  // A checkpoint is signed once a second: by this clock five have passed.
  await seal(workspace, new Date(Date.now() + 5_000), signer)
  for (const table of TABLES) await workspace.administer(`CREATE TABLE kept_${table} AS TABLE ${table}; GRANT SELECT ON kept_${table} TO PUBLIC`)
  original = (await client.audit.log({ since: 0 }).orThrow()).records
})
afterAll(() => cli?.close())
afterEach(async () => {
  for (const table of TABLES) await sql(`DELETE FROM ${table}`)
  for (const table of TABLES) await sql(`INSERT INTO ${table} SELECT * FROM kept_${table}`)
})

const verify = (pinned: AuditPin[] = []): Promise<AuditReport> => client.audit.verify({ pinned }).orThrow()
const found = ({ findings }: AuditReport): string[] => findings.map(({ kind, sequence }) => `${kind} ${sequence}`)

/** What `br` says with the early checkpoint as its only pin. */
async function brVerify(): Promise<{ code: number | null; stdout: string }> {
  const folder = cli.folder()
  fs.writeFileSync(path.join(folder, 'pins.json'), JSON.stringify({ pins: [early] }))
  return cli.run(['audit', 'verify', '--pin', 'pins.json'], { cwd: folder, env: { BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_API_KEY: workspace.apiKey } })
}

/** Both tell the same kind of the same record. */
async function expectFound(...expected: string[]): Promise<void> {
  const report = await verify([early])
  expect(found(report)).toEqual(expected)
  const { code, stdout } = await brVerify()
  expect(code).toBe(9)
  for (const { kind, message } of report.findings) expect(stdout).toContain(`${kind}  ${message}`)
}

test('the log as it is, is proven', async () => {
  expect(await verify([early])).toMatchObject({ ok: true, records: original.length, verified: original.length, pinned: PINNED })
  expect(await brVerify()).toMatchObject({ code: 0 })
})

/** SQL that changes one byte of a column, at a place taken from `$2`, so that the column's type still takes it. */
const TEXT = ['action', 'target_type', 'before_digest', 'after_digest', 'details', 'request_id', 'origin', 'chain_hash', 'personal_commitment', 'personal', 'personal_salt']
const UUID = ['id', 'organisation_id', 'actor_id', 'impersonator_id', 'target_id']
const flipText = (column: string): string =>
  `${column} = overlay(${column} placing CASE substr(${column}, 1 + $2::int % length(${column}), 1) WHEN 'x' THEN 'y' ELSE 'x' END from 1 + $2::int % length(${column}))`
const flipUuid = (column: string): string =>
  `${column} = overlay(${column}::text placing CASE right(${column}::text, 1) WHEN '0' THEN '1' ELSE '0' END from 36 + 0 * $2::int)::uuid`
const CHANGES: Record<string, string> = {
  ...Object.fromEntries(TEXT.map((column) => [column, flipText(column)])),
  ...Object.fromEntries(UUID.map((column) => [column, flipUuid(column)])),
  version: 'version = version + 1 + $2::int', created_at: `created_at = created_at + (1 + $2::int) * interval '1 millisecond'`, sequence: 'sequence = sequence + 1000 + $2::int',
}

test('every column of the table is tried', async () => {
  const { rows } = await sql(`SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_records'`)
  expect(Object.keys(CHANGES).sort()).toEqual(rows.map((row) => row.column_name as string).sort())
})

test.each(Object.entries(CHANGES))('one byte of %s is found, and the record is named', async (_column, change) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: RECORDS }), fc.nat(500), async (sequence, seed) => {
      await sql(`UPDATE audit_records SET ${change} WHERE sequence = $1::int`, sequence, seed)
      const report = await verify([early])
      expect(report.ok).toBe(false)
      expect(report.findings.map((finding) => finding.sequence)).toContain(sequence)
      await sql('DELETE FROM audit_records')
      await sql('INSERT INTO audit_records SELECT * FROM kept_audit_records')
    }),
    { numRuns: 4 },
  )
})

test('a record that was deleted is missed', async () => {
  await sql('DELETE FROM audit_records WHERE sequence = 7')
  await expectFound('missing 7')
})

test('a tail that was deleted is missed, also with the checkpoint that told of it', async () => {
  await sql('DELETE FROM audit_records WHERE sequence > 10')
  await expectFound('tail-cut 11')
  await sql('DELETE FROM audit_checkpoints')
  await expectFound('tail-cut 11')
})

test('two rows that were swapped are found', async () => {
  await sql('UPDATE audit_records SET sequence = 1000 WHERE sequence = 7')
  await sql('UPDATE audit_records SET sequence = 7 WHERE sequence = 30')
  await sql('UPDATE audit_records SET sequence = 30 WHERE sequence = 1000')
  await expectFound('order 7', 'order 30')
})

test('a record that was put in the place of another is found', async () => {
  await sql('DELETE FROM audit_records WHERE sequence = 7')
  await sql(`INSERT INTO audit_records (id, organisation_id, sequence, chain_hash, action, version, target_type, request_id, origin, created_at)
    SELECT gen_random_uuid(), organisation_id, 7, $1, 'forged', 1, 'project', 'r', 'test', created_at FROM kept_audit_records WHERE sequence = 7`, original[6]!.chainHash)
  await expectFound('record-changed 7')
})

test('a record that was taken twice, the rest moved on, is found', async () => {
  await sql('UPDATE audit_records SET sequence = sequence + 10001 WHERE sequence > 7')
  await sql('UPDATE audit_records SET sequence = sequence - 10000 WHERE sequence > 10000')
  await sql(`INSERT INTO audit_records SELECT (jsonb_populate_record(r, '{"sequence": 8, "id": "0199b1f2-0000-7000-8000-000000000f0f"}')).* FROM kept_audit_records r WHERE sequence = 7`)
  expect(found(await verify([early]))).toContain('record-changed 8')
  expect(await brVerify()).toMatchObject({ code: 9 })
})

test('a record of another organisation is missed there', async () => {
  const { actor } = await workspace.stranger()
  await sql('UPDATE audit_records SET organisation_id = $1 WHERE sequence = 7 AND organisation_id = $2', actor.organisationId, workspace.actor.organisationId)
  await expectFound('missing 7')
})

test('personal data that was changed is found; data that was erased is not', async () => {
  await sql(`UPDATE audit_records SET personal = '{"address":"203.0.113.9"}' WHERE sequence = 7`)
  await expectFound('personal-data-changed 7')
  await sql('UPDATE audit_records SET personal = NULL, personal_salt = NULL WHERE sequence = 7')
  expect(await verify([early])).toMatchObject({ ok: true, erased: 1 })
})

/** Chains and signs the records anew, from 1 on, as somebody who has the server's key would. */
async function rebuild(change: (record: StoredRecord) => StoredRecord, by: AuditSigner): Promise<void> {
  let chain = chainStart(workspace.actor.organisationId)
  const tree = new CompactTree()
  for (const record of original.map(change)) {
    const leaf = leafHash(record)
    chain = nextChainHash(chain, leaf)
    tree.append(leaf)
    await sql('UPDATE audit_records SET action = $2, chain_hash = $3 WHERE sequence = $1', record.sequence, record.action, toHex(chain))
  }
  const { rows } = await sql('SELECT note FROM kept_audit_checkpoints ORDER BY size DESC LIMIT 1')
  const { checkpoint } = parseCheckpoint(rows[0].note as string)
  await sql('DELETE FROM audit_checkpoints')
  const note = await signCheckpoint({ ...checkpoint, root: toHex(tree.root()), chainHash: toHex(chain) }, [by])
  await sql('INSERT INTO audit_checkpoints (organisation_id, size, note, created_at) VALUES ($1, $2, $3, now())', workspace.actor.organisationId, checkpoint.size, note)
}
const forge = (at: number) => (record: StoredRecord): StoredRecord => (record.sequence === at ? { ...record, action: 'forged' } : record)

describe('a chain that was rebuilt', () => {
  test('and signed with the server\'s own key contradicts the pin', async () => {
    await rebuild(forge(7), signer)
    expect(await verify()).toMatchObject({ ok: true, pinned: 0 })
    await expectFound('rebuilt 1')
  })

  test('behind the pin is not proven by it, and not said to be', async () => {
    await rebuild(forge(30), signer)
    expect(await verify([early])).toMatchObject({ ok: true, pinned: PINNED })
  })

  test('and signed with another key is refused', async () => {
    const thief = createSigner(readSigningKey(newSigningKey()))
    await publishKey(workspace.services.db, thief)
    await rebuild((record) => record, thief)
    await expectFound(`key ${original.length}`)
  })
})

test('a forged signature is found', async () => {
  await rebuild((record) => record, { key: signer.key, sign: () => new Uint8Array(64) })
  await expectFound(`signature ${original.length}`)
})

test('an edited node of the tree gives proofs that do not hold', async () => {
  await sql(`UPDATE audit_nodes SET hash = decode(repeat('00', 32), 'hex') WHERE level = 0 AND index = 7`)
  const { leafIndex, size, hashes } = await client.audit.inclusionProof({ recordId: original[6]!.id, size: RECORDS }).orThrow()
  const tree = new CompactTree()
  const nodes = new Map<string, Uint8Array>()
  for (const record of original.slice(0, size)) tree.append(leafHash(record), (level, index, hash) => nodes.set(`${level}/${index}`, hash))
  const claim = { index: leafIndex, size, leaf: leafHash(original[6]!), root: tree.root() }
  expect(verifyInclusion({ ...claim, proof: hashes.map(fromHex) })).toBe(false)
  expect(verifyInclusion({ ...claim, proof: inclusionProof(leafIndex, size, (level, index) => nodes.get(`${level}/${index}`)!) })).toBe(true)
})
