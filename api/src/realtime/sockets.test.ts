import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import manifest from '../../../sdk/documents.json' with { type: 'json' }
import { createHttpServer } from '../server.ts'
import type { HttpServer } from '../server.ts'

let workspace: TestWorkspace
let http: HttpServer
let url: string
let authorization: string

async function start(): Promise<HttpServer> {
  const started = await createHttpServer({ pool: workspace.pool, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  await once(started.server.listen(0, '127.0.0.1'), 'listening')
  return started
}
const addressOf = ({ server }: HttpServer): string => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('demo', samplePlan(1, 1, 2))
  http = await start()
  url = addressOf(http)
  authorization = `Bearer ${workspace.apiKey}`
})
afterAll(() => http.close())

/** A socket that speaks the protocol by hand. */
class Raw {
  readonly socket: WebSocket
  readonly received: any[] = []
  readonly closed: Promise<[code: number, reason: string]>
  readonly failed: Promise<Error>
  #news = Promise.withResolvers<void>()

  constructor(at = url, headers: Record<string, string> = {}, protocol: string | string[] = 'graphql-transport-ws') {
    this.socket = new WebSocket(at, protocol, { headers })
    this.closed = new Promise((resolve) => this.socket.on('close', (code, reason) => resolve([code, String(reason)])))
    this.failed = new Promise((resolve) => this.socket.on('error', resolve))
    this.socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)))
      this.#news.resolve()
      this.#news = Promise.withResolvers()
    })
    sockets.push(this)
  }

  async opened(): Promise<this> {
    await once(this.socket, 'open')
    return this
  }

  async ready(payload: object = { authorization }): Promise<this> {
    await this.opened()
    this.send({ type: 'connection_init', payload })
    expect(await this.next()).toMatchObject({ type: 'connection_ack' })
    return this
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  async next(): Promise<any> {
    while (this.received.length === 0) await this.#news.promise
    return this.received.shift()
  }

  /** Sends an operation and answers the first message about it. */
  async run(query: string, variables: object = {}, id = '1'): Promise<any> {
    this.send({ id, type: 'subscribe', payload: { query, variables } })
    return this.next()
  }
}
let sockets: Raw[] = []
afterEach(() => {
  for (const { socket } of sockets) socket.terminate()
  sockets = []
})

const WATCH = 'subscription ($since: Int) { projectEvents(projectId: "demo", since: $since) { sequence event { kind } } }'
const STATUSES = ['DONE', 'BLOCKED', 'IN_PROGRESS']
let writes = 0
/** Outside of the server under test, which finds it in the log. */
const write = async (): Promise<void> => {
  const { data } = await workspace.run<any>('mutation ($input: SetStatusInput!) { setStatus(input: $input) { __typename } }', { input: { projectId: 'demo', id: 'm1.s1.k1', status: STATUSES[writes++ % 3] } })
  expect(data.setStatus.__typename).toBe('SetStatusPayload')
}

describe('the close code is', () => {
  test.each<[string, string | object]>([
    ['4400 for what is no JSON', '{'],
    ['4400 for a message of an unknown type', { type: 'start' }],
    ['4400 for a subscription without a document', { id: '1', type: 'subscribe', payload: {} }],
  ])('%s', async (_, message) => {
    const raw = await new Raw().ready()
    raw.send(message)
    expect((await raw.closed)[0]).toBe(4400)
  })

  test('4401 for an operation before the connection is acknowledged', async () => {
    const raw = await new Raw().opened()
    raw.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { name } }' } })
    expect((await raw.closed)[0]).toBe(4401)
  })

  test.each([
    ['that is unknown', { authorization: 'Bearer br_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }, /unknown, revoked or expired/],
    ['in another scheme', { authorization: 'Basic abc' }, /Bearer <API key or session token>/],
  ])('4403 for a key %s, with the reason', async (_, payload, reason) => {
    const raw = await new Raw().opened()
    raw.send({ type: 'connection_init', payload })
    expect(await raw.closed).toEqual([4403, expect.stringMatching(reason)])
  })

  test('4403 when the key is revoked under a subscription', async () => {
    const other = await workspace.stranger()
    await workspace.run('mutation { createProject(input: { name: "Theirs", slug: "theirs" }) { __typename } }', {}, workspace.context(other.actor))
    const raw = await new Raw().ready({ authorization: `Bearer ${other.apiKey}` })
    expect(await raw.run('subscription { projectEvents(projectId: "theirs") { sequence } }')).toMatchObject({ type: 'next', payload: { data: { projectEvents: { sequence: 1 } } } })
    await workspace.pool.query('UPDATE api_keys SET enabled = false WHERE organisation_id = $1', [other.actor.organisationId])
    expect(await raw.closed).toEqual([4403, expect.stringContaining('revoked')])
  })

  test('4406 without the subprotocol', async () => {
    // A client that asks for another one would hang up by itself: the answer names none.
    const raw = new Raw(url, {}, [])
    expect((await raw.closed)[0]).toBe(4406)
  })

  test('4408 for a client that does not introduce itself in three seconds', async () => {
    const raw = await new Raw().opened()
    expect((await raw.closed)[0]).toBe(4408)
  })

  test('4409 for a second operation under the same id', async () => {
    const raw = await new Raw().ready()
    await raw.run(WATCH)
    raw.send({ id: '1', type: 'subscribe', payload: { query: WATCH } })
    expect((await raw.closed)[0]).toBe(4409)
  })

  test('4429 for a second introduction', async () => {
    const raw = await new Raw().ready()
    raw.send({ type: 'connection_init', payload: { authorization } })
    expect((await raw.closed)[0]).toBe(4429)
  })

  test('1009 for a message that is too large', async () => {
    const raw = await new Raw().ready()
    raw.send({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { x: 'x'.repeat(1024 * 1024) } } })
    expect((await raw.closed)[0]).toBe(1009)
  })

  test('1001 when the server stops, which does not wait for subscribers', async () => {
    const other = await start()
    const raw = await new Raw(addressOf(other)).ready()
    await raw.run(WATCH)
    await other.close()
    expect((await raw.closed)[0]).toBe(1001)
  })
})

describe('over a socket', () => {
  test('the key may come with the introduction or with the request that opens the socket', async () => {
    for (const raw of [await new Raw().ready(), await new Raw(url, { authorization }).ready({})]) {
      expect(await raw.run('{ viewer { name } }')).toMatchObject({ id: '1', type: 'next', payload: { data: { viewer: { name: 'Ada' } }, extensions: { rateLimit: { cost: 2 } } } })
      expect(await raw.next()).toEqual({ id: '1', type: 'complete' })
    }
  })

  test('queries and mutations work, interpreted and compiled, and name the client as origin', async () => {
    const raw = await new Raw().ready({ authorization, client: 'test/1' })
    for (const id of ['a', 'b']) {
      const { payload } = await raw.run('mutation ($input: SetStatusInput!) { setStatus(input: $input) { ... on SetStatusPayload { sequence } } }', { input: { projectId: 'demo', id: 'm1.s1.k2', status: id === 'a' ? 'DONE' : 'TODO' } }, id)
      expect(payload.data.setStatus.sequence).toBeGreaterThan(2)
      await raw.next()
    }
    const { rows } = await workspace.pool.query("SELECT DISTINCT origin FROM runner_events WHERE origin LIKE 'test/%'")
    expect(rows).toEqual([{ origin: 'test/1' }])
  })

  test('events arrive once and in order: those since, then those that happen', async () => {
    await write()
    const raw = await new Raw().ready()
    const sequences: number[] = []
    const first = await raw.run(WATCH, { since: 0 })
    expect(first.payload.data.projectEvents).toEqual({ sequence: 0, event: null })
    await write()
    const { rows } = await workspace.pool.query('SELECT sequence FROM event_streams s JOIN projects p USING (id) WHERE p.slug = $1', ['demo'])
    while (sequences.at(-1) !== rows[0].sequence) sequences.push((await raw.next()).payload.data.projectEvents.sequence)
    expect(sequences).toEqual(Array.from({ length: rows[0].sequence }, (_, index) => index + 1))
  })

  test('completing a subscription ends its reader; the socket goes on', async () => {
    const raw = await new Raw().ready()
    await raw.run(WATCH)
    expect((await metrics()).subscribers).toBe(1)
    raw.send({ id: '1', type: 'complete' })
    await expect.poll(async () => (await metrics()).subscribers).toBe(0)
    expect(await raw.run('{ viewer { name } }', {}, '2')).toMatchObject({ payload: { data: { viewer: { name: 'Ada' } } } })
  })

  test('a client that vanishes leaves no reader and no socket', async () => {
    const raw = await new Raw().ready()
    await raw.run(WATCH)
    raw.socket.terminate()
    await expect.poll(metrics).toEqual({ subscribers: 0, sockets: 0 })
  })

  test.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nope }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too many aliases', `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: viewer { name }`).join(' ')} }`, 'LIMIT_EXCEEDED'],
    ['too much at once', '{ projects(first: 100) { nodes { microsteps(first: 100) { nodes { key title status labels dependsOn } } } } }', 'LIMIT_EXCEEDED'],
    ['a missing project', 'subscription { projectEvents(projectId: "nope") { sequence } }', 'NOT_FOUND'],
    ['a sequence that is not there yet', 'subscription { projectEvents(projectId: "demo", since: 9999) { sequence } }', 'VALIDATION_FAILED'],
  ])('%s is answered as over HTTP: masked, with code and request id, without HTTP matters', async (_, query, code) => {
    const raw = await new Raw().ready()
    const { type, payload } = await raw.run(query)
    const [error] = type === 'error' ? payload : payload.errors
    expect(error.extensions).toMatchObject({ code, requestId: expect.stringMatching(/^[\w-]{36}$/) })
    expect(error.extensions).not.toHaveProperty('http')
  })

  test('an unexpected fault says nothing but the request id, also in the middle of a subscription', async () => {
    const raw = await new Raw().ready()
    expect(await raw.run(WATCH, { since: 0 })).toMatchObject({ type: 'next' })
    raw.send({ id: '2', type: 'subscribe', payload: { query: WATCH, variables: { since: 0 } } })
    await workspace.administer('ALTER TABLE runner_events RENAME TO hidden')
    try {
      const behind = await new Raw().ready()
      await behind.run(WATCH, { since: 0 })
      const { type, payload } = await behind.next()
      expect([type, payload[0]]).toMatchObject(['error', { message: expect.not.stringContaining('runner_events'), extensions: { code: 'INTERNAL', requestId: expect.any(String) } }])
    } finally {
      await workspace.administer('ALTER TABLE hidden RENAME TO runner_events')
    }
  })

  test('a trusted document is named instead of sent', async () => {
    const raw = await new Raw().ready()
    raw.send({ id: '1', type: 'subscribe', payload: { query: '', extensions: { documentId: `${manifest.id}.viewer_get` }, variables: {} } })
    const known = await raw.next()
    raw.send({ id: '2', type: 'subscribe', payload: { query: '', extensions: { documentId: 'nope.nope' } } })
    await raw.next()
    const unknown = await raw.next()
    expect([known.type, unknown.payload[0]?.extensions.code]).toEqual(['next', 'DOCUMENT_UNKNOWN'])
  })

  test('subscribers who select differently by a variable each get what they selected', async () => {
    const query = 'subscription ($since: Int, $kind: Boolean!) { projectEvents(projectId: "demo", since: $since) { sequence event { kind @include(if: $kind) } } }'
    const [full, short, again] = [await new Raw().ready(), await new Raw().ready(), await new Raw().ready()]
    const begin = (await full.run(query, { kind: true })).payload.data.projectEvents.sequence
    await short.run(query, { kind: false })
    await again.run(query, { kind: true, since: begin })
    await write()
    const answers = await Promise.all([full.next(), short.next(), again.next()])
    expect(answers.map(({ payload }) => payload.data.projectEvents.event)).toEqual([{ kind: 'plan.changed' }, {}, { kind: 'plan.changed' }])
  })

  test('a hundred operations run at a time, the next is refused', async () => {
    const raw = await new Raw().ready()
    for (let index = 0; index < 100; index++) expect(await raw.run(WATCH, {}, `op-${index}`)).toMatchObject({ type: 'next' })
    expect(await raw.run(WATCH, {}, 'one-more')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] })
  })

  test('another path is not found', async () => {
    const raw = new Raw(url.replace('/graphql', '/elsewhere'))
    expect((await raw.failed).message).toContain('404')
  })
})

async function metrics(): Promise<{ subscribers: number; sockets: number }> {
  const text = await (await fetch(`${url.replace('ws', 'http').replace('/graphql', '')}/metrics`)).text()
  const value = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
  return { subscribers: value('buildrunner_event_subscribers'), sockets: value('buildrunner_websockets') }
}

describe('over server-sent events', () => {
  const subscribe = (signal: AbortSignal, variables: object = {}) => fetch(url.replace('ws', 'http'), {
    method: 'POST', signal, headers: { authorization, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: WATCH, variables }),
  })

  test('the same subscription delivers the same, and its reader ends with the connection', async () => {
    const controller = new AbortController()
    const response = await subscribe(controller.signal, { since: 0 })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) if ((text += chunk).includes('"sequence":2')) break
    expect([...text.matchAll(/^event: next\ndata: .*"sequence":(\d+)/gm)].map(([, sequence]) => Number(sequence)).slice(0, 3)).toEqual([0, 1, 2])
    controller.abort()
    await expect.poll(async () => (await metrics()).subscribers).toBe(0)
  })

  test('it is told why it ends', async () => {
    const other = await start()
    const response = await fetch(addressOf(other).replace('ws', 'http'), {
      method: 'POST', headers: { authorization, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: WATCH }),
    })
    const text = response.text()
    await other.close()
    expect(await text).toContain('SERVICE_UNAVAILABLE')
  })
})
