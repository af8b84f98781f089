/**
 * The timeline of a plan: what was, from the history of statuses, and what is to come, from dependencies and estimates.
 *
 * What is left is scheduled by the critical path method from now on: everything begins as early as its dependencies allow, as if
 * everybody had as many hands as they like. Hours become dates by a calendar of working days. It is a plan, not a forecast: for the
 * latter see {@link forecastOf}, which asks how fast work really went.
 */
import { dayOf, parseDay } from './calendar.ts'
import type { TrackedMicrostep } from './history.ts'
import { depthOf, liesIn, percentAt, rollUp, type RollUp } from './roll-up.ts'
import { WorkCalendar, type WorkingTime } from './working-time.ts'
import { criticalPath, type Slack } from '../plans/critical-path.ts'
import { PlanIndex, isFinished, statusOf } from '../plans/plan-index.ts'
import type { FlatPlan, ItemKind, Status } from '../plans/types.ts'

/** What is shown, and how it is reckoned. */
export interface TimelineOptions extends WorkingTime {
  /**
   * The deepest level that is shown.
   * @defaultValue 'microstep'
   */
  level?: ItemKind
  /** Only this item, and what lies in it. */
  within?: string
  /**
   * Hours taken for a microstep without an estimate.
   * @defaultValue 1
   */
  defaultHours?: number
  /** What is known of the past. Without it the timeline begins now. */
  history?: readonly PastMicrostep[]
}

/** What of a microstep's past a timeline shows. */
export type PastMicrostep = Pick<TrackedMicrostep, 'key' | 'startedAt' | 'finishedAt' | 'removedAt'>

/** One item in time. */
export interface TimelineRow {
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** What it is. */
  kind: ItemKind
  /** Key of what it lies in; null for a milestone. */
  parent: string | null
  /** Microsteps only. */
  status: Status | null
  /** Milestones only. */
  phase: string | null
  /** Who does it. */
  assignee: string | null
  /** Share of its microsteps that are done, 0 to 100. */
  percent: number
  /** Expected hours, done and left; cancelled microsteps left out. */
  hours: number
  /** When it began or begins, as RFC 3339; null when that is not known, or cannot be said. */
  start: string | null
  /** When it ended or ends; null as above. */
  finish: string | null
  /** True: work on it has started, and `start` is when. */
  hasStarted: boolean
  /** True: nothing is left of it. */
  hasFinished: boolean
  /** True: if it takes longer, everything ends later. */
  isCritical: boolean
  /** Hours that it can be late without delaying the end; null when nothing of it is left. */
  slackHours: number | null
  /** Milestones only, `YYYY-MM-DD`. */
  dueDate: string | null
  /** True: it ends, or ended, after the day it is due. */
  isLate: boolean
  /** Keys of what it depends on itself. */
  dependsOn: string[]
}

/** A plan in time. */
export interface Timeline {
  /** Name of the project; null when the plan names none. */
  title: string | null
  /** Now, as RFC 3339. */
  asOf: string
  /** When the first row begins; null when no row has a time. */
  start: string | null
  /** When the last row ends; null as above. */
  finish: string | null
  /** Hours of work on a working day. */
  hoursPerDay: number
  /** Days of the week that are worked on, 1 for Monday. */
  workdays: number[]
  /** Items in document order. */
  rows: TimelineRow[]
  /** How many unfinished microsteps have no estimate, and were taken for `defaultHours` each. */
  assumed: number
  /** Keys of microsteps that cannot be scheduled, for they are on a dependency cycle or wait for one. */
  unscheduled: string[]
}

interface Span {
  start: number | null
  finish: number | null
}

/** Differences below this are rounding; in hours. */
const NO_SLACK = 1e-9

/**
 * The timeline of a plan as of now.
 *
 * @param asOf - now, in milliseconds since 1970.
 * @throws {RangeError} when the plan has no item `within`, or for working days that there are not.
 */
export function timelineOf(plan: FlatPlan, asOf: number, options: TimelineOptions = {}): Timeline {
  const index = new PlanIndex(plan)
  const calendar = new WorkCalendar(options)
  const path = criticalPath(index, options)
  const slack = new Map(path.slack.map((entry) => [entry.id, entry]))
  const spans = spansOf(index, { asOf, calendar, slack, history: options.history ?? [] })
  const sums = rollUp(index, options)
  const within = options.within === undefined ? -1 : index.numbers.get(options.within)
  if (within === undefined) throw new RangeError(`no item ${options.within}`)
  const slackHours = slackOf(index, slack)
  const deepest = depthOf(options.level ?? 'microstep')
  const rows = index.items.flatMap((item, number): TimelineRow[] => {
    if (depthOf(item.kind) > deepest || (within >= 0 && !liesIn(index, number, within))) return []
    return [rowOf(index, number, { span: spans[number]!, sums, slack: slackHours[number]!, asOf })]
  })
  const moments = rows.flatMap(({ start, finish }) => [start, finish]).filter((moment) => moment !== null).sort()
  const project = plan.head['project'] as { name?: string } | undefined
  return {
    title: project?.name ?? null, asOf: iso(asOf), start: moments[0] ?? null, finish: moments.at(-1) ?? null,
    hoursPerDay: calendar.hoursPerDay, workdays: calendar.workdays, rows, assumed: path.assumed.microsteps, unscheduled: path.cyclic,
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()

interface Scheduling {
  readonly asOf: number
  readonly calendar: WorkCalendar
  readonly slack: ReadonlyMap<string, Slack>
  readonly history: readonly PastMicrostep[]
}

/** Times by item number; those of milestones and steps cover what lies in them. */
function spansOf(index: PlanIndex, { asOf, calendar, slack, history }: Scheduling): Span[] {
  const past = new Map(history.filter(({ removedAt }) => removedAt === null).map((item) => [item.key, item]))
  const spans = index.items.map(({ id, kind }): Span => {
    if (kind !== 'microstep') return { start: null, finish: null }
    const known = past.get(id)
    const planned = slack.get(id)
    if (planned === undefined) return known?.finishedAt == null ? { start: null, finish: null } : { start: known.startedAt ?? known.finishedAt, finish: known.finishedAt }
    const start = known?.startedAt ?? calendar.after(asOf, planned.earliestStart, 'start')
    return { start, finish: Math.max(start, calendar.after(asOf, planned.earliestFinish, 'end')) }
  })
  for (let number = spans.length - 1; number >= 0; number--) {
    const parent = spans[index.parents[number]!]
    const { start, finish } = spans[number]!
    if (parent === undefined) continue
    if (start !== null && (parent.start === null || start < parent.start)) parent.start = start
    if (finish !== null && (parent.finish === null || finish > parent.finish)) parent.finish = finish
  }
  return spans
}

/** The least slack of what is left in an item; null when nothing is. */
function slackOf(index: PlanIndex, slack: ReadonlyMap<string, Slack>): (number | null)[] {
  const hours = index.items.map(({ id }) => slack.get(id)?.hours ?? null)
  for (let number = hours.length - 1; number >= 0; number--) {
    const [own, parent] = [hours[number]!, index.parents[number]!]
    if (parent >= 0 && own !== null) hours[parent] = Math.min(hours[parent] ?? own, own)
  }
  return hours
}

interface Figures {
  readonly span: Span
  readonly sums: RollUp
  readonly slack: number | null
  readonly asOf: number
}

function rowOf(index: PlanIndex, number: number, { span: { start, finish }, sums, slack, asOf }: Figures): TimelineRow {
  const { id: key, kind, parentId, fields } = index.items[number]!
  const status = kind === 'microstep' ? statusOf(index.items[number]!) : null
  const hasFinished = status === null ? index.isSettled(number) : isFinished(status)
  const dueDate = kind === 'milestone' ? (fields.dueDate ?? null) : null
  return {
    key, title: fields.title, kind, parent: parentId, status, phase: kind === 'milestone' ? (fields.phase ?? null) : null, assignee: fields.assignee ?? null,
    percent: percentAt(sums, number), hours: sums.hours[number]!,
    start: start === null ? null : iso(start), finish: finish === null ? null : iso(finish),
    hasStarted: start !== null && (hasFinished || start < asOf), hasFinished,
    isCritical: slack !== null && slack < NO_SLACK, slackHours: slack, dueDate,
    // an end at midnight belongs to the day before
    isLate: dueDate !== null && finish !== null && dayOf(finish - 1) > parseDay(dueDate),
    dependsOn: fields.dependsOn ?? [],
  }
}
