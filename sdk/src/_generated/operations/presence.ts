// Generated from sdk/operations/presence.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const presence_get: Operation = { name: 'presence_get', kind: 'query', projectId: 'required' }
export const presence_update: Operation = { name: 'presence_update', kind: 'mutation', projectId: 'required', key: false }
export const presence_leave: Operation = { name: 'presence_leave', kind: 'mutation', projectId: 'required', key: false }
export const presence_watch: Operation = { name: 'presence_watch', kind: 'subscription', projectId: 'required' }

export const presence = {
  get: presence_get,
  update: presence_update,
  leave: presence_leave,
  watch: presence_watch,
}
