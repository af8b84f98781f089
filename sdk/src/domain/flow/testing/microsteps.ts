/** Histories for tests: written by hand, and at random. */
import fc from 'fast-check'
import { trackMicrosteps, type PlannedMicrostep, type StatusChange, type TrackedMicrostep } from '../history.ts'
import { STATUSES } from '../../plans/format.ts'
import type { Status } from '../../plans/types.ts'

/** Milliseconds of `2026-03-02` or `2026-03-02T12:00`. */
export const at = (text: string): number => Date.parse(text.includes('T') ? `${text}:00Z` : `${text}T00:00Z`)

type Move = readonly [when: string, to: Status | null]

/** One microstep: when it came, with which status, and what became of it. A last move to null takes it out of the plan. */
export function microstep(key: string, created: string, moves: readonly Move[], place: { milestone?: string; phase?: string; first?: Status } = {}): TrackedMicrostep {
  const createdAt = new Date(at(created)).toISOString()
  const { milestone = 'M', phase = null, first = 'todo' } = place
  let from: Status = first
  const changes: StatusChange[] = []
  for (const [when, to] of moves) {
    changes.push({ id: key, key, from, to, at: new Date(at(when)).toISOString(), removed: to === null ? { title: key, phase, createdAt } : null })
    from = to ?? from
  }
  const isGone = moves.at(-1)?.[1] === null
  const planned: PlannedMicrostep[] = isGone ? [] : [{ id: key, key, title: key, milestone, phase, status: from, createdAt }]
  return trackMicrosteps(planned, changes)[0]!
}

const DAY = 86_400_000
const START = at('2026-01-05')

/** Any history of a microstep within 60 days from 2026-01-05. */
export const anyMicrostep: fc.Arbitrary<TrackedMicrostep> = fc
  .record({
    key: fc.uuid(),
    created: fc.integer({ min: 0, max: 30 * DAY }),
    first: fc.constantFrom(...STATUSES),
    moves: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 * DAY }), fc.constantFrom(...STATUSES)), { maxLength: 6 }),
    isGone: fc.boolean(),
  })
  .map(({ key, created, first, moves, isGone }) => {
    const createdAt = new Date(START + created).toISOString()
    let [from, time] = [first, START + created]
    const changes: StatusChange[] = []
    const change = (to: Status | null): void => void changes.push({ id: key, key, from, to, at: new Date(time).toISOString(), removed: to === null ? { title: key, phase: null, createdAt } : null })
    for (const [later, to] of moves) {
      time += later
      if (to === from) continue
      change(to)
      from = to
    }
    if (isGone) {
      time += DAY
      change(null)
    }
    return trackMicrosteps(isGone ? [] : [{ id: key, key, title: key, milestone: 'M', phase: null, status: from, createdAt }], changes)[0]!
  })
