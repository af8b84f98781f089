/** What there is to check: the criteria of the plan that say how they are verified. */
import type { Check, FlatPlan, PlanItem } from '@buildrunner/sdk/plans'
import { criteriaOf, criterionDigest, type CheckKind } from '@buildrunner/sdk/quality'
import { requireItem } from '../plan/session.ts'

/** One criterion, and how it is verified. */
export interface Target {
  /** The item's id. */
  readonly item: string
  readonly title: string
  /** Its key inside the item. */
  readonly criterion: string
  readonly text: string
  readonly digest: string
  readonly check: Check
}

export interface Selection {
  /** Only these items and what lies in them. Default: all, but what is cancelled. */
  readonly items?: readonly string[]
  /** Only checks of these kinds. */
  readonly kinds?: readonly CheckKind[] | undefined
}

function targetsOf({ id, fields }: PlanItem): { targets: Target[]; withoutCheck: number } {
  const targets: Target[] = []
  const criteria = criteriaOf(fields.acceptanceCriteria)
  for (const [criterion, { text, check }] of criteria) {
    if (check !== undefined) targets.push({ item: id, title: fields.title, criterion, text, digest: criterionDigest({ text, check }), check })
  }
  return { targets, withoutCheck: criteria.size - targets.length }
}

/** Every criterion of the plan with a check. */
export const allTargets = (flat: FlatPlan): Target[] => [...flat.items.values()].flatMap((item) => targetsOf(item).targets)

/** In the order of the plan. @throws ITEM_NOT_FOUND */
export function selectTargets(flat: FlatPlan, { items = [], kinds }: Selection): { targets: Target[]; withoutCheck: number } {
  const selected: Target[] = []
  let withoutCheck = 0
  const seen = new Set<string>()
  const visit = (item: PlanItem, isNamed: boolean): void => {
    if (seen.has(item.id) || (!isNamed && item.fields.status === 'cancelled')) return
    seen.add(item.id)
    const own = targetsOf(item)
    withoutCheck += own.withoutCheck
    selected.push(...own.targets.filter(({ check }) => kinds === undefined || kinds.includes(check.kind)))
    for (const child of flat.children.get(item.id) ?? []) visit(flat.items.get(child)!, false)
  }
  if (items.length > 0) for (const id of items) visit(requireItem(flat, id), true)
  else for (const id of flat.children.get(null) ?? []) visit(flat.items.get(id)!, false)
  return { targets: selected, withoutCheck }
}
