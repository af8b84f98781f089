import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { graphqlFailure, hang, httpFailure, startDouble } from '../test/double.ts'
import type { Double } from '../test/double.ts'
import { MANIFEST } from './_generated/manifest.ts'
import { setStatus } from './_generated/functions/planning.ts'
import { createProject, getProject, listProjects } from './_generated/functions/projects.ts'
import { documents } from './documents/index.ts'
import { BuildRunnerSDK, Client, DocumentError, InputError, RateLimitError } from './index.ts'
import type { AttemptInfo } from './index.ts'

let double: Double
const options = (more = {}) => ({ apiKey: 'br_test1234_secret', projectId: 'website', baseUrl: double.baseUrl, maxRetries: 0, ...more })

beforeAll(async () => void (double = await startDouble()))
afterAll(() => double[Symbol.asyncDispose]())
beforeEach(() => {
  double.received.length = 0
  double.failures.length = 0
  Object.assign(double.values, { projects: ['website', 'shop', 'blog'], old: false, headers: {} })
})

describe('an operation of the catalogue', () => {
  test('is sent as its id, a document of your own as text', async () => {
    const client = new BuildRunnerSDK(options())
    await client.projects.get().orThrow()
    await client.request('{ viewer { name } }').orThrow()
    expect(double.received.map(({ documentId }) => documentId)).toEqual([`${MANIFEST}.projects_get`, undefined])
    // GraphQL over HTTP, appendix A: what a document identifier without a colon may hold.
    expect(double.received[0]?.documentId).toMatch(/^[\w.~-]+$/)
  })

  test('is sent as text to a server that does not know it, and from then on', async () => {
    double.values.old = true
    const client = new BuildRunnerSDK(options({ documents }))
    expect((await client.projects.get().orThrow()).slug).toBe('website')
    await client.projects.list().orThrow()
    expect(double.received.map(({ documentId, query }) => documentId ?? query)).toEqual([`${MANIFEST}.projects_get`, documents['projects_get'], documents['projects_list']])
  })

  test('that is a mutation falls back under the same key', async () => {
    double.values.old = true
    await new BuildRunnerSDK(options({ documents })).planning.setStatus({ id: 'T-1', status: 'DONE' }).orThrow()
    const keys = double.received.map(({ variables }) => variables['idempotencyKey'])
    expect(keys).toEqual([expect.stringMatching(/./), keys[0]])
  })

  test('is a DocumentError at such a server when the client has no texts', async () => {
    double.values.old = true
    const { error } = await new BuildRunnerSDK(options()).projects.get()
    expect(error).toBeInstanceOf(DocumentError)
    expect(error?.code).toBe('DOCUMENT_UNKNOWN')
    expect(double.received).toHaveLength(1)
  })
})

describe('a standalone function', () => {
  test('does what the method does, for a client of either kind', async () => {
    for (const client of [new Client(options()), new BuildRunnerSDK(options())]) {
      expect((await getProject(client).orThrow()).slug).toBe('website')
      expect((await listProjects(client, { first: 1 }).toArray({ limit: 2 })).map(({ slug }) => slug)).toEqual(['website', 'shop'])
      expect((await setStatus(client, { id: 'T-1', status: 'DONE' }).orThrow()).sequence).toBe(2)
    }
  })

  test('takes the options of a call', async () => {
    double.failures.push(hang)
    const { error } = await createProject(new Client(options()), { name: 'Shop' }, { timeoutMs: 20, idempotencyKey: 'mine' })
    expect(error?.code).toBe('TIMEOUT')
    expect(double.received[0]?.variables['idempotencyKey']).toBe('mine')
  })

  test('refuses a call without its project', async () => {
    expect((await getProject(new Client(options({ projectId: undefined })))).error).toBeInstanceOf(InputError)
    expect(double.received).toEqual([])
  })
})

describe('the rate limit of a result', () => {
  const until = (at: Date | undefined): number => Math.round(((at?.getTime() ?? NaN) - Date.now()) / 1_000)

  test.each<[string, Record<string, string>]>([
    ['as the draft has them', { ratelimit: '"default";r=7;t=30', 'ratelimit-policy': '"default";q=100;w=60' }],
    ['as its earlier versions had them', { 'ratelimit-limit': '100', 'ratelimit-remaining': '7', 'ratelimit-reset': '30' }],
  ])('comes from header fields %s', async (_, headers) => {
    double.values.headers = headers
    const { rateLimit } = await new BuildRunnerSDK(options()).projects.list()
    expect(rateLimit).toMatchObject({ limit: 100, remaining: 7 })
    expect(until(rateLimit?.resetAt)).toBe(30)
  })

  test('comes from the extensions of the answer before that', async () => {
    const extensions = { rateLimit: { cost: 3, limit: 50, remaining: 47, resetAt: '2030-01-01T00:00:00.000Z' } }
    const fetch = () => Promise.resolve(Response.json({ data: { projects: {} }, extensions }, { headers: { 'ratelimit-remaining': '9' } }))
    const { rateLimit } = await new BuildRunnerSDK(options({ fetch })).projects.list()
    expect(rateLimit).toEqual({ limit: 50, remaining: 47, resetAt: new Date('2030-01-01T00:00:00Z') })
  })

  test.each<Record<string, string>>([{}, { ratelimit: 'soon' }, { 'ratelimit-remaining': 'many', 'ratelimit-reset': '1' }])('is absent when the server says %j', async (headers) => {
    double.values.headers = headers
    expect((await new BuildRunnerSDK(options()).projects.list()).rateLimit).toBeUndefined()
  })

  test('is also in the error that it led to', async () => {
    double.failures.push(graphqlFailure('RATE_LIMITED', { 'ratelimit-remaining': '0', 'ratelimit-reset': '30', 'retry-after': '30' }))
    const { error, rateLimit } = await new BuildRunnerSDK(options()).projects.list()
    expect(error).toBeInstanceOf(RateLimitError)
    expect((error as RateLimitError).resetAt).toEqual(rateLimit?.resetAt)
    expect((error as RateLimitError).retryAfterMs).toBe(30_000)
  })
})

describe('onRequest', () => {
  const told = async (call: (client: BuildRunnerSDK) => PromiseLike<unknown>, more = {}): Promise<AttemptInfo[]> => {
    const infos: AttemptInfo[] = []
    await call(new BuildRunnerSDK(options({ onRequest: (info: AttemptInfo) => infos.push(info), ...more })))
    return infos
  }

  test('is told of each attempt', async () => {
    double.failures.push(httpFailure(503, { 'retry-after': '0' }))
    const [first, second, ...rest] = await told((client) => client.projects.list(), { maxRetries: 1 })
    const url = `${double.baseUrl}/graphql`
    expect(first).toEqual({ method: 'projects.list', url, attempt: 0, status: 503, requestId: 'req-1', code: 'SERVICE_UNAVAILABLE', durationMs: expect.any(Number) as number })
    expect(second).toEqual({ method: 'projects.list', url, attempt: 1, status: 200, requestId: 'req-2', code: undefined, durationMs: expect.any(Number) as number })
    expect(rest).toEqual([])
  })

  test('is told of attempts that got no answer, and never of the key', async () => {
    double.failures.push(hang)
    const infos = await told((client) => client.request('{ viewer { name } }', {}, { timeoutMs: 20 }))
    expect(infos).toMatchObject([{ method: 'request', status: undefined, requestId: undefined, code: 'TIMEOUT' }])
    expect(JSON.stringify(infos)).not.toContain('secret')
  })

  test('cannot fail a call', async () => {
    const onRequest = (): never => {
      throw new Error('a faulty hook')
    }
    expect((await new BuildRunnerSDK(options({ onRequest })).projects.get()).error).toBeUndefined()
  })
})
