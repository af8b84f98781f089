import { describe, expect, test, vi } from 'vitest'
import { BuildRunnerSDK, ConflictError, NetworkError, NotFoundError, ResponseError, ServiceUnavailableError } from '../index.ts'
import type { BuildRunnerOptions, Plan } from '../index.ts'
import { createTestServer } from './index.ts'
import type { TestServerOptions } from './index.ts'

const PLAN: Plan = {
  version: 1, project: { name: 'Website' },
  milestones: [{ id: 'M-1', title: 'Alpha', steps: [{ id: 'S-1', title: 'Pages', microsteps: [{ id: 'T-1', title: 'Home' }] }] }],
}

function start(options: TestServerOptions = {}, client: BuildRunnerOptions = {}) {
  const server = createTestServer({ projects: [{ slug: 'website', plan: PLAN }], ...options })
  return { server, client: new BuildRunnerSDK({ fetch: server.fetch, apiKey: 'br_test0000_key', baseUrl: 'http://localhost', projectId: 'website', ...client }) }
}

test('what was changed is there', async () => {
  const { server, client } = start()
  await client.planning.setStatus({ id: 'T-1', status: 'DONE' }).orThrow()
  expect((await client.projects.get().orThrow()).progress.percent).toBe(100)
  expect(server.planOf('website').milestones[0]?.steps?.[0]?.microsteps).toEqual([{ id: 'T-1', title: 'Home', status: 'done' }])
})

test('two servers share nothing, and the plan given stays as it is', async () => {
  const [one, two] = [start(), start()]
  await one.client.planning.addMilestone({ key: 'M-2', title: 'Beta' }).orThrow()
  expect((await two.client.projects.get().orThrow()).counts.milestones).toBe(1)
  expect(PLAN.milestones.length).toBe(1)
})

test('ids and times are the same in every run, where the time is given', async () => {
  const answers = [1, 2].map(() => start({ now: () => Date.UTC(2026, 10, 21) }).client.planning.getPlan().orThrow())
  const [first, second] = await Promise.all(answers)
  expect(first).toEqual(second)
  expect(first?.phases[0]?.createdAt).toBe('2026-11-21T00:00:00.000Z')
})

test('requests are recorded with operation, variables and headers', async () => {
  const { server, client } = start()
  await client.planning.setStatus({ id: 'T-1', status: 'DONE' }, { headers: { 'x-trace': 'abc' } })
  expect(server.requests).toMatchObject([{ operation: 'planning_setStatus', variables: { id: 'T-1', status: 'DONE', projectId: 'website' } }])
  expect(server.requests[0]?.headers.get('x-trace')).toBe('abc')
})

test('a handler answers in the place of the server, until it is taken away', async () => {
  const { server, client } = start()
  const off = server.on('projects_list', async ({ search }, { next }) => ({ ...(await next()), totalCount: search === 'all' ? 1_000 : 0 }))
  expect((await client.projects.list({ search: 'all' }).orThrow()).totalCount).toBe(1_000)
  off()
  expect((await client.projects.list().orThrow()).totalCount).toBe(1)
})

test('an error that a handler throws reaches the client in its own class, from a query and from a mutation', async () => {
  const { server, client } = start()
  const conflicts = [{ kind: 'field', id: 'T-1', field: 'title', base: 'a', local: 'b', remote: 'c' }]
  server.on('planning_applyChanges', () => {
    throw new ConflictError({ code: 'CONFLICT', message: 'Changed meanwhile.', details: { conflicts } })
  })
  server.on('planning_getPlan', () => {
    throw new NotFoundError({ code: 'NOT_FOUND', message: 'Gone.' })
  })
  const { error } = await client.planning.applyChanges({ changes: [] })
  expect(error).toBeInstanceOf(ConflictError)
  expect((error as ConflictError).conflicts).toEqual(conflicts)
  expect((await client.planning.getPlan()).error).toBeInstanceOf(NotFoundError)
})

test('an operation of a group that is not simulated says so, until a handler answers it', async () => {
  const { server, client } = start()
  const { error } = await client.keys.create({ name: 'CI', scopes: ['planner.read'] })
  expect(error).toMatchObject({ code: 'NOT_IN_TEST_SERVER', details: { operation: 'keys_create' }, message: expect.stringContaining("server.on('keys_create'") as string })
  const apiKey = { id: 'key_1', name: 'CI', prefix: 'abc', scopes: ['planner.read'], projectId: null, owner: { id: 'usr_1', name: 'Ada' }, state: 'ACTIVE' as const, createdAt: '2026-11-21T00:00:00.000Z', expiresAt: null, revokedAt: null, lastUsedAt: null, rotatedFromId: null }
  server.on('keys_create', ({ name }) => ({ secret: 'br_abc_def', replayed: false, apiKey: { ...apiKey, name } }))
  expect((await client.keys.create({ name: 'Mine', scopes: ['planner.read'] }).orThrow())).toMatchObject({ secret: 'br_abc_def', apiKey: { name: 'Mine' } })
})

test('a fault of the handler itself does not look like an answer', async () => {
  const { server, client } = start({}, { maxRetries: 0 })
  server.on('health_check', () => JSON.parse('{'))
  const { error } = await client.health.check()
  expect(error).toBeInstanceOf(NetworkError)
  expect(error?.message).toContain('JSON')
})

test("a document of the caller's own is answered by name, and a nameless one says what to do", async () => {
  const { server, client } = start()
  server.onDocument('Overview', ({ first }) => ({ projects: { totalCount: first } }))
  expect((await client.request('query Overview($first: Int) { projects(first: $first) { totalCount } }', { first: 3 })).data).toEqual({ projects: { totalCount: 3 } })
  expect((await client.request('{ viewer { name } }')).error?.message).toContain('server.onDocument()')
})

test('ordered failures meet the operation, as often as ordered, and the client retries', async () => {
  const { server, client } = start()
  server.fail('planning_getPlan', { status: 503, retryAfterSeconds: 0, times: 2 })
  expect((await client.projects.list()).error).toBeUndefined()
  expect((await client.planning.getPlan()).error).toBeUndefined()
  expect(server.requests.map(({ operation }) => operation)).toEqual(['projects_list', 'planning_getPlan', 'planning_getPlan', 'planning_getPlan'])
})

test.each([
  [{ status: 503, retryAfterSeconds: 7 }, ServiceUnavailableError, 'SERVICE_UNAVAILABLE'],
  [{ status: 404, body: '<html>' }, ResponseError, 'BAD_RESPONSE'],
  [{ code: 'INTERNAL', message: 'Oops' }, Error, 'INTERNAL'],
  [{ code: 'FROM_THE_FUTURE' }, Error, 'FROM_THE_FUTURE'],
  [{ fault: 'network' }, NetworkError, 'NETWORK'],
  [{ fault: 'malformed' }, ResponseError, 'BAD_RESPONSE'],
] as const)('%j fails with %s', async (failure, type, code) => {
  const { server, client } = start({}, { maxRetries: 0 })
  server.fail('*', failure)
  const { error } = await client.projects.list()
  expect(error).toBeInstanceOf(type)
  expect(error?.code).toBe(code)
  expect((await client.projects.list()).error).toBeUndefined()
})

test('a rate limit says when to come back, and the client does', async () => {
  const { server, client } = start()
  server.fail('projects_list', { code: 'RATE_LIMITED', retryAfterSeconds: 0.01 })
  const refused = await client.projects.list({}, { maxRetries: 0 })
  expect(refused.error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: 10 } })
  server.fail('projects_list', { code: 'RATE_LIMITED', retryAfterSeconds: 0.01 })
  expect((await client.projects.list()).error).toBeUndefined()
})

test('a mutation whose answer is lost is carried out once', async () => {
  const { server, client } = start()
  server.fail('planning_addMilestone', { fault: 'answer-lost' })
  const { milestone } = await client.planning.addMilestone({ key: 'M-2', title: 'Beta' }).orThrow()
  expect(milestone.key).toBe('M-2')
  expect(server.requests.length).toBe(2)
  expect(server.planOf('website').milestones.map(({ id }) => id)).toEqual(['M-1', 'M-2'])
})

test('latency is waited for, and given up with the call', async () => {
  vi.useFakeTimers()
  try {
    const { server, client } = start()
    server.delay('projects_list', 2_000)
    const slow = client.projects.list()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(await Promise.race([slow, Promise.resolve('waiting')])).toBe('waiting')
    await vi.advanceTimersByTimeAsync(1)
    expect((await slow).error).toBeUndefined()
    server.fail('projects_list', { fault: 'hang' })
    const hanging = client.projects.list({}, { timeoutMs: 5_000 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect((await hanging).error?.code).toBe('TIMEOUT')
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a test can wait for a request', async () => {
  const { server, client } = start()
  const arrived = server.waitForRequests(2)
  void client.projects.list()
  void client.health.check()
  await arrived
  expect(server.requests.map(({ operation }) => operation).sort()).toEqual(['health_check', 'projects_list'])
})

test('a key is asked for, only the one named is accepted, and it may do what its scopes say', async () => {
  const { server, client } = start({ apiKey: 'br_right000_key', scopes: ['projects.read'] })
  expect((await client.projects.list()).error?.code).toBe('UNAUTHENTICATED')
  const allowed = new BuildRunnerSDK({ fetch: server.fetch, apiKey: 'br_right000_key', baseUrl: 'http://localhost' })
  expect((await allowed.projects.list()).error).toBeUndefined()
  expect((await allowed.projects.create({ name: 'x' })).error).toMatchObject({ code: 'FORBIDDEN', permission: 'projects.write' })
  expect((await allowed.viewer.get()).data?.apiKey?.scopes).toEqual(['projects.read'])
})

describe('comments', () => {
  const [mine, theirs] = ['cmt_01939e8c000070008000000000000001', 'cmt_01939e8c000070008000000000000002']
  const grace = { id: 'usr_01939e8c000070008000000000000003', name: 'Grace' }
  const projects = [{ slug: 'website', plan: PLAN, comments: [{ itemId: 'T-1', body: 'Why?', id: theirs, author: grace }, { itemId: 'M-1', body: 'So.', id: mine }] }]

  test('are there from the start, by whom and on what the test says', async () => {
    const { client } = start({ projects })
    const threads = await client.comments.list().toArray()
    expect(threads.find(({ id }) => id === theirs)).toMatchObject({ itemKey: 'T-1', author: grace, body: 'Why?' })
    expect(threads.find(({ id }) => id === mine)).toMatchObject({ itemKey: 'M-1', author: { name: 'Ada' }, body: 'So.' })
    expect((await client.events.list({ since: 0 }).toArray()).find(({ kind }) => kind === 'comment.added')?.actor).toBe(grace.id)
  })

  test.each([
    { scopes: ['comments.write'], refused: { code: 'FORBIDDEN', permission: 'comments.read' } },
    { scopes: ['comments.read'], refused: { code: 'FORBIDDEN', permission: 'comments.write' } },
    { scopes: ['comments.read', 'comments.write'], refused: { code: 'FORBIDDEN', permission: 'comments.moderate' } },
    { scopes: ['comments.read', 'comments.write', 'comments.moderate'], refused: undefined },
  ])('of others are changed with comments.moderate alone: $scopes', async ({ scopes, refused }) => {
    const { client } = start({ projects, scopes })
    const errors = [(await client.comments.edit({ commentId: theirs, body: 'x' })).error, (await client.comments.delete({ commentId: theirs })).error]
    if (refused === undefined) expect(errors).toEqual([undefined, undefined])
    else expect(errors).toMatchObject([refused, refused])
    if (scopes.length > 1) expect((await client.comments.edit({ commentId: mine, body: 'x' })).error).toBeUndefined()
  })

  test('of others are answered and resolved with comments.write', async () => {
    const { client } = start({ projects, scopes: ['comments.read', 'comments.write'] })
    expect((await client.comments.resolve({ commentId: theirs }).orThrow()).comment.resolvedBy?.name).toBe('Ada')
    expect((await client.comments.reply({ commentId: theirs, body: 'Because.' }).orThrow()).comment.author.name).toBe('Ada')
  })

  test('do not change their project', async () => {
    let now = 0
    const { client } = start({ now: () => now })
    const { updatedAt } = await client.projects.get().orThrow()
    now = 1_000
    expect((await client.comments.add({ itemId: 'T-1', body: 'x' }).orThrow()).comment.createdAt).toBe('1970-01-01T00:00:01.000Z')
    expect((await client.projects.get().orThrow()).updatedAt).toBe(updatedAt)
  })
})

test('reset brings back the start', async () => {
  const { server, client } = start()
  server.on('health_check', () => ({ status: 'down', version: '', mode: 'NORMAL', database: '', redis: '', migrations: '', targets: [] }))
  server.fail('*', { fault: 'network', times: 9 })
  server.delay('*', 60_000, { times: 9 })
  server.reset()
  await client.planning.deleteMilestone({ id: 'M-1' }).orThrow()
  server.reset()
  expect(server.requests).toEqual([])
  expect((await client.health.check()).data?.status).toBe('ok')
  expect((await client.projects.get().orThrow()).counts.milestones).toBe(1)
})

test('large requests come in gzip, and are read', async () => {
  const { server } = start()
  const client = new BuildRunnerSDK({ fetch: server.fetch, apiKey: 'test', baseUrl: 'https://elsewhere.example', projectId: 'website' })
  const { comment } = await client.comments.add({ itemId: 'T-1', body: 'long '.repeat(3_500) }).orThrow()
  expect([comment.body?.length, server.requests[0]?.headers.get('content-encoding')]).toEqual([17_500, 'gzip'])
})

test('a plan that is not valid is refused at once', () => {
  expect(() => createTestServer({ projects: [{ slug: 'x', plan: { version: 1, project: { name: 'x' }, milestones: [{ id: 'M-1', title: '' }] } }] })).toThrow(/title/i)
})

test('answers to an operation are typed', () => {
  const { server } = start()
  // @ts-expect-error `totalCount` is a number
  server.on('projects_list', () => ({ projects: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 'many' }))
  // @ts-expect-error there is no such operation
  server.fail('projects_frobnicate', { status: 503 })
  expect(server.requests).toEqual([])
})
