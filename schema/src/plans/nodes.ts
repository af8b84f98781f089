/** Items as the GraphQL types show them: a stored row with its place in the tree. */
import { progressOf } from './progress.ts'
import type { Progress } from './progress.ts'
import type { StoredItem } from './rows.ts'
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
