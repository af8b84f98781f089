import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newUuid } from './ids.ts'

test('an id is a UUID of version 7 that begins with its time, at any time until the year 10889', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
    const id = newUuid(now)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(now)
  }))
})

test('ids of one moment differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newUuid(1))).size).toBe(10_000)
})
