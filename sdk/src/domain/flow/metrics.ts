/**
 * Flow metrics: lead time, cycle time, throughput and the age of work in progress, each with the microsteps behind it.
 *
 * Times are elapsed time, nights and weekends included, in days of 24 hours. Days and weeks are those of UTC; weeks begin on Monday.
 *
 * @see Daniel S. Vacanti, "Actionable Agile Metrics for Predictability", 2015: the four metrics, and age against percentiles of
 * cycle time.
 */
import { DAY_MS, dayOf, dayText, mondayOf, parseDay } from './calendar.ts'
import type { TrackedMicrostep } from './history.ts'
import type { Status } from '../plans/types.ts'

/** How long one microstep took. */
export interface TimedMicrostep {
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** When the time began, as RFC 3339. */
  from: string
  /** When it ended, as RFC 3339. */
  to: string
  /** Elapsed time in days. */
  days: number
}

/** Times of microsteps, as a distribution; null where there are none. In days. */
export interface TimeDistribution {
  /** How many. */
  count: number
  /** Arithmetic mean. */
  mean: number | null
  /** Half of them took at most so long. */
  p50: number | null
  /** 70 percent of them took at most so long. */
  p70: number | null
  /** 85 percent of them took at most so long. */
  p85: number | null
  /** 95 percent of them took at most so long. */
  p95: number | null
  /** Of which it is made, the last to end first. */
  items: TimedMicrostep[]
}

/** What finished in a phase. */
export interface PhaseThroughput {
  /** Phase of the milestone; null for milestones without one. */
  phase: string | null
  /** How many microsteps finished. */
  finished: number
}

/** What finished in a week. */
export interface WeekThroughput {
  /** Its Monday, `YYYY-MM-DD`. */
  week: string
  /** False for a week that the range covers in part. */
  isWhole: boolean
  /** How many microsteps finished. */
  finished: number
  /** The same by phase, in the order in which phases occur. */
  byPhase: PhaseThroughput[]
  /** Keys of what finished, in the order in which it did. */
  keys: string[]
}

/** A microstep that is being worked on. */
export interface AgeingMicrostep {
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** Where it stands. */
  status: Status
  /** When work on it started, as RFC 3339. */
  startedAt: string
  /** Days since. */
  age: number
  /** Percent of the finished microsteps that took at most so long from start to finish; null when there are none. */
  percentile: number | null
}

/** How work flows through a plan. */
export interface FlowMetrics {
  /** First day, `YYYY-MM-DD`. */
  from: string
  /** Last day, `YYYY-MM-DD`. */
  to: string
  /** From coming into the plan to the finish. */
  leadTime: TimeDistribution
  /** From the start of work to the finish. */
  cycleTime: TimeDistribution
  /** Keys of what finished without ever having been started: it has a lead time, and no cycle time. */
  neverStarted: string[]
  /** Weeks of the range, the oldest first. */
  throughput: WeekThroughput[]
  /** Microsteps a week, as the mean of whole weeks; null when the range holds none. */
  perWeek: number | null
  /** Work in progress at the end of the range, the oldest first. */
  ageing: AgeingMicrostep[]
}

/** The time that figures are asked of. */
export interface FlowRange {
  /** First day, by its number. */
  readonly from: number
  /** The moment that figures are taken at, in milliseconds: nothing later is looked at. */
  readonly asOf: number
}

/** Weeks that are looked at unless a day is named: a quarter of a year. */
const DEFAULT_WEEKS = 13
/** A burn-up has a point for each day. */
const MAX_RANGE_DAYS = 3660

/**
 * The time from a day until now.
 *
 * @param asOf - now, in milliseconds since 1970.
 * @param from - first day, `YYYY-MM-DD`; default: the Monday that a quarter of a year begins with.
 * @throws {RangeError} for a day that is to come, or more than 3660 days ago.
 */
export function flowRange(asOf: number, from?: string): FlowRange {
  const today = dayOf(asOf)
  if (from === undefined) return { from: mondayOf(today) - 7 * (DEFAULT_WEEKS - 1), asOf }
  const day = parseDay(from)
  if (day >= today - MAX_RANGE_DAYS && day <= today) return { from: day, asOf }
  throw new RangeError(`A range begins between ${dayText(today - MAX_RANGE_DAYS)} and ${dayText(today)}; ${from} is not.`)
}

/**
 * The smallest value that at least `percent` of the values do not exceed: a value that occurred, never one in between.
 *
 * @see Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996: definition 1.
 */
export const percentileOf = (ascending: readonly number[], percent: number): number | null =>
  ascending[Math.max(0, Math.ceil((percent / 100) * ascending.length) - 1)] ?? null

const iso = (ms: number): string => new Date(ms).toISOString()

function distributionOf(items: readonly TrackedMicrostep[], startOf: (item: TrackedMicrostep) => number | null): TimeDistribution {
  const timed = items.flatMap((item): TimedMicrostep[] => {
    const [from, to] = [startOf(item), item.finishedAt]
    return from === null || to === null ? [] : [{ key: item.key, title: item.title, from: iso(from), to: iso(to), days: (to - from) / DAY_MS }]
  })
  const ascending = timed.map(({ days }) => days).sort((a, b) => a - b)
  const mean = ascending.length === 0 ? null : ascending.reduce((sum, days) => sum + days, 0) / ascending.length
  const [p50, p70, p85, p95] = [50, 70, 85, 95].map((percent) => percentileOf(ascending, percent)) as [number, number, number, number]
  return { count: timed.length, mean, p50, p70, p85, p95, items: timed.reverse() }
}

function throughputOf(finished: readonly TrackedMicrostep[], { from, asOf }: FlowRange): WeekThroughput[] {
  const [first, last] = [mondayOf(from), dayOf(asOf)]
  const weeks: WeekThroughput[] = []
  // the day of `asOf` is not over
  for (let monday = first; monday <= last; monday += 7) weeks.push({ week: dayText(monday), isWhole: monday >= from && monday + 7 <= last, finished: 0, byPhase: [], keys: [] })
  for (const { key, phase, finishedAt } of finished) {
    const week = weeks[(mondayOf(dayOf(finishedAt!)) - first) / 7]!
    week.finished++
    week.keys.push(key)
    const part = week.byPhase.find((candidate) => candidate.phase === phase)
    if (part === undefined) week.byPhase.push({ phase, finished: 1 })
    else part.finished++
  }
  return weeks
}

const IN_PROGRESS: ReadonlySet<Status> = new Set(['in_progress', 'in_review', 'blocked'])

/** How many of ascending values are at most so large. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Ages of what is being worked on; what is blocked ages on. */
function ageingOf(items: readonly TrackedMicrostep[], cycleTime: TimeDistribution, asOf: number): AgeingMicrostep[] {
  const past = cycleTime.items.map(({ days }) => days).sort((a, b) => a - b)
  const ageing = items.flatMap(({ key, title, status, startedAt, removedAt }): AgeingMicrostep[] => {
    if (startedAt === null || removedAt !== null || !IN_PROGRESS.has(status)) return []
    const age = Math.max(0, asOf - startedAt) / DAY_MS
    return [{ key, title, status, startedAt: iso(startedAt), age, percentile: past.length === 0 ? null : (100 * countUpTo(past, age)) / past.length }]
  })
  return ageing.sort((a, b) => b.age - a.age)
}

/**
 * How work flowed in a time, by what finished in it. What was taken out of the plan after it had finished still counts: the work was done.
 *
 * @remarks `asOf` is now: statuses are those of the plan, so that ages of a past moment cannot be asked for.
 */
export function flowOf(items: readonly TrackedMicrostep[], range: FlowRange): FlowMetrics {
  const finished = items
    .filter(({ finishedAt }) => finishedAt !== null && finishedAt <= range.asOf && dayOf(finishedAt) >= range.from)
    .sort((a, b) => a.finishedAt! - b.finishedAt!)
  const throughput = throughputOf(finished, range)
  const whole = throughput.filter(({ isWhole }) => isWhole)
  const cycleTime = distributionOf(finished, ({ startedAt }) => startedAt)
  return {
    from: dayText(range.from),
    to: dayText(dayOf(range.asOf)),
    leadTime: distributionOf(finished, ({ createdAt }) => createdAt),
    cycleTime,
    neverStarted: finished.filter(({ startedAt }) => startedAt === null).map(({ key }) => key),
    throughput,
    perWeek: whole.length === 0 ? null : whole.reduce((sum, week) => sum + week.finished, 0) / whole.length,
    ageing: ageingOf(items, cycleTime, range.asOf),
  }
}
