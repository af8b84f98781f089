/** Deliveries to real receivers, which the operator allows on loopback. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Context } from '@buildrunner/schema/context'
import { createDeliveryWorker } from '@buildrunner/schema/deliveries/worker'
import { createVault, newVaultKey } from '@buildrunner/schema/shared/vault'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { webhookConsumer } from '@buildrunner/schema/webhooks/consumer'
import { unwrap } from '@buildrunner/sdk/webhooks'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import { createWebhooks } from './webhooks.ts'

let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }
const vaultKey = newVaultKey()
const workspace = await createTestWorkspace({ clock })
const services = { ...workspace.services, vault: createVault(vaultKey), webhookTargets: parseAllowedTargets('127.0.0.0/8'), publicUrl: () => 'https://plans.example.com' }
const context = (): Context => ({ ...workspace.context(), ...services })
await workspace.project('website', samplePlan(1, 1, 2))
const project = (await workspace.pool.query<{ id: string; organisation_id: string }>('SELECT id, organisation_id FROM projects')).rows[0] as { id: string; organisation_id: string }

const errors: unknown[] = []
const webhook = createWebhooks(services, '1.2.3')
const worker = createDeliveryWorker({
  db: services.db, clock, channels: { webhook, email: webhook }, backoff: { minMs: 1_000, maxMs: 1_000, factor: 1, jitter: true, maxAttempts: 1 }, random: () => 0, onError: (error) => errors.push(error),
})
const HOUR = 3_600_000

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
type Answer = (response: ServerResponse, received: Received) => void
const closers: (() => void)[] = []
afterEach(async () => {
  expect(errors).toEqual([])
  for (const close of closers.splice(0)) close()
  await workspace.pool.query('DELETE FROM webhooks')
  await workspace.pool.query('DELETE FROM deliveries')
})

/** A receiver that answers with one answer after the other, and goes on with the last. */
async function receiver(...answers: Answer[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const got = { headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(got)
      answers[Math.min(received.length, answers.length) - 1]?.(response, got)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received }
}
const status = (code: number, headers = {}, body = ''): Answer => (response) => void response.writeHead(code, headers).end(body)

async function mutate(name: string, input: object, fields: string): Promise<any> {
  const Name = `${name[0]?.toUpperCase()}${name.slice(1)}`
  const { data, errors: failed } = await workspace.run<any>(`mutation ($input: ${Name}Input!) { answer: ${name}(input: $input) { ... on ${Name}Payload { ${fields} } ... on Error { code message } } }`, { input }, context())
  expect(failed).toBeUndefined()
  expect(data.answer).not.toHaveProperty('code')
  return data.answer
}
const create = async (url: string, more: object = {}): Promise<{ id: string; secret: string }> => {
  const { webhook: { id }, secret } = await mutate('createWebhook', { projectId: 'website', url, ...more }, 'secret webhook { id }')
  return { id, secret }
}
const comment = async (body = 'Hello.'): Promise<string> => (await mutate('addComment', { projectId: 'website', itemId: 'm1', body }, 'comment { id }')).comment.id
/** What the dispatcher does, then what the worker does. */
async function deliver(): Promise<void> {
  const { rows } = await workspace.pool.query('SELECT sequence FROM runner_events WHERE stream_id = $1', [project.id])
  await webhookConsumer(services.db, { streamId: project.id, organisationId: project.organisation_id, projectId: project.id, events: rows, now: clock.now() })
  await worker.run()
}
async function later(ms: number): Promise<void> {
  ahead += ms
  await worker.run()
}
const state = async (id: string) => (await workspace.run<any>('query ($id: ID!) { webhook(webhookId: $id) { enabled disabledReason failingSince } }', { id }, context())).data.webhook
const deliveries = async (id: string) =>
  (await workspace.run<any>('query ($id: ID!) { webhookDeliveries(webhookId: $id) { nodes { id kind status attempts lastStatus lastError nextAttemptAt } } }', { id }, context())).data.webhookDeliveries.nodes

test('an event arrives signed, in the envelope of the standard, as the API shows it and without texts; the reference implementation and the SDK accept it', async () => {
  const { url, received } = await receiver(status(204))
  const { id, secret } = await create(url, { kinds: ['comment.*'] })
  const commentId = await comment('A secret plan of @ada.')
  await deliver()
  const [{ headers, body }] = received as [Received]
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'BuildRunner/1.2.3', 'webhook-id': expect.stringMatching(/^dlv_[0-9a-f]{32}$/) as string })
  const verified = new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>
  expect(Object.keys(verified)).toEqual(['type', 'timestamp', 'data'])
  const event = await unwrap(body, headers, secret)
  expect(event).toMatchObject({ kind: 'comment.added', projectId: expect.stringMatching(/^prj_/) as string, actor: expect.stringMatching(/^usr_/) as string, data: { commentId, itemKey: 'm1' } })
  const { data } = await workspace.run<any>('{ events(projectId: "website", since: 0) { events { sequence kind version actor origin requestId createdAt data } } }', {}, context())
  const { projectId: _, ...shown } = event
  expect(shown).toEqual(data.events.events.find(({ sequence }: { sequence: number }) => sequence === event.sequence))
  expect(body).not.toContain('secret plan')
  expect(await deliveries(id)).toMatchObject([{ id: headers['webhook-id'], kind: 'comment.added', status: 'DELIVERED', attempts: 1, lastStatus: 204 }])
})

test('events arrive in order at one receiver, while another that hangs keeps nobody back', async () => {
  const [good, hanging] = [await receiver(status(200)), await receiver(() => {})]
  const { id } = await create(good.url, { kinds: ['comment.*'] })
  await create(hanging.url, { kinds: ['comment.*'] })
  for (let count = 0; count < 5; count++) await comment()
  const delivering = deliver()
  await expect.poll(() => good.received.length).toBe(5)
  const sequences = good.received.map(({ body }) => JSON.parse(body).data.sequence as number)
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
  expect((await deliveries(id)).map((one: any) => one.status)).toEqual(Array(5).fill('DELIVERED'))
  for (const close of closers.splice(0)) close()
  await delivering
}, 60_000)

describe('an attempt that fails', () => {
  test('is repeated on the schedule, under the same id, until it is taken; meanwhile the webhook says since when it fails', async () => {
    const { url, received } = await receiver(status(500, {}, 'out of \u0007paper\n'), (response) => void response.destroy(), status(200))
    const { id, secret } = await create(url, { kinds: ['comment.*'] })
    await comment()
    await deliver()
    expect(await deliveries(id)).toMatchObject([{ status: 'PENDING', attempts: 1, lastStatus: 500, lastError: 'it answered 500: out of paper' }])
    expect((await state(id)).failingSince).not.toBeNull()
    await later(4_000)
    expect(received).toHaveLength(1)
    await later(1_500)
    expect(await deliveries(id)).toMatchObject([{ attempts: 2, lastStatus: null, lastError: '127.0.0.1: the connection was closed without an answer' }])
    await later(5 * 60_000)
    expect(await deliveries(id)).toMatchObject([{ status: 'DELIVERED', attempts: 3, lastStatus: 200, lastError: null }])
    expect((await state(id)).failingSince).toBeNull()
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)
    const last = received[2] as Received
    await expect(unwrap(last.body, last.headers, secret, { now: () => clock.now().getTime() })).resolves.toMatchObject({ kind: 'comment.added' })
  })

  test('waits as long as the receiver asks, and does not follow where it points', async () => {
    const { url } = await receiver(status(429, { 'retry-after': '3600' }), status(302, { location: 'http://127.0.0.1:1/' }))
    const { id } = await create(url, { kinds: ['comment.*'] })
    await comment()
    await deliver()
    const [{ nextAttemptAt }] = await deliveries(id)
    expect((Date.parse(nextAttemptAt) - clock.now().getTime()) / 1_000).toBeCloseTo(3_600, -2)
    await later(HOUR)
    expect(await deliveries(id)).toMatchObject([{ attempts: 2, lastError: 'it answered 302; redirects are not followed' }])
  })

  test('ten times makes a dead letter, which can be sent again', async () => {
    const { url, received } = await receiver(...Array.from({ length: 10 }, () => status(500)), status(200))
    const { id } = await create(url, { kinds: ['comment.*'] })
    await comment()
    await deliver()
    for (let attempt = 1; attempt < 10; attempt++) await later(24 * HOUR)
    const [{ id: deliveryId }] = await deliveries(id)
    // five days of nothing else have disabled it
    expect(await deliveries(id)).toMatchObject([{ status: 'DEAD' }])
    await mutate('updateWebhook', { webhookId: id, enabled: true }, 'sequence')
    while (received.length < 10) await mutate('replayDelivery', { deliveryId }, 'sequence').then(() => later(24 * HOUR))
    await mutate('replayDelivery', { deliveryId }, 'sequence')
    await later(24 * HOUR)
    expect(await deliveries(id)).toMatchObject([{ id: deliveryId, status: 'DELIVERED' }])
    expect(received.at(-1)?.headers['webhook-id']).toBe(deliveryId)
  })
})

describe('a webhook is disabled', () => {
  const told = async () => (await workspace.pool.query(`SELECT data, actor_id, origin FROM runner_events WHERE stream_id = $1 AND kind = 'webhook.disabled' ORDER BY sequence DESC LIMIT 1`, [project.id])).rows[0]
  const recorded = async () => (await workspace.pool.query(`SELECT actor_id, details FROM audit_records WHERE action = 'webhook.disable' ORDER BY created_at DESC LIMIT 1`)).rows[0]

  test('at once when its receiver is gone', async () => {
    const { url, received } = await receiver(status(410))
    const { id } = await create(url, { kinds: ['comment.*'] })
    await comment()
    await comment()
    await deliver()
    expect(await state(id)).toMatchObject({ enabled: false, disabledReason: 'GONE' })
    expect((await deliveries(id)).map(({ status: now, lastError }: any) => [now, lastError])).toEqual([['DEAD', 'the webhook is disabled'], ['DEAD', 'it answered 410']])
    expect(received).toHaveLength(1)
    expect(await told()).toEqual({ data: { webhookId: id, reason: 'gone' }, actor_id: '00000000-0000-0000-0000-000000000000', origin: 'server' })
    expect(await recorded()).toEqual({ actor_id: null, details: JSON.stringify({ webhookId: id, reason: 'gone' }) })
  })

  test('after five days of nothing but failures, and not before', async () => {
    const { url } = await receiver(status(500))
    const { id } = await create(url, { kinds: ['comment.*'] })
    await comment()
    await deliver()
    await later(119 * HOUR)
    expect(await state(id)).toMatchObject({ enabled: true })
    await later(2 * HOUR)
    expect(await state(id)).toMatchObject({ enabled: false, disabledReason: 'FAILING' })
    expect((await told()).data).toEqual({ webhookId: id, reason: 'failing' })
    const again = await mutate('updateWebhook', { webhookId: id, enabled: true }, 'webhook { enabled disabledReason failingSince }')
    expect(again.webhook).toEqual({ enabled: true, disabledReason: null, failingSince: null })
  })
})

test('while a secret is replaced, either verifies; after the grace period the new one alone', async () => {
  const { url, received } = await receiver(status(200))
  const { id, secret: old } = await create(url, { kinds: ['comment.*'] })
  const { secret } = await mutate('rotateWebhookSecret', { webhookId: id, graceSeconds: 3_600 }, 'secret')
  const verifies = async (which: string): Promise<boolean> => {
    const { body, headers } = received.at(-1) as Received
    return unwrap(body, headers, which, { now: () => clock.now().getTime() }).then(() => true, () => false)
  }
  await comment()
  await deliver()
  expect([await verifies(old), await verifies(secret)]).toEqual([true, true])
  ahead += 2 * HOUR
  await comment()
  await deliver()
  expect([await verifies(old), await verifies(secret)]).toEqual([false, true])
})

test('Slack and Discord are told who did what on which item; they quote a comment only where the webhook says so', async () => {
  const { url, received } = await receiver(status(200))
  await create(`${url}slack`, { kind: 'SLACK', kinds: ['comment.*'], includeText: true })
  await create(`${url}discord`, { kind: 'DISCORD', kinds: ['comment.*'] })
  await comment('Ready <!channel>')
  await deliver()
  const [slack, discord] = received.map(({ body }) => JSON.parse(body)).toSorted((a) => ('embeds' in a ? 1 : -1))
  expect(slack.attachments[0].blocks[0].text.text).toMatch(/^🔵 Ada commented on \*m1 .+\*$/)
  expect(slack.attachments[0].blocks[1].text.text).toBe('>Ready &lt;!channel&gt;')
  expect(discord).toMatchObject({ allowed_mentions: { parse: [] }, embeds: [{ url: 'https://plans.example.com', description: expect.stringMatching(/^🔵 Ada commented on \*\*m1 .+\*\*$/) as string }] })
  expect(received.every(({ headers }) => headers['webhook-signature'] === undefined)).toBe(true)
})

test('a delivery whose process is killed before it records the answer comes again, under the same id', async () => {
  let kill = (): void => {}
  const { url, received } = await receiver((response) => {
    kill()
    response.writeHead(200).end()
  }, status(200))
  const { id } = await create(url)
  await mutate('sendTestWebhook', { webhookId: id }, 'sequence')
  const child = spawn(process.execPath, ['--conditions=@buildrunner/source', join(import.meta.dirname, 'testing', 'deliver-webhooks.ts')], {
    env: { ...process.env, DATABASE_URL: workspace.url, VAULT: vaultKey.toString('base64'), AHEAD_MS: String(ahead) }, stdio: ['ignore', 'inherit', 'inherit'],
  })
  kill = () => void child.kill('SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  expect(await deliveries(id)).toMatchObject([{ status: 'PENDING', attempts: 1 }])
  await worker.run()
  expect(received).toHaveLength(1)
  await later(60_000)
  expect(received).toHaveLength(2)
  expect(received[1]?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id'])
  expect(await deliveries(id)).toMatchObject([{ status: 'DELIVERED', attempts: 2 }])
}, 120_000)
