/** The burn-up: how much there was to do, and how much of it was done, day by day. */
import { dayOf, dayText } from './calendar.ts'
import type { TrackedMicrostep } from './history.ts'
import type { FlowRange } from './metrics.ts'
import type { Status } from '../plans/types.ts'

/** A day as it ended (UTC). */
export interface BurnUpDay {
  /** `YYYY-MM-DD`. */
  day: string
  /** Microsteps in the plan, without the cancelled ones. */
  scope: number
  /** How many of them are done. */
  done: number
  /** Keys of what became done on this day, and still was at its end. */
  finished: string[]
  /** Keys of what came into the scope. */
  added: string[]
  /** Keys of what left it: cancelled, or taken out of the plan. */
  dropped: string[]
}

type State = 'out' | 'open' | 'done'
const stateOf = (status: Status): State => (status === 'cancelled' ? 'out' : status === 'done' ? 'done' : 'open')

/** The days on which a microstep's state at the day's end differs from that of the day before. */
function* movesOf(item: TrackedMicrostep): Generator<{ day: number; from: State; to: State }> {
  const moments = [{ at: item.createdAt, to: stateOf(item.first) }, ...item.changes.map(({ at, to }) => ({ at, to: stateOf(to) }))]
  if (item.removedAt !== null) moments.push({ at: item.removedAt, to: 'out' })
  let before: State = 'out'
  for (const [index, { at, to }] of moments.entries()) {
    const day = dayOf(at)
    const next = moments[index + 1]
    if (next !== undefined && dayOf(next.at) === day) continue
    if (to !== before) yield { day, from: before, to }
    before = to
  }
}

/**
 * Scope and done at the end of each day of a range; its last day as it is so far.
 *
 * @remarks `scope` and `done` are sums of what came and went: `scope` = that of the day before + added - dropped.
 */
export function burnUpOf(items: readonly TrackedMicrostep[], { from, asOf }: FlowRange): BurnUpDay[] {
  const last = dayOf(asOf)
  const days = Array.from({ length: Math.max(0, last - from + 1) }, (_, index): BurnUpDay => ({ day: dayText(from + index), scope: 0, done: 0, finished: [], added: [], dropped: [] }))
  const deltas = days.map(() => ({ scope: 0, done: 0 }))
  for (const item of items) {
    for (const move of movesOf(item)) {
      if (move.day > last) break
      const at = Math.max(0, move.day - from)
      const delta = deltas[at]
      if (delta === undefined) continue
      const scope = Number(move.to !== 'out') - Number(move.from !== 'out')
      const done = Number(move.to === 'done') - Number(move.from === 'done')
      delta.scope += scope
      delta.done += done
      if (move.day < from) continue
      const day = days[at]!
      if (scope > 0) day.added.push(item.key)
      if (scope < 0) day.dropped.push(item.key)
      if (done > 0) day.finished.push(item.key)
    }
  }
  let [scope, done] = [0, 0]
  for (const [index, day] of days.entries()) {
    day.scope = scope += deltas[index]!.scope
    day.done = done += deltas[index]!.done
  }
  return days
}
