/** Critical path, slack, waves and what-if. */
import { applyChanges } from './changes.ts'
import { endOf, startOf } from './graph.ts'
import { hoursOf, indexOf, type AnalysisOptions, type PlanIndex } from './plan-index.ts'
import { criticalChain, scheduleOf, type Schedule } from './schedule.ts'
import type { FlatPlan, PlanChange } from './types.ts'

/** Times are working hours from now, as if everybody had as many hands as they like. */
export interface Slack {
  /** Id of the microstep. */
  id: string
  /** How long the microstep can be late, or take longer, without delaying the end; 0 on a critical path. */
  hours: number
  /** Expected hours of the microstep. */
  duration: number
  /** Earliest start, in hours of work from now. */
  earliestStart: number
  /** Earliest finish, in hours of work from now. */
  earliestFinish: number
  /** Latest start that delays nothing. */
  latestStart: number
  /** Latest finish that delays nothing. */
  latestFinish: number
}

/** The longest chain of unfinished work. */
export interface CriticalPath {
  /** Unfinished microsteps, first to last, that make the plan take as long as it does; of several paths one. */
  ids: string[]
  /** When everything is finished, in hours from now. */
  expectedHours: number
  /** Every unfinished microstep, in document order. */
  slack: Slack[]
  /** How many unfinished microsteps have no estimate, and were taken for this many hours each. */
  assumed: { microsteps: number; hoursEach: number }
  /** Unfinished microsteps that cannot be scheduled, because they are on a dependency cycle or wait for one. */
  cyclic: string[]
}

/** The critical paths of a plan before and after changes. */
export interface WhatIf {
  /** As it is. */
  before: CriticalPath
  /** As it would be. */
  after: CriticalPath
  /** How many hours later everything is finished; negative when earlier. */
  delayHours: number
}

/** Differences below this are rounding; a billionth of an hour. */
const EPSILON = 1e-9
const clean = (hours: number): number => (Math.abs(hours) < EPSILON ? 0 : hours)

/**
 * The longest chain of unfinished work, and for every unfinished microstep how much later it can be.
 *
 * @remarks Finished work takes no time and holds nothing up. A dependency on a milestone or step is one on everything in
 * it; one on an item without microsteps passes on what that item itself depends on.
 */
export function criticalPath(plan: FlatPlan | PlanIndex, options: AnalysisOptions = {}): CriticalPath {
  const index = indexOf(plan)
  const { defaultHours = 1 } = options
  const schedule = scheduleOf(index, (number) => hoursOf(index.items[number]!, options))
  const result: CriticalPath = { ids: [], expectedHours: schedule.finish, slack: [], assumed: { microsteps: 0, hoursEach: defaultHours }, cyclic: [] }
  let last = -1
  index.items.forEach((item, number) => {
    if (!index.isUnfinishedMicrostep(number)) return
    if (item.fields.estimate === undefined) result.assumed.microsteps++
    const finish = schedule.earliest[endOf(number)]!
    if (Number.isNaN(finish)) result.cyclic.push(item.id)
    else result.slack.push(slackOf(item.id, number, schedule, hoursOf(item, options)))
    if (finish >= schedule.finish && last < 0) last = number
  })
  result.ids = last < 0 ? [] : unfinishedOn(index, criticalChain(schedule, endOf(last)))
  return result
}

function slackOf(id: string, number: number, { earliest, latest }: Schedule, duration: number): Slack {
  const [finish, latestFinish] = [earliest[endOf(number)]!, latest[endOf(number)]!]
  return {
    id, hours: clean(latestFinish - finish), duration,
    earliestStart: earliest[startOf(number)]!, earliestFinish: finish,
    latestStart: clean(latestFinish - duration), latestFinish,
  }
}

const unfinishedOn = (index: PlanIndex, chain: readonly number[]): string[] =>
  chain.filter((event) => (event & 1) === 1 && index.isUnfinishedMicrostep(event >> 1)).map((event) => index.items[event >> 1]!.id)

/**
 * The unfinished microsteps in groups: everything in a group can be worked on at the same time once the groups before it
 * are finished. A microstep is in the first group it can be in; groups are in document order. Microsteps on a cycle are
 * in none.
 */
export function waves(plan: FlatPlan | PlanIndex): string[][] {
  const index = indexOf(plan)
  const { earliest } = scheduleOf(index, () => 1)
  const groups: string[][] = []
  index.items.forEach((item, number) => {
    const wave = earliest[startOf(number)]!
    if (index.isUnfinishedMicrostep(number) && !Number.isNaN(earliest[endOf(number)]!)) (groups[wave] ??= []).push(item.id)
  })
  return groups
}

/**
 * What changes, say of an estimate, a status or a dependency, would do to the critical path.
 *
 * @throws {PlanChangeError} when the changes do not fit the plan.
 */
export function whatIf(plan: FlatPlan, changes: readonly PlanChange[], options: AnalysisOptions = {}): WhatIf {
  const before = criticalPath(plan, options)
  const after = criticalPath(applyChanges(plan, changes), options)
  return { before, after, delayHours: clean(after.expectedHours - before.expectedHours) }
}
