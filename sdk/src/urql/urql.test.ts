import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import type { OperationResult } from '@urql/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { pipe, subscribe } from 'wonka'
import { printCacheFacts, printTypes } from '../../scripts/write-introspection.ts'
import { startServer } from '../../test/server.ts'
import { Client } from '../client.ts'
import { NetworkError, NotFoundError, UnauthenticatedError, ValidationError } from '../errors.ts'
import { createUrqlClient, errorOf, graphql } from './index.ts'
import type { UrqlOptions, VariablesOf } from './index.ts'

const { apiUrl, apiKey, projectId } = await startServer()

/** The machine may be busy. */
const waitFor = <Value>(check: () => Value) => vi.waitFor(check, { timeout: 20_000, interval: 10 })

interface Sent {
  query: string
  variables: Record<string, unknown>
}

/** An urql client that records what it sends, and whose network `around` may disturb. */
function setUp({ around, ...options }: UrqlOptions & { around?: (send: () => Promise<Response>, sent: Sent) => Promise<Response> } = {}) {
  const sent: Sent[] = []
  const recordingFetch: typeof fetch = (input, init) => {
    const body = JSON.parse(String(init?.body)) as Sent
    sent.push(body)
    const send = () => fetch(input, init)
    return around ? around(send, body) : send()
  }
  return { sent, urql: createUrqlClient({ apiKey, projectId, baseUrl: apiUrl, fetch: recordingFetch }, options) }
}

const ending: (() => void)[] = []
afterEach(() => ending.splice(0).forEach((end) => end()))

/** Every result that a user interface would show, newest last. */
function watch<Result extends OperationResult>(source: Parameters<typeof pipe>[0]): Result[] {
  const results: Result[] = []
  ending.push(pipe(source as never, subscribe<Result>((result) => results.push(result))).unsubscribe)
  return results
}

const Microsteps = graphql('query($projectId: ID!) { project(projectId: $projectId) { id microsteps(first: 10) { nodes { id key status title } } } }')
const Tree = graphql('query($projectId: ID!) { plan(projectId: $projectId) { milestones { id progress { percent } steps { id microsteps { id key status title } } } } }')
const SetStatus = graphql(`
  mutation($input: SetStatusInput!) {
    setStatus(input: $input) { __typename ... on SetStatusPayload { microstep { id status } sequence } ... on Error { code message path } }
  }
`)
const Rename = graphql(`
  mutation($input: UpdateMicrostepInput!) {
    updateMicrostep(input: $input) { __typename ... on UpdateMicrostepPayload { microstep { id title } } ... on Error { code message path } }
  }
`)

type Item = { id: string; key: string; status: string; title: string }
const itemsOf = (result: OperationResult | undefined): Item[] => result?.data?.project?.microsteps.nodes ?? []
const treeItemsOf = (result: OperationResult | undefined): Item[] => result?.data?.plan?.milestones.flatMap((m: any) => m.steps.flatMap((s: any) => s.microsteps)) ?? []
const statusOf = (items: Item[], key: string) => items.find((item) => item.key === key)?.status
const variables = { projectId }

describe('the cache', () => {
  test('shows an edit in every query that holds the item, without asking them again', async () => {
    let offline = false
    const { urql } = setUp({ around: (send, { query }) => (offline && query.includes('query') ? new Promise(() => {}) : send()) })
    const [list, tree] = [watch(urql.query(Microsteps, variables)), watch(urql.query(Tree, variables))]
    await waitFor(() => expect([itemsOf(list.at(-1)), treeItemsOf(tree.at(-1))].map(({ length }) => length)).toEqual([2, 2]))
    const { id } = itemsOf(list.at(-1)).find(({ key }) => key === 'T-12')!
    offline = true
    const result = await urql.mutation(Rename, { input: { projectId, id, title: 'Write all guides' } })
    expect(errorOf(result)).toBeUndefined()
    await waitFor(() => {
      expect(itemsOf(list.at(-1)).map(({ title }) => title)).toContain('Write all guides')
      expect(treeItemsOf(tree.at(-1)).map(({ title }) => title)).toContain('Write all guides')
    })
  })

  test('answers a query that was asked before without a request', async () => {
    const { urql, sent } = setUp()
    const first = await urql.query(Tree, variables)
    expect((await urql.query(Tree, variables)).data).toEqual(first.data)
    expect(sent).toHaveLength(1)
  })

  test('reads pages of a connection as one list', async () => {
    const { urql } = setUp()
    const Page = graphql(`
      query($projectId: ID!, $after: String) {
        project(projectId: $projectId) { id microsteps(first: 1, after: $after) { nodes { id key } pageInfo { hasNextPage endCursor } } }
      }
    `)
    const page = await urql.query(Page, variables)
    const next = await urql.query(Page, { ...variables, after: page.data!.project!.microsteps.pageInfo.endCursor })
    expect(next.data!.project!.microsteps.nodes.map(({ key }) => key)).toEqual(['T-1', 'T-12'])
  })
})

test('a query is asked once more, however much is written while it is under way, and when it is shown again', async () => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const { urql, sent } = setUp({ around: async (send, { query }) => (query.includes('plan(') && (await held), send()) })
  const queries = () => sent.filter(({ query }) => query.includes('plan('))
  const results = watch(urql.query(Tree, variables))
  await waitFor(() => expect(queries()).toHaveLength(1))
  for (const status of ['IN_PROGRESS', 'IN_REVIEW', 'TODO'] as const) {
    expect(errorOf(await urql.mutation(SetStatus, { input: { projectId, id: 'T-12', status } }))).toBeUndefined()
  }
  release()
  await waitFor(() => expect(queries()).toHaveLength(2))
  await waitFor(() => expect(results.at(-1)?.stale).toBe(false))
  ending.pop()!()
  await urql.mutation(SetStatus, { input: { projectId, id: 'T-12', status: 'TODO' } })
  expect(queries()).toHaveLength(2)
  const again = watch(urql.query(Tree, variables))
  expect(treeItemsOf(again[0])).toHaveLength(2)
  await waitFor(() => expect(again.at(-1)?.stale).toBe(false))
  expect(queries()).toHaveLength(3)
})

describe('an optimistic edit', () => {
  /** A client whose mutations wait until they are let through. */
  function setUpHeld() {
    let release = (): void => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    return { release, ...setUp({ around: async (send, { query }) => (query.includes('mutation') && (await held), send()) }) }
  }

  async function list(urql: ReturnType<typeof createUrqlClient>) {
    const results = watch(urql.query(Microsteps, variables))
    await waitFor(() => expect(itemsOf(results.at(-1))).toHaveLength(2))
    return { results, item: itemsOf(results.at(-1)).find(({ key }) => key === 'T-12')! }
  }

  test('shows before the server answers, and stays', async () => {
    const { urql, release, sent } = setUpHeld()
    const { results, item } = await list(urql)
    const answer = urql.mutation(SetStatus, { input: { projectId, id: item.id, status: 'IN_PROGRESS' } }).toPromise()
    await waitFor(() => expect(statusOf(itemsOf(results.at(-1)), 'T-12')).toBe('IN_PROGRESS'))
    expect(sent.filter(({ query }) => query.includes('query'))).toHaveLength(1)
    release()
    expect(errorOf(await answer)).toBeUndefined()
    await waitFor(() => expect(sent.filter(({ query }) => query.includes('query'))).toHaveLength(2))
    expect(statusOf(itemsOf(results.at(-1)), 'T-12')).toBe('IN_PROGRESS')
  })

  test('is rolled back by an error in the result, which is one of the SDK', async () => {
    const { urql, release, sent } = setUpHeld()
    const { results, item } = await list(urql)
    const answer = urql.mutation(Rename, { input: { projectId, id: item.id, title: '' } }).toPromise()
    await waitFor(() => expect(itemsOf(results.at(-1)).map(({ title }) => title)).toContain(''))
    release()
    const error = errorOf(await answer)
    expect(error).toBeInstanceOf(ValidationError)
    await waitFor(() => expect(itemsOf(results.at(-1)).find(({ key }) => key === 'T-12')).toMatchObject({ title: item.title }))
    // What took no effect is no reason to ask again.
    expect(sent.filter(({ query }) => query.includes('query'))).toHaveLength(1)
  })

  test('is rolled back when no answer arrives', async () => {
    const { urql } = setUp({ around: (send, { query }) => (query.includes('mutation') ? Promise.reject(new Error('no route')) : send()) })
    const { results, item } = await list(urql)
    const error = errorOf(await urql.mutation(Rename, { input: { projectId, id: item.id, title: 'Never' } }))
    expect(error).toBeInstanceOf(NetworkError)
    expect(itemsOf(results.at(-1)).map(({ title }) => title)).not.toContain('Never')
  })
})

describe('operations', () => {
  test('are sent again where that is safe, a mutation with the key it had', async () => {
    let failures = 2
    const { urql, sent } = setUp({ around: (send) => (failures-- > 0 ? Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': '0' } })) : send()) })
    const result = await urql.mutation(SetStatus, { input: { projectId, id: 'T-12', status: 'TODO' } })
    expect(errorOf(result)).toBeUndefined()
    const keys = sent.map(({ variables }) => (variables['input'] as Record<string, unknown>)['idempotencyKey'])
    expect(keys).toEqual([expect.any(String), keys[0], keys[0]])
  })

  test('have their projectId filled in', async () => {
    const { urql } = setUp()
    const { data } = await urql.query<{ plan: unknown }>('query($projectId: ID!) { plan(projectId: $projectId) { projectId } }', {})
    expect(data?.plan).toBeTruthy()
  })

  test('ask for a new token when theirs is refused', async () => {
    const tokens = ['br_expired0_token', apiKey]
    const urql = createUrqlClient({ getToken: () => tokens.shift()!, projectId, baseUrl: apiUrl })
    expect((await urql.query(Tree, variables)).error).toBeUndefined()
    expect(tokens).toEqual([])
  })

  test.each([
    ['a request', 'query($projectId: ID!) { project(projectId: $projectId) { name } }', { projectId: 'nowhere' }, NotFoundError],
    ['a mutation', SetStatus, { input: { projectId, id: 'T-99', status: 'DONE' as const } }, NotFoundError],
  ])('give the error of %s as one of the SDK, with its request id', async (_what, document, given, kind) => {
    const { urql } = setUp()
    const isMutation = typeof document !== 'string'
    const error = errorOf(await (isMutation ? urql.mutation(document, given as never) : urql.query(document, given)))
    expect(error).toBeInstanceOf(kind)
    expect(error?.requestId).toEqual(expect.any(String))
  })

  test('say that the key is refused, and never show it', async () => {
    const urql = createUrqlClient({ apiKey: 'br_unknown0_secret', projectId, baseUrl: apiUrl })
    const result = await urql.query(Tree, variables)
    expect(errorOf(result)).toBeInstanceOf(UnauthenticatedError)
    expect(JSON.stringify(result)).not.toContain('secret')
  })
})

describe('a live query', () => {
  const other = new Client({ apiKey, projectId, baseUrl: apiUrl })
  const setStatus = (status: VariablesOf<typeof SetStatus>['input']['status']) => other.request(SetStatus, { input: { projectId, id: 'T-12', status } }).orThrow()

  test('shows what another client changes', async () => {
    const onConnection = vi.fn<NonNullable<UrqlOptions['onConnection']>>()
    const { urql } = setUp({ onConnection })
    const results = watch(urql.query(Tree, variables, { live: true }))
    const percent = () => results.at(-1)?.data?.plan?.milestones[0].progress.percent
    await waitFor(() => expect(onConnection).toHaveBeenLastCalledWith({ projectId, state: 'live' }))
    await waitFor(() => expect(percent()).toBe(50))
    await setStatus('DONE')
    await waitFor(() => expect(percent()).toBe(100))
    await setStatus('TODO')
    await waitFor(() => expect(percent()).toBe(50))
  })

  test('is followed no longer when nobody shows it', async () => {
    const onConnection = vi.fn<NonNullable<UrqlOptions['onConnection']>>()
    const { urql, sent } = setUp({ onConnection })
    watch(urql.query(Tree, variables, { live: true }))
    await waitFor(() => expect(onConnection).toHaveBeenLastCalledWith({ projectId, state: 'live' }))
    const control = watch(urql.query(Microsteps, variables, { live: true }))
    await waitFor(() => expect(itemsOf(control.at(-1))).toHaveLength(2))
    ending.shift()!()
    const before = sent.length
    await setStatus('IN_REVIEW')
    await waitFor(() => expect(statusOf(itemsOf(control.at(-1)), 'T-12')).toBe('IN_REVIEW'))
    expect(sent.slice(before).filter(({ query }) => query.includes('plan(')).length).toBe(0)
    await setStatus('TODO')
  })

  test('tells why it cannot be followed', async () => {
    const onConnection = vi.fn<NonNullable<UrqlOptions['onConnection']>>()
    const urql = createUrqlClient({ apiKey: 'br_unknown0_secret', projectId, baseUrl: apiUrl }, { onConnection })
    watch(urql.query(Tree, variables, { live: true }))
    await waitFor(() => expect(onConnection).toHaveBeenLastCalledWith({ projectId, state: 'closed', error: expect.any(UnauthenticatedError) as Error }))
  })
})

test('a subscription delivers events under the name that the document gives them', async () => {
  const Events = graphql('subscription($projectId: ID!) { happened: projectEvents(projectId: $projectId) { sequence event { kind } } }')
  const { urql } = setUp()
  const results = watch(urql.subscription(Events, variables))
  await waitFor(() => expect(results[0]?.data?.happened).toMatchObject({ event: null }))
  expect(errorOf(await urql.mutation(SetStatus, { input: { projectId, id: 'T-12', status: 'IN_REVIEW' } }))).toBeUndefined()
  await waitFor(() => expect(results.at(-1)?.data?.happened).toMatchObject({ sequence: results[0]!.data.happened.sequence + 1, event: { kind: 'plan.changed' } }))
})

test('a document for urql runs through the client of the SDK as well', async () => {
  const { plan } = await new Client({ apiKey, projectId, baseUrl: apiUrl }).request(Tree).orThrow()
  expect(plan!.milestones).toHaveLength(2)
})

test('what the entries know of the schema is what is generated from it', () => {
  const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'))
  expect(readFileSync(new URL('./_generated/schema.ts', import.meta.url), 'utf8')).toBe(printCacheFacts(schema))
  expect(readFileSync(new URL('../graphql/_generated/introspection.ts', import.meta.url), 'utf8')).toBe(printTypes(schema))
  expect(printCacheFacts(schema)).toContain("['Query','projects']")
})
