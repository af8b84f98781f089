import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { useServer } from 'graphql-ws/use/ws'
import { buildSchema } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { createSocket } from './socket.ts'
import type { Sink, Socket } from './socket.ts'

const servers: WebSocketServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
})

interface Peer {
  socket: Socket
  server: WebSocketServer
  closed: unknown[]
}

async function open(introduce: () => Promise<Record<string, unknown>> = () => Promise.resolve({})): Promise<Peer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })
  servers.push(server)
  await once(server, 'listening')
  const closed: unknown[] = []
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { socket: createSocket({ url, webSocket: WebSocket, introduce, onClosed: (cause) => closed.push(cause) }), server, closed }
}

/** Subscribes, and resolves with what arrived when it has ended. */
const run = (socket: Socket, payload: object, onNext?: (end: () => void) => void): Promise<{ results: unknown[]; cause?: unknown }> =>
  new Promise((resolve) => {
    const results: unknown[] = []
    const sink: Sink = {
      next: (result) => {
        results.push(result)
        onNext?.(end)
      },
      error: (cause) => resolve({ results, cause }),
      complete: () => resolve({ results }),
    }
    const end = socket.subscribe(payload, sink)
  })

describe('against the server of graphql-ws, the socket', () => {
  const schema = buildSchema('type Query { name: String } type Subscription { ticks(to: Int!): Int }')
  async function* ticks({ to }: { to: number }) {
    for (let tick = 1; tick <= to; tick++) yield { ticks: tick }
  }
  const serve = async () => {
    const peer = await open(() => Promise.resolve({ authorization: 'Bearer x' }))
    const told: unknown[] = []
    useServer({ schema, roots: { subscription: { ticks } }, onConnect: ({ connectionParams }) => void told.push(connectionParams) }, peer.server)
    return { ...peer, told }
  }

  test('introduces itself once, and carries subscriptions beside each other to their ends', async () => {
    const { socket, told } = await serve()
    const [three, two] = await Promise.all([3, 2].map((to) => run(socket, { query: 'subscription ($to: Int!) { ticks(to: $to) }', variables: { to } })))
    expect(three).toEqual({ results: [1, 2, 3].map((tick) => ({ data: { ticks: tick } })) })
    expect(two?.results).toHaveLength(2)
    expect(told).toEqual([{ authorization: 'Bearer x' }])
  })

  test('hands over what the server refuses, and goes on', async () => {
    const { socket } = await serve()
    expect((await run(socket, { query: 'subscription { nothing }' })).cause).toMatchObject([{ message: expect.stringContaining('nothing') as string }])
    expect((await run(socket, { query: 'subscription { ticks(to: 1) }' })).results).toHaveLength(1)
  })

  test('ends a subscription when the caller does', async () => {
    const { socket } = await serve()
    const { results, cause } = await run(socket, { query: 'subscription { ticks(to: 1000) }' }, (end) => end())
    expect([results.length, cause]).toEqual([1, undefined])
  })
})

test('a ping is answered', async () => {
  const { socket, server } = await open()
  const pong = new Promise((resolve) => server.once('connection', (peer) => {
    peer.send('{"type":"ping"}')
    peer.on('message', (data) => JSON.parse(String(data)).type === 'pong' && resolve(true))
  }))
  void run(socket, {})
  expect(await pong).toBe(true)
})

test.each(['{', 'null', '{"type":"surprise"}', '[]'])('a server that says %s does not speak the protocol: the socket is closed', async (message) => {
  const { socket, server, closed } = await open()
  const left = new Promise((resolve) => server.once('connection', (peer) => {
    peer.send(message)
    peer.once('close', resolve)
  }))
  const { cause } = await run(socket, {})
  expect(cause).toMatchObject({ code: 4400 })
  expect(closed).toEqual([cause])
  expect(await left).toBe(4400)
})

test('what keeps it from opening is told to all who wait, and the next subscription tries again', async () => {
  let calls = 0
  const fault = new Error('no token')
  const { socket, closed } = await open(() => Promise.reject(calls++ < 1 ? fault : new Error('again')))
  expect(await Promise.all([run(socket, {}), run(socket, {})])).toEqual([{ results: [], cause: fault }, { results: [], cause: fault }])
  expect((await run(socket, {})).cause).toEqual(new Error('again'))
  expect(closed).toHaveLength(2)
})
