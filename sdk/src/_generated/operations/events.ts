// Generated from sdk/operations/events.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const events_list: Operation = { name: 'events_list', kind: 'query', projectId: 'required', items: 'events' }
export const events_watch: Operation = { name: 'events_watch', kind: 'subscription', projectId: 'required' }

export const events = {
  list: events_list,
  watch: events_watch,
}
