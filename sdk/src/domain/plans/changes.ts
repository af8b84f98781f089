/** Applying and undoing batches of plan changes. */
import { PlanDraft } from './draft.ts'
import type { FlatPlan, PlanChange } from './types.ts'

export { PlanChangeError } from './change-error.ts'
export type { PlanChangeErrorCode } from './change-error.ts'
export { assertPlanChanges } from './change-shape.ts'

/**
 * The plan after a batch of changes, applied in order.
 *
 * @remarks The plan that is passed in stays as it is; what the changes do not touch is shared with the result. The cost
 * is one shallow copy of the two maps plus the work of each change. Structure is checked (ids, parents, siblings), the
 * dependency graph is not: a `remove` leaves dependencies on what it removed, see `validateFlat`.
 * @throws {PlanChangeError} for the first change that is impossible; nothing has happened then.
 */
export function applyChanges(plan: FlatPlan, changes: readonly PlanChange[]): FlatPlan {
  if (changes.length === 0) return plan
  const draft = new PlanDraft(plan)
  for (const [index, change] of changes.entries()) {
    draft.index = index
    draft.apply(change)
  }
  return draft.finish()
}

/**
 * The batch that undoes a batch: `applyChanges(applyChanges(plan, changes), invertChanges(plan, changes))` equals `plan`,
 * order included.
 *
 * @param plan - the plan before the changes.
 * @throws {PlanChangeError} for the first change that is impossible.
 */
export function invertChanges(plan: FlatPlan, changes: readonly PlanChange[]): PlanChange[] {
  const draft = new PlanDraft(plan)
  const inverses: PlanChange[][] = []
  for (const [index, change] of changes.entries()) {
    draft.index = index
    inverses.push(draft.inverseOf(change))
    draft.apply(change)
  }
  return inverses.reverse().flat()
}
