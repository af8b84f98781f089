/** What the event log says of one item. */
import type { ProjectEvent } from '@buildrunner/sdk'
import type { DocumentItem, PlanChange } from '@buildrunner/sdk/plans'

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export interface HistoryEntry {
  readonly sequence: number
  /** Node id of who did it. */
  readonly actor: string
  readonly at: string
  readonly what: 'added' | 'removed' | 'moved' | 'renamed' | 'changed' | 'talked'
  /** Of `changed`. */
  readonly fields: readonly FieldChange[]
  /** Of `renamed`: the key before. */
  readonly from?: string
}

interface PlanData {
  readonly changes?: readonly PlanChange[]
  readonly inverse?: readonly PlanChange[]
  readonly itemKey?: string | null
}

/**
 * Entries of an item, newest first. Its key is followed back through renames.
 *
 * @param events ascending, without a gap
 * @param key what it is called after the last of them
 * @returns with `key`, what it was called before the first of them
 */
export function historyOf(events: readonly ProjectEvent[], key: string): { entries: HistoryEntry[]; key: string } {
  const entries: HistoryEntry[] = []
  let name = key
  for (const { sequence, kind, actor, createdAt: at, data } of events.toReversed()) {
    const { changes = [], inverse = [], itemKey } = data as PlanData
    const entry = { sequence, actor, at, fields: [] as FieldChange[] }
    if (kind === 'comment.added' && itemKey === name) entries.push({ ...entry, what: 'talked' })
    if (kind !== 'plan.changed') continue
    for (const change of changes.toReversed()) {
      if (change.op === 'head') continue
      if (change.op === 'rename' && change.to === name) {
        entries.push({ ...entry, what: 'renamed', from: change.id })
        name = change.id
      } else if (change.op === 'add' && holds(change.item, name)) entries.push({ ...entry, what: 'added' })
      else if (change.op !== 'add' && change.op !== 'rename' && change.id === name) {
        if (change.op === 'update') entries.push({ ...entry, what: 'changed', fields: fieldsOf(change.set, inverse, name) })
        else entries.push({ ...entry, what: change.op === 'move' ? 'moved' : 'removed' })
      }
    }
  }
  return { entries, key: name }
}

/** An item comes with everything in it. */
function holds(item: DocumentItem, key: string): boolean {
  if (item.id === key) return true
  const children = [...((item['steps'] as DocumentItem[] | undefined) ?? []), ...((item['microsteps'] as DocumentItem[] | undefined) ?? [])]
  return children.some((child) => holds(child, key))
}

function fieldsOf(set: Readonly<Record<string, unknown>>, inverse: readonly PlanChange[], key: string): FieldChange[] {
  const undone = inverse.find((change) => change.op === 'update' && change.id === key)
  const before = undone?.op === 'update' ? undone.set : {}
  return Object.entries(set).map(([field, after]) => ({ field, before: before[field] ?? null, after }))
}
