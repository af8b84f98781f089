/**
 * The life of a microstep, from what the plan says now and from its changes of status.
 *
 * Words, as every figure here means them:
 * - work on a microstep **started** when it was in progress (or, where that was left out, in review) for the first time;
 * - it **finished** when it became done for the last time, and stayed so: what was opened again has not finished;
 * - a status that a microstep came into the plan with is no change: work that was imported as done has no finish, and counts in
 *   no figure of time.
 */
import type { Status } from '../plans/types.ts'

/** One change of status, as the server keeps it. */
export interface StatusChange {
  /** What changed: the same for one microstep whatever its key is called. */
  id: string
  /** Its key: that of today, or the last it had. */
  key: string
  /** What it was. */
  from: Status
  /** What it became; null when it was taken out of the plan. */
  to: Status | null
  /** When, as RFC 3339. */
  at: string
  /** For what was taken out of the plan: what it was. */
  removed?: { title: string; phase: string | null; createdAt: string } | null
}

/** A microstep as the plan holds it. */
export interface PlannedMicrostep {
  /** As in {@link StatusChange}. */
  id: string
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** Key of its milestone; null for what is no longer in the plan. */
  milestone: string | null
  /** Phase of its milestone. */
  phase: string | null
  /** Where it stands. */
  status: Status
  /** When it came into the plan, as RFC 3339. */
  createdAt: string
}

/** A microstep and all that is known of its time. Moments are milliseconds since 1970. */
export interface TrackedMicrostep extends Omit<PlannedMicrostep, 'id' | 'createdAt'> {
  /** When it came into the plan. */
  readonly createdAt: number
  /** When it was taken out of the plan; null for what is in it. */
  readonly removedAt: number | null
  /** What it came into the plan with. */
  readonly first: Status
  /** Its changes, oldest first. */
  readonly changes: readonly { readonly at: number; readonly to: Status }[]
  /** When work on it started; null when it has not. */
  readonly startedAt: number | null
  /** When it finished; null when it has not, or was done when it came. */
  readonly finishedAt: number | null
}

const IS_WORK: ReadonlySet<Status> = new Set(['in_progress', 'in_review'])

function startOf(first: Status, createdAt: number, changes: TrackedMicrostep['changes']): number | null {
  if (IS_WORK.has(first)) return createdAt
  return changes.find(({ to }) => IS_WORK.has(to))?.at ?? null
}

const finishOf = (changes: TrackedMicrostep['changes']): number | null => {
  const last = changes.at(-1)
  return last?.to === 'done' ? last.at : null
}

function track(planned: PlannedMicrostep, changes: readonly StatusChange[]): TrackedMicrostep {
  const { id: _, createdAt: created, ...item } = planned
  const createdAt = Date.parse(created)
  const removal = changes.find(({ to }) => to === null)
  const moves = changes.flatMap(({ at, to }) => (to === null ? [] : [{ at: Date.parse(at), to }]))
  const first = changes[0]?.from ?? item.status
  const startedAt = startOf(first, createdAt, moves)
  return { ...item, createdAt, removedAt: removal === undefined ? null : Date.parse(removal.at), first, changes: moves, startedAt, finishedAt: finishOf(moves) }
}

/**
 * Every microstep there is or was, with its times.
 *
 * @param planned - the microsteps of the plan.
 * @param changes - all changes of their status, and of those that were taken out of the plan, oldest first.
 */
export function trackMicrosteps(planned: readonly PlannedMicrostep[], changes: readonly StatusChange[]): TrackedMicrostep[] {
  const byId = new Map<string, StatusChange[]>()
  for (const change of changes) {
    const list = byId.get(change.id)
    if (list === undefined) byId.set(change.id, [change])
    else list.push(change)
  }
  const tracked = planned.map((item) => track(item, byId.get(item.id) ?? []))
  for (const [id, list] of byId) {
    const last = list.at(-1)!
    if (last.to !== null || last.removed == null) continue
    const { title, phase, createdAt } = last.removed
    tracked.push(track({ id, key: last.key, title, milestone: null, phase, status: last.from, createdAt }, list))
  }
  return tracked
}
