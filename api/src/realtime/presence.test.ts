/** Presence over the wire of one server: sockets by hand, server-sent events, figures. */
import { once } from 'node:events'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { send, startTestServer } from '../testing/graphql.ts'
import type { TestServer } from '../testing/graphql.ts'

let workspace: TestWorkspace
let server: TestServer
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('demo', samplePlan(1, 1, 2))
  server = await startTestServer(workspace)
})
afterAll(() => server.close())

let projects = 0
let projectId: string
beforeEach(async () => {
  projectId = await workspace.project(`demo-${++projects}`, samplePlan(1, 1, 2))
})

const UPDATE = 'mutation ($input: UpdatePresenceInput!) { updatePresence(input: $input) { __typename } }'
async function update(input: object): Promise<void> {
  expect((await send(server.url, workspace.apiKey, UPDATE, { input: { projectId, deviceId: 'laptop', ...input } })).data.updatePresence.__typename).toBe('UpdatePresencePayload')
}

const WATCH = 'subscription ($projectId: ID!) { presence(projectId: $projectId) { degraded people { person { name } itemKey cursor { offset } } } }'

interface Frame {
  readonly at: number
  readonly message: any
}

/** Follows presence on a socket, by hand. */
async function follow(apiKey = workspace.apiKey): Promise<{ socket: WebSocket; frames: Frame[]; next(): Promise<any> }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const frames: Frame[] = []
  let news = Promise.withResolvers<void>()
  let read = 0
  const next = async (): Promise<any> => {
    while (frames.length <= read) await news.promise
    return frames[read++]!.message
  }
  await once(socket, 'open')
  socket.on('message', (data) => {
    frames.push({ at: performance.now(), message: JSON.parse(String(data)) })
    news.resolve()
    news = Promise.withResolvers()
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${apiKey}` } }))
  expect(await next()).toEqual({ type: 'connection_ack' })
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: WATCH, variables: { projectId } } }))
  return { socket, frames, next }
}
const peopleOf = (message: any): any[] => message.payload.data.presence.people

test('a socket gets the present state first, and then every change', async () => {
  await update({ itemId: 'm1' })
  const { socket, next } = await follow()
  expect(await next()).toEqual({ id: '1', type: 'next', payload: { data: { presence: { degraded: false, people: [{ person: { name: 'Ada' }, itemKey: 'm1', cursor: null }] } } } })
  await update({ itemId: 'm1.s1' })
  expect(peopleOf(await next())).toMatchObject([{ itemKey: 'm1.s1' }])
  socket.terminate()
})

test('what changes faster than every 100 milliseconds comes as the newest state', async () => {
  const { socket, frames, next } = await follow()
  await next()
  const before = frames.length
  const begun = performance.now()
  await Promise.all(Array.from({ length: 60 }, (_, offset) => update({ cursor: { field: 'title', offset } })))
  await update({ cursor: { field: 'title', offset: 99 } })
  while (peopleOf(await next())[0]?.cursor?.offset !== 99);
  const updates = frames.slice(before)
  expect(updates.length).toBeLessThanOrEqual(Math.ceil((performance.now() - begun) / 100) + 1)
  expect(updates.length).toBeLessThan(60)
  socket.terminate()
})

test('a project that is not there is refused, and the socket stays', async () => {
  const stranger = await workspace.stranger()
  const { socket, next } = await follow(stranger.apiKey)
  expect(await next()).toMatchObject({ id: '1', type: 'next', payload: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } })
  expect(socket.readyState).toBe(socket.OPEN)
  socket.terminate()
})

test('server-sent events bring the same, in the names of REST', async () => {
  await update({ itemId: 'm1', cursor: { field: 'title', offset: 2 } })
  const leave = new AbortController()
  const response = await fetch(`${server.url}/api/projects/${projectId}/presence/stream`, { headers: { authorization: `Bearer ${workspace.apiKey}` }, signal: leave.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const { value } = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read()
  expect(JSON.parse(String(value).replace(/^data: /, ''))).toMatchObject({ degraded: false, people: [{ person: { name: 'Ada' }, item_key: 'm1', status: 'active', cursor: { field: 'title', offset: 2 } }] })
  leave.abort()
})

test('metrics tell how many are there, and how many follow', async () => {
  const figure = async (name: string): Promise<number> => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${server.url}/metrics`)).text())?.[1])
  const [devices, followers] = [await figure('buildrunner_presence_devices'), await figure('buildrunner_presence_subscribers')]
  const { socket, next } = await follow()
  await next()
  await update({})
  expect(await figure('buildrunner_presence_devices')).toBe(devices + 1)
  expect(await figure('buildrunner_presence_subscribers')).toBe(followers + 1)
  socket.close()
  await expect.poll(() => figure('buildrunner_presence_subscribers')).toBe(followers)
})
