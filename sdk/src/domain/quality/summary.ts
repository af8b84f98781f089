/** The quality of a plan or of a part of it: figures, and what each is made of. */
import { statusOf } from '../plans/plan-index.ts'
import type { FlatPlan, PlanItem } from '../plans/types.ts'
import { share, type Share } from './stats.ts'
import type { CriterionState, Verdict } from './verdict.ts'

/** A criterion and where it stands. */
export interface CriterionVerdict extends Verdict {
  /** The criterion's key. */
  readonly key: string
  /** Its check was seen to be flaky lately. */
  readonly flaky: boolean
}

/** Counts of the criteria of an item and of everything in it; those of cancelled microsteps do not count. */
export interface QualityCounts {
  /** Criteria. */
  readonly total: number
  /** Fresh evidence says that they are met. */
  readonly met: number
  /** Fresh evidence says that they are not. */
  readonly failed: number
  /** There is stale evidence only. */
  readonly stale: number
  /** There is no evidence. */
  readonly missing: number
  /** Their checks were seen to be flaky lately. */
  readonly flaky: number
  /** Microsteps that are done, and whose criteria are not all met, or that have none. */
  readonly doneWithoutEvidence: number
}

/** One thing that a figure is made of. */
export interface QualityReason {
  /** Id of the item in the plan. */
  readonly item: string
  /** Key of the criterion; null where it is about the item: it has no criteria. */
  readonly criterion: string | null
  /** Where the criterion stands; `missing` of an item without criteria. */
  readonly state: CriterionState
  /** The evidence that says so; null where there is none. */
  readonly evidenceId: string | null
}

/** A share of the criteria or microsteps, and what it is made of: those that lower it first, then the others, in document order. */
export interface Figure extends Share {
  /** Empty where nothing was counted. */
  readonly because: readonly QualityReason[]
}

/** What is told of the criteria of a plan. */
export interface PlanQuality {
  /** Of the item and everything in it, or of the whole plan. */
  readonly counts: QualityCounts
  /** Criteria met, of those that are due: of microsteps in review or done, and of steps and milestones all of whose microsteps are done. */
  readonly compliance: Figure
  /** Criteria met, of all. */
  readonly met: Figure
  /** Criteria with stale evidence only, of all. */
  readonly stale: Figure
  /** Criteria whose checks were seen to be flaky lately, of all. */
  readonly flaky: Figure
  /** Done microsteps whose evidence says so, of all done ones. */
  readonly proven: Figure
}

interface Part {
  readonly item: PlanItem
  readonly isDue: boolean
  readonly verdicts: readonly CriterionVerdict[]
}

/**
 * The quality of an item with everything in it, or of the whole plan.
 *
 * @param verdictsOf where the item's own criteria stand, in their order
 * @throws {RangeError} when the plan has no such item
 */
export function planQuality(plan: FlatPlan, verdictsOf: (item: PlanItem) => readonly CriterionVerdict[], id?: string): PlanQuality {
  if (id !== undefined && !plan.items.has(id)) throw new RangeError(`no item ${id}`)
  const parts = partsOf(plan, verdictsOf, id)
  const all = parts.flatMap(({ item, isDue, verdicts }) => verdicts.map((verdict) => ({ item: item.id, isDue, verdict })))
  const reasons = (some: typeof all): QualityReason[] => some.map(({ item, verdict }) => ({ item, criterion: verdict.key, state: verdict.state, evidenceId: verdict.evidenceId }))
  const figure = (of: typeof all, counts: (one: (typeof all)[number]) => boolean, countsFirst: boolean): Figure => {
    const [yes, no] = [of.filter(counts), of.filter((one) => !counts(one))]
    return { ...share(yes.length, of.length), because: reasons(countsFirst ? yes : [...no, ...yes]) }
  }
  const isMet = ({ verdict }: (typeof all)[number]): boolean => verdict.state === 'met'
  const proven = provenFigure(parts)
  return {
    counts: countsOf(all.map(({ verdict }) => verdict), proven.of - proven.count),
    compliance: figure(all.filter(({ isDue }) => isDue), isMet, false),
    met: figure(all, isMet, false),
    stale: figure(all, ({ verdict }) => verdict.state === 'stale', true),
    flaky: figure(all, ({ verdict }) => verdict.flaky, true),
    proven,
  }
}

function countsOf(verdicts: readonly CriterionVerdict[], doneWithoutEvidence: number): QualityCounts {
  const counts = { total: verdicts.length, met: 0, failed: 0, stale: 0, missing: 0, flaky: 0, doneWithoutEvidence }
  for (const { state, flaky } of verdicts) {
    counts[state]++
    if (flaky) counts.flaky++
  }
  return counts
}

/** The item and everything in it, but for cancelled microsteps, in document order. */
function partsOf(plan: FlatPlan, verdictsOf: (item: PlanItem) => readonly CriterionVerdict[], id: string | undefined): Part[] {
  const parts: Part[] = []
  /** Answers the statuses of the microsteps that count. */
  const visit = (item: PlanItem): readonly string[] => {
    if (item.kind === 'microstep') {
      const status = statusOf(item)
      if (status === 'cancelled') return []
      parts.push({ item, isDue: status === 'done' || status === 'in_review', verdicts: verdictsOf(item) })
      return [status]
    }
    const place = parts.length
    const statuses = (plan.children.get(item.id) ?? []).flatMap((child) => visit(plan.items.get(child)!))
    parts.splice(place, 0, { item, isDue: statuses.length > 0 && statuses.every((status) => status === 'done'), verdicts: verdictsOf(item) })
    return statuses
  }
  for (const root of id === undefined ? (plan.children.get(null) ?? []) : [id]) visit(plan.items.get(root)!)
  return parts
}

/** Whether fresh evidence says that a microstep is done: it has criteria, and all are met. */
export const isProven = (verdicts: readonly Verdict[]): boolean => verdicts.length > 0 && verdicts.every(({ state }) => state === 'met')

function provenFigure(parts: readonly Part[]): Figure {
  const done = parts.filter(({ item }) => item.kind === 'microstep' && statusOf(item) === 'done')
  const [proven, unproven] = [done.filter(({ verdicts }) => isProven(verdicts)), done.filter(({ verdicts }) => !isProven(verdicts))]
  const reasons = ({ item, verdicts }: Part): QualityReason[] =>
    verdicts.length === 0 ? [{ item: item.id, criterion: null, state: 'missing', evidenceId: null }] : verdicts.map(({ key, state, evidenceId }) => ({ item: item.id, criterion: key, state, evidenceId }))
  const lacking = unproven.flatMap(reasons).filter(({ state }) => state !== 'met')
  return { ...share(proven.length, done.length), because: [...lacking, ...proven.flatMap(reasons)] }
}
