import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { Webhook } from 'standardwebhooks'
import { afterAll, expect, test } from 'vitest'
import { startServer } from '../../sdk/test/server.ts'
import { Seen } from './seen.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`
const OLD_SECRET = `whsec_${Buffer.from('what was the secret before').toString('base64')}`
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const flags = ['--conditions=@buildrunner/source']

/** The receiver as a process of its own, and what it prints. */
async function start(secret: string): Promise<{ url: string; lines: string[] }> {
  const receiver = spawn(process.execPath, [...flags, path('main.ts')], { env: { ...process.env, PORT: '0', WEBHOOK_SECRET: secret } })
  const lines: string[] = []
  const output = createInterface({ input: receiver.stdout })
  output.on('line', (line) => lines.push(line))
  createInterface({ input: receiver.stderr }).on('line', (line) => lines.push(line))
  const [started] = (await once(output, 'line')) as [string]
  afterAll(async () => {
    receiver.kill('SIGTERM')
    const [code] = (await once(receiver, 'exit')) as [number]
    expect(code).toBe(0)
  })
  return { url: started.replace('Waiting for webhooks at ', ''), lines }
}
const { url, lines } = await start(`${SECRET},${OLD_SECRET}`)

const EVENT = {
  sequence: 1, kind: 'project.created', version: 1, projectId: 'prj_1', actor: 'usr_1', origin: 'cli/0.1.0', requestId: 'r', createdAt: '2026-11-21T20:00:00.000Z',
  data: { slug: 'website', name: 'Website', description: null },
}
const bodyOf = (event: typeof EVENT): string => JSON.stringify({ type: event.kind, timestamp: event.createdAt, data: event })
const BODY = bodyOf(EVENT)

/** Sends a delivery that another implementation of the standard signs. */
function deliver(id: string, options: { body?: string; sent?: string; secret?: string; at?: Date } = {}): Promise<Response> {
  const { body = BODY, sent = body, secret = SECRET, at = new Date() } = options
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': new Webhook(secret).sign(id, at, body) }
  return fetch(url, { method: 'POST', body: sent, headers })
}

test('a delivery is answered at once and worked on once, however often it comes', async () => {
  expect((await deliver('msg_1')).status).toBe(204)
  await expect.poll(() => lines).toContain('msg_1: Website was created')
  expect((await deliver('msg_1')).status).toBe(204)
  await expect.poll(() => lines).toContain('msg_1 came again')
  expect(lines.filter((line) => line === 'msg_1: Website was created').length).toBe(1)
})

test('the secret before is accepted while it is replaced, and a kind that is not known', async () => {
  expect((await deliver('msg_2', { secret: OLD_SECRET, body: bodyOf({ ...EVENT, kind: 'comment.created' }) })).status).toBe(204)
  await expect.poll(() => lines).toContain('msg_2: comment.created')
})

test.each([
  ['another body', { sent: BODY.replace('Website', 'Wobsite') }, 401, 'WEBHOOK_SIGNATURE_MISMATCH'],
  ['another secret', { secret: `whsec_${Buffer.from('nobody knows this one').toString('base64')}` }, 401, 'WEBHOOK_SIGNATURE_MISMATCH'],
  ['an old delivery', { at: new Date(Date.now() - 3_600_000) }, 400, 'WEBHOOK_TIMESTAMP_TOO_OLD'],
  ['no event', { body: '[]' }, 400, 'WEBHOOK_PAYLOAD_INVALID'],
])('%s is refused with its reason', async (_name, options, status, code) => {
  expect((await deliver('msg_3', options)).status).toBe(status)
  await expect.poll(() => lines.join('\n')).toContain(`refused: ${code}`)
})

test('what is no delivery is refused, and nothing ends the receiver', async () => {
  expect((await fetch(url)).status).toBe(405)
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400)
  expect(await fetch(url, { method: 'POST', body: 'x'.repeat(1_000_001) }).then(({ status }) => status, () => 413)).toBe(413)
  expect((await deliver('msg_4')).status).toBe(204)
})

test('what a server sends is accepted', async () => {
  const { apiUrl, apiKey, projectId } = await startServer({ notifies: true, webhookTargets: parseAllowedTargets('127.0.0.1') })
  const { webhooks, planning } = new BuildRunnerSDK({ apiKey, projectId, baseUrl: apiUrl })
  const { webhook, secret } = await webhooks.create({ url: 'http://127.0.0.1:9/', kinds: ['plan.changed'] }).orThrow()
  const receiver = await start(secret as string)
  await webhooks.update({ webhookId: webhook.id, url: receiver.url }).orThrow()
  await planning.setStatus({ id: 'T-12', status: 'DONE' }).orThrow()
  await expect.poll(() => receiver.lines.at(-1), { timeout: 20_000 }).toMatch(/^dlv_\w+: the plan of prj_\w+ changed: update$/)
  const { delivery } = await webhooks.test({ webhookId: webhook.id }).orThrow()
  await expect.poll(() => receiver.lines.at(-1), { timeout: 20_000 }).toBe(`${delivery.id}: webhook.tested`)
  await webhooks.replay({ deliveryId: delivery.id }).orThrow()
  await expect.poll(() => receiver.lines.at(-1), { timeout: 20_000 }).toBe(`${delivery.id} came again`)
}, 90_000)

test('ids are remembered for a while, and not without bound', () => {
  const seen = new Seen({ keepMs: 100, most: 2 })
  expect([seen.add('a', 0), seen.add('a', 99), seen.add('a', 100)]).toEqual([true, false, true])
  expect([seen.add('b', 101), seen.add('c', 102), seen.add('b', 103), seen.add('a', 104)]).toEqual([true, true, false, true])
})

test('without a secret it says what to do', async () => {
  const { WEBHOOK_SECRET: _, ...env } = process.env
  await expect(promisify(execFile)(process.execPath, [...flags, path('main.ts')], { env })).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('whsec_') as string })
})
