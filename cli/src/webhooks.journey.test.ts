/** Webhooks with `br webhooks`, against the server as `npm start` runs it, and a receiver on this machine that its operator allows. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unwrap } from '@buildrunner/sdk/webhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ variables: { WEBHOOKS_ALLOW_PRIVATE: '127.0.0.1' } })
const { br, data } = journey
const received: { headers: IncomingHttpHeaders; body: string }[] = []
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(204).end()
  })
})
beforeAll(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening')
  await data('projects', 'create', 'Website')
})
afterAll(() => void receiver.close())

const ON = ['--project', 'website']

test('the secret is alone on stdout; a trial arrives, signed with it, and is listed; the same again after a replay', async () => {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`
  const made = await br('webhooks', 'create', url, '--kinds', 'comment.*,plan.changed', '--description', 'CI', ...ON)
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_[\w+/]{43}=\n$/) as string, stderr: expect.stringContaining(url) as string })
  const secret = made.stdout.trim()
  const { webhooks: [{ id }] } = await data('webhooks', 'list', ...ON)
  expect((await br('webhooks', 'list', ...ON)).stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hooks {2}CI {2}comment\.\*, plan\.changed {2}whk_/)

  const { delivery } = await data('webhooks', 'test', id)
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(1)
  expect(await unwrap(received[0]?.body ?? '', received[0]?.headers ?? {}, secret)).toMatchObject({ kind: 'webhook.tested', data: { webhookId: id } })
  await expect.poll(async () => (await br('webhooks', 'deliveries', id)).stdout, { timeout: 20_000 }).toMatch(/^\d+ {2}webhook\.tested {2}delivered \d{4}-.*dlv_/)

  const rotated = await data('webhooks', 'rotate', id, '--grace', '1h')
  expect(await data('webhooks', 'replay', delivery.id)).toMatchObject({ delivery: { id: delivery.id, status: 'PENDING' } })
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(2)
  for (const either of [secret, rotated.secret]) await unwrap(received[1]?.body ?? '', received[1]?.headers ?? {}, either)
  expect(received[1]?.headers['webhook-id']).toBe(delivery.id)
}, 120_000)

test('that of Slack is read from the input and shown shortened; it is changed, disabled and deleted', async () => {
  const made = await journey.cli.run(['webhooks', 'create', '-', '--for', 'slack', '--quote', ...ON, '--json'], { cwd: journey.cwd, input: 'https://hooks.slack.com/services/T0/B0/secretABCD\n' })
  expect(made).toMatchObject({ code: 0 })
  expect(made.stdout + made.stderr).not.toContain('secretABC')
  const { webhook } = JSON.parse(made.stdout)
  expect(webhook).toMatchObject({ kind: 'SLACK', url: 'https://hooks.slack.com/…ABCD', includeText: true })
  expect((await data('webhooks', 'edit', webhook.id, '--kinds', 'project.*', '--disable')).webhook).toMatchObject({ kinds: ['project.*'], enabled: false })
  expect((await data('webhooks', 'edit', webhook.id, '--all-kinds')).webhook.kinds).toEqual([])
  expect((await br('webhooks', 'list', ...ON)).stdout).toContain('slack  every event  disabled')
  expect((await br('webhooks', 'replay', webhook.id, '--since', '2026-01-01')).stderr).toContain('The webhook is disabled.')
  expect(await data('webhooks', 'delete', webhook.id, '--yes')).toEqual({ webhookId: webhook.id })
})

test.each<[string[], number, string]>([
  [['create', 'http://10.0.0.1/', ...ON], 2, 'WEBHOOKS_ALLOW_PRIVATE'],
  [['create', 'https://example.com/', '--kinds', 'Comments', ...ON], 2, 'comment.*'],
  [['edit', 'whk_00000000000000000000000000000000', '--enable', '--disable'], 2, 'exclude'],
  [['replay', 'whk_00000000000000000000000000000000', '--since', 'soon'], 2, '--since'],
  [['deliveries', 'whk_00000000000000000000000000000000'], 6, 'whk_0'],
])('br webhooks %j exits with %i and says why', async (args, code, said) => {
  const result = await br('webhooks', ...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})
