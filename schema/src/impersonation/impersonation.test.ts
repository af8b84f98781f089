import { beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { Actor, Context } from '../context.ts'
import { createCredentialVerifier } from '../identity/credentials.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { ORGANISATION_ROLES, PLATFORM_ROLES } from '../shared/permissions.ts'
import { addPerson } from '../testing/people.ts'
import type { Person } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { outranks } from './rules.ts'

let time = Date.parse('2026-11-22T10:00:00Z')
const clock = { now: () => new Date(time) }
const forward = (ms: number): void => void (time += ms)

let workspace: TestWorkspace
let admin: Actor
let support: Actor
let global: Actor
let member: Person

const REASON = 'Support ticket debugging'
const START = `mutation ($input: StartImpersonationInput!) { startImpersonation(input: $input) { __typename ... on Error { code message path }
  ... on StartImpersonationPayload { token sequence impersonation { id reason endsAt endedAt impersonator { id name } user { id name } } } } }`
const END = `mutation ($input: EndImpersonationInput!) { endImpersonation(input: $input) { __typename ... on Error { code message } ... on EndImpersonationPayload { sequence impersonation { id endedAt } } } }`

beforeAll(async () => {
  workspace = await createTestWorkspace({ clock })
  admin = workspace.actor
  member = await addPerson(workspace, { name: 'Max' })
  const operator = await workspace.stranger()
  support = { ...operator.actor, platformRole: 'SupportAgent' }
  global = { ...operator.actor, platformRole: 'GlobalAdmin' }
  await workspace.pool.query(`UPDATE users SET platform_role = 'GlobalAdmin' WHERE id = $1`, [operator.actor.userId])
})

const userId = (person: { userId: string }): string => encodeNodeId('User', person.userId)

async function start(who: Actor, input: object): Promise<any> {
  const { data, errors } = await workspace.run<any>(START, { input: { userId: userId(member), reason: REASON, ...input } }, workspace.context(who))
  expect(errors).toBeUndefined()
  return data.startImpersonation
}
const end = async (who: Actor, input: object = {}): Promise<any> => (await workspace.run<any>(END, { input }, workspace.context(who))).data.endImpersonation

/** A verifier that remembers nothing: as another process would see it. */
const verify = (token: string): Promise<Actor | null> => createCredentialVerifier(workspace.services.db, clock).verify(token)
const actingAs = async (token: string): Promise<Context> => workspace.context((await verify(token)) as Actor)

test('people act as those of a lower rank only', () => {
  const ranked = fc.record({ organisationRole: fc.constantFrom(...ORGANISATION_ROLES), platformRole: fc.constantFrom(null, ...PLATFORM_ROLES) })
  fc.assert(fc.property(ranked, ranked, ranked, (a, b, c) => {
    expect(outranks(a, a)).toBe(false)
    expect(outranks(a, b) && outranks(b, a)).toBe(false)
    if (outranks(a, b) && outranks(b, c)) expect(outranks(a, c)).toBe(true)
  }))
  const [someone, tenantAdmin] = [{ organisationRole: 'Member', platformRole: null }, { organisationRole: 'TenantAdmin', platformRole: null }] as const
  const [agent, globalAdmin] = [{ organisationRole: 'Member', platformRole: 'SupportAgent' }, { organisationRole: 'Member', platformRole: 'GlobalAdmin' }] as const
  const order = [someone, tenantAdmin, agent, globalAdmin]
  for (const [index, low] of order.entries()) for (const high of order.slice(index + 1)) expect([outranks(high, low), outranks(low, high)]).toEqual([true, false])
})

describe('an impersonation', () => {
  test('is a session of the person that knows who really acts', async () => {
    const started = await start(admin, { minutes: 60 })
    expect(started).toMatchObject({
      __typename: 'StartImpersonationPayload', token: expect.stringMatching(/^bs_/),
      impersonation: { reason: REASON, endedAt: null, impersonator: { id: userId(admin), name: 'Ada' }, user: { id: userId(member), name: 'Max' } },
    })
    expect(new Date(started.impersonation.endsAt).getTime()).toBe(time + 60 * 60_000)
    const actor = await verify(started.token)
    expect(actor).toMatchObject({ userId: member.userId, organisationId: admin.organisationId, organisationRole: 'Member', impersonator: { userId: admin.userId, name: 'Ada', actsAs: 'Max', reason: REASON } })
    const { data } = await workspace.run<any>('{ viewer { name impersonation { reason endsAt impersonator { name } user { id name } } } }', {}, workspace.context(actor))
    expect(data.viewer).toEqual({ name: 'Max', impersonation: { reason: REASON, endsAt: started.impersonation.endsAt, impersonator: { name: 'Ada' }, user: { id: userId(member), name: 'Max' } } })
  })

  test('names the person by e-mail address too, and lasts as long as the operator says', async () => {
    const started = await start(admin, { userId: member.email })
    expect(new Date(started.impersonation.endsAt).getTime()).toBe(time + workspace.services.operator.impersonation.defaultMinutes * 60_000)
  })

  test('ends by itself', async () => {
    const { token } = await start(admin, { minutes: 1 })
    forward(59_999)
    expect(await verify(token)).not.toBeNull()
    forward(1)
    expect(await verify(token)).toBeNull()
  })

  test('ends with the rights of the impersonator', async () => {
    const boss = await addPerson(workspace, { name: 'Boss', role: 'TenantAdmin' })
    const { token } = await start({ ...admin, userId: boss.userId }, {})
    expect(await verify(token)).not.toBeNull()
    await workspace.pool.query(`UPDATE members SET role = 'Member' WHERE user_id = $1`, [boss.userId])
    expect(await verify(token)).toBeNull()
  })

  test('is ended by the session itself, by any administrator of the organisation, and by the operator', async () => {
    const other = { ...admin, userId: (await addPerson(workspace, { name: 'Other', role: 'TenantAdmin' })).userId }
    for (const [who, name] of [[null, 'itself'], [other, 'another'], [support, 'support']] as const) {
      const { token, impersonation } = await start(admin, {})
      const ended = who === null ? await end((await verify(token)) as Actor) : await end(who, { impersonationId: impersonation.id })
      expect(ended, name).toMatchObject({ __typename: 'EndImpersonationPayload', impersonation: { id: impersonation.id, endedAt: clock.now().toISOString() } })
      expect(await verify(token)).toBeNull()
      const { rows } = await workspace.pool.query('SELECT ended_by_id FROM impersonations WHERE id = $1', [impersonation.id.slice(4)])
      expect(rows).toEqual([{ ended_by_id: who?.userId ?? admin.userId }])
      const again = await end(admin, { impersonationId: impersonation.id })
      expect(again.sequence).toBe(ended.sequence)
    }
  })

  test('repeated under its idempotency key is the same one, without the token', async () => {
    const [first, second] = [await start(admin, { idempotencyKey: 'once' }), await start(admin, { idempotencyKey: 'once' })]
    expect(second).toEqual({ ...first, token: null })
    const { rows } = await workspace.pool.query(`SELECT result::text FROM idempotency_records WHERE key = 'once'`)
    expect(JSON.stringify(rows)).not.toContain(first.token)
  })
})

describe('it is refused', () => {
  test.each([
    ['to a member', () => ({ ...admin, organisationRole: 'Member' as const }), {}, 'FORBIDDEN'],
    ['for oneself', () => admin, () => ({ userId: userId(admin) }), 'FORBIDDEN'],
    ['for a peer', () => admin, async () => ({ userId: userId(await addPerson(workspace, { name: 'Peer', role: 'TenantAdmin' })) }), 'FORBIDDEN'],
    ['for who ranks higher', () => admin, async () => ({ userId: userId(await addPerson(workspace, { name: 'Agent', platformRole: 'SupportAgent' })) }), 'FORBIDDEN'],
    ['between agents', () => support, async () => ({ organisationId: encodeNodeId('Organisation', admin.organisationId), userId: userId(await addPerson(workspace, { name: 'Agent', platformRole: 'SupportAgent' })) }), 'FORBIDDEN'],
    ['to a TenantAdmin in another organisation', () => ({ ...support, platformRole: null }), () => ({ organisationId: encodeNodeId('Organisation', admin.organisationId) }), 'NOT_FOUND'],
    ['for who is no member', () => admin, () => ({ userId: userId(support) }), 'NOT_FOUND'],
    ['for nobody', () => admin, { userId: 'nobody@example.com' }, 'NOT_FOUND'],
    ['without a reason', () => admin, { reason: '  too short  ' }, 'VALIDATION_FAILED'],
    ['for no time', () => admin, { minutes: 0 }, 'VALIDATION_FAILED'],
    ['for longer than the operator allows', () => admin, () => ({ minutes: workspace.services.operator.impersonation.maxMinutes + 1 }), 'VALIDATION_FAILED'],
  ])('%s', async (_name, who, input, code) => {
    expect(await start(who(), typeof input === 'function' ? await input() : input)).toMatchObject({ code })
  })

  test('while impersonating, as is all that makes credentials', async () => {
    const { token } = await start(global, { organisationId: 'acme', userId: userId(admin) })
    const ctx = await actingAs(token)
    expect(ctx.actor?.organisationRole).toBe('TenantAdmin')
    const nested = await workspace.run<any>(START, { input: { userId: userId(member), reason: REASON } }, ctx)
    expect(nested.data.startImpersonation).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining("in somebody else's name") })
    const key = await workspace.run<any>('mutation { createApiKey(input: { name: "Mine", scopes: ["*"] }) { ... on ForbiddenError { permission message } } }', {}, ctx)
    expect(key.data.createApiKey).toMatchObject({ permission: 'keys.write', message: expect.stringContaining("in somebody else's name") })
    await end(ctx.actor as Actor)
  })
})

test('the operator acts in any organisation, and as its administrators', async () => {
  const { token } = await start(support, { organisationId: 'acme', userId: userId(admin) })
  expect(await verify(token)).toMatchObject({ userId: admin.userId, organisationId: admin.organisationId, organisationRole: 'TenantAdmin', impersonator: { userId: support.userId } })
})

test('whatever is done under it is recorded and logged with both identities', async () => {
  forward(1_000)
  const { token, impersonation } = await start(admin, {})
  const { data } = await workspace.run<any>('mutation { createProject(input: { name: "Theirs" }) { ... on CreateProjectPayload { project { id } } } }', {}, await actingAs(token))
  const projectId = data.createProject.project.id.slice(4)
  const both = { actor_id: member.userId, impersonator_id: admin.userId }
  expect((await workspace.pool.query('SELECT actor_id, impersonator_id FROM audit_records WHERE target_id = $1', [projectId])).rows).toEqual([both])
  expect((await workspace.pool.query('SELECT actor_id, impersonator_id FROM runner_events WHERE stream_id = $1', [projectId])).rows).toEqual([both])
  forward(1_000)
  await end((await verify(token)) as Actor)
  const { rows } = await workspace.pool.query(`SELECT action, actor_id, impersonator_id, target_id, personal FROM audit_records WHERE action LIKE 'impersonation.%' ORDER BY created_at DESC, id DESC LIMIT 2`)
  expect(rows).toEqual([
    { action: 'impersonation.end', ...both, target_id: member.userId, personal: expect.any(String) },
    { action: 'impersonation.start', actor_id: admin.userId, impersonator_id: null, target_id: member.userId, personal: expect.stringContaining(REASON) },
  ])
  const events = await workspace.pool.query(`SELECT data::text FROM runner_events WHERE kind = 'impersonation.started'`)
  expect(JSON.stringify(events.rows)).toContain(impersonation.id)
  expect(JSON.stringify(events.rows)).not.toContain(REASON)
})

test('administrators see those of their organisation, the operator all', async () => {
  const { impersonation } = await start(admin, {})
  const read = async (who: Actor, args: string): Promise<any> => (await workspace.run<any>(`{ impersonations(${args}) { totalCount nodes { id } } }`, {}, workspace.context(who))).data?.impersonations
  expect((await read(admin, 'running: true')).nodes[0]).toEqual({ id: impersonation.id })
  expect((await read(support, 'organisationId: "acme", running: true')).nodes[0]).toEqual({ id: impersonation.id })
  expect((await read({ ...support, platformRole: null }, 'first: 5')).totalCount).toBe(0)
  const running = (await read(admin, 'running: true')).totalCount as number
  await end(admin, { impersonationId: impersonation.id })
  expect((await read(admin, 'running: true')).totalCount).toBe(running - 1)
  expect((await read(admin, 'running: false')).nodes.map(({ id }: { id: string }) => id)).toContain(impersonation.id)
})
