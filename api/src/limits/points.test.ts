import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPoints } from './points.ts'
import type { Share } from './points.ts'

const clockAt = (start = 0) => {
  let time = start
  return { now: () => time, advance: (ms: number) => void (time += ms) }
}

test('a key has its points once a minute, counted from its first request', () => {
  const { now, advance } = clockAt(1_000)
  const points = createPoints({ now })
  const take = (cost: number, key = 'a') => points.take({ key, limit: 10, cost })
  expect(take(6)).toEqual({ allowed: true, limit: 10, cost: 6, remaining: 4, resetAt: new Date(61_000) })
  advance(59_000)
  expect(take(5)).toEqual({ allowed: false, limit: 10, cost: 5, remaining: 4, resetAt: new Date(61_000) })
  expect(take(4)).toMatchObject({ allowed: true, remaining: 0 })
  expect(take(1, 'b')).toMatchObject({ allowed: true, remaining: 9 })
  advance(1_000)
  expect(take(10)).toMatchObject({ allowed: true, remaining: 0, resetAt: new Date(121_000) })
})

test('one process never gives more points in a window than there are, and refuses nothing that fits', () => {
  fc.assert(fc.property(fc.array(fc.record({ cost: fc.integer({ min: 1, max: 12 }), wait: fc.integer({ min: 0, max: 20_000 }) }), { maxLength: 60 }), (requests) => {
    const { now, advance } = clockAt()
    const points = createPoints({ now })
    const spent = new Map<number, number>()
    for (const { cost, wait } of requests) {
      advance(wait)
      const { allowed, resetAt, remaining } = points.take({ key: 'a', limit: 20, cost })
      const before = spent.get(resetAt.getTime()) ?? 0
      expect(allowed).toBe(before + cost <= 20)
      spent.set(resetAt.getTime(), before + (allowed ? cost : 0))
      expect(remaining).toBe(20 - (spent.get(resetAt.getTime()) as number))
    }
  }))
})

/** A store that is there, or is not. */
function sharedStore() {
  let total = 0
  const state = { isAway: false, calls: 0 }
  const share: Share = async (_key, points) => {
    state.calls++
    if (state.isAway) throw new Error('away')
    total += points
    return { points: total, msBeforeReset: 30_000 }
  }
  return { share, state, total: () => total }
}

test('processes learn from each other what was spent, and when the window ends', async () => {
  const { share } = sharedStore()
  const [one, two] = [createPoints({ share }), createPoints({ share })]
  const take = (points: typeof one, cost: number) => points.take({ key: 'a', limit: 10, cost })
  expect(take(one, 6).allowed).toBe(true)
  expect(take(two, 1).allowed).toBe(true)
  // what costs more than there is takes nothing, and tells what is left
  await expect.poll(() => take(two, 11).remaining).toBe(3)
  expect(take(two, 3).allowed).toBe(true)
  expect(take(two, 1).resetAt.getTime() - Date.now()).toBeLessThanOrEqual(30_000)
  one.close()
  two.close()
})

test('while the store is away each counts by itself, and adds what it spent later, once', async () => {
  const { share, state, total } = sharedStore()
  state.isAway = true
  const points = createPoints({ share })
  for (let index = 0; index < 5; index++) expect(points.take({ key: 'a', limit: 5, cost: 1 }).allowed).toBe(true)
  expect(points.take({ key: 'a', limit: 5, cost: 1 }).allowed).toBe(false)
  await expect.poll(() => state.calls).toBeGreaterThan(1)
  state.isAway = false
  await expect.poll(total).toBe(5)
  const { calls } = state
  await expect.poll(() => points.take({ key: 'a', limit: 5, cost: 1 }).allowed).toBe(false)
  expect([total(), state.calls]).toEqual([5, calls])
  points.close()
})
