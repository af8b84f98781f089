/** What changed between two plans, arranged for people. */
import { childrenOf, CHILD_KIND } from './flat.ts'
import { diffPlans } from './diff.ts'
import type { DocumentItem, FlatPlan, ItemKind, PlanChange } from './types.ts'

/** An item, named for people. */
export interface DescribedItem {
  /** Its id. */
  id: string
  /** Milestone, step or microstep. */
  kind: ItemKind
  /** Its title. */
  title: string
  /** The parent, in the plan that has the item; null for a milestone. */
  parentId: string | null
}

/** A place in a plan: behind the sibling `after` (null: first) in a parent (null: the list of milestones). */
export interface Place {
  /** Id of the parent; null for a milestone. */
  parentId: string | null
  /** Id of the sibling before it; null for the first place. */
  after: string | null
}

/** One field that differs. */
export interface FieldDifference {
  /** Name of the field. */
  field: string
  /** Absent where the field was not set, or held its default. */
  before?: unknown
  /** What it is now; undefined where it is gone. */
  after?: unknown
}

/** JSON-friendly. */
export interface PlanDifference {
  /** Items that are new. */
  added: DescribedItem[]
  /** Items that are gone. */
  removed: DescribedItem[]
  /** Items under another id. */
  renamed: { from: string; to: string; kind: ItemKind; title: string }[]
  /** Items at another place. */
  moved: { id: string; kind: ItemKind; title: string; from: Place; to: Place }[]
  /** Fields that differ. */
  changed: { id: string; kind: ItemKind; title: string; fields: FieldDifference[] }[]
  /** Keys at the top of the document. */
  head: FieldDifference[]
}

/**
 * The difference of two plans, item by item: whole subtrees are listed with every item in them, moved and changed items
 * with what was there before and after. Ids are those of `to`, except in `removed`.
 *
 * @see diffPlans for the same as changes that can be applied
 */
export function describeChanges(from: FlatPlan, to: FlatPlan): PlanDifference {
  const difference: PlanDifference = { added: [], removed: [], renamed: [], moved: [], changed: [], head: [] }
  const oldIds = new Map<string, string>()
  const changes = diffPlans(from, to)
  const gone = goneItems(from, to, changes)
  for (const change of changes) describe(difference, change, from, to, { oldIds, gone })
  return difference
}

/** Ids of `from` that the batch takes away: with an item that comes back as another kind, all that was in it. */
function goneItems(from: FlatPlan, to: FlatPlan, changes: readonly PlanChange[]): ReadonlySet<string> {
  const renamed = new Set(changes.flatMap((change) => (change.op === 'rename' ? [change.id] : [])))
  const gone = new Set<string>()
  const take = (id: string, whole: boolean): void => {
    if (!whole && (renamed.has(id) || to.items.has(id))) return
    gone.add(id)
    for (const child of from.children.get(id) ?? []) take(child, whole)
  }
  for (const change of changes) if (change.op === 'remove') take(change.id, to.items.has(change.id))
  return gone
}

interface Ids {
  /** The id before the rename, by the id after it. */
  oldIds: Map<string, string>
  gone: ReadonlySet<string>
}

function describe(difference: PlanDifference, change: PlanChange, from: FlatPlan, to: FlatPlan, { oldIds, gone }: Ids): void {
  const nowOf = (id: string) => ({ id, kind: to.items.get(id)!.kind, title: to.items.get(id)!.fields.title })
  const oldItem = (id: string) => from.items.get(oldIds.get(id) ?? id)!
  switch (change.op) {
    case 'add':
      return describeAdded(difference.added, change.kind, change.parentId, change.item)
    case 'remove':
      return describeRemoved(difference.removed, from, gone, change.id)
    case 'rename':
      oldIds.set(change.to, change.id)
      difference.renamed.push({ from: change.id, to: change.to, kind: to.items.get(change.to)!.kind, title: to.items.get(change.to)!.fields.title })
      return
    case 'move': {
      const places = { from: placeOf(from, oldItem(change.id).id), to: { parentId: change.parentId, after: change.after } }
      difference.moved.push({ ...nowOf(change.id), ...places })
      return
    }
    case 'update':
      difference.changed.push({ ...nowOf(change.id), fields: fieldDifferences(change.set, oldItem(change.id).fields) })
      return
    case 'head':
      difference.head = fieldDifferences(change.set, from.head)
  }
}

function describeAdded(added: DescribedItem[], kind: ItemKind, parentId: string | null, item: DocumentItem): void {
  added.push({ id: item.id, kind, title: item.title, parentId })
  const childKind = CHILD_KIND[kind]
  if (childKind !== undefined) for (const child of childrenOf(kind, item)) describeAdded(added, childKind, item.id, child)
}

function describeRemoved(removed: DescribedItem[], from: FlatPlan, gone: ReadonlySet<string>, id: string): void {
  const item = from.items.get(id)
  if (item === undefined || !gone.has(id)) return
  removed.push({ id, kind: item.kind, title: item.fields.title, parentId: item.parentId })
  for (const child of from.children.get(id) ?? []) describeRemoved(removed, from, gone, child)
}

function placeOf(plan: FlatPlan, id: string): Place {
  const parentId = plan.items.get(id)?.parentId ?? null
  const siblings = plan.children.get(parentId) ?? []
  return { parentId, after: siblings[siblings.indexOf(id) - 1] ?? null }
}

function fieldDifferences(set: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>): FieldDifference[] {
  return Object.keys(set).map((field) => ({
    field,
    ...(before[field] === undefined ? {} : { before: before[field] }),
    ...(set[field] === null ? {} : { after: set[field] }),
  }))
}
