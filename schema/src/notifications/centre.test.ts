import { expect, test } from 'vitest'
import { addComment } from '../comments/service.ts'
import type { Actor, Context } from '../context.ts'
import { createDeliveryWorker } from '../deliveries/worker.ts'
import { createEventChannel } from '../events/channel.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { createEmailChannel } from './channel.ts'
import { noticeExpiringKeys, queueDigests } from './chores.ts'
import { createDispatcher } from './dispatcher.ts'
import { notify } from './notify.ts'
import { watchNotifications } from './reads.ts'
import { unsubscribe } from './service.ts'
import { memberOf, unsubscribeToken } from './unsubscribe.ts'

let time = Date.parse('2026-11-22T10:30:00Z')
const clock = { now: () => new Date(time) }
const workspace = await createTestWorkspace({ clock })
const { services, pool } = workspace
const { db } = services
const PLAN = { version: 1, project: { name: 'Apollo' }, milestones: [{ id: 'm1', title: 'M1', steps: [] }] }
await workspace.project('apollo', PLAN as never)
const projectId = (await pool.query<{ id: string }>('SELECT id FROM projects')).rows[0]?.id as string
await pool.query('UPDATE organisations SET default_role = NULL')

const apiKeyOf = new Map<string, string>()
async function person(name: string): Promise<Context> {
  const { apiKey } = await addPerson(workspace, { name, email: `${name.toLowerCase()}@example.com`, projects: { [projectId]: 'Contributor' } })
  apiKeyOf.set(name, apiKey)
  return workspace.context((await services.credentials.verify(apiKey)) as Actor)
}
const [ada, bob, cleo] = [workspace.context(), await person('Bob'), await person('Cleo')]

const dispatcher = createDispatcher({ db, channel: createEventChannel(), clock, consumers: [notify], onError: (error) => expect.fail(String(error)) })
const email = createEmailChannel(services)
const worker = createDeliveryWorker({ db, clock, channels: { email, webhook: email }, backoff: services.operator.deliveries, onError: (error) => expect.fail(String(error)) })
const say = async (body: string): Promise<void> => {
  await addComment(ada, { projectId, itemId: 'm1', body })
  await dispatcher.run()
}
const mails = async () => {
  await worker.run()
  return workspace.takeMails()
}

const LIST = '{ notifications(first: 10) { nodes { id title text reason priority readAt } totalCount unreadCount } }'
interface Listed {
  notifications: { nodes: { id: string; title: string; text: string; reason: string; priority: string; readAt: string | null }[]; totalCount: number; unreadCount: number }
}
const list = async (ctx: Context, source = LIST): Promise<Listed['notifications']> => {
  const { data, errors } = await workspace.run<Listed>(source, {}, ctx)
  expect(errors).toBeUndefined()
  return (data as Listed).notifications
}

test('the centre lists what one was told and nobody else, and counts what is unread', async () => {
  await say('@bob please look')
  expect(await list(bob)).toMatchObject({ nodes: [{ title: 'Ada mentioned you on m1', text: '@bob please look', reason: 'MENTION', priority: 'HIGH', readAt: null }], totalCount: 1, unreadCount: 1 })
  expect(await list(cleo)).toEqual({ nodes: [], totalCount: 0, unreadCount: 0 })
  const [one] = (await list(bob)).nodes
  const read = `mutation ($ids: [ID!], $read: Boolean) { markNotificationsRead(input: { ids: $ids, read: $read }) { __typename ... on Error { message } ... on MarkNotificationsReadPayload { unreadCount } } }`
  const mark = async (ctx: Context, value: boolean) => (await workspace.run<Record<string, unknown>>(read, { ids: [one?.id], read: value }, ctx)).data?.['markNotificationsRead']
  expect(await mark(cleo, true)).toMatchObject({ __typename: 'NotFoundError' })
  expect(await mark(bob, true)).toMatchObject({ unreadCount: 0 })
  expect((await list(bob)).nodes[0]?.readAt).not.toBeNull()
  expect(await list(bob, '{ notifications(filter: { unread: true }) { nodes { id title text reason priority readAt } totalCount unreadCount } }')).toMatchObject({ nodes: [], totalCount: 0 })
  expect(await mark(bob, false)).toMatchObject({ unreadCount: 1 })
  await pool.query('UPDATE notifications SET read_at = now()')
  await mails()
})

test('what may not be seen any more is neither listed, nor found, nor mailed', async () => {
  await say('@cleo secret')
  const [one] = (await list(cleo)).nodes
  await pool.query('DELETE FROM project_members WHERE user_id = $1', [cleo.actor?.userId])
  expect(await list(cleo)).toEqual({ nodes: [], totalCount: 0, unreadCount: 0 })
  expect((await workspace.run('query ($id: ID!) { node(id: $id) { id } }', { id: one?.id }, cleo)).data).toEqual({ node: null })
  expect(await mails()).toEqual([])
  await pool.query(`INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, 'Viewer')`, [projectId, ada.actor?.organisationId, cleo.actor?.userId])
  expect((await list(cleo)).nodes).toHaveLength(1)
  await pool.query('UPDATE notifications SET read_at = now()')
})

test('a mention is mailed at once, with the headers of one click, and not when it was read meanwhile', async () => {
  await say('@bob <b>now</b>')
  const [mail, ...more] = await mails()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ to: 'bob@example.com', subject: '[Acme] Ada mentioned you on m1', headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } })
  expect(mail?.headers?.['List-Unsubscribe']).toMatch(/^<http:\/\/buildrunner\.test\/notifications\/unsubscribe\?token=[^>]+>$/)
  expect(mail?.text).toContain('> @bob <b>now</b>')
  expect(mail?.html).toContain('&lt;b&gt;now&lt;/b&gt;')
  await say('@bob again')
  await pool.query('UPDATE notifications SET read_at = now()')
  expect(await mails()).toEqual([])
})

test('a digest collects what the day left unread, once, whoever sends it', async () => {
  await say('@bob later')
  await say('no mention: Bob and Cleo watch by now')
  await pool.query(`UPDATE notifications SET read_at = now() WHERE reason = 'MENTION'`)
  await say('and another')
  await mails()
  expect(await queueDigests(db, clock.now())).toBe(0)
  time += 24 * 3_600_000
  const queued = await Promise.all([queueDigests(db, clock.now()), queueDigests(db, clock.now())])
  expect(queued.reduce((sum, count) => sum + count)).toBe(2)
  const digests = await mails()
  expect(digests.map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual(['bob@example.com [Acme] 2 notifications', 'cleo@example.com [Acme] 3 notifications'])
  expect(await queueDigests(db, clock.now())).toBe(0)
})

test('the link of a mail ends all mails of its member, and nobody else\'s; one that was changed does nothing', async () => {
  const member = { organisationId: bob.actor?.organisationId as string, userId: bob.actor?.userId as string }
  const token = unsubscribeToken(services.vault, member)
  expect(memberOf(services.vault, token)).toEqual(member)
  expect(await unsubscribe(services, `${token.slice(0, -2)}AA`, null)).toBe(false)
  expect(await unsubscribe(services, token, null)).toBe(true)
  await say('@bob @cleo hello')
  expect((await mails()).map(({ to }) => to)).toEqual(['cleo@example.com'])
  expect((await list(bob)).nodes[0]?.text).toBe('@bob @cleo hello')
})

test('the subscription replays what was missed, goes on live, and ends when the key does', async () => {
  const follower = await watchNotifications(cleo, 0)
  const messages = follower[Symbol.asyncIterator]()
  const next = async () => (await messages.next()).value
  expect(await next()).toEqual({ sequence: 0, event: null, gap: null })
  const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM notifications WHERE user_id = $1', [cleo.actor?.userId])
  for (let sequence = 1; sequence <= Number(rows[0]?.count); sequence++) expect(await next()).toMatchObject({ sequence, event: { kind: 'notification.created' } })
  const waiting = next()
  await say('@cleo live')
  expect(await waiting).toMatchObject({ event: { kind: 'notification.created', data: { reason: 'MENTION', priority: 'HIGH' } } })
  await pool.query('UPDATE api_keys SET enabled = false WHERE user_id = $1', [cleo.actor?.userId])
  await expect(messages.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('the owner of a key that is about to expire is told, once', async () => {
  await pool.query(`UPDATE api_keys SET created_at = $1::timestamptz - interval '30 days', expires_at = $1::timestamptz + interval '3 days' WHERE user_id = $2`, [clock.now(), bob.actor?.userId])
  const news = await Promise.all([noticeExpiringKeys(db, clock.now()), noticeExpiringKeys(db, clock.now())])
  expect(news.flat()).toHaveLength(1)
  await dispatcher.run()
  // made in the same millisecond as others by this clock: which of them is the newest is not told
  expect((await list(bob)).nodes.filter(({ reason }) => reason === 'KEY')).toMatchObject([{ title: 'Your API key "Test" is about to expire', priority: 'HIGH' }])
})
