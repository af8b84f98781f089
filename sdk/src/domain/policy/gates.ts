/**
 * Phase gates: which phases a write enters. A milestone has begun in its phase when one of its microsteps is neither to do nor
 * cancelled; it enters the phase when it has begun there after the write, and had not before. Any way there counts: a status, a
 * phase that is set, a microstep that is moved or added.
 */
import type { FlatPlan, Status } from '../plans/types.ts'
import type { PhaseGate } from './types.ts'

/** A phase that a write enters. */
export interface EnteredPhase {
  /** As its gate names it. */
  readonly phase: string
  /** The milestone whose work begins in it. */
  readonly milestoneId: string
  /** Ids after the write of all items in milestones of earlier phases, whose criteria count; empty where the gate asks for none. */
  readonly earlierItemIds: readonly string[]
}

/** The milestone that an item is or lies in. */
function milestoneOf(plan: FlatPlan, id: string): string | undefined {
  let item = plan.items.get(id)
  while (item !== undefined && item.parentId !== null) item = plan.items.get(item.parentId)
  return item?.id
}

const microstepsOf = (plan: FlatPlan, milestone: string): string[] => (plan.children.get(milestone) ?? []).flatMap((step) => plan.children.get(step) ?? [])
const isBegun = (status: Status = 'todo'): boolean => status !== 'todo' && status !== 'cancelled'
const hasBegun = (plan: FlatPlan, milestone: string): boolean => microstepsOf(plan, milestone).some((id) => isBegun(plan.items.get(id)?.fields.status))

/** The phase in which a milestone has begun. */
function begunPhase(plan: FlatPlan, milestone: string): string | undefined {
  const phase = plan.items.get(milestone)?.fields.phase
  return phase !== undefined && hasBegun(plan, milestone) ? phase : undefined
}

function itemsOfPhases(plan: FlatPlan, phases: ReadonlySet<string>): string[] {
  const below = (id: string): string[] => [id, ...(plan.children.get(id) ?? []).flatMap(below)]
  return (plan.children.get(null) ?? []).filter((id) => phases.has(plan.items.get(id)?.fields.phase ?? '')).flatMap(below)
}

/**
 * Phases with a gate that a write enters, in the order of the gates.
 *
 * @param changed ids after the write of items that it changed; of renamed items the new one
 * @param renamed ids before the write, by those after it
 */
export function phasesEntered(gates: readonly PhaseGate[], before: FlatPlan, after: FlatPlan, changed: Iterable<string>, renamed: ReadonlyMap<string, string> = new Map()): EnteredPhase[] {
  const milestones = new Set<string>()
  for (const id of changed) {
    const milestone = milestoneOf(after, id)
    if (milestone !== undefined) milestones.add(milestone)
  }
  return gates.flatMap(({ phase, require: { criteria, approvals, previews } }, index) => {
    if (criteria === null && approvals === null && previews === 0) return []
    const entering = [...milestones].filter((id) => begunPhase(after, id) === phase && begunPhase(before, renamed.get(id) ?? id) !== phase)
    if (entering.length === 0) return []
    const earlierItemIds = criteria === null ? [] : itemsOfPhases(after, new Set(gates.slice(0, index).map((gate) => gate.phase)))
    return entering.map((milestoneId) => ({ phase, milestoneId, earlierItemIds }))
  })
}
