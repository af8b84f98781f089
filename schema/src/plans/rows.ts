/** Between rows of `plan_items` and items of the plan engine. */
import { isDefault } from '@buildrunner/sdk/plans'
import type { FlatPlan, ItemFields, ItemKind, PlanItem } from '@buildrunner/sdk/plans'

/** A row as Postgres prints it: lists and JSON stay text until someone asks for them. */
export interface StoredItem {
  readonly uuid: string
  readonly parentUuid: string | null
  readonly kind: ItemKind
  readonly key: string
  readonly rank: string
  readonly title: string
  readonly description: string | null
  readonly status: string | null
  readonly priority: string | null
  readonly assignee: string | null
  readonly phase: string | null
  readonly dueDate: string | null
  readonly dependsOn: string
  readonly labels: string
  readonly estimate: string | null
  readonly links: string | null
  readonly notes: string | null
  readonly criteria: string | null
  readonly extra: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** What a write asks of the row of an item whose fields it knows. */
export type ItemRow = Pick<StoredItem, 'uuid' | 'parentUuid' | 'kind' | 'key' | 'rank' | 'title' | 'status' | 'createdAt'>

/** The same without the texts of its fields, for who keeps it. */
export const rowOf = ({ uuid, parentUuid, kind, key, rank, title, status, createdAt }: StoredItem): ItemRow => ({ uuid, parentUuid, kind, key, rank, title, status, createdAt })

/** Column and how to select it, in the order `readRow` expects. */
const SELECT: readonly string[] = [
  'id', 'parent_id', 'kind', 'key', 'rank', 'title', 'description', 'status', 'priority', 'assignee', 'phase', 'due_date',
  'depends_on', 'labels', 'estimate', 'links', 'notes', 'criteria', 'extra', 'created_at', 'updated_at',
]

/** The select list for rows of `alias`. */
export const itemColumns = (alias: string): string => SELECT.map((column) => `${alias}.${column}`).join(', ')

export type ItemColumns = readonly (string | null)[]

/** Reads the columns of `itemColumns`, starting at `at`. */
export function readRow(row: ItemColumns, at = 0): StoredItem {
  return {
    uuid: row[at] as string,
    parentUuid: row[at + 1] as string | null,
    kind: row[at + 2] as ItemKind,
    key: row[at + 3] as string,
    rank: row[at + 4] as string,
    title: row[at + 5] as string,
    description: row[at + 6] as string | null,
    status: row[at + 7] as string | null,
    priority: row[at + 8] as string | null,
    assignee: row[at + 9] as string | null,
    phase: row[at + 10] as string | null,
    dueDate: row[at + 11] as string | null,
    dependsOn: row[at + 12] as string,
    labels: row[at + 13] as string,
    estimate: row[at + 14] as string | null,
    links: row[at + 15] as string | null,
    notes: row[at + 16] as string | null,
    criteria: row[at + 17] as string | null,
    extra: row[at + 18] as string | null,
    createdAt: row[at + 19] as string,
    updatedAt: row[at + 20] as string,
  }
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^,]+)/g

/** Reads a one-dimensional `text[]` without nulls from its text form: `{a,"b c"}`. */
export function parseTextArray(text: string): string[] {
  if (text === '{}') return []
  if (!text.includes('"')) return text.slice(1, -1).split(',')
  const list: string[] = []
  for (const match of text.slice(1, -1).matchAll(ELEMENT)) list.push(match[1] === undefined ? (match[2] as string) : match[1].replace(/\\(.)/g, '$1'))
  return list
}

export const parseJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

/** The fields of an item as the plan engine knows them: defaults left out, in the order of the format. */
export function readFields(row: StoredItem): ItemFields {
  const fields: Record<string, unknown> = { title: row.title }
  if (row.description !== null) fields['description'] = row.description
  if (row.phase !== null) fields['phase'] = row.phase
  if (row.dueDate !== null) fields['dueDate'] = row.dueDate
  if (row.status !== null && row.status !== 'todo') fields['status'] = row.status
  if (row.dependsOn !== '{}') fields['dependsOn'] = parseTextArray(row.dependsOn)
  if (row.estimate !== null) fields['estimate'] = JSON.parse(row.estimate)
  if (row.assignee !== null) fields['assignee'] = row.assignee
  if (row.labels !== '{}') fields['labels'] = parseTextArray(row.labels)
  if (row.priority !== null) fields['priority'] = row.priority
  if (row.links !== null) fields['links'] = JSON.parse(row.links)
  if (row.notes !== null) fields['notes'] = row.notes
  if (row.criteria !== null) fields['acceptanceCriteria'] = JSON.parse(row.criteria)
  if (row.extra !== null) Object.assign(fields, JSON.parse(row.extra))
  return fields as ItemFields
}

const byRank = (a: StoredItem, b: StoredItem): number => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.uuid < b.uuid ? -1 : 1)

/** Rows grouped under their parent's UUID (null for milestones), each group in document order. */
export function groupByParent(rows: readonly StoredItem[]): Map<string | null, StoredItem[]> {
  const groups = new Map<string | null, StoredItem[]>()
  for (const row of rows) {
    const group = groups.get(row.parentUuid)
    if (group === undefined) groups.set(row.parentUuid, [row])
    else group.push(row)
  }
  for (const group of groups.values()) group.sort(byRank)
  return groups
}

/** The plan as the engine wants it, with the rows by key for whoever writes it back. */
export function readPlan(rows: readonly StoredItem[], head: Record<string, unknown>): { plan: FlatPlan; rows: Map<string, StoredItem> } {
  const items = new Map<string, PlanItem>()
  const children = new Map<string | null, string[]>([[null, []]])
  const byKey = new Map<string, StoredItem>()
  const groups = groupByParent(rows)
  const enter = (parentUuid: string | null, parentKey: string | null): void => {
    const group = groups.get(parentUuid)
    if (group === undefined) return
    const keys: string[] = []
    children.set(parentKey, keys)
    for (const row of group) {
      keys.push(row.key)
      byKey.set(row.key, row)
      items.set(row.key, { id: row.key, kind: row.kind, parentId: parentKey, fields: readFields(row) })
      enter(row.uuid, row.key)
    }
  }
  enter(null, null)
  return { plan: { head, items, children }, rows: byKey }
}

/** A row as `json_to_recordset` reads it back: the mutable columns of one item. */
export interface ItemRecord {
  id: string
  parent_id: string | null
  kind: ItemKind
  key: string
  rank: string
  title: string
  description?: string
  status?: string
  priority?: string
  assignee?: string
  phase?: string
  due_date?: string
  depends_on: string[]
  labels: string[]
  estimate?: unknown
  links?: unknown
  notes?: string
  criteria?: unknown
  extra?: Record<string, unknown>
}

/** The columns an item's fields are kept in; every other field goes into `extra`, as does one that its kind does not have. */
export const COLUMN_OF: Readonly<Record<string, keyof ItemRecord>> = {
  title: 'title', description: 'description', status: 'status', priority: 'priority', assignee: 'assignee', phase: 'phase', dueDate: 'due_date',
  dependsOn: 'depends_on', labels: 'labels', estimate: 'estimate', links: 'links', notes: 'notes', acceptanceCriteria: 'criteria',
}

const KIND_OF: Readonly<Record<string, ItemKind>> = { status: 'microstep', estimate: 'microstep', phase: 'milestone', dueDate: 'milestone' }

/** Where a field of an item is kept. */
export const columnOf = (field: string, kind: ItemKind): keyof ItemRecord => ((KIND_OF[field] ?? kind) === kind ? (COLUMN_OF[field] ?? 'extra') : 'extra')

export function writeRecord(place: { uuid: string; parentUuid: string | null; rank: string }, item: PlanItem): ItemRecord {
  const record: Record<string, unknown> = { id: place.uuid, parent_id: place.parentUuid, kind: item.kind, key: item.id, rank: place.rank, depends_on: [], labels: [] }
  if (item.kind === 'microstep') record['status'] = 'todo'
  let extra: Record<string, unknown> | undefined
  for (const field in item.fields) {
    const column = columnOf(field, item.kind)
    if (column === 'extra') (extra ??= {})[field] = item.fields[field]
    else record[column] = item.fields[field]
  }
  if (extra !== undefined) record['extra'] = extra
  return record as unknown as ItemRecord
}

const textArray = (list: readonly string[]): string => (list.length === 0 ? '{}' : `{${list.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
const jsonText = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

/** What a read would bring of a row that was just written. */
export function storedFrom(record: ItemRecord, createdAt: string, updatedAt: string): StoredItem {
  return {
    uuid: record.id, parentUuid: record.parent_id, kind: record.kind, key: record.key, rank: record.rank, title: record.title,
    description: record.description ?? null, status: record.status ?? null, priority: record.priority ?? null, assignee: record.assignee ?? null,
    phase: record.phase ?? null, dueDate: record.due_date ?? null, dependsOn: textArray(record.depends_on), labels: textArray(record.labels),
    estimate: jsonText(record.estimate), links: jsonText(record.links), notes: record.notes ?? null, criteria: jsonText(record.criteria), extra: jsonText(record.extra),
    createdAt, updatedAt,
  }
}

/** The fields in the order of the format, as `readFields` has them. */
const IN_ORDER = ['title', 'description', 'phase', 'dueDate', 'status', 'dependsOn', 'estimate', 'assignee', 'labels', 'priority', 'links', 'notes', 'acceptanceCriteria'].map((field) => [field, COLUMN_OF[field] as keyof ItemRecord] as const)

/** What `readFields` would read of a record that was just written. */
export function recordFields(record: ItemRecord): ItemFields {
  const fields: Record<string, unknown> = {}
  for (const [field, column] of IN_ORDER) if (!isDefault(field, record[column])) fields[field] = record[column]
  return Object.assign(fields, record.extra) as ItemFields
}

/** What `rowOf` would make of it. */
export const recordRow = ({ id, parent_id, kind, key, rank, title, status }: ItemRecord, createdAt: string): ItemRow => ({ uuid: id, parentUuid: parent_id, kind, key, rank, title, status: status ?? null, createdAt })

export const RECORD_TYPES: Readonly<Record<keyof ItemRecord, string>> = {
  id: 'uuid', parent_id: 'uuid', kind: 'item_kind', key: 'text', rank: 'text', title: 'text', description: 'text', status: 'item_status', priority: 'item_priority',
  assignee: 'text', phase: 'text', due_date: 'date', depends_on: 'text[]', labels: 'text[]', estimate: 'json', links: 'json', notes: 'text', criteria: 'json', extra: 'json',
}

/** The columns of a record, in one fixed order. */
export const RECORD_COLUMNS = Object.keys(RECORD_TYPES) as readonly (keyof ItemRecord)[]

/** `json_to_recordset` over a parameter that holds these columns of `ItemRecord[]` as JSON. */
export const recordset = (placeholder: string, alias: string, columns = RECORD_COLUMNS): string =>
  `json_to_recordset(${placeholder}::json) AS ${alias}(${columns.map((column) => `${column} ${RECORD_TYPES[column]}`).join(', ')})`

/** One column of a record as a parameter of its type. */
export function columnValue(column: keyof ItemRecord, record: ItemRecord): unknown {
  const value = record[column] ?? null
  return value !== null && RECORD_TYPES[column] === 'json' ? JSON.stringify(value) : value
}
