/** The proxy's faults, seen from both ends of real sockets. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startFaultProxy, type FaultProxy, type FaultProxyOptions } from './fault-proxy.ts'

/** Answers each line with itself in capitals, and keeps what it heard. */
async function startEcho(): Promise<{ server: Server; url: string; heard: string[]; peers: Socket[] }> {
  const heard: string[] = []
  const peers: Socket[] = []
  const server = createServer((socket) => {
    peers.push(socket)
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => {
      heard.push(chunk.toString())
      socket.write(chunk.toString().toUpperCase())
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, peers }
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function given(options: FaultProxyOptions): Promise<{ echo: Awaited<ReturnType<typeof startEcho>>; proxy: FaultProxy; open(): Promise<Client> }> {
  const echo = await startEcho()
  const proxy = await startFaultProxy(echo.url, options)
  ends.push(() => echo.server.close(), () => proxy.close())
  return { echo, proxy, open: () => openClient(proxy) }
}

interface Client {
  readonly socket: Socket
  send(text: string): void
  /** Resolves when so much text was received. */
  received(text: string): Promise<void>
  text(): string
  /** How the connection ended: the code of its error, or `end`. */
  readonly ended: Promise<string>
}

async function openClient({ url }: FaultProxy): Promise<Client> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  ends.push(() => socket.destroy())
  let text = ''
  let code = 'end'
  socket.on('data', (chunk: Buffer) => (text += chunk.toString())).on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? error.message))
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(code)))
  await once(socket, 'connect')
  return {
    socket,
    send: (line) => socket.write(line),
    received: (wanted) => expect.poll(() => text, { timeout: 10_000, interval: 5 }).toBe(wanted),
    text: () => text,
    ended,
  }
}

test('without faults bytes pass in both directions, a reply for each request', async () => {
  const { proxy, echo, open } = await given({})
  const client = await open()
  client.send('one')
  await client.received('ONE')
  client.send('two')
  await client.received('ONETWO')
  expect({ heard: echo.heard, faults: Object.values(proxy.counts).reduce((sum, count) => sum + count) }).toEqual({ heard: ['one', 'two'], faults: 0 })
})

test('latency holds bytes back and keeps their order', async () => {
  const { proxy, open } = await given({ latencyMs: () => 60 })
  const client = await open()
  const began = performance.now()
  for (const letter of 'abcdef') client.send(letter)
  await client.received('ABCDEF')
  expect(performance.now() - began).toBeGreaterThanOrEqual(119)
  expect(proxy.counts.latency).toBeGreaterThanOrEqual(2)
})

test('a lost request resets the client, and the server never hears of it', async () => {
  let requests = 0
  const { proxy, echo, open } = await given({ onRequest: () => (++requests === 2 ? 'reset' : undefined) })
  const client = await open()
  client.send('one')
  await client.received('ONE')
  client.send('two')
  expect(await client.ended).toBe('ECONNRESET')
  expect(echo.heard).toEqual(['one'])
  expect(proxy.counts).toMatchObject({ 'lost-request': 1, 'lost-reply': 0 })
})

test('a lost reply resets the client after the server has heard and answered; the choice sees the whole request', async () => {
  const requests: string[] = []
  const { proxy, echo, open } = await given({
    onReply(request) {
      requests.push(request)
      return request.includes('two') ? 'reset' : undefined
    },
  })
  const client = await open()
  client.send('one')
  await client.received('ONE')
  client.send('two')
  expect(await client.ended).toBe('ECONNRESET')
  expect({ heard: echo.heard, requests, text: client.text() }).toEqual({ heard: ['one', 'two'], requests: ['one', 'two'], text: 'ONE' })
  expect(proxy.counts['lost-reply']).toBe(1)
})

test('a reply cut in the middle arrives in half, then the connection is reset', async () => {
  const { proxy, open } = await given({ onReply: () => 'cut' })
  const client = await open()
  client.send('abcdef')
  expect(await client.ended).toBe('ECONNRESET')
  // The reset may overtake bytes that the client has not read: what it got is no more than half.
  expect(['', 'ABC']).toContain(client.text())
  expect(proxy.counts.cut).toBe(1)
})

test.each(['onRequest', 'onReply'] as const)('a connection that is half open from %s on is silent for both, and ended for neither', async (when) => {
  let hits = 0
  const { proxy, echo, open } = await given({ [when]: () => (++hits === 1 ? 'half-open' : undefined) })
  const [silent, other] = [await open(), await open()]
  silent.send('one')
  await expect.poll(() => proxy.counts['half-open'], { interval: 5 }).toBe(1)
  silent.send('two')
  echo.peers.forEach((peer) => peer.write('HELLO'))
  // What the other connection carries meanwhile shows that there was time for more to arrive.
  other.send('three')
  await expect.poll(() => other.text(), { interval: 5 }).toContain('THREE')
  expect(silent.text()).toBe('')
  expect(echo.heard).toEqual(when === 'onRequest' ? ['three'] : ['one', 'three'])
  silent.socket.destroy()
  await silent.ended
  other.send('four')
  await expect.poll(() => other.text(), { interval: 5 }).toContain('FOUR')
  expect(echo.peers.map(({ destroyed }) => destroyed)).toEqual([false, false])
})

test('new connections go to where the target is now; a target that is not there ends them', async () => {
  const { proxy, open, echo } = await given({})
  const second = await startEcho()
  ends.push(() => second.server.close())
  proxy.target = second.url
  const client = await open()
  client.send('x')
  await client.received('X')
  expect([echo.heard, second.heard]).toEqual([[], ['x']])
  proxy.target = 'http://127.0.0.1:9'
  const refused = await open()
  refused.send('y')
  expect(['end', 'ECONNRESET', 'EPIPE']).toContain(await refused.ended)
})
