import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, mondayOf } from './calendar.ts'
import { flowOf, percentileOf } from './metrics.ts'
import { anyMicrostep, at, microstep } from './testing/microsteps.ts'

// 2026-03-02 is a Monday
const range = { from: dayOf(at('2026-03-02')), asOf: at('2026-03-18T12:00') }
const items = [
  microstep('a', '2026-03-01', [['2026-03-02', 'in_progress'], ['2026-03-04', 'done']], { phase: 'Build' }),
  microstep('b', '2026-03-02', [['2026-03-03', 'in_progress'], ['2026-03-04', 'done'], ['2026-03-05', 'in_progress'], ['2026-03-09', 'done']], { phase: 'Build' }),
  microstep('c', '2026-03-02', [['2026-03-10', 'done']], { phase: 'Test' }),
  microstep('d', '2026-03-02', [['2026-03-08T12:00', 'in_review'], ['2026-03-11', 'done'], ['2026-03-12', null]], { phase: 'Test' }),
  microstep('e', '2026-03-02', [['2026-03-14T12:00', 'in_progress'], ['2026-03-15', 'blocked']]),
  microstep('f', '2026-03-02', [['2026-03-17', 'in_progress']]),
  microstep('g', '2026-03-02', [], { first: 'done' }),
  microstep('h', '2026-03-02', [['2026-03-03', 'in_progress'], ['2026-03-04', 'done'], ['2026-03-05', 'todo']]),
  microstep('i', '2026-02-01', [['2026-02-02', 'in_progress'], ['2026-02-03', 'done']]),
]

describe('flow metrics, against a table worked out by hand', () => {
  const flow = flowOf(items, range)

  test('lead time runs from coming into the plan to the last finish', () => {
    // a 3, b 7, c 8, d 9; h was opened again, g came done, i finished before the range
    expect(flow.leadTime).toMatchObject({ count: 4, mean: 6.75, p50: 7, p70: 8, p85: 9, p95: 9 })
    expect(flow.leadTime.items.map(({ key, days }) => [key, days])).toEqual([['d', 9], ['c', 8], ['b', 7], ['a', 3]])
  })

  test('cycle time runs from the first start, and what was never started has none', () => {
    // a 2, b 6, d 2.5
    expect(flow.cycleTime).toMatchObject({ count: 3, mean: 3.5, p50: 2.5, p70: 6, p85: 6, p95: 6 })
    expect(flow.neverStarted).toEqual(['c'])
  })

  test('throughput counts each microstep once, in the week and phase of its finish, also when it left the plan', () => {
    expect(flow.throughput).toEqual([
      { week: '2026-03-02', isWhole: true, finished: 1, byPhase: [{ phase: 'Build', finished: 1 }], keys: ['a'] },
      { week: '2026-03-09', isWhole: true, finished: 3, byPhase: [{ phase: 'Build', finished: 1 }, { phase: 'Test', finished: 2 }], keys: ['b', 'c', 'd'] },
      { week: '2026-03-16', isWhole: false, finished: 0, byPhase: [], keys: [] },
    ])
    expect(flow.perWeek).toBe(2)
  })

  test('work in progress is as old as its start, and is measured against past cycle times', () => {
    // cycle times 2, 2.5, 6: 4 days are more than two of them
    expect(flow.ageing.map(({ key, age, percentile }) => [key, age, percentile])).toEqual([['e', 4, 200 / 3], ['f', 1.5, 0]])
  })

  test('a range that begins within a week says that it is no whole week', () => {
    expect(flowOf(items, { ...range, from: range.from + 1 }).throughput.map(({ isWhole }) => isWhole)).toEqual([false, true, false])
  })

  test('without anything finished there are no figures, and no division by nothing', () => {
    const empty = flowOf([], range)
    expect(empty.leadTime).toEqual({ count: 0, mean: null, p50: null, p70: null, p85: null, p95: null, items: [] })
    expect(empty.perWeek).toBe(0)
    expect(flowOf(items.slice(4, 5), range).ageing[0]?.percentile).toBeNull()
  })
})

describe('percentiles', () => {
  test('are values that occurred: at least so many percent are not larger, and fewer are smaller', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const ascending = values.toSorted((a, b) => a - b)
      const value = percentileOf(ascending, percent)!
      expect(values).toContain(value)
      expect(100 * values.filter((other) => other <= value).length).toBeGreaterThanOrEqual(percent * values.length)
      expect(100 * values.filter((other) => other < value).length).toBeLessThan(percent * values.length)
    }))
  })
})

test('whatever the history: weeks add up to what finished, lead times are no shorter than cycle times, ages are no future', () => {
  fc.assert(fc.property(fc.array(anyMicrostep, { maxLength: 15 }), (history) => {
    const whole = { from: dayOf(at('2026-01-05')), asOf: at('2026-04-30') }
    const flow = flowOf(history, whole)
    expect(flow.throughput.flatMap(({ keys }) => keys).toSorted()).toEqual(history.filter(({ finishedAt }) => finishedAt !== null).map(({ key }) => key).toSorted())
    for (const { week, finished, byPhase, keys } of flow.throughput) {
      expect(mondayOf(dayOf(at(week)))).toBe(dayOf(at(week)))
      expect([keys.length, byPhase.reduce((sum, part) => sum + part.finished, 0)]).toEqual([finished, finished])
    }
    expect(flow.cycleTime.count + flow.neverStarted.length).toBe(flow.leadTime.count)
    const leads = new Map(flow.leadTime.items.map(({ key, days }) => [key, days]))
    for (const { key, days } of flow.cycleTime.items) expect(days).toBeLessThanOrEqual(leads.get(key)!)
    for (const { age, percentile } of flow.ageing) expect(age >= 0 && (percentile === null || (percentile >= 0 && percentile <= 100))).toBe(true)
  }))
})
