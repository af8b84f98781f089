import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

const NIL = '00000000-0000-0000-0000-000000000000'

let workspace: TestWorkspace
let global: Actor
let support: Actor

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.stranger()
  global = { ...workspace.actor, platformRole: 'GlobalAdmin' }
  support = { ...workspace.actor, platformRole: 'SupportAgent' }
  await workspace.pool.query(`UPDATE users SET platform_role = 'GlobalAdmin' WHERE id = $1`, [global.userId])
})

const run = async (who: Actor, source: string, variables: Record<string, unknown> = {}): Promise<any> => workspace.run<any>(source, variables, workspace.context(who))
const update = async (who: Actor, input: object): Promise<any> =>
  (await run(who, 'mutation ($input: UpdateTenantInput!) { answer: updateTenant(input: $input) { __typename ... on Error { code path message } ... on UpdateTenantPayload { sequence tenant { slug tier extraSeats memberCount } } } }', { input })).data.answer
const setRole = async (who: Actor, input: object): Promise<any> =>
  (await run(who, 'mutation ($input: SetPlatformRoleInput!) { answer: setPlatformRole(input: $input) { __typename ... on Error { code message } ... on SetPlatformRolePayload { person { role person { id name } } } } }', { input })).data.answer

describe('tenants', () => {
  test('are listed and found by name, with their size', async () => {
    const { data } = await run(support, '{ tenants { totalCount nodes { slug tier extraSeats memberCount projectCount } } found: tenants(search: "OTHER") { nodes { slug } } }')
    expect(data.tenants).toEqual({ totalCount: 2, nodes: expect.arrayContaining([{ slug: 'acme', tier: 'ENTERPRISE', extraSeats: 0, memberCount: 1, projectCount: 0 }]) })
    expect(data.found.nodes).toEqual([{ slug: 'other-1' }])
  })

  test('get a tier and seats, within what the tier can have; recorded in their own log', async () => {
    expect(await update(global, { organisationId: 'other-1', tier: 'TEAM', extraSeats: 25 })).toMatchObject({ tenant: { slug: 'other-1', tier: 'TEAM', extraSeats: 25, memberCount: 1 } })
    expect(await update(global, { organisationId: 'other-1', tier: 'PRO' })).toMatchObject({ code: 'VALIDATION_FAILED', path: ['extraSeats'], message: expect.stringContaining('0 to 5') })
    const { rows } = await workspace.pool.query(`SELECT r.actor_id, o.slug FROM audit_records r JOIN organisations o ON o.id = r.organisation_id WHERE action = 'tenant.update'`)
    expect(rows).toEqual([{ actor_id: global.userId, slug: 'other-1' }])
  })

  test('that are as they should be get no event', async () => {
    const first = await update(global, { organisationId: 'acme', tier: 'TEAM' })
    expect((await update(global, { organisationId: 'acme', tier: 'TEAM' })).sequence).toBe(first.sequence)
    expect(await update(global, { organisationId: 'nobody', tier: 'TEAM' })).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('roles on the platform', () => {
  test('are given and taken, recorded in the chain of the platform', async () => {
    const max = await addPerson(workspace, { name: 'Max' })
    expect(await setRole(global, { userId: max.email, role: 'SUPPORT_AGENT' })).toMatchObject({ person: { role: 'SUPPORT_AGENT', person: { id: encodeNodeId('User', max.userId), name: 'Max' } } })
    expect((await run(support, '{ platformPeople { nodes { role person { name } } } }')).data.platformPeople.nodes).toEqual([{ role: 'GLOBAL_ADMIN', person: { name: 'Ada' } }, { role: 'SUPPORT_AGENT', person: { name: 'Max' } }])
    expect(await setRole(global, { userId: encodeNodeId('User', max.userId) })).toMatchObject({ person: { role: null } })
    await setRole(global, { userId: max.email })
    const { rows } = await workspace.pool.query(`SELECT organisation_id, target_id, details FROM audit_records WHERE action = 'platformRole.set' ORDER BY created_at, id`)
    expect(rows.map((row) => [row.organisation_id, row.target_id, JSON.parse(row.details as string).after])).toEqual([[NIL, max.userId, 'SupportAgent'], [NIL, max.userId, null]])
  })

  test('are given once under an idempotency key, which stands for one request', async () => {
    const userId = encodeNodeId('User', (await addPerson(workspace, { name: 'Once' })).userId)
    const first = await setRole(global, { userId, role: 'SUPPORT_AGENT', idempotencyKey: 'once' })
    await setRole(global, { userId })
    expect(await setRole(global, { userId, role: 'SUPPORT_AGENT', idempotencyKey: 'once' })).toEqual({ ...first, person: { ...first.person, role: null } })
    expect(await setRole(global, { userId, role: 'GLOBAL_ADMIN', idempotencyKey: 'once' })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test('leave one GlobalAdmin, whoever asks at the same time', async () => {
    expect(await setRole(global, { userId: encodeNodeId('User', global.userId), role: 'SUPPORT_AGENT' })).toMatchObject({ code: 'VALIDATION_FAILED' })
    const second = await addPerson(workspace, { name: 'Second', platformRole: 'GlobalAdmin' })
    const answers = await Promise.all([global, second].map(({ userId }) => setRole(global, { userId: encodeNodeId('User', userId) })))
    expect(answers.filter(({ code }) => code === 'VALIDATION_FAILED')).toHaveLength(1)
    const { rows } = await workspace.pool.query(`SELECT count(*)::int FROM users WHERE platform_role = 'GlobalAdmin'`)
    expect(rows).toEqual([{ count: 1 }])
  })

  test('are for a GlobalAdmin to give', async () => {
    for (const who of [support, workspace.actor]) expect(await setRole(who, { userId: 'ada@example.com' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await setRole(global, { userId: 'nobody@example.com' })).toMatchObject({ code: 'NOT_FOUND' })
  })
})
