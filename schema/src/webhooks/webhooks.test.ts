import { describe, expect, test } from 'vitest'
import type { Actor, Context } from '../context.ts'
import type { StoredEvent } from '../events/reader.ts'
import { newUuid } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { parseAllowedTargets } from './addresses.ts'
import { webhookConsumer } from './consumer.ts'
import { MAX_WEBHOOKS } from './service.ts'

const workspace = await createTestWorkspace()
const { services, pool, actor } = workspace
await workspace.project('website', samplePlan(1, 1, 2))
await workspace.project('full')
const PROJECT = (await pool.query<{ id: string }>(`SELECT id FROM projects WHERE slug = 'website'`)).rows[0]?.id as string
const URL = 'https://hooks.example.com/in?token=s3cret'
const SLACK = 'https://hooks.slack.com/services/T000/B000/XXXXsecretYYYY'

const FIELDS = 'id kind description url kinds includeText enabled disabledReason oldSecretUntil createdBy { name }'
/** What a mutation answers: its payload, or the code, message and path of an error. */
async function mutate(name: string, input: object, fields: string, ctx: Context = workspace.context()): Promise<any> {
  const Name = `${name[0]?.toUpperCase()}${name.slice(1)}`
  const { data, errors } = await workspace.run<any>(
    `mutation ($input: ${Name}Input!) { answer: ${name}(input: $input) { __typename ... on ${Name}Payload { ${fields} } ... on Error { code message path } } }`, { input }, ctx)
  expect(errors).toBeUndefined()
  return data.answer
}
const create = (input: object, ctx?: Context) => mutate('createWebhook', { projectId: 'website', url: URL, ...input }, `secret replayed sequence webhook { ${FIELDS} }`, ctx)
const eventsOf = async (kind: string): Promise<any[]> => (await pool.query('SELECT sequence, data FROM runner_events WHERE stream_id = $1 AND kind = $2 ORDER BY sequence', [PROJECT, kind])).rows
const queued = async (webhookId: string): Promise<[number, string][]> =>
  (await pool.query(`SELECT sequence, payload->>'kind' AS kind FROM deliveries WHERE target_id = $1 ORDER BY sequence`, [webhookId.slice(4)])).rows.map(({ sequence, kind }) => [sequence, kind])
const comment = () => mutate('addComment', { projectId: 'website', itemId: 'm1', body: 'Hello.' }, 'sequence')
/** Queues all that happened in the project. */
async function dispatch(): Promise<void> {
  const { rows: events } = await pool.query<StoredEvent>('SELECT sequence FROM runner_events WHERE stream_id = $1', [PROJECT])
  await webhookConsumer(services.db, { streamId: PROJECT, organisationId: actor.organisationId, projectId: PROJECT, events, now: new Date() })
}
const deliveries = async (webhookId: string, status?: string) =>
  (await workspace.run<any>('query ($id: ID!, $status: WebhookDeliveryStatus) { webhookDeliveries(webhookId: $id, status: $status) { nodes { id sequence kind status attempts } totalCount } }', { id: webhookId, status })).data.webhookDeliveries

describe('a webhook', () => {
  test('is made with a secret that is shown once and kept sealed, as its address is; nobody else is told of either', async () => {
    const made = await create({ description: ' CI ', kinds: ['comment.*', 'plan.changed', 'comment.*'], idempotencyKey: 'once' })
    expect(made).toMatchObject({ __typename: 'CreateWebhookPayload', replayed: false, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) as string })
    expect(made.webhook).toMatchObject({ kind: 'STANDARD', description: 'CI', url: URL, kinds: ['comment.*', 'plan.changed'], enabled: true, disabledReason: null, createdBy: { name: 'Ada' } })
    expect(await create({ description: ' CI ', kinds: ['comment.*', 'plan.changed', 'comment.*'], idempotencyKey: 'once' })).toMatchObject({ replayed: true, secret: null, webhook: { id: made.webhook.id } })
    for (const [table, column] of [['webhooks', 'sealed_secret'], ['runner_events', 'data'], ['audit_records', 'details'], ['idempotency_records', 'result']] as const) {
      const { rows } = await pool.query<{ text: string }>(`SELECT coalesce(string_agg(${column}::text, ' '), '') AS text FROM ${table}`)
      expect(rows[0]?.text).not.toContain(made.secret.slice('whsec_'.length))
      expect(rows[0]?.text).not.toContain('s3cret')
    }
    const [event] = await eventsOf('webhook.created')
    expect(event.data).toEqual({ webhookId: made.webhook.id, kind: 'standard', host: 'hooks.example.com', kinds: ['comment.*', 'plan.changed'], enabled: true })
  })

  test('of Slack shows its address shortened, has no secret, and may quote comments', async () => {
    const { secret, webhook } = await create({ kind: 'SLACK', url: SLACK, includeText: true })
    expect([secret, webhook.url, webhook.includeText]).toEqual([null, 'https://hooks.slack.com/…YYYY', true])
    expect(await mutate('rotateWebhookSecret', { webhookId: webhook.id }, 'secret')).toMatchObject({ code: 'VALIDATION_FAILED', path: ['webhookId'] })
    const { rows } = await pool.query<{ row: string }>('SELECT webhooks::text AS row FROM webhooks')
    expect(rows.map(({ row }) => row).join()).not.toContain('XXXXsecret')
  })

  test.each<[object, path: string, said: string]>([
    [{ url: 'http://hooks.example.com' }, 'url', 'https://'], [{ url: 'https://169.254.169.254/latest' }, 'url', '169.254.169.254'], [{ url: 'https://localhost:8443/' }, 'url', 'WEBHOOKS_ALLOW_PRIVATE'],
    [{ url: 'nonsense' }, 'url', 'https://example.com'], [{ url: `https://example.com/${'x'.repeat(2_000)}` }, 'url', '2000'], [{ kinds: [] }, 'kinds', '1 to 20'], [{ kinds: ['Comment.*'] }, 'kinds', 'comment.*'],
    [{ includeText: true }, 'includeText', 'commentId'], [{ description: 'x'.repeat(501) }, 'description', '500'],
  ])('is refused with %j', async (input, path, said) => {
    const refused = await create(input)
    expect(refused).toMatchObject({ __typename: 'ValidationError', message: expect.stringContaining(said) as string })
    expect(refused.path[0]).toBe(path)
  })

  test('may lead to what the operator allows', async () => {
    const ctx = { ...workspace.context(), webhookTargets: parseAllowedTargets('127.0.0.0/8') }
    expect((await create({ url: 'http://127.0.0.1:4100/' }, ctx)).webhook.url).toBe('http://127.0.0.1:4100/')
  })

  test('is changed in what is given, and not otherwise', async () => {
    const { webhook, sequence } = await create({ description: 'CI', kinds: ['plan.*'] })
    const update = (input: object) => mutate('updateWebhook', { webhookId: webhook.id, ...input }, `sequence webhook { ${FIELDS} }`)
    expect(await update({ description: 'CI', url: URL })).toMatchObject({ sequence, webhook })
    expect((await update({ kinds: null, description: null, enabled: false })).webhook).toEqual({ ...webhook, kinds: [], description: null, enabled: false })
    expect((await update({ url: 'https://hooks.example.com/other' })).webhook).toMatchObject({ url: 'https://hooks.example.com/other', enabled: false })
    expect((await eventsOf('webhook.updated')).at(-1).data).toMatchObject({ webhookId: webhook.id, enabled: false })
  })

  test('is one of at most so many', async () => {
    for (let count = 0; count < MAX_WEBHOOKS; count++) await create({ projectId: 'full' })
    expect(await create({ projectId: 'full' })).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('at most 20') as string })
  })

  test('is deleted with its deliveries; the same request again is answered alike', async () => {
    const { webhook } = await create({})
    await comment()
    await dispatch()
    expect(await queued(webhook.id)).not.toEqual([])
    const gone = { webhookId: webhook.id, idempotencyKey: 'gone' }
    const deleted = await mutate('deleteWebhook', gone, 'sequence webhookId')
    expect(deleted).toMatchObject({ webhookId: webhook.id })
    expect(await mutate('deleteWebhook', gone, 'sequence webhookId')).toEqual(deleted)
    expect(await mutate('deleteWebhook', { webhookId: webhook.id }, 'sequence')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await queued(webhook.id)).toEqual([])
  })

  test.each(['Viewer', 'QA', 'Contributor'] as const)('is neither seen nor made by the role %s', async (role) => {
    const { userId } = await addPerson(workspace, { name: role, projects: { [PROJECT]: role } })
    const ctx = workspace.context({ ...actor, userId, organisationRole: 'Member', projectRoles: new Map([[PROJECT, role]]) } as Actor)
    const { webhook } = await create({})
    expect(await create({}, ctx)).toMatchObject({ code: 'FORBIDDEN' })
    const read = await workspace.run<any>('query ($id: ID!) { webhook(webhookId: $id) { id } node(id: $id) { id } }', { id: webhook.id }, ctx)
    expect(read.errors?.map(({ originalError }) => (originalError as any)?.code)).toEqual(['FORBIDDEN'])
    expect(read.data.node).toBeNull()
  })
})

describe('events', () => {
  test('are queued for all webhooks that want them by one statement, each once, and only those after the webhook was made', async () => {
    await comment()
    const all = (await create({})).webhook.id
    const comments = (await create({ kinds: ['comment.*'] })).webhook.id
    const exact = (await create({ kinds: ['plan.changed', 'webhook.created'] })).webhook.id
    const disabled = (await create({ enabled: false })).webhook.id
    const { sequence } = await comment()
    workspace.takeStatements()
    await dispatch()
    expect(workspace.takeStatements().filter((text) => text.includes('INSERT INTO deliveries'))).toHaveLength(1)
    expect(await queued(all)).toEqual([[sequence - 3, 'webhook.created'], [sequence - 2, 'webhook.created'], [sequence - 1, 'webhook.created'], [sequence, 'comment.added']])
    expect(await queued(comments)).toEqual([[sequence, 'comment.added']])
    expect(await queued(exact)).toEqual([[sequence - 1, 'webhook.created']])
    expect(await queued(disabled)).toEqual([])
    await dispatch()
    expect(await queued(comments)).toEqual([[sequence, 'comment.added']])
  })

  test('an underscore in a wanted kind means an underscore', async () => {
    const { webhook } = await create({ kinds: ['comment_added'] })
    await comment()
    await dispatch()
    expect(await queued(webhook.id)).toEqual([])
  })

  test('a trial goes to its webhook alone', async () => {
    const [tried, other] = [(await create({ kinds: ['plan.*'] })).webhook.id, (await create({})).webhook.id]
    const { delivery, sequence } = await mutate('sendTestWebhook', { webhookId: tried }, 'sequence delivery { id kind status attempts sequence }')
    expect(delivery).toMatchObject({ kind: 'webhook.tested', status: 'PENDING', attempts: 0, sequence })
    await dispatch()
    expect(await queued(tried)).toEqual([[sequence, 'webhook.tested']])
    expect((await queued(other)).map(([, kind]) => kind)).not.toContain('webhook.tested')
  })
})

describe('deliveries', () => {
  test('are listed by status, newest first, and begun anew: one, or all that are dead since a time', async () => {
    const { webhook: { id } } = await create({ kinds: ['comment.*'] })
    for (let count = 0; count < 3; count++) await comment()
    await dispatch()
    const before = await deliveries(id)
    expect(before.nodes.map((node: any) => node.status)).toEqual(['PENDING', 'PENDING', 'PENDING'])
    expect(before.nodes.map((node: any) => node.sequence)).toEqual(before.nodes.map((node: any) => node.sequence).toSorted((a: number, b: number) => b - a))
    const [newest, middle, oldest] = before.nodes.map((node: any) => node.id)
    await pool.query(`UPDATE deliveries SET status = 'dead', attempts = 10, last_error = 'no' WHERE target_id = $1`, [id.slice(4)])
    await pool.query(`UPDATE deliveries SET created_at = '2026-01-01' WHERE id = $1`, [oldest.slice(4)])
    expect((await deliveries(id, 'DEAD')).totalCount).toBe(3)

    expect(await mutate('replayDelivery', { deliveryId: newest }, 'delivery { id status attempts }')).toMatchObject({ delivery: { id: newest, status: 'PENDING', attempts: 0 } })
    expect(await mutate('replayDeliveries', { webhookId: id, since: '2026-06-01T00:00:00Z' }, 'count')).toMatchObject({ count: 1 })
    expect((await deliveries(id, 'PENDING')).nodes.map((node: any) => node.id)).toEqual([newest, middle])
    expect(await mutate('replayDeliveries', { webhookId: id, since: '2025-01-01T00:00:00Z' }, 'count')).toMatchObject({ count: 1 })
    expect(await mutate('replayDeliveries', { webhookId: id, since: '2025-01-01T00:00:00Z' }, 'count')).toMatchObject({ count: 0 })
    expect((await eventsOf('webhook.replayed')).map(({ data }) => data)).toEqual(Array(3).fill({ webhookId: id, count: 1 }))
    await mutate('updateWebhook', { webhookId: id, enabled: false }, 'sequence')
    expect(await mutate('replayDelivery', { deliveryId: newest }, 'sequence')).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('disabled') as string })
    expect(await mutate('replayDelivery', { deliveryId: newUuid() }, 'sequence')).toMatchObject({ code: 'NOT_FOUND' })
  })
})
