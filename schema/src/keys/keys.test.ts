import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../context.ts'
import { createKeyVerifier } from '../identity/keys.ts'
import { newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { rotateKey } from './service.ts'

let workspace: TestWorkspace
let member: Actor
let time = Date.parse('2026-11-22T10:00:00Z')
const clock = { now: () => new Date(time) }

beforeAll(async () => {
  workspace = await createTestWorkspace({ clock })
  await workspace.project('website')
  const userId = newUuid()
  await workspace.pool.query("INSERT INTO users (id, email, name) VALUES ($1, 'bo@example.com', 'Bo')", [userId])
  await workspace.pool.query("INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, 'Member')", [workspace.actor.organisationId, userId])
  member = { ...workspace.actor, userId, organisationRole: 'Member', defaultRole: 'Contributor', platformRole: null, apiKeyId: null, sessionId: newUuid() }
})

const FIELDS = '__typename ... on Error { code message path } ... on ForbiddenError { permission }'
const KEY = 'apiKey { id name prefix scopes projectId state expiresAt revokedAt rotatedFromId owner { name } } sequence'
const CREATE = `mutation ($input: CreateApiKeyInput!) { made: createApiKey(input: $input) { ${FIELDS} ... on CreateApiKeyPayload { secret replayed ${KEY} } } }`
const ROTATE = `mutation ($input: RotateApiKeyInput!) { made: rotateApiKey(input: $input) { ${FIELDS} ... on RotateApiKeyPayload { secret replayed ${KEY} } } }`
const REVOKE = `mutation ($input: RevokeApiKeyInput!) { made: revokeApiKey(input: $input) { ${FIELDS} ... on RevokeApiKeyPayload { ${KEY} } } }`

async function send(source: string, input: object, actor: Actor | null = workspace.actor) {
  const { data, errors } = await workspace.run<any>(source, { input }, workspace.context(actor))
  expect(errors).toBeUndefined()
  return data.made
}
const create = (input: object, actor?: Actor) => send(CREATE, { name: 'CI', scopes: ['planner.read'], ...input }, actor)
const verifier = () => createKeyVerifier(workspace.services.db, clock)

describe('a new key', () => {
  test('works, has the scopes and the project that it was given, and is stored as prefix and hash', async () => {
    const made = await create({ scopes: ['planner.read', 'builder.run', 'planner.read'], projectId: 'website', expiresAt: '2026-12-01T00:00:00Z' })
    expect(made).toMatchObject({ replayed: false, apiKey: { name: 'CI', scopes: ['planner.read', 'builder.run'], projectId: expect.stringMatching(/^prj_/), state: 'ACTIVE', expiresAt: '2026-12-01T00:00:00.000Z', owner: { name: 'Ada' } } })
    expect(await verifier().verify(made.secret)).toMatchObject({ userId: workspace.actor.userId, scopes: new Set(['planner.read', 'builder.run']) })
    for (const table of ['api_keys', 'runner_events', 'audit_records', 'idempotency_records']) {
      const { rows } = await workspace.pool.query(`SELECT 1 FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`, [made.secret.slice(12)])
      expect([table, rows]).toEqual([table, []])
    }
  })

  test('is an event of the organisation and an audit record without personal data', async () => {
    const made = await create({ scopes: ['qa.run'] })
    const { rows: [event] } = await workspace.pool.query('SELECT kind, data FROM runner_events WHERE stream_id = $1 AND sequence = $2', [workspace.actor.organisationId, made.sequence])
    expect(event).toMatchObject({ kind: 'apiKey.created', data: { keyId: made.apiKey.id, name: 'CI', scopes: ['qa.run'], projectId: null } })
    const { rows: [record] } = await workspace.pool.query("SELECT * FROM audit_records WHERE action = 'apiKey.create' AND request_id = (SELECT request_id FROM runner_events WHERE stream_id = $1 AND sequence = $2)", [workspace.actor.organisationId, made.sequence])
    expect(JSON.parse(record.details)).toEqual({ scopes: ['qa.run'], projectId: null, expiresAt: null })
    expect(record).toMatchObject({ target_type: 'apiKey', actor_id: workspace.actor.userId })
  })

  test.each<[string, object, string[] | null, RegExp]>([
    ['a scope that does not exist', { scopes: ['planner.red'] }, ['scopes'], /"planner.red" \(did you mean planner.read\?\)/],
    ['no scope', { scopes: [] }, ['scopes'], /at least one scope/],
    ['no name', { name: ' ' }, ['name'], /1 to 100/],
    ['an end in the past', { expiresAt: '2026-11-22T10:00:00Z' }, ['expiresAt'], /past/],
  ])('is refused with %s', async (_name, input, path, message) => {
    expect(await create(input)).toMatchObject({ code: 'VALIDATION_FAILED', path, message: expect.stringMatching(message) })
  })

  test('of a repeated request is the first one, without its secret', async () => {
    const input = { idempotencyKey: 'deploy-1' }
    const first = await create(input)
    expect(await create(input)).toEqual({ ...first, secret: null, replayed: true })
    expect(await create({ ...input, name: 'Other' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })
})

describe('a key cannot outgrow', () => {
  test('the role of its person', async () => {
    expect(await create({ scopes: ['planner.write', 'comments.moderate'] }, member)).toMatchObject({ code: 'FORBIDDEN', permission: 'comments.moderate' })
    expect(await create({ scopes: ['keys.manage'] }, member)).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.manage' })
    expect(await create({ scopes: ['tenants.read'] })).toMatchObject({ code: 'FORBIDDEN', permission: 'tenants.read' })
    expect(await create({ scopes: ['*'] }, member)).toMatchObject({ secret: expect.any(String) })
  })

  test('the role in the project that it is bound to', async () => {
    const { data } = await workspace.run<any>('{ project(projectId: "website") { id } }')
    const uuid = data.project.id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const viewer: Actor = { ...member, projectRoles: new Map([[uuid, 'Viewer']]) }
    expect(await create({ scopes: ['planner.write'] }, viewer)).toMatchObject({ secret: expect.any(String) })
    expect(await create({ scopes: ['planner.write'], projectId: 'website' }, viewer)).toMatchObject({ code: 'FORBIDDEN', permission: 'planner.write' })
    expect(await create({ scopes: ['planner.read'], projectId: 'website' }, { ...member, defaultRole: null })).toMatchObject({ code: 'NOT_FOUND', path: ['projectId'] })
  })

  test('the scopes, the project and the end of the key that made it', async () => {
    const limited: Actor = { ...workspace.actor, scopes: new Set(['keys.write', 'planner.write']) }
    expect(await create({ scopes: ['builder.run'] }, limited)).toMatchObject({ secret: expect.any(String) })
    expect(await create({ scopes: ['*'] }, limited)).toMatchObject({ code: 'FORBIDDEN', permission: '*' })
    expect(await create({ scopes: ['comments.read'] }, limited)).toMatchObject({ code: 'FORBIDDEN', permission: 'comments.read' })
    expect(await create({}, { ...workspace.actor, projectId: newUuid() })).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.write' })
    const { secret } = await create({ scopes: ['*'], expiresAt: '2026-12-01T00:00:00Z' })
    const temporary = await verifier().verify(secret) as Actor
    expect(await create({ expiresAt: '2027-01-01T00:00:00Z' }, temporary)).toMatchObject({ code: 'VALIDATION_FAILED', path: ['expiresAt'] })
    expect(await create({}, temporary)).toMatchObject({ apiKey: { expiresAt: '2026-12-01T00:00:00.000Z' } })
  })

  test('an impersonation: none is made or rotated then', async () => {
    const impersonator = { userId: newUuid(), name: 'Root', impersonationId: newUuid(), reason: 'support', actsAs: 'Ada', endsAt: new Date(time) }
    const { apiKey } = await create({})
    expect(await create({}, { ...workspace.actor, impersonator })).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.write' })
    expect(await send(ROTATE, { keyId: apiKey.id }, { ...workspace.actor, impersonator })).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.write' })
  })
})

describe('rotating', () => {
  test('makes a key with the same name, scopes, project and end; the old one stays for the grace period', async () => {
    const first = await create({ name: 'Deploy', scopes: ['qa.run'], projectId: 'website', expiresAt: '2027-01-01T00:00:00Z' })
    const second = await send(ROTATE, { keyId: first.apiKey.id, graceSeconds: 60 })
    const { id, prefix, ...same } = first.apiKey
    expect(second.apiKey).toMatchObject({ ...same, rotatedFromId: id })
    expect(second.apiKey.prefix).not.toBe(prefix)
    const keys = verifier()
    expect(await keys.verify(second.secret)).not.toBeNull()
    expect(await keys.verify(first.secret)).not.toBeNull()
    time += 60_000
    expect(await keys.verify(first.secret)).toBeNull()
    expect(await keys.verify(second.secret)).not.toBeNull()
    expect(await send(ROTATE, { keyId: id })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('rotated already') })
  })

  test("takes the operator's grace period by default, refuses a longer one than it allows, and with 0 ends the old key at once", async () => {
    const { maxGraceHours, defaultGraceHours } = workspace.services.operator.keys
    const first = await create({})
    expect(await send(ROTATE, { keyId: first.apiKey.id, graceSeconds: maxGraceHours * 3_600 + 1 })).toMatchObject({ code: 'VALIDATION_FAILED', path: ['graceSeconds'] })
    await send(ROTATE, { keyId: first.apiKey.id })
    const { data } = await workspace.run<any>('query ($keyId: ID!) { apiKey(keyId: $keyId) { expiresAt } }', { keyId: first.apiKey.id })
    expect(Date.parse(data.apiKey.expiresAt) - time).toBe(defaultGraceHours * 3_600_000)
    const other = await create({})
    await send(ROTATE, { keyId: other.apiKey.id, graceSeconds: 0 })
    expect(await verifier().verify(other.secret)).toBeNull()
  })

  test('never makes a key live longer, and is repeated without the secret', async () => {
    const soon = new Date(time + 5_000).toISOString()
    const first = await create({ expiresAt: soon })
    const input = { keyId: first.apiKey.id, graceSeconds: 60, idempotencyKey: 'rotate-1' }
    const second = await send(ROTATE, input)
    expect(await send(ROTATE, input)).toEqual({ ...second, secret: null, replayed: true })
    time += 5_000
    expect(await verifier().verify(first.secret)).toBeNull()
    expect(await send(ROTATE, { keyId: second.apiKey.id })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('expired') })
  })

  test("by an administrator makes somebody else's key the administrator's own, and needs its scopes", async () => {
    const { apiKey } = await create({ scopes: ['*'] }, member)
    expect(await send(ROTATE, { keyId: apiKey.id }, { ...workspace.actor, scopes: new Set(['keys.write', 'keys.manage']) })).toMatchObject({ code: 'FORBIDDEN', permission: '*' })
    expect(await send(ROTATE, { keyId: apiKey.id }, { ...workspace.actor, scopes: new Set(['keys.write']) })).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.manage' })
    expect((await send(ROTATE, { keyId: apiKey.id })).apiKey.owner).toEqual({ name: 'Ada' })
  })

  test('by two at the same moment makes one key', async () => {
    const { apiKey } = await create({})
    const answers = await Promise.allSettled([1, 2].map(() => rotateKey(workspace.context() as Context, { keyId: apiKey.id })))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('revoking', () => {
  test('is known to every verifier within a second', async () => {
    const { secret, apiKey } = await create({})
    const processes = [verifier(), verifier()]
    for (const keys of processes) expect(await keys.verify(secret)).not.toBeNull()
    expect((await send(REVOKE, { keyId: apiKey.id })).apiKey).toMatchObject({ state: 'REVOKED', revokedAt: new Date(time).toISOString() })
    time += 1_000
    for (const keys of processes) expect(await keys.verify(secret)).toBeNull()
  })

  test('twice changes nothing more', async () => {
    const { apiKey } = await create({})
    const first = await send(REVOKE, { keyId: apiKey.id })
    time += 1_000
    expect(await send(REVOKE, { keyId: apiKey.id })).toEqual(first)
  })

  test("of somebody else's key needs keys.manage; members do not even see it", async () => {
    const [own, other] = [await create({}, member), await create({})]
    expect(await send(REVOKE, { keyId: other.apiKey.id }, member)).toMatchObject({ code: 'NOT_FOUND', path: ['keyId'] })
    expect(await send(REVOKE, { keyId: own.apiKey.id }, { ...workspace.actor, scopes: new Set(['keys.write']) })).toMatchObject({ code: 'FORBIDDEN', permission: 'keys.manage' })
    expect(await send(REVOKE, { keyId: own.apiKey.id })).toMatchObject({ apiKey: { state: 'REVOKED' } })
  })
})

describe('the list of keys', () => {
  const LIST = 'query ($first: Int, $after: String, $active: Boolean) { apiKeys(first: $first, after: $after, active: $active) { nodes { id state owner { name } } totalCount pageInfo { hasNextPage endCursor } } }'

  test("holds one's own; of an administrator all, in pages", async () => {
    const own = await workspace.run<any>(LIST, {}, workspace.context(member))
    expect(new Set(own.data.apiKeys.nodes.map((key: any) => key.owner.name))).toEqual(new Set(['Bo']))
    const all: string[] = []
    let after: string | null = null
    let total: number
    do {
      const { data }: { data?: any } = await workspace.run<any>(LIST, { first: 4, after })
      all.push(...data.apiKeys.nodes.map((key: any) => key.id as string))
      total = data.apiKeys.totalCount
      after = data.apiKeys.pageInfo.hasNextPage ? data.apiKeys.pageInfo.endCursor : null
    } while (after !== null)
    expect(new Set(all).size).toBe(total)
    expect(total).toBeGreaterThan(own.data.apiKeys.totalCount)
  })

  test('tells which are accepted', async () => {
    const states = async (active: boolean) => new Set((await workspace.run<any>(LIST, { active, first: 100 })).data.apiKeys.nodes.map((key: any) => key.state))
    expect(await states(true)).toEqual(new Set(['ACTIVE']))
    expect(await states(false)).toEqual(new Set(['REVOKED', 'EXPIRED']))
  })
})
