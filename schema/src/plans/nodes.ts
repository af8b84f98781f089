/** Items as the GraphQL types show them: a stored row with its place in the tree. */
import { progressOf } from './progress.ts'
import type { Progress } from './progress.ts'
import type { ItemRecord, StoredItem } from './rows.ts'
import { groupByParent } from './rows.ts'

export interface ItemNode extends StoredItem {
  readonly projectId: string
  readonly parentKey: string | null
  /** Undefined when the item was read alone; `childrenOf` then reads the plan. */
  readonly children: readonly ItemNode[] | undefined
}

/** The whole plan as nested nodes. */
export function treeOf(projectId: string, rows: readonly StoredItem[]): ItemNode[] {
  const groups = groupByParent(rows)
  const nodesUnder = (parentUuid: string | null, parentKey: string | null): ItemNode[] =>
    (groups.get(parentUuid) ?? []).map((row) => ({ ...row, projectId, parentKey, children: row.kind === 'microstep' ? [] : nodesUnder(row.uuid, row.key) }))
  return nodesUnder(null, null)
}

export const nodeOf = (projectId: string, row: StoredItem, parentKey: string | null): ItemNode => ({ ...row, projectId, parentKey, children: row.kind === 'microstep' ? [] : undefined })

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

/** Progress of the microsteps under a node whose children are known. */
export function nodeProgress(node: ItemNode): Progress {
  const counts = new Map<string, number>()
  const count = (current: ItemNode): void => {
    if (current.kind === 'microstep') counts.set(current.status ?? 'todo', (counts.get(current.status ?? 'todo') ?? 0) + 1)
    else for (const child of current.children ?? []) count(child)
  }
  count(node)
  return progressOf((status) => counts.get(status) ?? 0)
}
