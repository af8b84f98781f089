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
