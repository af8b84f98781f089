import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { serverAudits } from 'graphql-http'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpServer } from './server.ts'
import type { HttpServer } from './server.ts'

let workspace: TestWorkspace
let http: HttpServer
let url: string
let auth: Record<string, string>

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('demo', samplePlan())
  http = await createHttpServer({ pool: workspace.pool, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  auth = { authorization: `Bearer ${workspace.apiKey}` }
})
afterAll(() => http.close())

const post = async (body: object, headers: Record<string, string> = auth) => {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return { response, body: (await response.json()) as any }
}

describe('the endpoint', () => {
  test('answers an operation, with the caller\'s request id', async () => {
    const { response, body } = await post({ query: '{ viewer { name apiKey { prefix } } }' }, { ...auth, 'x-request-id': 'my-id-1' })
    expect(body.data).toEqual({ viewer: { name: 'Ada', apiKey: { prefix: workspace.apiKey.split('_')[1] } } })
    expect(response.headers.get('x-request-id')).toBe('my-id-1')
  })

  test('answers the same whether a document is interpreted or compiled', async () => {
    const query = 'query ($s: Boolean!) { plan(projectId: "demo") { sequence milestones { id key title progress { percent } steps @include(if: $s) { ...S } } } } fragment S on Step { key milestoneKey microsteps { __typename status estimate { expected } acceptanceCriteria { text check } createdAt } }'
    const first = await post({ query, variables: { s: true } })
    const second = await post({ query, variables: { s: true } })
    const third = await post({ query, variables: { s: false } })
    expect(first.body.data.plan.milestones[0].steps[0].microsteps).toHaveLength(3)
    expect(second.body.data).toEqual(first.body.data)
    expect(third.body.data.plan.milestones[0]).not.toHaveProperty('steps')
    const fault = { query: '{ plan(projectId: "nope") { sequence } viewer { name } }' }
    const [interpreted, compiled] = [await post(fault), await post(fault)]
    const { extensions, ...error } = interpreted.body.errors[0]
    expect(extensions.code).toBe('NOT_FOUND')
    expect(compiled.body).toMatchObject({ data: interpreted.body.data, errors: [{ ...error, extensions: { ...extensions, requestId: expect.any(String) } }] })
  })

  test('an input field whose variable is left out is left out each time, and keeps what it names', async () => {
    const query = 'mutation ($id: ID!, $description: String, $labels: [String!], $notes: String) { updateStep(input: { projectId: "demo", id: $id, description: $description, labels: $labels, notes: $notes }) { __typename ... on Error { message } ... on UpdateStepPayload { step { description labels notes } } } }'
    const { body } = await post({ query: '{ project(projectId: "demo") { steps(first: 1) { nodes { key } } } }' })
    const id = body.data.project.steps.nodes[0].key
    for (const variables of [{ description: 'Long.', labels: ['a'] }, { notes: 'one' }, { notes: 'two' }, { notes: 'three' }]) {
      const updated = await post({ query, variables: { id, ...variables } })
      expect(updated.body.data.updateStep).toMatchObject({ __typename: 'UpdateStepPayload', step: { description: 'Long.', labels: ['a'] } })
    }
  })

  test.each([
    ['no header', {}, 200, 'UNAUTHENTICATED'],
    ['an unknown key', { authorization: 'Bearer br_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }, 401, 'UNAUTHENTICATED'],
    ['another scheme', { authorization: 'Basic abc' }, 401, 'UNAUTHENTICATED'],
  ])('with %s answers a typed error', async (_name, headers, status, code) => {
    const { response, body } = await post({ query: '{ viewer { name } }' }, headers as Record<string, string>)
    expect([response.status === 401 || response.status === 200, body.errors[0].extensions.code]).toEqual([true, code])
    if (status === 401) expect(response.status).toBe(401)
    expect(body.errors[0].extensions.requestId).toBe(response.headers.get('x-request-id'))
  })

  test('a disabled key stops working within a second', async () => {
    const other = await workspace.stranger()
    const headers = { authorization: `Bearer ${other.apiKey}` }
    expect((await post({ query: '{ viewer { name } }' }, headers)).body.data.viewer.name).toBe('Eve')
    await workspace.pool.query('UPDATE api_keys SET enabled = false WHERE organisation_id = $1', [other.actor.organisationId])
    // a second on a machine that has time; far from the ten minutes that a verified key is remembered on any other
    await expect.poll(async () => (await post({ query: '{ viewer { name } }' }, headers)).response.status, { timeout: 30_000, interval: 50 }).toBe(401)
  })

  test('a domain error names its code and place; a fault of the client its code', async () => {
    const missing = await post({ query: '{ plan(projectId: "nope") { sequence } }' })
    expect(missing.body.errors[0]).toMatchObject({ path: ['plan'], extensions: { code: 'NOT_FOUND', path: ['projectId'], requestId: expect.any(String) } })
    expect((await post({ query: '{ nope }' })).body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect((await post({ query: '{ ' })).body.errors[0].extensions.code).toBe('GRAPHQL_PARSE_FAILED')
    expect((await post({ query: 'query ($id: ID!) { plan(projectId: $id) { sequence } }' })).body.errors[0].extensions.code).toBe('BAD_USER_INPUT')
  })

  test('an unexpected fault says nothing but the request id', async () => {
    await workspace.administer('ALTER TABLE runner_events RENAME TO hidden')
    try {
      const { body } = await post({ query: '{ events(projectId: "demo", since: 0) { sequence } }' })
      expect(body.errors[0]).toMatchObject({ message: expect.not.stringContaining('runner_events'), extensions: { code: 'INTERNAL', requestId: expect.any(String) } })
    } finally {
      await workspace.administer('ALTER TABLE hidden RENAME TO runner_events')
    }
  })

  test.each([
    ['too deep', `{ __schema { types { fields { type { ${'ofType { '.repeat(25)} name ${'} '.repeat(25)} } } } } }`],
    ['too many aliases', `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: viewer { name }`).join(' ')} }`],
    ['too many tokens', `{ ${'viewer { name } '.repeat(1_500)} }`],
    ['too costly', '{ projects(first: 100) { nodes { microsteps(first: 100) { nodes { key title status labels dependsOn } } } } }'],
  ])('a document that is %s is refused before it runs', async (_name, query) => {
    workspace.takeStatements()
    const { body } = await post({ query })
    expect(body.data ?? null).toBeNull()
    expect(body.errors[0].extensions.code).toBe('LIMIT_EXCEEDED')
    expect(workspace.takeStatements().filter((text) => !text.includes('api_keys'))).toEqual([])
  })

  test('a body that is too large is refused, announced or not', async () => {
    const large = await post({ query: '{ viewer { name } }', variables: { x: 'x'.repeat(33 * 1024 * 1024) } }).catch(() => null)
    if (large !== null) expect(large.response.status).toBe(413)
    const port = (http.server.address() as AddressInfo).port
    const socket = connect(port, '127.0.0.1')
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n')
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`
    let answer = ''
    socket.on('data', (data) => (answer += data.toString()))
    socket.on('error', () => {})
    for (let index = 0; index < 34; index++) if (!socket.destroyed) socket.write(chunk)
    await expect.poll(() => answer, { timeout: 10_000 }).toContain('413')
    socket.destroy()
  })

  test('a request that a foreign page could send by itself is refused', async () => {
    const simple = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ viewer { name } }"}' })
    expect(simple.status).toBe(403)
    const get = await fetch(`${url}/graphql?query=${encodeURIComponent('{ health { status } }')}`)
    expect(get.status).toBe(403)
  })

  test('passes the GraphQL over HTTP audit', async () => {
    const audits = serverAudits({ url: `${url}/graphql`, fetchFn: (input: string, init?: RequestInit) => fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...auth } }) })
    const results = await Promise.all(audits.map(async (audit) => ({ name: audit.name, result: await audit.fn() })))
    expect(results.filter(({ result }) => result.status !== 'ok').map(({ name }) => name)).toEqual([])
    expect(results).toHaveLength(61)
  })
})

test('the playground is one page without anything from elsewhere, with the key form and the examples', async () => {
  const response = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })
  const html = await response.text()
  expect(html).toContain('id="key-form"')
  expect(html).toContain('query WhatNext')
  expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/)
})

test('health tells the state of database, Redis and migrations, and of all that can be probed', async () => {
  const response = await fetch(`${url}/api/health`)
  const absent = { status: 'not_configured', latency_ms: null, checked_at: null, message: null, breaker: null }
  expect([response.status, await response.json()]).toEqual([200, {
    status: 'ok', version: '1.2.3', mode: 'normal', database: 'ok', redis: 'not configured', migrations: 'ok',
    targets: [
      { name: 'database', kind: 'database', status: 'ok', latency_ms: expect.any(Number), checked_at: expect.any(String), message: null, breaker: { state: 'closed', failures: 0 } },
      { ...absent, name: 'database replica', kind: 'database_replica' }, { ...absent, name: 'redis', kind: 'redis' }, { ...absent, name: 'mail', kind: 'mail' },
      { ...absent, name: 'model provider', kind: 'model_provider' }, { ...absent, name: 'issue tracker', kind: 'issue_tracker' }, { ...absent, name: 'design provider', kind: 'design_provider' },
    ],
  }])
})

test('metrics count operations', async () => {
  await post({ query: '{ viewer { name } }' })
  const text = await (await fetch(`${url}/metrics`)).text()
  expect(text).toMatch(/buildrunner_graphql_operations_total\{type="query",outcome="ok"\} [1-9]/)
  expect(text).toContain('buildrunner_database_connections')
  expect(text).toContain('buildrunner_health_up{name="database",kind="database"} 1')
  expect(text).toContain('buildrunner_circuit_state{name="database",kind="database"} 0')
  expect(text).toContain('buildrunner_read_only 0')
})
