import { EventEmitter, getEventListeners, once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { AbortedError, BuildRunnerSDK, ConfigurationError, ForbiddenError, NetworkError, NotFoundError, UnauthenticatedError } from './index.ts'
import { readConfig } from './config.ts'
import type { BuildRunnerOptions } from './config.ts'
import { subscribe } from './subscription.ts'

/** One subscription, as the server sees it. */
interface Subscriber {
  readonly since: number | undefined
  /** As the client subscribed. */
  readonly payload: unknown
  readonly socket: WebSocket
  /** Delivers the message of a sequence; without one, where the subscription begins. */
  deliver(sequence: number): void
  fail(code: string): void
  complete(): void
  /** Resolves when the client unsubscribes. */
  readonly left: Promise<unknown>
}

/** Speaks graphql-transport-ws by hand, and leaves the rest to each test. */
let server: WebSocketServer
let baseUrl: string
const events = new EventEmitter()
const seen: { tokens: (string | undefined)[]; sockets: number; subscribers: Subscriber[] } = { tokens: [], sockets: 0, subscribers: [] }
let onSubscribe: (subscriber: Subscriber, count: number) => void
let accepts: (token: string | undefined) => boolean

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.on('connection', (socket) => {
    seen.sockets++
    const send = (message: object): void => socket.send(JSON.stringify(message))
    const leaving = new EventEmitter()
    socket.on('message', (data) => {
      const { id, type, payload } = JSON.parse(String(data))
      if (type === 'connection_init') {
        seen.tokens.push(payload.authorization)
        if (accepts(payload.authorization)) send({ type: 'connection_ack' })
        else socket.close(4403, 'The API key is unknown.')
      }
      if (type === 'ping') send({ type: 'pong' })
      if (type === 'complete') leaving.emit(id)
      if (type !== 'subscribe') return
      const subscriber: Subscriber = {
        since: payload.variables.since, payload, socket, left: once(leaving, id),
        deliver: (sequence) => send({ id, type: 'next', payload: { data: { projectEvents: { sequence } } } }),
        fail: (code) => send({ id, type: 'error', payload: [{ message: 'Refused.', extensions: { code } }] }),
        complete: () => send({ id, type: 'complete' }),
      }
      seen.subscribers.push(subscriber)
      onSubscribe(subscriber, seen.subscribers.length)
      events.emit('subscribed')
    })
  })
})
afterAll(() => {
  for (const socket of server.clients) socket.terminate()
  server.close()
})
beforeEach(() => {
  Object.assign(seen, { tokens: [], sockets: 0, subscribers: [] })
  onSubscribe = () => {}
  accepts = () => true
  // no jitter: what is lost is opened again at once
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => vi.restoreAllMocks())

type Item = { sequence: number }
const configOf = (options: BuildRunnerOptions = {}) => readConfig({ apiKey: 'br_test1234_secret', baseUrl, webSocket: WebSocket, ...options })
const open = (variables = {}, options = {}, config = configOf()) => subscribe<Item>(config, { query: 'subscription { projectEvents { sequence } }' }, variables, options)

async function take(items: AsyncIterable<Item>, count: number): Promise<number[]> {
  const sequences: number[] = []
  for await (const { sequence } of items) if (sequences.push(sequence) === count) break
  return sequences
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
/** Like the server: first where it begins, then all events of a log of `newest`. */
const replay = (subscriber: Subscriber, newest: number, from = subscriber.since ?? newest): void => range(from, newest).forEach(subscriber.deliver)

describe('a loop', () => {
  test('opens nothing before it begins, and names key and client', async () => {
    const subscription = open({ since: 4 })
    expect(seen.sockets).toBe(0)
    onSubscribe = (subscriber) => replay(subscriber, 6)
    expect(await take(subscription, 2)).toEqual([5, 6])
    expect([seen.sockets, seen.tokens]).toEqual([1, ['Bearer br_test1234_secret']])
  })

  test('sends the text where the server does not know the id, and from then on', async () => {
    const query = 'subscription { projectEvents { sequence } }'
    onSubscribe = (subscriber, count) => {
      if (count === 1) return subscriber.fail('DOCUMENT_UNKNOWN')
      replay(subscriber, count)
      if (count === 2) subscriber.socket.terminate()
    }
    expect(await take(subscribe<Item>(configOf(), { documentId: 'm.events_watch', query }, { since: 1 }), 2)).toEqual([2, 3])
    expect(seen.subscribers.map(({ payload }) => payload)).toEqual([
      { query: '', extensions: { documentId: 'm.events_watch' }, variables: { since: 1 } },
      { query, variables: { since: 1 } },
      { query, variables: { since: 2 } },
    ])
  })

  test('says so where there is no text', async () => {
    onSubscribe = (subscriber) => subscriber.fail('DOCUMENT_UNKNOWN')
    await expect(take(subscribe<Item>(configOf(), { documentId: 'm.events_watch' }, {}), 1)).rejects.toMatchObject({ code: 'DOCUMENT_UNKNOWN' })
  })

  test('that begins now learns where that is', async () => {
    onSubscribe = (subscriber) => replay(subscriber, 41)
    expect(await take(open(), 1)).toEqual([41])
  })

  test('goes on after the last item when the connection is cut, also before the first event', async () => {
    onSubscribe = (subscriber, count) => {
      replay(subscriber, [7, 7, 9, 12][count - 1]!)
      if (count < 4) subscriber.socket.terminate()
    }
    expect(await take(open(), 6)).toEqual([7, 8, 9, 10, 11, 12])
    expect(seen.subscribers.map(({ since }) => since)).toEqual([undefined, 7, 7, 9])
  })

  test.each([1000, 1001, 1006, 1011, 1012, 1013, 4408, 4429, 4500])('goes on when the socket is closed with %d', async (code) => {
    onSubscribe = (subscriber, count) => {
      replay(subscriber, count)
      if (count > 1) return
      if (code === 1006) subscriber.socket.terminate()
      else subscriber.socket.close(code)
    }
    expect(await take(open({ since: 0 }), 2)).toEqual([1, 2])
  })

  test('goes on when the server is unavailable for a moment', async () => {
    onSubscribe = (subscriber, count) => (count === 1 ? subscriber.fail('SERVICE_UNAVAILABLE') : replay(subscriber, 1))
    expect(await take(open({ since: 0 }), 1)).toEqual([1])
  })

  test('ends when the server completes it', async () => {
    onSubscribe = (subscriber) => (replay(subscriber, 2), subscriber.complete())
    expect(await take(open({ since: 0 }), Infinity)).toEqual([1, 2])
  })

  test.each([['NOT_FOUND', NotFoundError], ['FORBIDDEN', ForbiddenError], ['UNAUTHENTICATED', UnauthenticatedError]])('throws what the server answers with %s, after what came before', async (code, type) => {
    const sequences: number[] = []
    onSubscribe = (subscriber) => (replay(subscriber, 2), subscriber.fail(code))
    const loop = async () => {
      for await (const { sequence } of open({ since: 0 })) sequences.push(sequence)
    }
    await expect(loop()).rejects.toThrow(type)
    expect(sequences).toEqual([1, 2])
    expect(seen.subscribers).toHaveLength(1)
  })

  test('that reads slowly stops the stream at a hundred items, and resumes after the last one it read', async () => {
    onSubscribe = (subscriber) => replay(subscriber, 250)
    const sequences: number[] = []
    for await (const { sequence } of open({ since: 0 })) {
      sequences.push(sequence)
      // slow at the first item of the first two streams: later ones are read as they come
      const stream = [0, 1].find((index) => seen.subscribers[index]?.since === sequence - 1)
      if (stream !== undefined) await seen.subscribers[stream]!.left
      if (sequence === 250) break
    }
    expect(sequences).toEqual(range(1, 250))
    const since = seen.subscribers.map((subscriber) => subscriber.since!)
    expect(since.length).toBeGreaterThanOrEqual(3)
    // a hundred waited, and one was in the consumer's hands
    expect(since[1]).toBeLessThanOrEqual(101)
  })

  test('gets each item once and in order, however the connection is cut', async () => {
    // nothing waits: what the socket asks for itself stays as it is
    const original = globalThis.setTimeout
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => original(run, ms === 15_000 || ms === 10_000 ? ms : Math.min(ms, 1))) as never)
    const LAST = 40
    const step = fc.record({ deliver: fc.integer({ min: 0, max: 15 }), end: fc.constantFrom('terminate', 'close', 'unavailable') })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        seen.subscribers = []
        onSubscribe = (subscriber, count) => {
          const { deliver = LAST, end } = steps[count - 1] ?? {}
          replay(subscriber, Math.min(LAST, subscriber.since! + deliver))
          if (end === 'terminate') subscriber.socket.terminate()
          if (end === 'close') subscriber.socket.close(1012)
          if (end === 'unavailable') subscriber.fail('SERVICE_UNAVAILABLE')
        }
        expect(await take(open({ since: 0 }), LAST)).toEqual(range(1, LAST))
      }),
      { numRuns: 60 },
    )
  })

  test('finds out that a connection is dead, and opens another one', async () => {
    // the client asks after 15 seconds, and waits ten for the answer
    for (const timer of ['setTimeout', 'setInterval'] as const) {
      const original = globalThis[timer]
      vi.spyOn(globalThis, timer).mockImplementation(((run: () => void, ms = 0) => original(run, ms === 15_000 || ms === 10_000 ? 20 : ms)) as never)
    }
    onSubscribe = (subscriber, count) => {
      replay(subscriber, count)
      if (count === 1) subscriber.socket.pause()
    }
    expect(await take(open({ since: 0 }), 2)).toEqual([1, 2])
  })
})

describe('the end', () => {
  /** A loop that waits for its first item. */
  async function waiting(options: object = {}) {
    const subscription = open({}, options)
    const loop = take(subscription, 1)
    loop.catch(() => {})
    await once(events, 'subscribed')
    return { subscription, loop }
  }

  test('by close() is quiet, and unsubscribes', async () => {
    const { subscription, loop } = await waiting()
    subscription.close()
    expect(await loop).toEqual([])
    await seen.subscribers[0]!.left
    expect(await take(subscription, 1)).toEqual([])
  })

  test('by a signal is an AbortedError with its reason, and leaves no listener', async () => {
    const controller = new AbortController()
    const { loop } = await waiting({ signal: controller.signal })
    controller.abort('enough')
    await expect(loop).rejects.toThrow(AbortedError)
    await expect(loop).rejects.toMatchObject({ cause: 'enough' })
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('by return() does not wait for the item that the loop waits for', async () => {
    const items = open()[Symbol.asyncIterator]()
    const next = items.next()
    await once(events, 'subscribed')
    expect(await items.return!()).toEqual({ done: true, value: undefined })
    expect(await next).toEqual({ done: true, value: undefined })
  })

  test('ends a back-off at once', async () => {
    // of minutes: longer than the test may take
    vi.spyOn(Math, 'random').mockReturnValue(1_000)
    onSubscribe = ({ socket }) => socket.terminate()
    const config = configOf({ baseUrl })
    const subscription = open({}, {}, config)
    const loop = take(subscription, 1)
    await once(events, 'subscribed')
    subscription.close()
    expect(await loop).toEqual([])
  })

  test('a thousand loops over one signal leave no listener on it', async () => {
    onSubscribe = (subscriber) => replay(subscriber, 1)
    const { signal } = new AbortController()
    const config = configOf()
    for (let index = 0; index < 1_000; index++) await take(open({ since: 0 }, { signal }, config), 1)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(seen.sockets).toBe(1)
  })
})

describe('one socket', () => {
  // operations are told apart by random ids
  beforeEach(() => void vi.restoreAllMocks())

  test('is shared by all subscriptions of a client, and closed when the last has ended', async () => {
    onSubscribe = (subscriber) => replay(subscriber, 3)
    const config = configOf()
    const [a, b] = [open({ since: 0 }, {}, config), open({ since: 1 }, {}, config)]
    expect(await Promise.all([take(a, 3), take(b, 2)])).toEqual([[1, 2, 3], [2, 3]])
    expect(seen.sockets).toBe(1)
    const [code] = await once(seen.subscribers[0]!.socket, 'close')
    expect(code).toBe(1000)
  })

  test('two loops over one subscription each get every item', async () => {
    onSubscribe = (subscriber) => replay(subscriber, 3)
    const subscription = open({ since: 0 })
    expect(await Promise.all([take(subscription, 3), take(subscription, 3)])).toEqual([[1, 2, 3], [1, 2, 3]])
  })

  test('that cannot be opened throws after maxRetries, without the key; by default it is tried for ever', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    const config = configOf({ baseUrl: `http://127.0.0.1:${port}` })
    const error = await take(open({}, { maxRetries: 3 }, config), 1).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NetworkError)
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})

describe('a token', () => {
  beforeEach(() => void vi.restoreAllMocks())

  test('that is refused is asked for again, once for all subscriptions, and they go on', async () => {
    let asked = 0
    const config = configOf({ apiKey: undefined, getToken: async () => `token-${++asked}` })
    accepts = (token) => token === 'Bearer token-2'
    onSubscribe = (subscriber) => replay(subscriber, 2)
    expect(await Promise.all([take(open({ since: 0 }, {}, config), 2), take(open({ since: 0 }, {}, config), 2)])).toEqual([[1, 2], [1, 2]])
    expect(asked).toBe(2)
  })

  test('that expires under a subscription is replaced without losing an item', async () => {
    let asked = 0
    const config = configOf({ apiKey: undefined, getToken: () => `token-${++asked}` })
    onSubscribe = (subscriber, count) => {
      replay(subscriber, count)
      if (count < 3) subscriber.socket.close(4403, 'The API key has expired.')
    }
    expect(await take(open({ since: 0 }, {}, config), 3)).toEqual([1, 2, 3])
    expect(seen.tokens).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3'])
  })

  test.each([['a second time', { apiKey: undefined, getToken: () => 'stale' }, 2], ['and is a fixed key', {}, 1]])('that is refused %s ends the loop', async (_, options, tries) => {
    accepts = () => false
    const error: unknown = await take(open({}, {}, configOf(options)), 1).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UnauthenticatedError)
    expect(String(error)).toContain('The API key is unknown.')
    expect(seen.tokens).toHaveLength(tries)
  })

  test('that cannot be had ends the loop with what getToken threw', async () => {
    const config = configOf({ apiKey: undefined, getToken: () => Promise.reject(new Error('signed out')) })
    await expect(take(open({}, {}, config), 1)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'getToken failed (signed out).' })
  })
})

test('without a WebSocket the loop throws what to do about it', async () => {
  vi.stubGlobal('WebSocket', undefined)
  try {
    const client = new BuildRunnerSDK({ apiKey: 'br_test1234_secret', projectId: 'demo', baseUrl })
    const loop = client.events.watch()[Symbol.asyncIterator]().next()
    await expect(loop).rejects.toThrow(ConfigurationError)
    await expect(loop).rejects.toThrow(/new BuildRunnerSDK\(\{ webSocket: WebSocket \}\)/)
  } finally {
    vi.unstubAllGlobals()
  }
})
