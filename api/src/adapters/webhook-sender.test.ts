/** Against real receivers on this machine. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { NO_TARGETS, parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { afterEach, describe, expect, test } from 'vitest'
import { TEST_CERTIFICATE } from '../testing/certificate.ts'
import { createWebhookSender } from './webhook-sender.ts'
import type { Resolve } from './webhook-sender.ts'

const LOOPBACK = parseAllowedTargets('127.0.0.0/8, ::1')
const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections()
    server.close()
  }
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}
const receiver = async (listener: RequestListener): Promise<string> => `http://127.0.0.1:${await listen(createServer(listener))}/`
const sender = (timeoutMs = 5_000) => createWebhookSender({ allowed: LOOPBACK, timeoutMs })
const post = (url: string, timeoutMs?: number) => sender(timeoutMs).send({ url, headers: { 'content-type': 'application/json' }, body: '{"ü":1}' })
/** A resolver that answers one list after the other. */
function names(...answers: string[][]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    resolve(host, _options, callback) {
      const answer = answers[Math.min(asked.push(host), answers.length) - 1] ?? []
      callback(null, answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    },
  }
}

describe('a receiver', () => {
  test('gets method, headers and body, and its answer is read', async () => {
    const seen: unknown[] = []
    const url = await receiver((request, response) => {
      const { method, headers } = request
      request.setEncoding('utf8').on('data', (body) => seen.push([method, headers['content-type'], headers['content-length'], headers.host, body]))
      request.on('end', () => response.writeHead(503, { 'retry-after': '120' }).end('busy'))
    })
    expect(await post(url)).toEqual({ status: 503, retryAfter: '120', text: 'busy' })
    expect(seen).toEqual([['POST', 'application/json', '8', new URL(url).host, '{"ü":1}']])
  })

  test('that redirects is not followed', async () => {
    let visits = 0
    const elsewhere = await receiver((_request, response) => void response.end(String(++visits)))
    const url = await receiver((_request, response) => void response.writeHead(307, { location: elsewhere }).end())
    expect(await post(url)).toMatchObject({ status: 307 })
    expect(visits).toBe(0)
  })

  test('that answers without end is read to 4 KB', async () => {
    let written = 0
    const url = await receiver((_request, response) => {
      const fill = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 65_536
      }
      response.on('drain', fill).writeHead(200)
      fill()
    })
    const { status, text } = await post(url)
    expect([status, text.length]).toEqual([200, 4_096])
    expect(written).toBeLessThan(64 * 1_048_576)
  })

  test('that hangs is left after the time', async () => {
    await expect(post(await receiver(() => {}), 50)).rejects.toThrow('127.0.0.1: no answer in time')
  })

  test('whose body hangs has answered', async () => {
    const url = await receiver((_request, response) => void response.writeHead(500).write('so far'))
    expect(await post(url, 200)).toEqual({ status: 500, retryAfter: null, text: 'so far' })
  })

  test('that resets the connection has not', async () => {
    const port = await listen(createTcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())))
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toThrow('127.0.0.1: the connection was closed without an answer')
  })

  test('that is not there refuses', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    await new Promise((closed) => server.close(closed))
    await expect(post(`http://127.0.0.1:${port}/`)).rejects.toThrow('127.0.0.1: the connection was refused')
  })

  test('with a certificate of its own is reached over TLS only by who trusts it', async () => {
    const port = await listen(createTlsServer(TEST_CERTIFICATE, (_request, response) => void response.end('safe')))
    const [url, { resolve }] = [`https://hooks.test:${port}/`, names(['127.0.0.1'])]
    expect(await createWebhookSender({ allowed: LOOPBACK, resolve, ca: TEST_CERTIFICATE.cert }).send({ url, headers: {}, body: '' })).toMatchObject({ status: 200, text: 'safe' })
    await expect(createWebhookSender({ allowed: LOOPBACK, resolve }).send({ url, headers: {}, body: '' })).rejects.toThrow('it cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)')
  })
})

describe('an address inside the network', () => {
  let visits = 0
  const count: RequestListener = (_request, response) => void response.end(String(++visits))
  afterEach(() => expect(visits).toBe(0))

  test('is refused as it stands', async () => {
    const url = (await receiver(count)).replace('http:', 'https:')
    await expect(createWebhookSender({ allowed: NO_TARGETS }).send({ url, headers: {}, body: '' })).rejects.toThrow('no address of the public internet')
  })

  test.each([[['127.0.0.1']], [['8.8.8.8', '127.0.0.1']], [['::ffff:127.0.0.1']], [['64:ff9b::7f00:1']], [[]]])('is refused behind a name: %j', async (answer) => {
    const port = new URL(await receiver(count)).port
    const { resolve, asked } = names(answer)
    await expect(createWebhookSender({ allowed: NO_TARGETS, resolve }).send({ url: `https://rebind.test:${port}/`, headers: {}, body: '' })).rejects.toThrow('its name does not lead to the public internet')
    expect(asked).toEqual(['rebind.test'])
  })
})

test('the address that was checked is the one connected to, though the name leads elsewhere a moment later', async () => {
  const visits: string[] = []
  const url = await receiver((request, response) => void response.end(String(visits.push(request.socket.localAddress ?? ''))))
  // the second answer would be taken by a client that resolves again to connect
  const { resolve, asked } = names(['127.0.0.1'], ['127.0.0.2'])
  const allowed = parseAllowedTargets('rebind.test')
  const sending = createWebhookSender({ allowed, resolve })
  expect(await sending.send({ url: url.replace('127.0.0.1', 'rebind.test'), headers: {}, body: '' })).toMatchObject({ status: 200 })
  expect([visits, asked]).toEqual([['127.0.0.1'], ['rebind.test']])
})

test('a name is checked anew for each request', async () => {
  const { resolve } = names(['127.0.0.1'], ['10.0.0.1'])
  const port = await listen(createTlsServer(TEST_CERTIFICATE, (_request, response) => void response.end()))
  const sending = createWebhookSender({ allowed: LOOPBACK, resolve, ca: TEST_CERTIFICATE.cert })
  const to = `https://rebind.test:${port}/`
  expect(await sending.send({ url: to, headers: {}, body: '' })).toMatchObject({ status: 200 })
  await expect(sending.send({ url: to, headers: {}, body: '' })).rejects.toThrow('does not lead to the public internet')
})
