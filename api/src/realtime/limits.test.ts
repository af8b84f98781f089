/** What a socket, an address and a credential may hold, and what becomes of a client that does not read. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import type { RealtimeLimits } from '@buildrunner/schema/shared/operator-policy'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import pino from 'pino'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttpServer } from '../server.ts'
import { openRawSocket } from '../testing/raw-socket.ts'
import type { RawSocket } from '../testing/raw-socket.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function serve(limits: Partial<RealtimeLimits>): Promise<string> {
  const operator = { ...DEFAULT_OPERATOR_POLICY, realtime: { ...DEFAULT_OPERATOR_POLICY.realtime, ...limits } }
  const { server, close } = await createHttpServer({ pool: workspace.pool, operator, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  ends.push(close)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

async function open(address: string): Promise<RawSocket> {
  const socket = await openRawSocket(address)
  ends.push(() => socket.destroy())
  return socket
}

async function introduce(address: string, apiKey = workspace.apiKey): Promise<{ socket: RawSocket; answer: Awaited<ReturnType<RawSocket['next']>> }> {
  const socket = await open(address)
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${apiKey}` } })
  return { socket, answer: await socket.next() }
}

const ACKNOWLEDGED = { message: { type: 'connection_ack' } }
const watch = (projectId: string, id = '1'): object => ({ id, type: 'subscribe', payload: { query: 'subscription ($id: ID!) { projectEvents(projectId: $id, since: 0) { sequence event { data } } }', variables: { id: projectId } } })
const sequenceOf = (frame: Awaited<ReturnType<RawSocket['next']>>): number => ('message' in frame ? frame.message.payload.data.projectEvents.sequence as number : NaN)

describe('one connection too many is closed with 1013 and the reason, and the place is free again when another goes:', () => {
  test('of an address', async () => {
    const address = await serve({ maxConnectionsPerIp: 1 })
    const first = await introduce(address)
    expect(first.answer).toEqual(ACKNOWLEDGED)
    expect(await (await open(address)).next()).toEqual({ code: 1013, reason: expect.stringContaining('Your address has 1 connections') })
    first.socket.destroy()
    await expect.poll(async () => (await introduce(address)).answer).toEqual(ACKNOWLEDGED)
  })

  test('of a key', async () => {
    const address = await serve({ maxConnectionsPerCredential: 1 })
    const { apiKey } = await workspace.stranger()
    expect((await introduce(address)).answer).toEqual(ACKNOWLEDGED)
    expect((await introduce(address)).answer).toEqual({ code: 1013, reason: expect.stringContaining('This key or session') })
    expect((await introduce(address, apiKey)).answer).toEqual(ACKNOWLEDGED)
  })

  test('in all', async () => {
    const address = await serve({ maxConnections: 1 })
    await open(address)
    expect(await (await open(address)).next()).toEqual({ code: 1013, reason: expect.stringContaining('as many connections as it may') })
  })
})

test('the numbers of subscriptions and of bytes in a message are the policy\'s', async () => {
  const { socket } = await introduce(await serve({ maxSubscriptionsPerSocket: 1, maxMessageKb: 1 }))
  await workspace.project('counted')
  socket.send(watch('counted'))
  expect(sequenceOf(await socket.next())).toBe(0)
  expect(sequenceOf(await socket.next())).toBe(1)
  socket.send(watch('counted', '2'))
  expect(await socket.next()).toMatchObject({ message: { id: '2', type: 'error', payload: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] } })
  socket.send('x'.repeat(1_025))
  expect(await socket.next()).toMatchObject({ code: 1009 })
})

describe('a client that does not read', () => {
  const EVENTS = 80
  /** More than the system buffers between two sockets. */
  async function bigProject(slug: string): Promise<string> {
    await workspace.project(slug, samplePlan(1, 1, 1))
    await workspace.administer(`WITH head AS (UPDATE event_streams s SET sequence = 2 + ${EVENTS} FROM projects p WHERE p.id = s.id AND p.slug = '${slug}' RETURNING s.id)
      INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
      SELECT e.stream_id, n, e.organisation_id, e.kind, e.actor_id, e.origin, e.request_id, to_jsonb(repeat('x', 200000)) FROM head JOIN runner_events e ON e.stream_id = head.id AND e.sequence = 1, generate_series(3, 2 + ${EVENTS}) n`)
    return slug
  }

  test('is not written to beyond its bound, and gets everything once and in order when it reads again', async () => {
    const address = await serve({ maxBufferedKb: 256, slowReaderSeconds: 60 })
    const slug = await bigProject('paused')
    const { socket } = await introduce(address)
    socket.pause()
    workspace.takeStatements()
    socket.send(watch(slug))
    // it reads page by page until the socket takes no more; another reader is not held up
    const other = await introduce(address)
    other.socket.send(watch(slug))
    for (let sequence = 0; sequence <= 2 + EVENTS; sequence++) expect(sequenceOf(await other.socket.next())).toBe(sequence)
    for (let sequence = 0; sequence <= 2 + EVENTS; sequence++) expect(sequenceOf(await socket.next())).toBe(sequence)
  })

  test('for too long is closed with 4290; what it reads later is in order up to there', async () => {
    const address = await serve({ maxBufferedKb: 128, slowReaderSeconds: 1 })
    const { socket } = await introduce(address)
    socket.pause()
    socket.send(watch(await bigProject('stuck')))
    const open = async (): Promise<number> => Number(/^buildrunner_event_subscribers (\d+)$/m.exec(await (await fetch(address.replace('ws:', 'http:').replace('/graphql', '/metrics'))).text())?.[1])
    await expect.poll(open, { timeout: 10_000 }).toBe(1)
    await expect.poll(open, { timeout: 10_000, interval: 100 }).toBe(0)
    let frame = await socket.next().catch(() => null)
    let expected = 0
    for (; frame !== null && 'message' in frame; frame = await socket.next().catch(() => null)) expect(sequenceOf(frame)).toBe(expected++)
    expect(expected).toBeLessThan(EVENTS)
    // the frame that says so lies behind what was not read: whoever reads in time learns it, whoever does not is dropped
    if (frame !== null) expect(frame).toMatchObject({ code: 4290 })
  })
})
