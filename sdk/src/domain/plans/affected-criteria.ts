/** Which acceptance criteria a decision bears on. */
import type { FlatPlan } from './types.ts'

/** An acceptance criterion and the item it is of. */
export interface AffectedCriterion {
  /** The item. */
  itemKey: string
  /** Its id in the item; null for one without. */
  id: string | null
  /** What has to hold. */
  text: string
}

/**
 * The acceptance criteria that are to be looked at again when an item is decided about: its own and those of everything in it, as any of
 * the plans has them (a decision can add criteria or take them away). Each is named once, in the order of the plans.
 *
 * @param plans the plan before and after the decision
 * @param itemKey the item; null for the head of the document, which has none
 */
export function affectedCriteria(plans: readonly FlatPlan[], itemKey: string | null): AffectedCriterion[] {
  if (itemKey === null) return []
  const found = new Map<string, AffectedCriterion>()
  const visit = (plan: FlatPlan, key: string): void => {
    for (const { id = null, text } of plan.items.get(key)?.fields.acceptanceCriteria ?? []) {
      const criterion = { itemKey: key, id, text }
      found.set(JSON.stringify(criterion), criterion)
    }
    for (const child of plan.children.get(key) ?? []) visit(plan, child)
  }
  for (const plan of plans) visit(plan, itemKey)
  return [...found.values()]
}
