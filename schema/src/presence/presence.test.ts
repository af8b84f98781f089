/** Following who is present, by a clock that the tests turn. */
import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_OPERATOR_POLICY } from '../shared/operator-policy.ts'
import type { Sink } from '../shared/push.ts'
import { createMemoryPresence } from './memory-store.ts'
import { createPresence } from './presence.ts'
import type { Presence, PresenceState } from './presence.ts'
import type { DeviceState, PresenceStore } from './store.ts'

let now: number
let degraded: boolean
let reads: number
let presence: Presence
/** Ends the pause after a state. */
let endPause: () => void

beforeEach(() => {
  ;[now, reads, degraded] = [0, 0, false]
  const memory = createMemoryPresence()
  const store: PresenceStore = {
    ...memory,
    list: async (projectId, at) => {
      reads++
      return { ...(await memory.list(projectId, at)), degraded }
    },
  }
  const pause = (): Promise<void> => new Promise((resolve) => (endPause = resolve))
  presence = createPresence({ store, clock: { now: () => new Date(now) }, policy: DEFAULT_OPERATOR_POLICY.presence, tickMs: 1, pause })
})

const beat = (userId: string, says: Partial<DeviceState> = {}) => presence.beat({ projectId: 'p', userId, deviceId: 'laptop', name: userId, says })
const shown = ({ people }: PresenceState) => people.map(({ userId, status, itemKey }) => [userId, status, itemKey].filter(Boolean).join(' '))

test('the first state is the present one, also of nobody, and each later one differs from the last', async () => {
  const follower = presence.follow('p')
  expect(await follower.next()).toEqual({ done: false, value: { people: [], degraded: false } })
  await beat('ada')
  endPause()
  expect(shown((await follower.next()).value!)).toEqual(['ada ACTIVE'])
  await beat('ada', { status: 'ACTIVE' })
  await beat('ben')
  endPause()
  expect(shown((await follower.next()).value!)).toEqual(['ada ACTIVE', 'ben ACTIVE'])
  await follower.return()
})

test('what happens during the pause after a state comes as one', async () => {
  const follower = presence.follow('p')
  await follower.next()
  const before = reads
  for (const itemKey of ['T-1', 'T-2', 'T-3']) await beat('ada', { itemKey })
  expect(reads).toBe(before)
  endPause()
  expect(shown((await follower.next()).value!)).toEqual(['ada ACTIVE T-3'])
  expect(reads).toBe(before + 1)
  await follower.return()
})

test('a slow reader gets the newest state, and no backlog', async () => {
  const [slow, fast] = [presence.follow('p'), presence.follow('p')]
  await fast.next()
  for (const itemKey of ['T-1', 'T-2', 'T-3']) {
    await beat('ada', { itemKey })
    endPause()
    expect(shown((await fast.next()).value!)).toEqual([`ada ACTIVE ${itemKey}`])
  }
  expect(shown((await slow.next()).value!)).toEqual(['ada ACTIVE T-3'])
  await Promise.all([slow.return(), fast.return()])
})

test('a sink that is full gets the newest state when it has room again', async () => {
  const [pushed, iterated] = [presence.follow('p'), presence.follow('p')]
  const taken: string[][] = []
  let room = 1
  const sink: Sink<PresenceState> = { push: ([state]) => (room-- > 0 ? taken.push(shown(state!)) && 1 : 0), end: () => void taken.push(['end']) }
  pushed.pushTo(sink)
  await iterated.next()
  for (const itemKey of ['T-1', 'T-2']) {
    await beat('ada', { itemKey })
    endPause()
    await iterated.next()
  }
  expect(taken).toEqual([[]])
  room = 1
  pushed.resume()
  expect(taken).toEqual([[], ['ada ACTIVE T-2']])
  await pushed.return()
  expect(taken.at(-1)).toEqual(['end'])
  await iterated.return()
})

test('followers of a project share one object for each state, and one reading', async () => {
  const followers = [presence.follow('p'), presence.follow('p')]
  const [[one, other]] = [await Promise.all(followers.map((follower) => follower.next()))]
  expect(one!.value).toBe(other!.value)
  expect([reads, presence.count().followers]).toEqual([1, 2])
  await Promise.all(followers.map((follower) => follower.return()))
  expect(presence.count().followers).toBe(0)
})

describe('time alone', () => {
  test('makes idle who says nothing for a minute, though heartbeats go on', async () => {
    await beat('ada')
    const follower = presence.follow('p')
    expect(shown((await follower.next()).value!)).toEqual(['ada ACTIVE'])
    endPause()
    for (const at of [15_000, 30_000, 45_000, 59_999]) {
      now = at
      await beat('ada')
    }
    expect(shown(await presence.read('p'))).toEqual(['ada ACTIVE'])
    now = 60_000
    expect(shown((await follower.next()).value!)).toEqual(['ada IDLE'])
    await beat('ada', { status: 'ACTIVE' })
    endPause()
    expect(shown((await follower.next()).value!)).toEqual(['ada ACTIVE'])
    await follower.return()
  })

  test('takes away who is silent for forty seconds', async () => {
    await beat('ada')
    const follower = presence.follow('p')
    await follower.next()
    endPause()
    now = 39_999
    expect(shown(await presence.read('p'))).toEqual(['ada ACTIVE'])
    now = 40_000
    expect(shown((await follower.next()).value!)).toEqual([])
    await follower.return()
  })

  test('brings what no news told: the store is asked again after five seconds', async () => {
    const follower = presence.follow('p')
    expect((await follower.next()).value!.degraded).toBe(false)
    endPause()
    degraded = true
    now = 5_000
    expect((await follower.next()).value!.degraded).toBe(true)
    await follower.return()
  })
})

describe('a follower that ends', () => {
  test('by the server stopping gets an error, and then nothing', async () => {
    const follower = presence.follow('p')
    await follower.next()
    const waiting = follower.next()
    presence.close()
    await expect(waiting).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect(await follower.next()).toEqual({ done: true, value: undefined })
  })

  test('while nobody waits gets its error with the next question, and its state not at all', async () => {
    const follower = presence.follow('p')
    presence.close()
    await expect(follower.next()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  })

  test('by itself ends also whoever waits, and tells once', async () => {
    let ends = 0
    const follower = presence.follow('p', () => ends++)
    await follower.next()
    const waiting = follower.next()
    await follower.return()
    await follower.return()
    expect([await waiting, ends]).toEqual([{ done: true, value: undefined }, 1])
  })
})
