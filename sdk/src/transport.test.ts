import { getEventListeners } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { AbortedError, BuildRunnerSDK, NetworkError, ResponseError, ServiceUnavailableError, TimeoutError } from './index.ts'
import { dropConnection, graphqlFailure, hang, httpFailure, startDouble } from '../test/double.ts'
import type { Double, Failure } from '../test/double.ts'
import { CircuitBreaker } from './resilience/circuit-breaker.ts'
import { TestClock } from './resilience/testing/clock.ts'

let double: Double
let client: BuildRunnerSDK

beforeAll(async () => {
  double = await startDouble()
  client = new BuildRunnerSDK({ apiKey: 'br_test1234_secret', projectId: 'website', baseUrl: double.baseUrl })
})
afterAll(() => double[Symbol.asyncDispose]())
beforeEach(() => {
  double.received.length = 0
  double.failures.length = 0
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => vi.restoreAllMocks())

const setStatus = (options = {}) => client.planning.setStatus({ id: 'T-1', status: 'DONE' }, options)
const order = (...failures: Failure[]): void => void double.failures.push(...failures)

/** Delays asked of timers, but for the call's own limit. They are over at once, or (`hold`) never. */
function watchDelays({ hold = false } = {}): { delays: number[]; waitForDelay(): Promise<number> } {
  const delays: number[] = []
  const { promise, resolve } = Promise.withResolvers<number>()
  const original = globalThis.setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => {
    if (ms === LIMIT_MS) return original(run, ms)
    delays.push(ms)
    resolve(ms)
    return original(run, hold ? ms : 0)
  }) as typeof setTimeout)
  return { delays, waitForDelay: () => promise }
}

const LIMIT_MS = 99_999

/** Without sockets, whose own timers would be counted. */
function clientOf(...answers: (() => Response)[]): BuildRunnerSDK {
  const healthy = () => Response.json({ data: { health: { status: 'ok' } } })
  return new BuildRunnerSDK({ baseUrl: double.baseUrl, timeoutMs: LIMIT_MS, maxRetries: 6, fetch: () => Promise.resolve((answers.shift() ?? healthy)()) })
}

describe('a query', () => {
  test.each<[string, Failure]>([
    ['a dropped connection', dropConnection],
    ['HTTP 503 from a proxy', httpFailure(503)],
    ['HTTP 429 from a proxy', httpFailure(429)],
    ['the code SERVICE_UNAVAILABLE', graphqlFailure('SERVICE_UNAVAILABLE')],
  ])('is tried again after %s', async (_, failure) => {
    order(failure, failure)
    const { data, error } = await client.projects.list()
    expect(error).toBeUndefined()
    expect(data?.projects).toEqual([])
    expect(double.received).toHaveLength(3)
  })

  test('is tried maxRetries times and no more', async () => {
    order(dropConnection, dropConnection, dropConnection)
    const { error } = await client.projects.list({}, { maxRetries: 1 })
    expect(error).toBeInstanceOf(NetworkError)
    expect(error?.message).toContain(double.baseUrl)
    expect(double.received).toHaveLength(2)
  })

  test.each(['INTERNAL', 'FORBIDDEN', 'LIMIT_EXCEEDED'])('is not tried again after %s', async (code) => {
    order(graphqlFailure(code))
    expect((await client.projects.list()).error?.code).toBe(code)
    expect(double.received).toHaveLength(1)
  })
})

describe('a mutation', () => {
  test('is tried again under the same idempotency key', async () => {
    order(dropConnection, httpFailure(502))
    expect((await setStatus()).error).toBeUndefined()
    const keys = double.received.map(({ variables }) => variables['idempotencyKey'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('has a key of its own in each call, unless the call names one', async () => {
    await setStatus()
    await setStatus()
    await setStatus({ idempotencyKey: 'import-42' })
    const [first, second, third] = double.received.map(({ variables }) => variables['idempotencyKey'])
    expect(first).not.toBe(second)
    expect(third).toBe('import-42')
  })

  test('without a key is not tried again', async () => {
    order(dropConnection)
    const { error } = await client.request('mutation { setStatus(input: { projectId: "p", id: "T-1", status: DONE }) { __typename } }')
    expect(error).toBeInstanceOf(NetworkError)
    expect(double.received).toHaveLength(1)
  })
})

describe('back-off', () => {
  test('grows with each attempt, and chance takes up to half of it', async () => {
    vi.mocked(Math.random).mockReturnValue(0.5)
    const { delays } = watchDelays()
    const busy = () => new Response('', { status: 503 })
    expect((await clientOf(busy, busy, busy, busy, busy, busy).health.check()).error).toBeUndefined()
    expect(delays).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000])
  })

  test.each([
    ['seconds', () => '7'],
    ['a date', () => new Date(Date.now() + 7_000).toUTCString()],
  ])('is as long as Retry-After says, in %s', async (_, value) => {
    const { delays } = watchDelays()
    const answer = clientOf(() => new Response('', { status: 503, headers: { 'retry-after': value() } })).health.check()
    expect((await answer).error).toBeUndefined()
    expect(delays).toHaveLength(1)
    expect(delays[0]).toBeGreaterThan(5_000)
    expect(delays[0]).toBeLessThanOrEqual(7_000)
  })

  test('that would outlast the call is not begun, and the error says how long it would be', async () => {
    order(graphqlFailure('SERVICE_UNAVAILABLE', { 'retry-after': '90' }))
    const { error } = await client.projects.list()
    expect(error).toBeInstanceOf(ServiceUnavailableError)
    expect((error as ServiceUnavailableError).retryAfterMs).toBe(90_000)
    expect(double.received).toHaveLength(1)
  })

  test('ends at once when the call is aborted', async () => {
    const { delays, waitForDelay } = watchDelays({ hold: true })
    const controller = new AbortController()
    const request = clientOf(() => new Response('', { status: 503, headers: { 'retry-after': '30' } })).health.check({}, { signal: controller.signal })
    await waitForDelay()
    controller.abort(new Error('the user left'))
    const { error } = await request
    expect(error).toBeInstanceOf(AbortedError)
    expect(error?.cause).toEqual(new Error('the user left'))
    expect(delays).toEqual([30_000])
  })
})

describe('the end of a call', () => {
  test('comes after timeoutMs', async () => {
    order(hang)
    const { error } = await client.projects.list({}, { timeoutMs: 50 })
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error?.message).toContain('50 ms')
  })

  test('does not wait for a fetch that ignores its signal', async () => {
    const deaf = new BuildRunnerSDK({ baseUrl: double.baseUrl, fetch: () => new Promise(() => undefined), timeoutMs: 20 })
    expect((await deaf.health.check()).error).toBeInstanceOf(TimeoutError)
  })

  test('sends nothing when the signal was aborted before', async () => {
    const { error } = await client.projects.list({}, { signal: AbortSignal.abort() })
    expect(error).toBeInstanceOf(AbortedError)
    expect(double.received).toHaveLength(0)
  })

  test('comes with cancel()', async () => {
    order(hang)
    const request = client.projects.list()
    await double.waitForRequests(1)
    request.cancel()
    expect((await request).error).toBeInstanceOf(AbortedError)
  })

  test('leaves no listener and no timer, after 10,000 calls with one signal', async () => {
    const answer = { data: { health: { status: 'ok' } } }
    const quick = new BuildRunnerSDK({ baseUrl: double.baseUrl, fetch: () => Promise.resolve(Response.json(answer)) })
    const { signal } = new AbortController()
    const cleared = vi.spyOn(globalThis, 'clearTimeout')
    for (let round = 0; round < 100; round++) await Promise.all(Array.from({ length: 100 }, () => quick.health.check({}, { signal })))
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(cleared).toHaveBeenCalledTimes(10_000)
  })
})

describe('an answer that is no GraphQL', () => {
  test.each<[string, Failure, string]>([
    ['a page', httpFailure(200, { 'content-type': 'text/html' }, '<html>'), 'HTTP 200 text/html'],
    ['HTTP 404', httpFailure(404), 'HTTP 404'],
    ['JSON of another kind', httpFailure(200, { 'content-type': 'application/json' }, '[1]'), 'HTTP 200 application/json'],
    ['a redirect', httpFailure(301, { location: 'https://elsewhere.example/graphql' }), 'a redirect to https://elsewhere.example/graphql'],
  ])('(%s) is a ResponseError that names it', async (_, failure, what) => {
    order(failure)
    const { error } = await client.projects.list()
    expect(error).toBeInstanceOf(ResponseError)
    expect(error?.message).toContain(what)
    expect(error?.requestId).toBe('req-1')
    expect(double.received).toHaveLength(1)
  })
})

test('a request carries the key, the name of the client and the headers of the call', async () => {
  await client.projects.list({}, { headers: { 'x-trace': 'abc' } })
  const headers = double.received[0]?.headers
  expect(headers).toMatchObject({ authorization: 'Bearer br_test1234_secret', 'x-trace': 'abc' })
  expect(headers?.['x-buildrunner-client']).toMatch(/^sdk\/\d/)
})

test("the call's headers do not replace the client's own, in any case", async () => {
  await client.projects.list({}, { headers: { Authorization: 'Basic x', 'Content-Type': 'text/plain' } })
  expect(double.received[0]?.headers).toMatchObject({ authorization: 'Bearer br_test1234_secret', 'content-type': 'application/json' })
})

test('headers that cannot be sent are an InputError', async () => {
  const { error } = await client.projects.list({}, { headers: { 'no good': 'x' } })
  expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['headers'] })
  expect(double.received).toHaveLength(0)
})

describe("a client's circuit breaker", () => {
  const policy = { failureThreshold: 2, successThreshold: 1, cooldownMs: 1_000, halfOpenMaxCalls: 1 }
  const guarded = (clock: TestClock) => {
    const circuitBreaker = new CircuitBreaker({ policy, clock })
    return { circuitBreaker, client: new BuildRunnerSDK({ baseUrl: double.baseUrl, maxRetries: 0, circuitBreaker }) }
  }

  test('opens after failures in a row, lets nothing out while it is open, and closes by a trial', async () => {
    const clock = new TestClock()
    const { client, circuitBreaker } = guarded(clock)
    order(dropConnection, httpFailure(503))
    for (const code of ['NETWORK', 'SERVICE_UNAVAILABLE', 'CIRCUIT_OPEN']) expect((await client.projects.list()).error?.code).toBe(code)
    expect(double.received).toHaveLength(2)
    expect((await client.projects.list()).error).toMatchObject({ retryAfterMs: 1_000 })
    clock.time += 1_000
    expect((await client.projects.list()).error).toBeUndefined()
    expect(circuitBreaker.state).toBe('closed')
  })

  test('stays closed when the server refuses, is busy, or the caller gives up', async () => {
    const { client, circuitBreaker } = guarded(new TestClock())
    order(graphqlFailure('FORBIDDEN'), httpFailure(429), graphqlFailure('READ_ONLY'), graphqlFailure('INTERNAL'))
    for (const code of ['FORBIDDEN', 'RATE_LIMITED', 'READ_ONLY', 'INTERNAL']) expect((await client.projects.list()).error?.code).toBe(code)
    for (let call = 0; call < 3; call++) expect((await client.projects.list({}, { signal: AbortSignal.abort() })).error?.code).toBe('ABORTED')
    expect(circuitBreaker.stats()).toMatchObject({ state: 'closed', failures: 0, running: 0 })
  })

  test('counts the attempts of one call, and ends its retries when it opens', async () => {
    const { client } = guarded(new TestClock())
    order(dropConnection, dropConnection, dropConnection)
    expect((await client.projects.list({}, { maxRetries: 5 })).error?.code).toBe('CIRCUIT_OPEN')
    expect(double.received).toHaveLength(2)
    double.failures.length = 0
  })
})
