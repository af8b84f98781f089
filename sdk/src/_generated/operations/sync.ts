// Generated from sdk/operations/sync.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const sync_push: Operation = { name: 'sync_push', kind: 'mutation', projectId: 'required' }
export const sync_pull: Operation = { name: 'sync_pull', kind: 'query', projectId: 'required' }
export const sync_listConflicts: Operation = { name: 'sync_listConflicts', kind: 'query', projectId: 'required', items: 'conflicts' }
export const sync_getConflict: Operation = { name: 'sync_getConflict', kind: 'query' }
export const sync_resolveConflict: Operation = { name: 'sync_resolveConflict', kind: 'mutation' }
export const sync_getQueue: Operation = { name: 'sync_getQueue', kind: 'query', projectId: 'required' }
export const sync_listEvents: Operation = { name: 'sync_listEvents', kind: 'query', projectId: 'required', items: 'events' }
export const sync_watchQueue: Operation = { name: 'sync_watchQueue', kind: 'subscription', projectId: 'required' }

export const sync = {
  push: sync_push,
  pull: sync_pull,
  listConflicts: sync_listConflicts,
  getConflict: sync_getConflict,
  resolveConflict: sync_resolveConflict,
  getQueue: sync_getQueue,
  listEvents: sync_listEvents,
  watchQueue: sync_watchQueue,
}
