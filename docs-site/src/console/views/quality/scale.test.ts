import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linear, path, ticks } from './scale.ts'

test('the ends of the domain are the ends of the range, and order is kept', () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (low, span, share) => {
    const at = linear([low, low + span], [10, 110])
    expect([at(low), at(low + span)]).toEqual([10, 110])
    expect(at(low + span * share)).toBeCloseTo(10 + 100 * share, 3)
  }))
  expect(linear([5, 5], [10, 110])(5)).toBe(10)
})

test('ticks begin at 0, are whole and evenly apart, reach the greatest value and are few', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1e7 }), (greatest) => {
    const all = ticks(greatest)
    const step = all[1] as number
    expect(all).toEqual(all.map((_, index) => index * step))
    expect(Number.isInteger(step)).toBe(true)
    expect(all.at(-1)).toBeGreaterThanOrEqual(greatest)
    expect(all.length).toBeLessThanOrEqual(6)
  }))
})

test('a path goes through its points', () => {
  expect(path([[0, 10], [20, 5.25]])).toBe('M0.0,10.0L20.0,5.3')
})
