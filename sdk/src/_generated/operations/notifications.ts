// Generated from sdk/operations/notifications.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const notifications_list: Operation = { name: 'notifications_list', kind: 'query', items: 'notifications' }
export const notifications_markRead: Operation = { name: 'notifications_markRead', kind: 'mutation' }
export const notifications_watch: Operation = { name: 'notifications_watch', kind: 'mutation', projectId: 'required' }
export const notifications_mute: Operation = { name: 'notifications_mute', kind: 'mutation', projectId: 'required' }
export const notifications_reset: Operation = { name: 'notifications_reset', kind: 'mutation', projectId: 'required' }
export const notifications_interests: Operation = { name: 'notifications_interests', kind: 'query' }
export const notifications_settings: Operation = { name: 'notifications_settings', kind: 'query' }
export const notifications_updateSettings: Operation = { name: 'notifications_updateSettings', kind: 'mutation' }
export const notifications_follow: Operation = { name: 'notifications_follow', kind: 'subscription' }

export const notifications = {
  list: notifications_list,
  markRead: notifications_markRead,
  watch: notifications_watch,
  mute: notifications_mute,
  reset: notifications_reset,
  interests: notifications_interests,
  settings: notifications_settings,
  updateSettings: notifications_updateSettings,
  follow: notifications_follow,
}
