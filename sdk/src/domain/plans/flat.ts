/** Between the document form (nested, as in the file) and the flat form (one map, as every rule wants it). */
import type { DocumentItem, FlatPlan, ItemFields, ItemKind, Plan, PlanItem } from './types.ts'

const CHILD_KEY = { milestone: 'steps', step: 'microsteps', microstep: undefined } as const
/** What lies in an item of a kind. */
export const CHILD_KIND = { milestone: 'step', step: 'microstep', microstep: undefined } as const
/** What an item of a kind lies in. */
export const PARENT_KIND = { milestone: undefined, step: 'milestone', microstep: 'step' } as const

/** True for a value that says no more than its absence would: undefined, null, an empty list, the status `todo`. */
export const isDefault = (field: string, value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0) || (field === 'status' && value === 'todo')

/** The fields of a document item: everything but identity and children, defaults left out. */
export function fieldsOf(kind: ItemKind, item: DocumentItem): ItemFields {
  const fields: Record<string, unknown> = {}
  const childKey = CHILD_KEY[kind]
  for (const key in item) {
    if (key === 'id' || key === childKey) continue
    const value = (item as Record<string, unknown>)[key]
    if (!isDefault(key, value)) fields[key] = value
  }
  return fields as ItemFields
}

/** Children of a document item, in order. */
export function childrenOf(kind: ItemKind, item: DocumentItem): readonly DocumentItem[] {
  const key = CHILD_KEY[kind]
  return key === undefined ? [] : (((item as Record<string, unknown>)[key] as DocumentItem[] | undefined) ?? [])
}

/** Flattens one subtree into `items` and `children`; the subtree's root is not entered into its parent's list. */
export function flattenInto(items: Map<string, PlanItem>, children: Map<string | null, string[]>, kind: ItemKind, parentId: string | null, item: DocumentItem): void {
  items.set(item.id, { id: item.id, kind, parentId, fields: fieldsOf(kind, item) })
  const childKind = CHILD_KIND[kind]
  if (childKind === undefined) return
  const list: string[] = []
  for (const child of childrenOf(kind, item)) {
    list.push(child.id)
    flattenInto(items, children, childKind, item.id, child)
  }
  if (list.length > 0) children.set(item.id, list)
}

/** Keys at the top of a document that are no part of the plan: its children, and what concerns one copy of the file only. */
const NOT_IN_HEAD: ReadonlySet<string> = new Set(['milestones', 'x-sync', '$schema'])

/** The flat form of a document. It throws nothing; ids are expected to be unique (see `validatePlan`): of two equal ids the later one stands. */
export function flattenPlan(plan: Plan): FlatPlan {
  const items = new Map<string, PlanItem>()
  const children = new Map<string | null, string[]>()
  const head: Record<string, unknown> = {}
  for (const key in plan) if (!NOT_IN_HEAD.has(key)) head[key] = plan[key]
  const roots: string[] = []
  for (const milestone of plan.milestones) {
    roots.push(milestone.id)
    flattenInto(items, children, 'milestone', null, milestone)
  }
  children.set(null, roots)
  return { head, items, children }
}

/** The subtree of one item in document form. Keys stand in the order they were given. */
export function documentItem(plan: FlatPlan, id: string): DocumentItem {
  const item = plan.items.get(id)
  if (item === undefined) throw new RangeError(`no item ${id}`)
  const out: Record<string, unknown> = { id: item.id, ...item.fields }
  const key = CHILD_KEY[item.kind]
  const ids = plan.children.get(id)
  if (key !== undefined && ids !== undefined && ids.length > 0) out[key] = ids.map((child) => documentItem(plan, child))
  return out as DocumentItem
}

/** The whole plan in document form, without `x-sync`. */
export function unflattenPlan(plan: FlatPlan): Plan {
  const milestones = (plan.children.get(null) ?? []).map((id) => documentItem(plan, id))
  return { ...plan.head, milestones } as Plan
}

/** A plan without anything: how every project begins. */
export const EMPTY_PLAN: FlatPlan = { head: {}, items: new Map(), children: new Map([[null, []]]) }
