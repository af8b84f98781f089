/** A subscription ends with a typed error within a second of losing what allowed it: where that was changed, and elsewhere. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { addPerson } from '@buildrunner/schema/testing/people'
import type { Person } from '@buildrunner/schema/testing/people'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { createHttpServer } from '../server.ts'
import { hasRedis, startRedis } from '../testing/redis.ts'

let workspace: TestWorkspace
let projectUuid: string
const ends: (() => unknown)[] = []
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('guarded')
  await workspace.administer('UPDATE organisations SET default_role = NULL')
  projectUuid = (await workspace.pool.query("SELECT id FROM projects WHERE slug = 'guarded'")).rows[0].id as string
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** A server with what a process of its own has: its own services, memory of keys, and connection to Redis. */
async function serve(redisUrl?: string): Promise<string> {
  const http = await createHttpServer({ pool: workspace.pool, redisUrl, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  ends.push(() => http.close())
  await once(http.server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/graphql`
}

interface Following {
  /** The code of the error that it ended with, and what became of its socket by then. */
  readonly ended: Promise<{ code: string; at: number }>
  readonly closed: Promise<number>
  readonly socket: WebSocket
}

async function follow(url: string, { apiKey }: Person): Promise<Following> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws')
  ends.push(() => socket.terminate())
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<{ code: string; at: number }>()]
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data))
    if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { projectEvents(projectId: "guarded") { sequence } }' } }))
    if (type === 'next') begun.resolve()
    if (type === 'error') ended.resolve({ code: payload[0].extensions.code as string, at: performance.now() })
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${apiKey}` } }))
  await begun.promise
  return { ended: ended.promise, closed, socket }
}

async function change(url: string, query: string, variables: object = {}): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${workspace.apiKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) })
  const { data, errors } = (await response.json()) as { data?: Record<string, { __typename: string }>; errors?: unknown }
  expect([errors, Object.values(data ?? {})[0]?.__typename]).toEqual([undefined, expect.stringMatching(/Payload$/)])
}

type Change = [what: string, code: string, apply: (url: string, person: Person) => Promise<void>]
const CHANGES: readonly Change[] = [
  ['a role is taken', 'FORBIDDEN', (url, { userId }) => change(url, 'mutation ($userId: ID!) { removeProjectRole(input: { projectId: "guarded", userId: $userId }) { __typename } }', { userId })],
  ['a key is revoked', 'UNAUTHENTICATED', async (url, { userId }) => {
    const { rows } = await workspace.pool.query('SELECT id FROM api_keys WHERE user_id = $1', [userId])
    await change(url, 'mutation ($keyId: ID!) { revokeApiKey(input: { keyId: $keyId }) { __typename } }', { keyId: rows[0].id })
  }],
  ['a membership ends', 'UNAUTHENTICATED', (url, { userId }) => change(url, 'mutation ($userId: ID!) { removeMember(input: { userId: $userId }) { __typename } }', { userId })],
]

const redisInstalled = hasRedis('that a revocation reaches another process with Redis')

describe.each([['without Redis', false], ['with Redis', true]])('%s, within a second', (_, shared) => {
  let [here, elsewhere] = ['', '']
  beforeAll(async () => {
    if (shared && !redisInstalled) return
    const redis = shared ? await startRedis() : undefined
    if (redis !== undefined) ends.push(() => redis.stop())
    ;[here, elsewhere] = [await serve(redis?.url), await serve(redis?.url)]
  })

  test.skipIf(shared && !redisInstalled).each(CHANGES)('when %s the stream ends with %s, in the process that did it and in another', async (_what, code, apply) => {
    const person = await addPerson(workspace, { name: 'Kim', projects: { [projectUuid]: 'Viewer' } })
    const streams = [await follow(here, person), await follow(elsewhere, person)]
    await apply(here, person)
    const changed = performance.now()
    for (const { ended, closed, socket } of streams) {
      const { code: told, at } = await ended
      expect(told).toBe(code)
      expect(at - changed).toBeLessThan(1_000)
      // a key that no longer stands ends the connection, after it was said; a role that went, only what it allowed
      if (code === 'UNAUTHENTICATED') expect(await closed).toBe(4403)
      else expect(socket.readyState).toBe(WebSocket.OPEN)
    }
  })
})
