import { assert, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffMs, waitAfter } from './backoff.ts'
import { DEFAULT_SYNC_BACKOFF } from './policy.ts'

const share = double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const policies = record({ minMs: integer({ min: 1, max: 5_000 }), more: integer({ min: 0, max: 100_000 }), factor: double({ min: 1, max: 10, noNaN: true }) })
  .map(({ minMs, more, factor }) => ({ minMs, maxMs: minMs + more, factor }))

describe('a wait', () => {
  test('is 0.5, 1, 2, 4, ... 30 seconds by default, half of it at least', () => {
    const waits = (random: number): number[] => [1, 2, 3, 4, 6, 7, 50].map((attempts) => backoffMs(attempts, DEFAULT_SYNC_BACKOFF, random))
    expect(waits(1)).toEqual([500, 1_000, 2_000, 4_000, 16_000, 30_000, 30_000])
    expect(waits(0)).toEqual([250, 500, 1_000, 2_000, 8_000, 15_000, 15_000])
    expect(backoffMs(2, { ...DEFAULT_SYNC_BACKOFF, jitter: false }, 0)).toBe(1_000)
  })

  test('never leaves half and all of its length, and never shrinks with the attempts', () => {
    assert(
      property(policies, integer({ min: 1, max: 2_000 }), share, (policy, attempts, random) => {
        const whole = backoffMs(attempts, { ...policy, jitter: false }, random)
        const drawn = backoffMs(attempts, { ...policy, jitter: true }, random)
        expect(whole).toBeGreaterThanOrEqual(policy.minMs)
        expect(whole).toBeLessThanOrEqual(policy.maxMs)
        expect(drawn).toBeGreaterThanOrEqual(Math.floor(whole / 2))
        expect(drawn).toBeLessThanOrEqual(whole)
        expect(backoffMs(attempts + 1, { ...policy, jitter: false }, random)).toBeGreaterThanOrEqual(whole)
      }),
    )
  })

  test('comes after every attempt but the last', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempts) => waitAfter(attempts, DEFAULT_SYNC_BACKOFF, 1))).toEqual([500, 1_000, 2_000, 4_000, null, null])
  })
})
