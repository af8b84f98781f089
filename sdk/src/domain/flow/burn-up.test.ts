import fc from 'fast-check'
import { expect, test } from 'vitest'
import { burnUpOf } from './burn-up.ts'
import { dayOf, DAY_MS } from './calendar.ts'
import { anyMicrostep, at, microstep } from './testing/microsteps.ts'
import type { TrackedMicrostep } from './history.ts'

test('scope and done move on the days on which they did', () => {
  const items = [
    microstep('a', '2026-03-01T09:00', [['2026-03-02T10:00', 'done']]),
    microstep('b', '2026-03-01T09:00', [['2026-03-02T11:00', 'done'], ['2026-03-04T11:00', 'todo']]),
    microstep('c', '2026-03-03T09:00', [['2026-03-04T09:00', 'cancelled']]),
    microstep('d', '2026-03-01T09:00', [['2026-03-03T12:00', 'done'], ['2026-03-05T12:00', null]]),
    microstep('e', '2026-03-05T09:00', [['2026-03-05T10:00', 'in_progress'], ['2026-03-05T11:00', 'done']]),
    microstep('f', '2026-03-01T09:00', [], { first: 'done' }),
    microstep('gone within the hour', '2026-03-02T09:00', [['2026-03-02T10:00', null]]),
  ]
  expect(burnUpOf(items, { from: dayOf(at('2026-03-02')), asOf: at('2026-03-05T18:00') })).toEqual([
    { day: '2026-03-02', scope: 4, done: 3, finished: ['a', 'b'], added: [], dropped: [] },
    { day: '2026-03-03', scope: 5, done: 4, finished: ['d'], added: ['c'], dropped: [] },
    { day: '2026-03-04', scope: 4, done: 3, finished: [], added: [], dropped: ['c'] },
    { day: '2026-03-05', scope: 4, done: 3, finished: ['e'], added: ['e'], dropped: ['d'] },
  ])
})

/** What a microstep was at the end of a day, by looking at it. */
function stateAt({ createdAt, first, changes, removedAt }: TrackedMicrostep, end: number): string | null {
  if (createdAt >= end || (removedAt !== null && removedAt < end)) return null
  return changes.findLast((change) => change.at < end)?.to ?? first
}

test('whatever the history: each day is what one finds by looking at every microstep at its end', () => {
  fc.assert(fc.property(fc.array(anyMicrostep, { maxLength: 10 }), fc.integer({ min: 0, max: 40 }), (items, later) => {
    const from = dayOf(at('2026-01-05')) + later
    const days = burnUpOf(items, { from, asOf: (from + 25) * DAY_MS })
    expect(days).toHaveLength(26)
    for (const [index, day] of days.slice(0, -1).entries()) {
      const states = items.map((item) => stateAt(item, (from + index + 1) * DAY_MS))
      expect([day.scope, day.done]).toEqual([states.filter((state) => state !== null && state !== 'cancelled').length, states.filter((state) => state === 'done').length])
      if (index > 0) expect(day.scope).toBe(days[index - 1]!.scope + day.added.length - day.dropped.length)
    }
  }))
})
