import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qualityScore, share, wilsonInterval } from './stats.ts'

describe("Wilson's interval", () => {
  it.each([
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    // the example of R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998
    [81, 263, 0.2553, 0.3662],
    [10, 10, 0.7225, 1],
  ])('of %d in %d is what tables say', (count, of, low, high) => {
    const interval = wilsonInterval(count, of)
    expect(interval.low).toBeCloseTo(low, 3)
    expect(interval.high).toBeCloseTo(high, 3)
  })

  it('holds the share, lies in 0 to 1, narrows with the sample, and mirrors', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(), (of, some) => {
      const count = some % (of + 1)
      const { low, high } = wilsonInterval(count, of)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(count / of)
      expect(high).toBeGreaterThanOrEqual(count / of)
      const larger = wilsonInterval(count * 2, of * 2)
      expect(larger.high - larger.low).toBeLessThanOrEqual(high - low)
      expect(wilsonInterval(of - count, of).low).toBeCloseTo(1 - high, 10)
    }))
  })

  it('of nothing knows nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('the quality score', () => {
  it.each([
    [share(8, 10), share(90, 100), 85, 'B'],
    [share(10, 10), share(10, 10), 100, 'A'],
    [share(0, 10), share(0, 10), 0, 'F'],
    [share(0, 0), share(2, 3), 66.7, 'D'],
    [share(3, 4), share(0, 0), 75, 'C'],
    [share(0, 0), share(0, 0), null, null],
  ])('of %j and %j is %s, %s', (compliance, passRate, value, grade) => {
    expect(qualityScore({ compliance, passRate })).toEqual({ value, grade })
  })
})
