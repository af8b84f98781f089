/** Which writes to take out where a plan would not be valid with them. */
import { PlanChangeError } from '../plans/change-error.ts'
import { assertPlanChanges } from '../plans/change-shape.ts'
import { graphFaults, hasSameGraph, type GraphFault } from '../plans/graph-rules.ts'
import type { DocumentItem, FlatPlan, PlanProblem } from '../plans/types.ts'
import { validateItems, type KindedItem } from '../plans/validate-items.ts'
import { baseValues } from './base-values.ts'
import { codeOf, refusalOf, type LocalSide } from './local.ts'
import { EXISTS, touchesGraph, type Touch } from './touches.ts'
import type { SyncRefusal, SyncWrite } from './types.ts'

export type Refusals = Map<number, SyncRefusal>

const WRONG_BASE: SyncRefusal = { code: 'INVALID_BASE', message: 'These are not the base values of the changes: send what invertChanges says of the plan before the write.', path: ['base'] }

/** Writes that are none: untrusted JSON of the wrong shape. */
export function misshapen(writes: readonly SyncWrite[]): Refusals {
  const refused: Refusals = new Map()
  for (const [index, write] of writes.entries()) {
    for (const member of ['changes', 'base'] as const) {
      try {
        assertPlanChanges(write[member])
      } catch (error) {
        if (!(error instanceof PlanChangeError)) throw error
        refused.set(index, refusalOf(error, member))
      }
    }
    if (!refused.has(index) && baseValues(write) === undefined) refused.set(index, WRONG_BASE)
  }
  return refused
}

/** The last write that touches what is faulty, for each fault; all of them with `all`. */
function blame(local: LocalSide, refusal: SyncRefusal, isPart: (touch: Touch) => boolean, all: boolean, found: Refusals): void {
  for (let index = local.touches.length - 1; index >= 0; index--) {
    if (!local.touches[index]!.some(isPart)) continue
    found.set(index, refusal)
    if (!all) return
  }
}

/** Writes that give an item a form that the format does not allow. */
export function illFormed(local: LocalSide, all: boolean): Refusals {
  const found: Refusals = new Map()
  const items: KindedItem[] = []
  const firsts: string[] = []
  const now = new Map([...local.names.changed].map(([name, first]) => [first, name]))
  for (const first of new Set(local.touches.flat().flatMap(({ id }) => id ?? []))) {
    const item = local.plan.items.get(now.get(first) ?? first)
    if (item === undefined) continue
    items.push({ kind: item.kind, item: { id: item.id, ...item.fields } as DocumentItem })
    firsts.push(first)
  }
  for (const problem of validateItems(items)) {
    if (problem.severity !== 'error') continue
    const [, at, field] = problem.pointer.split('/')
    const first = firsts[Number(at)]
    blame(local, refusalBy(problem), (touch) => touch.id === first && (touch.aspect === field || touch.aspect === EXISTS), all, found)
  }
  return found
}

const refusalBy = ({ code, message, remedy }: PlanProblem): SyncRefusal => ({ code: codeOf(code), message: `${message} ${remedy}`, path: ['changes'] })

/** The items between which a fault lies: those it names and what they lie in, because a move of a parent can close a circle. */
function suspects(fault: GraphFault, plan: FlatPlan, firstOf: (id: string) => string): Set<string> {
  const ids = new Set<string>()
  for (const named of fault.ids) for (let id: string | null | undefined = named; typeof id === 'string'; id = plan.items.get(id)?.parentId) ids.add(firstOf(id))
  return ids
}

/** A plan to look at for faults. */
interface Suspect {
  readonly plan: FlatPlan
  /** The name that an item of `plan` had before the writes. */
  firstOf(id: string): string
  /** What was broken here already is nobody's fault. */
  readonly before: FlatPlan
  /** A plan that has no fault: neither has one whose items are, lie and depend as they do there. */
  readonly faultless?: FlatPlan
  /** Whether the plan is what would be kept: then a fault that no write near it explains takes out all that touch the graph. */
  readonly isFinal?: boolean
}

/** Writes that break what holds between the items of a plan, and whether the plan was seen to have no fault at all. */
export function graphBreakers(local: LocalSide, { plan, firstOf, before, faultless, isFinal = false }: Suspect, all: boolean): { refused: Refusals; isFaultless: boolean } {
  const found: Refusals = new Map()
  if (!local.touches.some((touches) => touches.some(touchesGraph))) return { refused: found, isFaultless: false }
  const faults = faultless !== undefined && hasSameGraph(faultless, plan) ? [] : graphFaults(plan)
  if (faults.length === 0) return { refused: found, isFaultless: true }
  const nameOf = ({ code, ids }: GraphFault): string => JSON.stringify([code, ...ids.toSorted()])
  const known = new Set(graphFaults(before).map(nameOf))
  for (const fault of faults) {
    if (known.has(nameOf(fault))) continue
    const among = suspects(fault, plan, firstOf)
    const refusal = { code: codeOf(fault.code), message: fault.message, path: ['changes'] }
    blame(local, refusal, (touch) => touchesGraph(touch) && touch.id !== null && among.has(touch.id), all, found)
    if (isFinal && found.size === 0) blame(local, refusal, touchesGraph, true, found)
  }
  return { refused: found, isFaultless: false }
}
