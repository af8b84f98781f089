import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from './calendar.ts'
import { FORECAST_MINIMUM, forecastOf, type ForecastOptions } from './forecast.ts'
import { RandomBits } from './random.ts'
import { anyMicrostep, at, microstep } from './testing/microsteps.ts'
import type { TrackedMicrostep } from './history.ts'

const NOW = at('2026-04-01T12:00')
const day = (before: number): string => new Date(NOW - before * DAY_MS).toISOString().slice(0, 10)
const MILESTONES = [{ key: 'M', title: 'First', dueDate: '2026-04-10' }, { key: 'N', title: 'Second', dueDate: null }]

/** Finished microsteps, so many on each of the past days, the newest day first; and what is left in two milestones. */
function history(perDay: readonly number[], left: readonly [number, number]): TrackedMicrostep[] {
  const born = day(perDay.length)
  const done = perDay.flatMap((count, index) => Array.from({ length: count }, (_, n) => microstep(`d${index}.${n}`, born, [[day(index + 1), 'done']])))
  const open = left.flatMap((count, index) => Array.from({ length: count }, (_, n) => microstep(`o${index}.${n}`, born, [], { milestone: index === 0 ? 'M' : 'N' })))
  return [...done, ...open]
}

const forecast = (items: readonly TrackedMicrostep[], options?: ForecastOptions) => forecastOf(items, MILESTONES, NOW, options)
const everyOtherDay = Array.from({ length: 30 }, (_, index) => index % 2)

describe('a forecast', () => {
  test('is certain where every day was alike: two a day, seven left, four days', () => {
    const { percentiles, milestones, history: measured, reason } = forecast(history(Array<number>(20).fill(2), [3, 4]))
    expect(reason).toBeNull()
    expect(percentiles).toEqual([50, 70, 85, 95].map((percent) => ({ percent, days: 4, date: '2026-04-05' })))
    expect(milestones).toMatchObject([{ key: 'M', remaining: 3, onTime: 100, percentiles: [{ days: 2 }, { days: 2 }, { days: 2 }, { days: 2 }] }, { key: 'N', remaining: 4, onTime: null }])
    expect(measured).toMatchObject({ from: '2026-03-12', to: '2026-03-31', days: 20, finished: 40, grown: 0 })
    expect(measured.keys).toHaveLength(40)
  })

  test('agrees with the negative binomial distribution where a day finishes one microstep or none', () => {
    // the day of the 10th success with p = 1/2; the distribution summed up exactly
    const left = 10
    const exact = (percent: number): number => {
      let [sum, days, term] = [0, left, 0.5 ** left]
      for (;;) {
        sum += term
        if (sum >= percent / 100) return days
        term *= (0.5 * days) / (days - left + 1)
        days++
      }
    }
    const { percentiles } = forecast(history(everyOtherDay, [10, 0]), { simulations: 50_000 })
    for (const { percent, days } of percentiles) expect(Math.abs(days! - exact(percent))).toBeLessThanOrEqual(1)
    expect(percentiles.map(({ percent }) => exact(percent))).toEqual([19, 22, 25, 28])
  })

  test('says how likely a milestone is done in time: no more than one on each of nine days', () => {
    // 9 of 9 days must be good: (1/2)^9 = 0.195 %
    const [milestone] = forecast(history(everyOtherDay, [9, 0]), { simulations: 100_000 }).milestones
    expect(milestone!.onTime).toBeGreaterThan(0.1)
    expect(milestone!.onTime).toBeLessThan(0.3)
  })

  test('is the same for the same seed, and nearly so for another', () => {
    const items = history(everyOtherDay, [20, 20])
    expect(forecast(items, { seed: 7 })).toEqual(forecast(items, { seed: 7 }))
    const [one, other] = [forecast(items, { seed: 7 }), forecast(items, { seed: 8 })]
    for (const [index, { days }] of one.percentiles.entries()) expect(Math.abs(days! - other.percentiles[index]!.days!)).toBeLessThanOrEqual(2)
  })

  test('cannot say with too little history, and says what is missing', () => {
    const few = forecast(history([...Array<number>(20).fill(0), 10], [3, 0]))
    expect(few).toMatchObject({ reason: 'TOO_LITTLE_HISTORY', simulations: 0, percentiles: [], milestones: [{ key: 'M', remaining: 3, onTime: null, percentiles: [] }] })
    expect(few.message).toBe('Cannot say: a forecast needs 11 microsteps finished within at least 14 days; there are 10 within 21.')
    expect(forecast(history(Array<number>(FORECAST_MINIMUM.days - 1).fill(5), [3, 0])).reason).toBe('TOO_LITTLE_HISTORY')
    expect(forecast(history(Array<number>(FORECAST_MINIMUM.days).fill(5), [3, 0])).reason).toBeNull()
  })

  test('has nothing to say of a plan that is done', () => {
    expect(forecast(history(everyOtherDay, [0, 0]))).toMatchObject({ reason: 'NOTHING_LEFT', remaining: 0, milestones: [] })
  })

  test('has no date for what lies beyond ten years', () => {
    const slow = [...Array<number>(79).fill(0), 11]
    const { percentiles } = forecast(history(slow, [900, 0]), { simulations: 200 })
    expect(percentiles).toMatchObject([{ days: null, date: null }, {}, {}, { percent: 95, days: null, date: null }])
  })

  test('does not count what was imported as done, nor today, nor what was opened again', () => {
    const items = [
      ...history(everyOtherDay, [2, 0]), microstep('imported', day(9), [], { first: 'done' }), microstep('today', day(9), [[day(0), 'done']]),
      microstep('again', day(9), [[day(5), 'done'], [day(4), 'todo']]),
    ]
    expect(forecast(items)).toMatchObject({ remaining: 3, history: { finished: 15 } })
  })

  test('with growth the plan goes on growing as it did, and is late by that', () => {
    const grown = Array.from({ length: 20 }, (_, index) => microstep(`new${index}`, day(19 - index), [], { milestone: 'N' }))
    const items = [...history(Array<number>(20).fill(2), [10, 0]), ...grown.slice(0, 19)]
    // 29 left; two finished a day, and one more to do on 19 of 20 days
    expect(forecast(items).percentiles[0]).toMatchObject({ days: 15 })
    const { percentiles, history: measured } = forecast(items, { growth: true })
    expect(measured.grown).toBe(19)
    expect(percentiles[0]!.days).toBeGreaterThanOrEqual(26)
    expect(percentiles[0]!.days).toBeLessThanOrEqual(29)
  })

  test('with growth a plan that shrinks is done sooner, milestones and all', () => {
    const dropped = Array.from({ length: 20 }, (_, index) => microstep(`gone${index}`, day(20), [[day(index + 1), null]]))
    const { percentiles, milestones } = forecast([...history(Array<number>(20).fill(1), [20, 20]), ...dropped], { growth: true })
    // 40 left, one finished and one dropped a day but for the plan's first: 21 days
    expect(percentiles[0]!.days).toBe(21)
    expect(milestones.map(({ percentiles: of }) => of[0]!.days)).toEqual([20, 21])
  })

  test('whatever the history: later percentiles are no earlier, and milestones follow each other', () => {
    fc.assert(fc.property(fc.array(anyMicrostep, { minLength: 30, maxLength: 60 }), fc.array(fc.nat(3), { minLength: 14, maxLength: 40 }), fc.boolean(), (items, perDay, growth) => {
      const { percentiles, milestones, reason } = forecast([...items, ...history(perDay, [5, 5])], { growth, simulations: 200 })
      const inOrder = (days: readonly (number | null)[]): boolean => days.every((value, index) => index === 0 || (value ?? Infinity) >= (days[index - 1] ?? Infinity))
      expect(reason === 'TOO_LITTLE_HISTORY' || percentiles.length === 4).toBe(true)
      expect(inOrder(percentiles.map(({ days }) => days))).toBe(true)
      if (percentiles.length > 0) for (const at of [0, 3]) expect(inOrder(milestones.map((milestone) => milestone.percentiles[at]!.days))).toBe(true)
    }), { numRuns: 40 })
  })
})

describe('the generator', () => {
  test('gives the sequence of xoshiro128** for its state, in blocks of any size', () => {
    // of the reference implementation in C, compiled and run with the state that seed 1 gives
    const random = new RandomBits(1)
    const [first, second] = [new Uint32Array(2), new Uint32Array(3)]
    random.fill(first)
    random.fill(second)
    expect([...first, ...second]).toEqual([2442144158, 3238099751, 3819917871, 2104621829, 2021136066])
  })

  test('draws each of ten values about equally often (chi-squared, 9 degrees of freedom, one in a thousand)', () => {
    const bits = new Uint32Array(100_000)
    new RandomBits(42).fill(bits)
    const counts = new Array<number>(10).fill(0)
    for (const value of bits) counts[Math.floor((value * 10) / 2 ** 32)]!++
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.88)
  })
})
