import { encodeNodeId } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import type { Context } from '../context.ts'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { watchPresence } from './service.ts'

let workspace: TestWorkspace
let now = Date.parse('2026-11-23T10:00:00Z')
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => new Date(now) } })
  await workspace.project('demo', samplePlan(1, 1, 2))
})
beforeEach(() => {
  now += 3_600_000 // nobody of an earlier test is there any more
})

const UPDATE = `mutation ($input: UpdatePresenceInput!) { updatePresence(input: $input) { __typename
  ... on UpdatePresencePayload { joined heartbeatSeconds presence { ...P } } ... on Error { code message path } } }
  fragment P on Presence { degraded people { person { id name } status itemKey typing cursor { field offset } devices joinedAt } }`
const update = async (input: object, ctx?: Context) => (await workspace.run<any>(UPDATE, { input: { projectId: 'demo', deviceId: 'laptop', ...input } }, ctx)).data.updatePresence
const itemOf = (answer: any) => answer.presence.people[0]

test('joining, staying and changing is one mutation, and its answer says who is there and when to come again', async () => {
  const joined = await update({ itemId: 'm1.s1.k1', typing: true })
  expect(joined).toEqual({
    __typename: 'UpdatePresencePayload', joined: true, heartbeatSeconds: 15,
    presence: { degraded: false, people: [{ person: { id: encodeNodeId('User', workspace.actor.userId), name: 'Ada' }, status: 'ACTIVE', itemKey: 'm1.s1.k1', typing: true, cursor: null, devices: 1, joinedAt: new Date(now).toISOString() }] },
  })
  now += 15_000
  expect(await update({})).toEqual({ ...joined, joined: false })
})

describe('what is left out stays, null takes back, another item begins anew:', () => {
  beforeEach(async () => void (await update({ itemId: 'm1', typing: true, cursor: { field: 'title', offset: 4 }, status: 'AWAY' })))
  test.each([
    [{ typing: false }, { itemKey: 'm1', cursor: { field: 'title', offset: 4 }, status: 'AWAY' }],
    [{ cursor: null }, { itemKey: 'm1', cursor: null }],
    [{ itemId: null }, { itemKey: null, cursor: null, status: 'AWAY' }],
    [{ itemId: 'm1.s1' }, { itemKey: 'm1.s1', cursor: null, status: 'AWAY' }],
    [{ itemId: 'm1.s1', cursor: { field: 'notes', offset: 0 }, status: null }, { itemKey: 'm1.s1', cursor: { field: 'notes', offset: 0 }, status: 'ACTIVE' }],
  ])('%j', async (change, expected) => {
    expect(itemOf(await update(change))).toMatchObject(expected)
  })
})

test('an item is named by its key or its id, and must be of the project', async () => {
  const { data } = await workspace.run<any>('{ plan(projectId: "demo") { milestones { id } } }')
  expect(itemOf(await update({ itemId: data.plan.milestones[0].id })).itemKey).toBe('m1')
  expect(await update({ itemId: 'nowhere' })).toMatchObject({ code: 'NOT_FOUND', path: ['itemId'] })
})

test.each([
  [{ deviceId: '' }, ['deviceId']],
  [{ deviceId: 'a b' }, ['deviceId']],
  [{ deviceId: 'x'.repeat(65) }, ['deviceId']],
  [{ cursor: { field: 'x'.repeat(65), offset: 0 } }, ['cursor', 'field']],
  [{ cursor: { field: '\ud800', offset: 0 } }, ['cursor', 'field']],
  [{ cursor: { field: 'title', offset: -1 } }, ['cursor', 'offset']],
])('%j is refused, and joins nobody', async (input, path) => {
  expect(await update(input)).toMatchObject({ code: 'VALIDATION_FAILED', path })
  expect((await workspace.run<any>('{ presence(projectId: "demo") { people { devices } } }')).data.presence.people).toEqual([])
})

test('a sign of life is one statement, and neither an event nor on the audit log', async () => {
  const count = async (table: string): Promise<string> => (await workspace.pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]!.count
  const tables = ['runner_events', 'audit_records', 'idempotency_records']
  const before = await Promise.all(tables.map(count))
  workspace.takeStatements()
  await update({ itemId: 'm1' })
  expect(workspace.takeStatements()).toHaveLength(1)
  expect(await Promise.all(tables.map(count))).toEqual(before)
})

test('somebody leaves with one device and is there with the other, and not at all without', async () => {
  await update({ deviceId: 'phone' })
  await update({})
  const leave = async (deviceId: string) =>
    (await workspace.run<any>('mutation ($input: LeavePresenceInput!) { leavePresence(input: $input) { ... on LeavePresencePayload { presence { people { devices } } } } }', { input: { projectId: 'demo', deviceId } })).data.leavePresence.presence.people
  expect([await leave('phone'), await leave('laptop'), await leave('laptop')]).toEqual([[{ devices: 1 }], [], []])
})

test('nobody is there in the name of who is impersonated', async () => {
  const impersonator = { userId: workspace.actor.userId, name: 'Sue', actsAs: 'Ada', impersonationId: 'i', reason: 'r', endsAt: new Date() }
  const ctx = workspace.context({ ...workspace.actor, impersonator })
  expect(await update({}, ctx)).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining("somebody else's name") })
  expect((await workspace.run<any>('{ presence(projectId: "demo") { people { devices } } }', {}, ctx)).data.presence.people).toEqual([])
})

test('states that are followed cost no statement', async () => {
  const follower = await watchPresence(workspace.context(), 'demo')
  expect((await follower.next()).value).toEqual({ people: [], degraded: false })
  await update({})
  workspace.takeStatements()
  expect((await follower.next()).value).toMatchObject({ people: [{ name: 'Ada' }] })
  expect(workspace.takeStatements().filter((text) => !text.includes('api_keys'))).toEqual([])
  await follower.return()
})

test('following ends within a second when the permission is gone, naming it', async () => {
  const max = await addPerson(workspace, { name: 'Max' })
  const actor = await workspace.services.credentials.verify(max.apiKey)
  const follower = await watchPresence(workspace.context(actor), 'demo')
  await follower.next()
  const { rows } = await workspace.pool.query<{ default_role: string }>('SELECT default_role FROM organisations WHERE id = $1', [workspace.actor.organisationId])
  await workspace.pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [workspace.actor.organisationId])
  await expect(follower.next()).rejects.toMatchObject({ code: 'FORBIDDEN', permission: 'presence.read' })
  await workspace.pool.query('UPDATE organisations SET default_role = $2 WHERE id = $1', [workspace.actor.organisationId, rows[0]!.default_role])
})
