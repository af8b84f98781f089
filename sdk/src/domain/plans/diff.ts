/** The difference of two plans as a minimal batch of changes. */
import { applyChanges } from './changes.ts'
import { CHILD_FIELD } from './change-shape.ts'
import { isEqual, isSameOrder } from './equal.ts'
import { stayingOf } from './increasing.ts'
import { VersionedMap, differingKeys, differingValues, valuesOf } from './versioned-map.ts'
import type { DocumentItem, FlatPlan, PlanChange } from './types.ts'

const NONE: readonly string[] = []

/**
 * The smallest batch that turns one plan into the other: `applyChanges(from, diffPlans(from, to))` equals `to`, order
 * included.
 *
 * - An item whose `renamedFrom` names an item that is gone is that item, renamed.
 * - Of each sibling list the longest part that is in order stays in place; only the rest moves.
 * - An item that came back as another kind is removed and added with everything in it.
 */
export function diffPlans(from: FlatPlan, to: FlatPlan): PlanChange[] {
  return diffWithin(from, to, differingKeys(from.items, to.items))
}

/**
 * As `diffPlans`, when it is known which items can differ in anything but their place among siblings: only those are
 * compared.
 */
export function diffWithin(from: FlatPlan, to: FlatPlan, ids: readonly string[] | ReadonlySet<string>): PlanChange[] {
  if (from === to) return []
  const differing = [...ids].filter((id) => from.items.get(id) !== to.items.get(id))
  const renames = findRenames(from, to, differing)
  const renamed = applyChanges(from, renames)
  const replaced = findReplaced(renamed, to, differing)
  const start = applyChanges(renamed, replaced)
  // a rename reaches what depends on the item
  const changed = start === from ? differing : ids
  return [...renames, ...replaced, ...diffLists(start, to), ...diffRemoved(start, to, changed), ...diffFields(start, to, changed), ...diffHead(start, to)]
}

/**
 * Renames from one plan to the other: pairs of an item that is gone and a new one of its kind that names it in
 * `renamedFrom`. Where two name the same one, the first in the document has it.
 */
export function findRenames(from: FlatPlan, to: FlatPlan, ids?: Iterable<string>): Extract<PlanChange, { op: 'rename' }>[] {
  const claims = new Map<string, string>()
  for (const item of ids === undefined ? differingValues(to.items, from.items) : valuesOf(to.items, ids)) {
    const id = item.fields.renamedFrom
    if (id === undefined || from.items.has(item.id) || to.items.has(id) || from.items.get(id)?.kind !== item.kind) continue
    const other = claims.get(id)
    if (other === undefined || isBefore(to, item.id, other)) claims.set(id, item.id)
  }
  return [...claims].map(([id, target]) => ({ op: 'rename', id, to: target }))
}

const isBefore = (plan: FlatPlan, a: string, b: string): boolean => comparePaths(pathTo(plan, a), pathTo(plan, b)) < 0

function comparePaths(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < left.length && i < right.length; i++) if (left[i] !== right[i]) return left[i]! - right[i]!
  return left.length - right.length
}

/** Versions tell of what differs in the order in which its keys came to be; a diff is the same wherever its plans come from. */
function inDocumentOrder<Change extends { id: string }>(plan: FlatPlan, changes: Change[]): Change[] {
  if (changes.length < 2 || !(plan.items instanceof VersionedMap)) return changes
  const known = new Map<string, readonly number[]>()
  return changes.map((change) => ({ change, path: pathTo(plan, change.id, known) })).sort((a, b) => comparePaths(a.path, b.path)).map(({ change }) => change)
}

/** @param known paths of parents that were asked for before */
function pathTo(plan: FlatPlan, id: string, known = new Map<string, readonly number[]>()): readonly number[] {
  const item = plan.items.get(id)
  if (item === undefined) return []
  const { parentId } = item
  let path = parentId === null ? [] : known.get(parentId)
  if (path === undefined) known.set(parentId as string, (path = pathTo(plan, parentId as string, known)))
  return [...path, (plan.children.get(parentId) ?? NONE).indexOf(id)]
}

function findReplaced(from: FlatPlan, to: FlatPlan, ids: Iterable<string>): PlanChange[] {
  const replaced = new Set<string>()
  for (const id of ids) {
    const [item, other] = [from.items.get(id), to.items.get(id)]
    if (item !== undefined && other !== undefined && other.kind !== item.kind) replaced.add(id)
  }
  const isInside = (id: string | null | undefined): boolean => typeof id === 'string' && (replaced.has(id) || isInside(from.items.get(id)?.parentId))
  return [...replaced].filter((id) => !isInside(from.items.get(id)?.parentId)).map((id) => ({ op: 'remove', id }))
}

/** Adds and moves, parents before children, so that every place exists when it is named. */
function diffLists(from: FlatPlan, to: FlatPlan): PlanChange[] {
  const changes: PlanChange[] = []
  const leading = waysToDifferences(from, to)
  const visit = (parentId: string | null): void => {
    const target = to.children.get(parentId) ?? NONE
    const current = from.children.get(parentId) ?? NONE
    if (!isSameOrder(current, target)) diffList(parentId, current, target, from, to, changes)
    for (const id of target) if (to.children.has(id) && leading?.has(id) !== false) visit(id)
  }
  visit(null)
  return changes
}

/** Parents whose lists can differ, and what these lie in; undefined when that is not known. */
function waysToDifferences(from: FlatPlan, to: FlatPlan): ReadonlySet<string> | undefined {
  const known = VersionedMap.differing([from.children, to.children])
  if (known === undefined) return undefined
  const ways = new Set<string>()
  for (const parent of known) for (let id: string | null | undefined = parent; typeof id === 'string'; id = to.items.get(id)?.parentId) ways.add(id)
  return ways
}

function diffList(parentId: string | null, current: readonly string[], target: readonly string[], from: FlatPlan, to: FlatPlan, changes: PlanChange[]): void {
  const parentIsNew = parentId !== null && !from.items.has(parentId)
  const staying = stayingOf(current, target)
  let after: string | null = null
  for (const id of target) {
    const item = from.items.get(id)
    // A new item in a new parent came with it.
    if (item === undefined && !parentIsNew) changes.push({ op: 'add', kind: to.items.get(id)!.kind, parentId, after, item: newSubtree(from, to, id) })
    else if (item !== undefined && !staying.has(id)) changes.push({ op: 'move', id, parentId, after })
    after = id
  }
}

/** A new item in document form with those of its descendants that are new too; the others move in afterwards. */
function newSubtree(from: FlatPlan, to: FlatPlan, id: string): DocumentItem {
  const item = to.items.get(id)!
  const document: Record<string, unknown> = { id, ...item.fields }
  const childField = CHILD_FIELD[item.kind]
  const children = (to.children.get(id) ?? NONE).filter((child) => !from.items.has(child))
  if (childField !== undefined && children.length > 0) document[childField] = children.map((child) => newSubtree(from, to, child))
  return document as DocumentItem
}

/** Removes after moves: what survives of a removed subtree has left it by then. */
function diffRemoved(from: FlatPlan, to: FlatPlan, ids: Iterable<string>): PlanChange[] {
  const changes: { op: 'remove'; id: string }[] = []
  for (const id of ids) {
    const item = from.items.get(id)
    if (item !== undefined && !to.items.has(id) && (item.parentId === null || to.items.has(item.parentId))) changes.push({ op: 'remove', id })
  }
  return inDocumentOrder(from, changes)
}

function diffFields(from: FlatPlan, to: FlatPlan, ids: Iterable<string>): PlanChange[] {
  const changes: { op: 'update'; id: string; set: Record<string, unknown> }[] = []
  for (const id of ids) {
    const before = from.items.get(id)?.fields
    const after = to.items.get(id)?.fields
    const set = before === undefined || after === undefined ? undefined : diffRecord(before, after)
    if (set !== undefined) changes.push({ op: 'update', id, set })
  }
  return inDocumentOrder(to, changes)
}

function diffHead(from: FlatPlan, to: FlatPlan): PlanChange[] {
  const set = diffRecord(from.head, to.head)
  return set === undefined ? [] : [{ op: 'head', set }]
}

/** The keys to set, null for those to remove; undefined when the records are equal. */
function diffRecord(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  if (before === after) return undefined
  let set: Record<string, unknown> | undefined
  for (const key in after) {
    const value = after[key]
    if (value !== undefined && value !== before[key] && !isEqual(before[key], value)) (set ??= {})[key] = value
  }
  for (const key in before) if (before[key] !== undefined && after[key] === undefined) (set ??= {})[key] = null
  return set
}
