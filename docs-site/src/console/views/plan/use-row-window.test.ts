import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf, indexesOf } from './use-row-window.ts'

const list = fc.record({ top: fc.nat(400_000), visible: fc.integer({ min: 1, max: 2_000 }), height: fc.constantFrom(36, 48), count: fc.nat(10_000), kept: fc.integer({ min: -1, max: 10_100 }) })

test('every row in sight is shown, each once and in order, with the one that is kept', () => {
  fc.assert(
    fc.property(list, ({ top, visible, height, count, kept }) => {
      const shown = indexesOf(boundsOf(top, visible, height), count, kept)
      expect(shown).toEqual([...new Set(shown)].sort((one, other) => one - other))
      const inSight = Array.from({ length: count }, (_, index) => index).slice(Math.floor(top / height), Math.ceil((top + visible) / height))
      expect(inSight.every((index) => shown.includes(index))).toBe(true)
      expect(shown.every((index) => index >= 0 && index < count)).toBe(true)
      if (kept >= 0 && kept < count) expect(shown).toContain(kept)
    }),
    { numRuns: 60 },
  )
})

test('as many rows are shown as fit, however long the list', () => {
  fc.assert(fc.property(list, ({ top, visible, height, kept }) => indexesOf(boundsOf(top, visible, height), 10_000, kept).length <= Math.ceil(visible / height) + 27))
})
