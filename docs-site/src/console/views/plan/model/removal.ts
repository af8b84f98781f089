/** What goes with an item that is removed. */
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'

/** How many items lie in an item. */
export function countInside(plan: FlatPlan, id: string): number {
  return (plan.children.get(id) ?? []).reduce((sum, child) => sum + 1 + countInside(plan, child), 0)
}

/** Items outside of a subtree that wait for something in it. */
export function dependentsOn(plan: FlatPlan, id: string): PlanItem[] {
  const inside = new Set<string>()
  const collect = (at: string): void => {
    inside.add(at)
    for (const child of plan.children.get(at) ?? []) collect(child)
  }
  collect(id)
  return [...plan.items.values()].filter((item) => !inside.has(item.id) && item.fields.dependsOn?.some((other) => inside.has(other)) === true)
}

/** Takes an item away, and first the dependencies on it: nothing waits for what is not there. */
export function removal(plan: FlatPlan, id: string): PlanChange[] {
  const dependents = dependentsOn(plan, id)
  const isGone = (other: string): boolean => {
    for (let at: string | null = other; at !== null; at = plan.items.get(at)?.parentId ?? null) if (at === id) return true
    return false
  }
  return [
    ...dependents.map((item): PlanChange => ({ op: 'update', id: item.id, set: { dependsOn: item.fields.dependsOn?.filter((other) => !isGone(other)) } })),
    { op: 'remove', id },
  ]
}
