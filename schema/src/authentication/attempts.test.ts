import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_OPERATOR_POLICY } from '../shared/operator-policy.ts'
import { afterFailure, isLocked } from './attempts.ts'
import type { Failures } from './attempts.ts'

const policy = { ...DEFAULT_OPERATOR_POLICY.signIn, maxFailures: 5, lockMinutes: 15 }
const LOCK_MS = 15 * 60_000

const at = (ms: number): Date => new Date(1_800_000_000_000 + ms)

test('the fifth failure in a row locks for fifteen minutes, and failures meanwhile do not prolong it', () => {
  let state: Failures | null = null
  for (const second of [0, 1, 2, 3]) state = afterFailure(state, at(second * 1_000), policy).state
  expect(isLocked(state, at(4_000))).toBe(false)
  state = afterFailure(state, at(4_000), policy).state
  expect(state.lockedUntil).toEqual(at(4_000 + LOCK_MS))
  state = afterFailure(state, at(60_000), policy).state
  expect(state).toMatchObject({ failures: 5, lockedUntil: at(4_000 + LOCK_MS) })
  expect(afterFailure(state, at(4_000 + LOCK_MS), policy).state).toMatchObject({ failures: 1, lockedUntil: null })
})

test('whatever the times: at most five guesses count between two locks, and every failure is reported or still to be', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 60 }), (gaps) => {
    let state: Failures | null = null
    let [time, guesses, told] = [0, 0, 0]
    for (const gap of gaps) {
      time += gap
      if (!isLocked(state, at(time))) guesses = state?.lockedUntil != null ? 1 : guesses + 1
      const due = (state?.unreported ?? 0) + 1
      const next = afterFailure(state, at(time), policy)
      if (next.report) told += due
      state = next.state
      expect(guesses).toBeLessThanOrEqual(policy.maxFailures)
    }
    expect(told + (state?.unreported ?? 0)).toBe(gaps.length)
  }))
})

test('an attack leaves one record a minute, and one when it locks', () => {
  let state: Failures | null = null
  let records = 0
  for (let second = 0; second < 600; second++) {
    const next = afterFailure(state, at(second * 1_000), policy)
    if (next.report) records++
    state = next.state
  }
  expect(records).toBe(11)
})
