import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { BuildRunnerError, BuildRunnerSDK, ConflictError, ForbiddenError, InputError, NotFoundError, PolicyError, Status } from './index.ts'
import type { UnknownMember } from './index.ts'
import { graphqlFailure, startDouble } from '../test/double.ts'
import type { Double } from '../test/double.ts'

let double: Double
let client: BuildRunnerSDK

beforeAll(async () => {
  double = await startDouble()
  client = new BuildRunnerSDK({ apiKey: 'br_test1234_secret', projectId: 'website', baseUrl: double.baseUrl, maxRetries: 0 })
})
afterAll(() => double[Symbol.asyncDispose]())
beforeEach(() => {
  double.received.length = 0
  double.failures.length = 0
  Object.assign(double.values, { projects: ['website', 'shop', 'blog'], endCursor: undefined, events: [], gap: null, setStatus: {}, status: 'TODO' })
})

describe('a request', () => {
  test('is sent once, whether or not anyone awaits it', async () => {
    void client.projects.list()
    await double.waitForRequests(1)
    const request = client.viewer.get()
    await Promise.all([request, request, request.orThrow().catch(() => undefined)])
    expect(double.received).toHaveLength(2)
  })

  test('is sent on the next microtask, not in the call', async () => {
    const sent: string[] = []
    const quick = new BuildRunnerSDK({ baseUrl: double.baseUrl, fetch: () => (sent.push('fetch'), Promise.resolve(Response.json({ data: { health: {} } }))) })
    const request = quick.health.check()
    sent.push('called')
    await request
    expect(sent).toEqual(['called', 'fetch'])
  })

  test('gives data, error and the request id', async () => {
    const { data, error, requestId } = await client.projects.list()
    expect(data?.projects.map(({ slug }) => slug)).toEqual(['website', 'shop', 'blog'])
    expect(data?.totalCount).toBe(3)
    expect(error).toBeUndefined()
    expect(requestId).toBe('req-1')
  })

  test("takes the client's projectId unless the call names one", async () => {
    await client.projects.get()
    await client.projects.get({ projectId: 'shop' })
    expect(double.received.map(({ variables }) => variables['projectId'])).toEqual(['website', 'shop'])
  })

  test('without a projectId is an InputError and is not sent', async () => {
    const { error } = await new BuildRunnerSDK({ baseUrl: double.baseUrl }).planning.getPlan()
    expect(error).toBeInstanceOf(InputError)
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['projectId'] })
    expect(double.received).toHaveLength(0)
  })

  test('for something that is not there is a NotFoundError', async () => {
    const { data, error } = await client.projects.get({ projectId: 'nowhere' })
    expect(data).toBeUndefined()
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error?.message).toContain('projects.get')
    await expect(client.projects.get({ projectId: 'nowhere' }).orThrow()).rejects.toBeInstanceOf(NotFoundError)
  })

  test('whose variables are no JSON is an InputError', async () => {
    const { error } = await client.planning.applyChanges({ changes: [{ op: 'update', id: 'a', set: { estimate: 1n } }] })
    expect(error).toBeInstanceOf(InputError)
  })

  test('keeps the data that arrived beside an error', async () => {
    const { data, error } = await client.viewer.get()
    expect(data).toMatchObject({ name: 'Ada', apiKey: null })
    expect(error).toBeInstanceOf(ForbiddenError)
    expect(error).toMatchObject({ permission: 'keys:read', path: ['viewer', 'apiKey'], requestId: 'req-1' })
  })

  test('passes on enum values that this version does not know', async () => {
    double.values.status = 'PAUSED_BY_A_NEWER_SERVER'
    const { data } = await client.planning.setStatus({ id: 'T-1', status: 'DONE' })
    expect(data?.microstep.status).toBe('PAUSED_BY_A_NEWER_SERVER')
  })

  test('passes on members of a union that this version does not know', async () => {
    const newer = new BuildRunnerSDK({ baseUrl: double.baseUrl, projectId: 'website', fetch: () => Promise.resolve(Response.json({ data: { item: { __typename: 'Epic', id: 'e' } } })) })
    const { data, error } = await newer.planning.getItem({ id: 'E-1' })
    const known = data?.__typename === 'Milestone' || data?.__typename === 'Step' || data?.__typename === 'Microstep'
    expect([data, error, known]).toEqual([{ __typename: 'Epic', id: 'e' }, undefined, false])
    if (data && !known) expectTypeOf(data).toEqualTypeOf<UnknownMember>()
  })

  test('takes enum values as constants and as words, known or not', () => {
    expect(Status.IN_PROGRESS).toBe('IN_PROGRESS')
    expectTypeOf<'DONE'>().toExtend<Status>()
    expectTypeOf<string>().toExtend<Status>()
  })

  test('carries documents of any shape, with the variables they declare filled in', async () => {
    const { data } = await client.request<{ p: { slug: string } }>('query($projectId: ID!) { p: project(projectId: $projectId) { slug } }')
    expect(data).toEqual({ p: { slug: 'website' } })
    const refused = await client.request('{ nonsense }')
    expect(refused.error?.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

test('an idempotency key that the document does not take is refused, not lost', async () => {
  const { error } = await client.request('mutation { x }', {}, { idempotencyKey: 'k' })
  expect(error).toBeInstanceOf(InputError)
  expect(double.received).toHaveLength(0)
})

describe("an error in a mutation's result", () => {
  const setStatus = () => client.planning.setStatus({ id: 'T-1', status: 'DONE' })

  test('becomes the error of its class, and there is no data', async () => {
    double.values.setStatus = { __typename: 'PolicyError', code: 'POLICY_REFUSED', message: 'Not on Fridays.', path: ['status'], rule: 'no-friday', line: 12, satisfiedBy: [] }
    const { data, error } = await setStatus()
    expect(data).toBeUndefined()
    expect(error).toBeInstanceOf(PolicyError)
    expect(error).toMatchObject({ code: 'POLICY_REFUSED', message: 'Not on Fridays.', rule: 'no-friday', line: 12, path: ['status'], requestId: 'req-1' })
  })

  test('is thrown by orThrow', async () => {
    double.values.setStatus = { __typename: 'NotFoundError', code: 'NOT_FOUND', message: 'There is no T-1.' }
    await expect(setStatus().orThrow()).rejects.toBeInstanceOf(NotFoundError)
  })

  test('survives when its code is unknown', async () => {
    double.values.setStatus = { __typename: 'NotFoundError', code: 'MOON_PHASE', message: 'Wait.' }
    const { error } = await setStatus()
    expect(error?.constructor).toBe(BuildRunnerError)
    expect(error?.code).toBe('MOON_PHASE')
  })

  test('survives when its whole type is unknown', async () => {
    double.failures.push((response) => response.end(JSON.stringify({ data: { setStatus: { __typename: 'TeapotError' } } })))
    const { data, error } = await setStatus()
    expect(data).toBeUndefined()
    expect(error?.message).toContain('TeapotError')
  })

  test('carries conflicts with base, local and remote', async () => {
    const conflicts = [{ kind: 'field', id: 'T-1', field: 'title', base: 'a', local: 'b', remote: 'c' }]
    const applyPlanChanges = { __typename: 'ConflictError', code: 'CONFLICT', message: 'Changed.', conflicts }
    double.failures.push((response) => response.end(JSON.stringify({ data: { applyPlanChanges } })))
    const { error } = await client.planning.applyChanges({ changes: [], expectedSequence: 1 })
    expect(error).toBeInstanceOf(ConflictError)
    expect((error as ConflictError).conflicts).toEqual(conflicts)
  })
})

describe('a list', () => {
  const slugs = async (pages: AsyncIterable<{ slug: string }>) => {
    const found: string[] = []
    for await (const { slug } of pages) found.push(slug)
    return found
  }

  test('gives every item once, for any length and page size', async () => {
    await fc.assert(fc.asyncProperty(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 5 }), async (length, first) => {
      double.values.projects = Array.from({ length }, (_, index) => `p${index}`)
      expect(await slugs(client.projects.list({ first }))).toEqual(double.values.projects)
    }), { numRuns: 30 })
  })

  test('asks for a page only when it is needed', async () => {
    for await (const page of client.projects.list({ first: 1 }).pages()) {
      expect(page.projects).toHaveLength(1)
      break
    }
    expect(await client.projects.list({ first: 2 }).toArray({ limit: 2 })).toHaveLength(2)
    expect(double.received).toHaveLength(2)
  })

  test('can be read by two loops at once', async () => {
    const list = client.projects.list({ first: 1 })
    const found = await Promise.all([slugs(list), slugs(list)])
    expect(found).toEqual([['website', 'shop', 'blog'], ['website', 'shop', 'blog']])
    expect(double.received).toHaveLength(1 + 2 + 2)
  })

  test.each([
    ['null', () => null, ['website']],
    ['repeated', () => 'website', ['website', 'shop']],
  ])('ends on a cursor that is %s', async (_, endCursor, expected) => {
    double.values.endCursor = endCursor
    expect(await slugs(client.projects.list({ first: 1 }))).toEqual(expected)
  })

  test('throws when a later page fails', async () => {
    const pages = client.projects.list({ first: 1 }).pages()
    await pages.next()
    double.failures.push(graphqlFailure('INTERNAL'))
    await expect(pages.next()).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('stops all its loops when it is cancelled', async () => {
    const list = client.projects.list({ first: 1 })
    const pages = list.pages()
    await pages.next()
    list.cancel()
    await expect(pages.next()).rejects.toMatchObject({ code: 'ABORTED' })
  })

  test('of events reads on from the last sequence it saw', async () => {
    double.values.events = [3, 4, 7, 8, 9]
    const events = await client.events.list({ since: 3, first: 2 }).toArray()
    expect(events.map(({ sequence }) => sequence)).toEqual([4, 7, 8, 9])
    expect(double.received.map(({ variables }) => variables['since'])).toEqual([3, 7])
  })

  test('of events does not skip a gap in silence', async () => {
    Object.assign(double.values, { events: [8], gap: 7 })
    await expect(client.events.list({ since: 1 }).toArray()).rejects.toMatchObject({ code: 'HISTORY_GAP', details: { gap: 7 } })
  })
})
