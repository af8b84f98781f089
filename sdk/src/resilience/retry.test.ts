import { getEventListeners } from 'node:events'
import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { AbortedError, errorOf } from '../errors.ts'
import { systemClock } from './clock.ts'
import { DEFAULT_SYNC_BACKOFF } from './policy.ts'
import { retry } from './retry.ts'
import { TestClock } from './testing/clock.ts'

const passing = (retryAfterMs?: number): Error => errorOf({ code: 'SERVICE_UNAVAILABLE', message: 'away', details: { retryAfterMs } })
const refusal = errorOf({ code: 'FORBIDDEN', message: 'no' })
const random = (): number => 1

describe('retry', () => {
  test('tries again after growing waits, and answers the first success', async () => {
    const clock = new TestClock()
    const attempts: number[] = []
    const told = vi.fn()
    const work = async (attempt: number): Promise<string> => {
      attempts.push(attempt)
      if (attempt < 4) throw passing()
      return 'done'
    }
    expect(await retry(work, DEFAULT_SYNC_BACKOFF, { clock, random, onRetry: told })).toBe('done')
    expect([attempts, clock.waits]).toEqual([[1, 2, 3, 4], [500, 1_000, 2_000]])
    expect(told).toHaveBeenCalledWith({ attempts: 1, waitMs: 500, error: passing() })
  })

  test('ends with the last error after maxAttempts', async () => {
    const clock = new TestClock()
    const work = vi.fn(() => Promise.reject(passing()))
    await expect(retry(work, DEFAULT_SYNC_BACKOFF, { clock, random })).rejects.toThrow('away')
    expect([work.mock.calls.length, clock.waits]).toEqual([5, [500, 1_000, 2_000, 4_000]])
  })

  test('does not try again what does not pass', async () => {
    const clock = new TestClock()
    await expect(retry(() => Promise.reject(refusal), DEFAULT_SYNC_BACKOFF, { clock })).rejects.toBe(refusal)
    await expect(retry(() => Promise.reject(new TypeError('a fault of our own')), DEFAULT_SYNC_BACKOFF, { clock })).rejects.toThrow(TypeError)
    expect(clock.waits).toEqual([])
  })

  test('waits as long as the other side asks, never less than its own', async () => {
    const clock = new TestClock()
    const errors = [passing(7_000), passing(10)]
    await retry(() => (errors.length > 0 ? Promise.reject(errors.shift()!) : Promise.resolve()), DEFAULT_SYNC_BACKOFF, { clock, random })
    expect(clock.waits).toEqual([7_000, 1_000])
  })

  test('ends a wait at once when it is aborted, begins no attempt, and leaves no listener', async () => {
    const controller = new AbortController()
    const work = vi.fn(() => Promise.reject(passing(3_600_000)))
    const running = retry(work, DEFAULT_SYNC_BACKOFF, { signal: controller.signal, clock: systemClock, onRetry: () => queueMicrotask(() => controller.abort('enough')) })
    await expect(running).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
    await expect(retry(work, DEFAULT_SYNC_BACKOFF, { signal: controller.signal })).rejects.toBeInstanceOf(AbortedError)
    expect(work).toHaveBeenCalledTimes(1)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('makes as many attempts as there are passing failures before something else, within its maximum', async () => {
    await assert(
      asyncProperty(array(constantFrom('passing', 'refusal', 'success'), { minLength: 1, maxLength: 12 }), integer({ min: 1, max: 8 }), async (script, maxAttempts) => {
        const clock = new TestClock()
        let made = 0
        const work = async (): Promise<string> => {
          const step = script[made++] ?? 'success'
          if (step === 'success') return step
          throw step === 'passing' ? passing() : refusal
        }
        const outcome = await retry(work, { ...DEFAULT_SYNC_BACKOFF, maxAttempts }, { clock }).catch((error: Error) => error.message)
        const first = [...script, 'success'].findIndex((step) => step !== 'passing') + 1
        expect(made).toBe(Math.min(first, maxAttempts))
        expect(clock.waits).toHaveLength(made - 1)
        expect(outcome).toBe({ passing: 'away', refusal: 'no', success: 'success' }[[...script, 'success'][made - 1] as string])
      }),
    )
  })
})
