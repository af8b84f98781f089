/**
 * When will it be done? A Monte Carlo simulation over the throughput that was measured.
 *
 * Each simulation plays the days to come: for each it draws a day of the past, with replacement, and takes what finished then as
 * finished now, until nothing is left. Days on which nothing finished are drawn as well, so that weekends, holidays and dry spells
 * weigh as much as they did. The answer is the distribution of the days on which simulations ended: "85 percent: by 14 March".
 *
 * What it assumes: the days to come are like those it draws from; days do not depend on each other; microsteps are about as large
 * as they were, for they are counted, not estimated; milestones are finished in the order of the plan. It therefore says nothing
 * where too little was measured, see {@link FORECAST_MINIMUM}.
 *
 * @see Troy Magennis, "Forecasting and Simulating Software Development Projects", 2011
 * @see Daniel S. Vacanti, "When Will It Be Done?", 2017: "Monte Carlo: when", daily throughput
 */
import { dayOf, dayText, parseDay } from './calendar.ts'
import type { TrackedMicrostep } from './history.ts'
import { RandomBits } from './random.ts'

/**
 * What a forecast needs. The next of a series of n values lies between the smallest and the largest of them with the probability
 * (n - 1) / (n + 1): with 11 in five of six cases. Fourteen days hold each weekday twice.
 */
export const FORECAST_MINIMUM = { finished: 11, days: 14 } as const

/** The percentiles that a forecast names. */
export const FORECAST_PERCENTS = [50, 70, 85, 95] as const

/** A simulation that has not ended after ten years says that there is no end in sight. */
export const FORECAST_HORIZON_DAYS = 3650

/** How a forecast is made. */
export interface ForecastOptions {
  /**
   * How many futures are played, 100 to 100,000.
   * @defaultValue 10000
   */
  simulations?: number
  /**
   * Days of the past that are drawn from, before today; fewer where the plan is younger.
   * @defaultValue 90
   */
  historyDays?: number
  /**
   * Whether the plan goes on growing as it did: days are then drawn together with what came into the plan on them. What came on
   * the plan's first day is the plan, not its growth.
   * @defaultValue false
   */
  growth?: boolean
  /**
   * The same seed and the same history give the same forecast.
   * @defaultValue 1
   */
  seed?: number
}

/** One percentile: so many percent of the simulations had ended by then. */
export interface ForecastPercentile {
  /** 50, 70, 85 or 95. */
  percent: number
  /** `YYYY-MM-DD`; null when it lies beyond ten years. */
  date: string | null
  /** Days from today; null as above. */
  days: number | null
}

/** When a milestone will be done, if milestones are worked on in the order of the plan. */
export interface MilestoneForecast {
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** Microsteps that are left in it. */
  remaining: number
  /** When it is due, `YYYY-MM-DD`. */
  dueDate: string | null
  /** Percent of the simulations in which it was done by then; null without a due date, or when nothing can be said. */
  onTime: number | null
  /** When it will be done; empty when nothing can be said. */
  percentiles: ForecastPercentile[]
}

/** Why nothing can be said: too little was measured, or nothing is left to do. */
export type ForecastReason = 'TOO_LITTLE_HISTORY' | 'NOTHING_LEFT'

/** What was measured, and is drawn from. */
export interface ForecastHistory {
  /** First day, `YYYY-MM-DD`. */
  from: string
  /** Last day: yesterday, for today is not over. */
  to: string
  /** How many days that are. */
  days: number
  /** Microsteps that finished in them. */
  finished: number
  /** Microsteps that came into the plan in them, or came back, less those that left it. */
  grown: number
  /** Their keys, in the order in which they finished. */
  keys: string[]
}

/** When the plan will be done. */
export interface Forecast {
  /** Today, `YYYY-MM-DD`. */
  asOf: string
  /** Null: there is an answer. */
  reason: ForecastReason | null
  /** The same in words; null when there is an answer. */
  message: string | null
  /** Microsteps that are left. */
  remaining: number
  /** What it rests upon. */
  history: ForecastHistory
  /** How many futures were played; 0 when nothing can be said. */
  simulations: number
  /** When everything will be done, by percentile; empty when nothing can be said. */
  percentiles: ForecastPercentile[]
  /** Milestones with something left, in the order of the plan. */
  milestones: MilestoneForecast[]
}

/** A milestone that a forecast is made for. */
export interface ForecastMilestone {
  /** As its microsteps name it in `TrackedMicrostep.milestone`. */
  readonly key: string
  /** One line. */
  readonly title: string
  /** `YYYY-MM-DD`; null: it has none. */
  readonly dueDate: string | null
}

interface Samples {
  readonly finished: Uint32Array
  readonly grown: Int32Array
}

/** How many simulations ended on each day; those that did not are counted for the day after the horizon. */
type Histogram = Uint32Array

/** Random numbers that are made at a time. */
const BLOCK = 4096

/**
 * Plays the futures, from tomorrow on. A milestone is done with the microstep that completes its share, counted from the plan's
 * beginning; when nothing is left, every milestone is.
 *
 * @param targets - ascending; the last one is everything, and the only one that growth moves.
 */
function simulate({ finished, grown }: Samples, targets: Uint32Array, simulations: number, seed: number): Histogram[] {
  const random = new RandomBits(seed)
  const block = new Uint32Array(BLOCK)
  let next = BLOCK
  const count = finished.length
  const histograms = Array.from(targets, () => new Uint32Array(FORECAST_HORIZON_DAYS + 2))
  const last = targets.length - 1
  const everything = targets[last]!
  for (let run = 0; run < simulations; run++) {
    let [done, total, target, day] = [0, everything, 0, 0]
    while (day <= FORECAST_HORIZON_DAYS && done < total) {
      day++
      if (next === BLOCK) {
        random.fill(block)
        next = 0
      }
      // the bias of a multiplication instead of a rejection is below one in ten million for a few hundred samples
      const drawn = ((block[next++]! * count) / 4294967296) >>> 0
      done += finished[drawn]!
      total += grown[drawn]!
      while (target < last && done >= targets[target]!) histograms[target++]![day]!++
    }
    while (target <= last) histograms[target++]![day]!++
  }
  return histograms
}

/** The first day by which so many percent of the simulations had ended; null beyond the horizon. */
function dayAt(histogram: Histogram, simulations: number, percent: number): number | null {
  const needed = Math.ceil((percent / 100) * simulations)
  let ended = 0
  for (let day = 0; day <= FORECAST_HORIZON_DAYS; day++) {
    ended += histogram[day]!
    if (ended >= needed) return day
  }
  return null
}

function shareBy(histogram: Histogram, simulations: number, days: number): number {
  let ended = 0
  for (let day = 0; day <= Math.min(days, FORECAST_HORIZON_DAYS); day++) ended += histogram[day]!
  return (100 * ended) / simulations
}

const percentilesOf = (histogram: Histogram, simulations: number, today: number): ForecastPercentile[] =>
  FORECAST_PERCENTS.map((percent) => {
    const days = dayAt(histogram, simulations, percent)
    return { percent, days, date: days === null ? null : dayText(today + days) }
  })

function measure(items: readonly TrackedMicrostep[], today: number, historyDays: number): { history: ForecastHistory; samples: Samples } {
  const born = items.reduce((first, { createdAt }) => Math.min(first, dayOf(createdAt)), today)
  const from = Math.max(born, today - historyDays)
  const days = today - from
  const samples = { finished: new Uint32Array(days), grown: new Int32Array(days) }
  const isMeasured = (day: number): boolean => day >= from && day < today
  const grow = (at: number, by: number): void => {
    const day = dayOf(at)
    if (isMeasured(day) && day > born) samples.grown[day - from]! += by
  }
  const done = items.filter(({ finishedAt }) => finishedAt !== null && isMeasured(dayOf(finishedAt))).sort((a, b) => a.finishedAt! - b.finishedAt!)
  for (const { finishedAt } of done) samples.finished[dayOf(finishedAt!) - from]!++
  for (const item of items) for (const { at, by } of scopeMoves(item)) grow(at, by)
  const grown = samples.grown.reduce((sum, by) => sum + by, 0)
  return { history: { from: dayText(from), to: dayText(today - 1), days, finished: done.length, grown, keys: done.map(({ key }) => key) }, samples }
}

/** What a microstep adds to the work there is, and takes from it other than by being finished. */
function scopeMoves({ createdAt, first, changes, removedAt, finishedAt }: TrackedMicrostep): { at: number; by: number }[] {
  const moves: { at: number; by: number }[] = []
  const counts = (status: string): boolean => status !== 'cancelled'
  let isIn = false
  const enter = (at: number, next: boolean): void => {
    if (next !== isIn) moves.push({ at, by: next ? 1 : -1 })
    isIn = next
  }
  if (first !== 'done') enter(createdAt, counts(first))
  for (const { at, to } of changes) enter(at, counts(to))
  // taking away what is finished takes no work away
  if (removedAt !== null && finishedAt === null) enter(removedAt, false)
  return moves
}

function unknown(history: ForecastHistory, remaining: number): { reason: ForecastReason; message: string } | null {
  if (remaining === 0) return { reason: 'NOTHING_LEFT', message: 'Everything is done.' }
  const { finished, days } = FORECAST_MINIMUM
  if (history.finished >= finished && history.days >= days) return null
  return {
    reason: 'TOO_LITTLE_HISTORY',
    message: `Cannot say: a forecast needs ${finished} microsteps finished within at least ${days} days; there are ${history.finished} within ${history.days}.`,
  }
}

/**
 * When everything that is left will be done, with which certainty.
 *
 * @param items - as {@link trackMicrosteps} gives them.
 * @param milestones - those of the plan, in its order.
 * @param asOf - now, in milliseconds.
 */
export function forecastOf(items: readonly TrackedMicrostep[], milestones: readonly ForecastMilestone[], asOf: number, options: ForecastOptions = {}): Forecast {
  const { simulations = 10_000, historyDays = 90, growth = false, seed = 1 } = options
  const today = dayOf(asOf)
  const { history, samples } = measure(items, today, historyDays)
  const left = new Map<string | null, number>()
  let remaining = 0
  for (const { milestone, status, removedAt } of items) {
    if (removedAt !== null || status === 'done' || status === 'cancelled') continue
    left.set(milestone, (left.get(milestone) ?? 0) + 1)
    remaining++
  }
  const open = milestones.flatMap((milestone) => (left.has(milestone.key) ? [{ ...milestone, remaining: left.get(milestone.key)! }] : []))
  const base = { asOf: dayText(today), remaining, history }
  const why = unknown(history, remaining)
  if (why !== null) return { ...base, ...why, simulations: 0, percentiles: [], milestones: open.map((milestone) => ({ ...milestone, onTime: null, percentiles: [] })) }

  const targets = new Uint32Array(open.length + 1)
  for (const [index, { remaining: share }] of open.entries()) targets[index] = (targets[index - 1] ?? 0) + share
  targets[open.length] = remaining
  const drawn = growth ? samples : { ...samples, grown: new Int32Array(history.days) }
  const histograms = simulate(drawn, targets, simulations, seed)
  return {
    ...base, reason: null, message: null, simulations, percentiles: percentilesOf(histograms[open.length]!, simulations, today),
    milestones: open.map((milestone, index) => ({
      ...milestone,
      onTime: milestone.dueDate === null ? null : shareBy(histograms[index]!, simulations, parseDay(milestone.dueDate) - today),
      percentiles: percentilesOf(histograms[index]!, simulations, today),
    })),
  }
}
