/** Where an item goes when it is moved up or down: among its siblings, and over the edge into the next parent. */
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'

/** @returns undefined: it is the first, or the last, of the whole plan */
export function moveBy(plan: FlatPlan, id: string, direction: 'up' | 'down'): Extract<PlanChange, { op: 'move' }> | undefined {
  const { parentId } = plan.items.get(id) as PlanItem
  const siblings = plan.children.get(parentId) as readonly string[]
  const at = siblings.indexOf(id)
  if (direction === 'up' && at > 0) return { op: 'move', id, parentId, after: siblings[at - 2] ?? null }
  if (direction === 'down' && at < siblings.length - 1) return { op: 'move', id, parentId, after: siblings[at + 1] as string }
  const parent = parentId === null ? undefined : neighbour(plan, parentId, direction)
  if (parent === undefined) return undefined
  return { op: 'move', id, parentId: parent, after: direction === 'up' ? (plan.children.get(parent)?.at(-1) ?? null) : null }
}

/** The item of the same kind before or behind, whatever it lies in. */
function neighbour(plan: FlatPlan, id: string, direction: 'up' | 'down'): string | undefined {
  const { parentId } = plan.items.get(id) as PlanItem
  const siblings = plan.children.get(parentId) as readonly string[]
  const next = siblings[siblings.indexOf(id) + (direction === 'up' ? -1 : 1)]
  if (next !== undefined || parentId === null) return next
  for (let parent = neighbour(plan, parentId, direction); parent !== undefined; parent = neighbour(plan, parent, direction)) {
    const found = plan.children.get(parent)?.at(direction === 'up' ? -1 : 0)
    if (found !== undefined) return found
  }
  return undefined
}

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
