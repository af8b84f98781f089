/** From two versions of a plan to the rows that differ: three row changes at most, however many items they touch. */
import { generateNKeysBetween } from 'fractional-indexing'
import { isEqual, longestIncreasing } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'
import { differingKeys } from '../../../sdk/src/domain/plans/versioned-map.ts'
import { newUuid } from '../shared/ids.ts'
import type { RowChange } from '../shared/write.ts'
import { COLUMN_OF, RECORD_COLUMNS, RECORD_TYPES, columnOf, columnValue, recordset, writeRecord } from './rows.ts'
import type { ItemRecord, ItemRow } from './rows.ts'
import { removalOf, statusRows } from './status-history.ts'
import type { StatusMove } from './status-history.ts'

type Column = keyof ItemRecord

export interface RowDelta {
  readonly inserts: readonly ItemRecord[]
  readonly updates: readonly ItemRecord[]
  /** Those that any of the updates changes. */
  readonly columns: ReadonlySet<Column>
  /** UUIDs. */
  readonly deletes: readonly string[]
  /** How the project's counters move. */
  readonly counters: Readonly<Record<Counter, number>>
  /** What becomes history. */
  readonly statuses: readonly StatusMove[]
}

export const COUNTERS = ['milestones', 'steps', 'todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled'] as const
export type Counter = (typeof COUNTERS)[number]

const counterOf = (item: PlanItem): Counter => (item.kind === 'milestone' ? 'milestones' : item.kind === 'step' ? 'steps' : (item.fields.status ?? 'todo'))

export interface Renames {
  /** The key an item had before the batch, by the key it has now. */
  before(key: string): string
}

/** Indices of the longest run of ranks that ascend already. */
function inOrder(ranks: readonly (string | undefined)[]): number[] {
  const indices = [...ranks.keys()].filter((index) => ranks[index] !== undefined)
  const sorted = new Map([...new Set(ranks)].sort(byText).map((rank, position) => [rank, position]))
  const stays = longestIncreasing(indices.map((index) => sorted.get(ranks[index]) as number))
  return indices.filter((_, position) => stays[position])
}

const byText = (a: string | undefined, b: string | undefined): number => ((a ?? '') < (b ?? '') ? -1 : 1)

/** Ranks of one sibling list: those already in order keep theirs, the others get new ones between them. */
function rankSiblings(keys: readonly string[], rankOf: (key: string) => string | undefined): Map<string, string> {
  const known = keys.map(rankOf)
  const kept = inOrder(known)
  const ranks = new Map<string, string>()
  let start = 0
  let low: string | null = null
  for (const index of [...kept, keys.length]) {
    const high = known[index] ?? null
    const fresh = index > start ? generateNKeysBetween(low, high, index - start) : []
    for (const [offset, rank] of fresh.entries()) ranks.set(keys[start + offset] as string, rank)
    if (high !== null) ranks.set(keys[index] as string, high)
    low = high
    start = index + 1
  }
  return ranks
}

/** Columns in which two versions of an item differ. None for what a merge has built anew and left as it was. */
function* differingColumns(old: PlanItem, item: PlanItem): Generator<Column> {
  if (old === item) return
  if (old.kind !== item.kind) return void (yield* RECORD_COLUMNS)
  if (old.id !== item.id) yield 'key'
  if (old.parentId !== item.parentId) yield 'parent_id'
  const [before, after]: readonly Readonly<Record<string, unknown>>[] = [old.fields, item.fields]
  for (const field in after) if (!isEqual(before![field], after[field])) yield columnOf(field, item.kind)
  for (const field in before) if (after![field] === undefined && before[field] !== undefined) yield columnOf(field, item.kind)
}

/**
 * @param before the plan as read, with its rows by key
 * @param after the plan as it shall be; items and sibling lists that did not change are the same objects as before
 * @param given UUIDs that new items shall have, by their keys
 */
export function rowDelta(before: { plan: FlatPlan; rows: ReadonlyMap<string, ItemRow> }, after: FlatPlan, renames: Renames, now: Date, given?: ReadonlyMap<string, string>): RowDelta {
  const counters = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<Counter, number>
  const rowOf = (key: string): ItemRow | undefined => before.rows.get(renames.before(key))
  const uuids = new Map<string, string>(given)
  const uuidOf = (key: string): string => {
    let uuid = rowOf(key)?.uuid ?? uuids.get(key)
    if (uuid === undefined) uuids.set(key, (uuid = newUuid(now.getTime())))
    return uuid
  }

  const ranks = new Map<string, string>()
  for (const parent of differingKeys(before.plan.children, after.children)) {
    const keys = after.children.get(parent)
    const was = parent === null ? null : renames.before(parent)
    if (keys === undefined || before.plan.children.get(was) === keys) continue
    const siblings = new Set(before.plan.children.get(was) ?? [])
    const rankOf = (key: string): string | undefined => (siblings.has(renames.before(key)) ? rowOf(key)?.rank : undefined)
    for (const [key, rank] of rankSiblings(keys, rankOf)) if (rowOf(key)?.rank !== rank) ranks.set(key, rank)
  }

  const inserts: ItemRecord[] = []
  const updates: ItemRecord[] = []
  const columns = new Set<Column>()
  const statuses: StatusMove[] = []
  const renamed = new Set<string>()
  const differing = differingKeys(before.plan.items, after.items)
  for (const key of new Set([...differing, ...ranks.keys()])) {
    const item = after.items.get(key)
    if (item === undefined) continue
    const was = renames.before(key)
    const old = before.plan.items.get(was)
    if (was !== key) renamed.add(was)
    const row = before.rows.get(was)
    const changed = old === undefined ? RECORD_COLUMNS : [...differingColumns(old, item), ...(ranks.has(key) ? ['rank' as const] : [])]
    if (changed.length === 0) continue
    if (row !== undefined) for (const column of changed) columns.add(column)
    counters[counterOf(item)]++
    if (old !== undefined) counters[counterOf(old)]--
    // a single item is read without its parent: its place is then the row's
    const parentUuid = item.parentId === null ? (item.kind === 'milestone' ? null : (row?.parentUuid ?? null)) : uuidOf(item.parentId)
    const record = writeRecord({ uuid: uuidOf(key), parentUuid, rank: ranks.get(key) ?? (row?.rank as string) }, item)
    if (row === undefined) inserts.push(record)
    else updates.push(record)
    if (row?.status == null || row.status === record.status) continue
    if (record.status === undefined) statuses.push(removalOf(before.plan, row))
    else statuses.push({ id: row.uuid, key, from: row.status, to: record.status })
  }
  const deletes: string[] = []
  for (const key of differing) {
    const row = before.rows.get(key)
    if (row === undefined || renamed.has(key) || (after.items.has(key) && renames.before(key) === key)) continue
    deletes.push(row.uuid)
    if (row.status !== null) statuses.push(removalOf(before.plan, row))
    counters[counterOf(before.plan.items.get(key) as PlanItem)]--
  }
  return { inserts, updates, columns, deletes, counters, statuses }
}

const INSERT: Omit<RowChange, 'values'> = {
  name: 'plan-insert',
  text: (p) => `INSERT INTO plan_items (organisation_id, project_id, created_at, updated_at, ${RECORD_COLUMNS.join(', ')})
    SELECT $3::uuid, $1::uuid, $10::timestamptz, $10::timestamptz, ${RECORD_COLUMNS.map((column) => `r.${column}`).join(', ')} FROM head, ${recordset(p(1), 'r')}`,
}
/** What is changed together: an update sends and sets the groups of which something changed, which are few statements to prepare. */
const GROUPS: readonly (readonly Column[])[] = [
  ['parent_id', 'rank'], ['title', 'status', 'priority', 'assignee'], ['kind', 'key', 'phase', 'due_date', 'depends_on', 'labels', 'estimate'], ['description', 'links', 'notes', 'criteria', 'extra'],
]
function updateOf({ updates, columns }: RowDelta): RowChange {
  const groups = GROUPS.filter((group) => group.some((column) => columns.has(column)))
  const set = groups.flat()
  const sent: readonly Column[] = ['id', ...set]
  return {
    name: `plan-update:${groups.map(([first]) => first).join(',')}`,
    text: (p) => `UPDATE plan_items i SET updated_at = $10::timestamptz, ${set.map((column) => `${column} = r.${column}`).join(', ')}
    FROM head, ${recordset(p(1), 'r', sent)} WHERE i.id = r.id AND i.project_id = $1::uuid`,
    values: [JSON.stringify(updates.map((record) => Object.fromEntries(sent.map((column) => [column, record[column]]))))],
  }
}
const DELETE: Omit<RowChange, 'values'> = {
  name: 'plan-delete',
  text: (p) => `DELETE FROM plan_items i USING head WHERE i.project_id = $1::uuid AND i.id = ANY(${p(1)}::uuid[])`,
}
/** Updates just these columns of one row: what one edit of one item needs, at half the cost of the general form. */
const updateColumns = (columns: readonly Column[], record: ItemRecord): RowChange => ({
  name: `plan-columns:${columns.join(',')}`,
  text: (p) => `UPDATE plan_items SET updated_at = $10::timestamptz, ${columns.map((column, index) => `${column} = ${p(index + 2)}::${RECORD_TYPES[column]}`).join(', ')}
    FROM head WHERE id = ${p(1)}::uuid AND project_id = $1::uuid`,
  values: [record.id, ...columns.map((column) => columnValue(column, record))],
})

interface ProjectHead {
  readonly json: string
  readonly name: string
  readonly description: string | null
}

/** The project's row: when it changed, the counters that moved, and the head of the document if that did. */
function updateProject(counters: RowDelta['counters'], head: ProjectHead | null): RowChange {
  const moved = COUNTERS.filter((name) => counters[name] !== 0)
  const set = (p: (index: number) => string): string[] => [
    'updated_at = $10::timestamptz',
    ...moved.map((name, index) => `${name} = ${name} + ${p(index + 1)}::int`),
    ...(head === null ? [] : [`plan_head = ${p(moved.length + 1)}::json`, `name = ${p(moved.length + 2)}::text`, `description = ${p(moved.length + 3)}::text`]),
  ]
  return {
    name: `plan-project:${moved.join(',')}${head === null ? '' : ':head'}`,
    text: (p) => `UPDATE projects SET ${set(p).join(', ')} FROM head WHERE id = $1::uuid`,
    values: [...moved.map((name) => counters[name]), ...(head === null ? [] : [head.json, head.name, head.description])],
  }
}

/** The columns of a batch that sets fields of one item and does nothing else; null for every other batch. */
function columnsOf(changes: readonly PlanChange[]): Column[] | null {
  const [change] = changes
  if (change === undefined || changes.length > 1 || change.op !== 'update') return null
  const columns = Object.keys(change.set).map((field) => COLUMN_OF[field])
  return columns.every((column) => column !== undefined) ? (columns.toSorted() as Column[]) : null
}

/** The row changes of a plan write. `$1` is the project (the stream), `$3` its organisation, `$10` the time: see `commitWrite`. */
export function planRowChanges(delta: RowDelta, changes: readonly PlanChange[], head: ProjectHead | null): RowChange[] {
  const rows: RowChange[] = []
  const columns = columnsOf(changes)
  const [single, ...others] = delta.updates
  if (delta.inserts.length > 0) rows.push({ ...INSERT, values: [JSON.stringify(delta.inserts)] })
  if (columns !== null && single?.kind === 'microstep' && others.length === 0) rows.push(updateColumns(columns, single))
  else if (delta.updates.length > 0) rows.push(updateOf(delta))
  if (delta.deletes.length > 0) rows.push({ ...DELETE, values: [delta.deletes] })
  return [...rows, ...statusRows(delta.statuses), updateProject(delta.counters, head)]
}
