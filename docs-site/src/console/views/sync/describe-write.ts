/** What a write does, in words. */
import type { QueueItem } from '@buildrunner/sdk/offline'
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { SyncKey, SyncText } from './sync-text.ts'

const FIELDS = new Set(['title', 'description', 'status', 'assignee', 'priority', 'labels', 'dependsOn', 'phase', 'dueDate', 'estimate', 'links', 'notes', 'acceptanceCriteria', 'parentId', 'project.name', 'project.description'])

/** A field by its name for people; one that nobody knows by its own. */
export const fieldName = (t: SyncText, field: string): string => (FIELDS.has(field) ? t(`field.${field}` as SyncKey) : field)

export function describeChange(t: SyncText, change: PlanChange): string {
  switch (change.op) {
    case 'add': return t('change.add', { id: change.item.id, title: change.item.title })
    case 'update': {
      const fields = Object.keys(change.set)
      if (fields.length === 1 && fields[0] === 'status') return t('change.status', { id: change.id, status: t(`status.${String(change.set['status'] ?? 'todo')}` as SyncKey) })
      return t('change.update', { id: change.id, fields: fields.map((field) => fieldName(t, field)).join(', ') })
    }
    case 'move': return t('change.move', { id: change.id })
    case 'remove': return t('change.remove', { id: change.id })
    case 'rename': return t('change.rename', { id: change.id, to: change.to })
    case 'head': return t('change.head', { fields: Object.keys(change.set).join(', ') })
  }
}

/** How many changes of a write are named. */
const NAMED = 3

export function describeWrite(t: SyncText, { changes = [], call, label, itemKeys: [item = ''] }: QueueItem): string {
  if (call !== undefined) return t(`call.${call.method}` as SyncKey, { item, emoji: String(call.variables['emoji'] ?? ''), resolved: String(call.variables['resolved'] !== false) })
  if (changes.length === 0) return label
  const named = changes.slice(0, NAMED).map((change) => describeChange(t, change)).join('; ')
  return changes.length <= NAMED ? named : t('change.more', { named, count: changes.length - NAMED })
}
