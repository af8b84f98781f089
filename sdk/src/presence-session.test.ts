/** What a session of presence sends, and when: by a clock that the tests turn, to a server that answers as they say. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BuildRunnerSDK, ForbiddenError, NetworkError, NotFoundError } from './index.ts'
import type { BuildRunnerError, PresenceSession } from './index.ts'

interface Sent {
  readonly method: string
  readonly at: number
  readonly keepalive: boolean | undefined
  readonly says: Record<string, unknown>
}
let sent: Sent[]
/** Answers in the server's place; undefined: as one that knows the device. */
let answer: (says: Sent['says']) => object | Promise<object> | undefined
let errors: BuildRunnerError[]
let session: PresenceSession

const presence = { people: [], degraded: false }
const updated = (joined: boolean): object => ({ updatePresence: { __typename: 'UpdatePresencePayload', joined, heartbeatSeconds: 15, presence } })
const refused = (__typename: string, code: string): object => ({ updatePresence: { __typename, code, message: 'No.', path: null } })

const client = (): BuildRunnerSDK =>
  new BuildRunnerSDK({
    apiKey: 'br_aaaaaaaa_b', projectId: 'website', baseUrl: 'http://127.0.0.1:1',
    fetch: async (_url, init) => {
      const { documentId, variables: { projectId, deviceId, ...says } } = JSON.parse(String(init?.body))
      expect([projectId, deviceId]).toEqual(['website', 'laptop'])
      const method = String(documentId).split('.presence_')[1] as string
      sent.push({ method, at: Date.now(), keepalive: init?.keepalive, says })
      const data = method === 'leave' ? { leavePresence: { __typename: 'LeavePresencePayload', presence } } : ((await answer(says)) ?? updated(false))
      return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } })
    },
  })
const join = (options = {}): Promise<PresenceSession> => client().presence.join({ deviceId: 'laptop', onError: (error) => errors.push(error), ...options })
/** What was sent since the last call, and when. */
const taken = (): [number, Sent['says']][] => sent.splice(0).map(({ at, says }) => [at, says])

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 })
  ;[sent, errors, answer] = [[], [], () => undefined]
})
afterEach(async () => {
  await session?.leave()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a session', () => {
  test('says what it joins with, and then sends a heartbeat in the interval that the server asks for', async () => {
    session = await join({ itemId: 'T-12' })
    await vi.advanceTimersByTimeAsync(45_000)
    expect(taken()).toEqual([[0, { itemId: 'T-12' }], [15_000, {}], [30_000, {}], [45_000, {}]])
  })

  test('sends what changes at most five times a second, together', async () => {
    session = await join()
    for (let offset = 1; offset <= 100; offset++) {
      session.update({ typing: true, cursor: { field: 'title', offset } })
      await vi.advanceTimersByTimeAsync(10)
    }
    const updates = taken()
    expect(updates).toHaveLength(6)
    expect(updates[1]).toEqual([200, { typing: true, cursor: { field: 'title', offset: 20 } }])
    expect(updates[5]).toEqual([1_000, { typing: true, cursor: { field: 'title', offset: 100 } }])
  })

  test('has one request under way at a time, and sends what was said meanwhile after it', async () => {
    session = await join()
    const slow = Promise.withResolvers<object>()
    answer = () => slow.promise
    session.update({ itemId: 'T-1' })
    await vi.advanceTimersByTimeAsync(200)
    session.update({ typing: true })
    session.update({ itemId: 'T-2' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(taken().length).toBe(2)
    answer = () => undefined
    slow.resolve(updated(false))
    await vi.advanceTimersByTimeAsync(0)
    expect(taken()).toEqual([[1_200, { itemId: 'T-2' }]])
  })

  test('does not repeat itself, but shows every fifteen seconds that somebody is still active', async () => {
    session = await join({ typing: true })
    for (let seconds = 0; seconds < 16; seconds++) {
      session.update({ typing: true })
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(taken()).toEqual([[0, { typing: true }], [15_000, {}], [15_200, { typing: true }]])
  })

  test('says everything again to a server that has forgotten it', async () => {
    session = await join({ itemId: 'T-12', typing: true, status: 'IDLE' })
    session.update({ typing: false })
    await vi.advanceTimersByTimeAsync(1_000)
    taken()
    answer = (says) => updated(Object.keys(says).length === 0)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(taken().map(([, says]) => says)).toEqual([{}, { itemId: 'T-12', typing: false, status: 'IDLE' }])
  })

  test('who goes to another item leaves cursor and typing behind', async () => {
    session = await join({ itemId: 'T-1', typing: true, cursor: { field: 'title', offset: 1 } })
    session.update({ itemId: 'T-2' })
    await vi.advanceTimersByTimeAsync(1_000)
    taken()
    answer = (says) => updated(Object.keys(says).length === 0)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(taken().at(-1)?.[1]).toEqual({ itemId: 'T-2' })
  })

  test('leaves once, and sends nothing more', async () => {
    session = await join()
    await session.leave()
    await session[Symbol.asyncDispose]()
    session.update({ typing: true })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent.map(({ method, keepalive }) => [method, keepalive])).toEqual([['update', false], ['leave', true]])
    expect(session.ended).toBe(true)
  })

  test('leaves after what is under way: later it would be a joining', async () => {
    session = await join()
    const slow = Promise.withResolvers<object>()
    answer = () => slow.promise
    session.update({ typing: true })
    await vi.advanceTimersByTimeAsync(200)
    const left = session.leave()
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.map(({ method }) => method)).toEqual(['update', 'update'])
    slow.resolve(updated(false))
    await left
    expect(sent.at(-1)?.method).toBe('leave')
  })
})

describe('an error', () => {
  test('of the joining is thrown, and nothing follows', async () => {
    answer = () => refused('ForbiddenError', 'FORBIDDEN')
    await expect(join()).rejects.toBeInstanceOf(ForbiddenError)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([sent.length, errors]).toEqual([1, []])
  })

  test('that passes is told; what could not be said is said again, at growing intervals, with what came since', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    session = await join()
    taken()
    answer = () => Promise.reject(new TypeError('fetch failed'))
    session.update({ itemId: 'T-1' })
    await vi.advanceTimersByTimeAsync(300)
    session.update({ typing: true })
    await vi.advanceTimersByTimeAsync(6_800)
    answer = () => undefined
    await vi.advanceTimersByTimeAsync(1_000)
    expect(taken()).toEqual([[200, { itemId: 'T-1' }], ...[1_200, 3_200, 7_200].map((at) => [at, { itemId: 'T-1', typing: true }])])
    expect(errors.map((error) => error instanceof NetworkError)).toEqual([true, true, true])
  })

  test('that refuses a change is told; the change is not said again, and the session goes on', async () => {
    session = await join({ status: 'ACTIVE' })
    answer = ({ itemId }) => (itemId === undefined ? undefined : refused('NotFoundError', 'NOT_FOUND')) as object
    session.update({ itemId: 'gone' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(errors).toEqual([expect.any(NotFoundError)])
    taken()
    answer = (says) => updated(Object.keys(says).length === 0)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(taken().map(([, says]) => says)).toEqual([{}, { status: 'ACTIVE' }])
  })

  test.each([['FORBIDDEN', 'ForbiddenError', { typing: true }], ['NOT_FOUND', 'NotFoundError', {}]])('%s of a project ends the session', async (code, typename, change) => {
    session = await join()
    answer = () => refused(typename, code)
    session.update(change)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([sent.length, session.ended, errors.length]).toEqual([2, true, 1])
  })
})

describe('in a page', () => {
  let document: EventTarget & { visibilityState: string }
  let page: EventTarget
  beforeEach(() => {
    document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
    page = new EventTarget()
    vi.stubGlobal('document', document)
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  })
  const show = async (visibilityState: string): Promise<void> => {
    document.visibilityState = visibilityState
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(200)
  }

  test('that is hidden somebody is away, and then what they were', async () => {
    session = await join({ status: 'IDLE' })
    await show('hidden')
    await show('visible')
    expect(taken().map(([, says]) => says)).toEqual([{ status: 'IDLE' }, { status: 'AWAY' }, { status: 'IDLE' }])
  })

  test('that closes they leave, by a request that outlives it; in one that comes back they are there again', async () => {
    session = await join({ itemId: 'T-12' })
    page.dispatchEvent(new Event('pagehide'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent.splice(0).map(({ method, keepalive }) => [method, keepalive])).toEqual([['update', false], ['leave', true]])
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(taken()).toEqual([[60_000, { itemId: 'T-12' }]])
  })

  test('that they left nothing listens', async () => {
    session = await join()
    await session.leave()
    taken()
    await show('hidden')
    page.dispatchEvent(new Event('pagehide'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(sent).toEqual([])
  })
})
