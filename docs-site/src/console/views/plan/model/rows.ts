/** The rows of the tree: what of the plan is shown, in the order it is shown in. */
import type { FlatPlan, PlanItem } from '@buildrunner/sdk/plans'

/** One row. `level`, `position` and `setSize` are what `aria-level`, `aria-posinset` and `aria-setsize` say, of what is shown. */
export interface Row {
  readonly item: PlanItem
  readonly level: number
  /** From 1. */
  readonly position: number
  readonly setSize: number
  /** Undefined: nothing lies in it. */
  readonly isExpanded: boolean | undefined
  /** False: it is shown for what lies in it, and no match itself. */
  readonly isMatch: boolean
}

/** What a filter leaves: ids of matches, and of everything that has to be shown for them. */
export interface Shown {
  readonly matches: ReadonlySet<string>
  readonly kept: ReadonlySet<string>
}

/**
 * @param isExpanded of an item that has children
 * @param shown undefined: everything
 */
export function rowsOf(plan: FlatPlan, isExpanded: (item: PlanItem) => boolean, shown?: Shown): Row[] {
  const rows: Row[] = []
  const visit = (parentId: string | null, level: number): void => {
    const ids = plan.children.get(parentId) ?? []
    const visible = shown === undefined ? ids : ids.filter((id) => shown.kept.has(id))
    for (const [index, id] of visible.entries()) {
      const item = plan.items.get(id) as PlanItem
      const hasChildren = (plan.children.get(id) ?? []).some((child) => shown === undefined || shown.kept.has(child))
      const expanded = hasChildren ? isExpanded(item) : undefined
      rows.push({ item, level, position: index + 1, setSize: visible.length, isExpanded: expanded, isMatch: shown === undefined || shown.matches.has(id) })
      if (expanded) visit(id, level + 1)
    }
  }
  visit(null, 1)
  return rows
}

/** How much of an item is done: microsteps, without cancelled ones. */
export interface RollUp {
  readonly done: number
  readonly total: number
}

/** Of every milestone and step. */
export function rollUps(plan: FlatPlan): Map<string, RollUp> {
  const sums = new Map<string, { done: number; total: number }>()
  for (const { kind, parentId, fields } of plan.items.values()) {
    if (kind !== 'microstep' || fields.status === 'cancelled') continue
    for (let at = parentId; at !== null; at = plan.items.get(at)?.parentId ?? null) {
      const sum = sums.get(at) ?? { done: 0, total: 0 }
      sum.total++
      if (fields.status === 'done') sum.done++
      sums.set(at, sum)
    }
  }
  return sums
}
