// Generated from sdk/operations/notifications.graphql by `npm run generate`. Do not edit.
import { call, list, watch } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { SubscribeOptions, Subscription } from '../../subscription.ts'
import type { NotificationsFollowData, NotificationsFollowVariables, NotificationsInterestsData, NotificationsListData, NotificationsListVariables, NotificationsMarkReadData, NotificationsMarkReadVariables, NotificationsMuteData, NotificationsMuteVariables, NotificationsResetData, NotificationsResetVariables, NotificationsSettingsData, NotificationsUpdateSettingsData, NotificationsUpdateSettingsVariables, NotificationsWatchData, NotificationsWatchVariables } from '../notifications.ts'
import { notifications_follow, notifications_interests, notifications_list, notifications_markRead, notifications_mute, notifications_reset, notifications_settings, notifications_updateSettings, notifications_watch } from '../operations/notifications.ts'

export type * from '../notifications.ts'

/**
 * What whoever asks was told of in their organisation, newest first.
 *
 * @example
 * ```ts
 * for await (const { title, priority } of listNotifications(client, { unread: true })) console.log(priority, title)
 * ```
 */
export function listNotifications(client: Client, variables?: NotificationsListVariables, options?: CallOptions): ListRequest<NotificationsListData, NotificationsListData['notifications'][number]> {
  return list(client, notifications_list, variables, options)
}

/**
 * Marks own notifications read, or unread.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await markNotificationsRead(client, { all: true })
 * ```
 */
export function markNotificationsRead(client: Client, variables?: NotificationsMarkReadVariables, options?: CallOptions): Request<NotificationsMarkReadData> {
  return call(client, notifications_markRead, variables, options)
}

/**
 * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
 *
 * Without an item, the whole project.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await watchNotifications(client, { itemId: 'T-12' })
 * ```
 */
export function watchNotifications(client: Client, variables?: NotificationsWatchVariables, options?: CallOptions): Request<NotificationsWatchData> {
  return call(client, notifications_watch, variables, options)
}

/**
 * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
 *
 * Nothing is told of it any more: of an item, of the thread of a comment, or without either of the whole project.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await muteNotification(client, { itemId: 'T-12' })
 * ```
 */
export function muteNotification(client: Client, variables?: NotificationsMuteVariables, options?: CallOptions): Request<NotificationsMuteData> {
  return call(client, notifications_mute, variables, options)
}

/**
 * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
 *
 * Neither watched nor muted any more.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await resetNotification(client, { itemId: 'T-12' })
 * ```
 */
export function resetNotification(client: Client, variables?: NotificationsResetVariables, options?: CallOptions): Request<NotificationsResetData> {
  return call(client, notifications_reset, variables, options)
}

/**
 * What whoever asks watches or has muted: at most 1000, the newest first.
 *
 * @example
 * ```ts
 * const { data } = await listInterests(client)
 * ```
 */
export function listInterests(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<NotificationsInterestsData> {
  return call(client, notifications_interests, variables, options)
}

/**
 * How often whoever asks is mailed.
 *
 * @example
 * ```ts
 * const { data } = await getNotificationSettings(client)
 * ```
 */
export function getNotificationSettings(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<NotificationsSettingsData> {
  return call(client, notifications_settings, variables, options)
}

/**
 * Chooses how often one is mailed, in this organisation, and in which language, in all.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateNotificationSettings(client, { normal: 'DIGEST_HOURLY' })
 * ```
 */
export function updateNotificationSettings(client: Client, variables?: NotificationsUpdateSettingsVariables, options?: CallOptions): Request<NotificationsUpdateSettingsData> {
  return call(client, notifications_updateSettings, variables, options)
}

/**
 * Notifications of whoever asks as they are made: each once and in order, or an explicit gap. It ends with an error when the API key or session no longer stands.
 *
 * Each notification comes once and in order, also when the connection drops: it is opened again, and what was missed is delivered
 * first. Without `since` it begins now.
 *
 * @example
 * ```ts
 * for await (const { notification } of followNotifications(client, { since: 0 })) if (notification) console.log(notification.title)
 * ```
 */
export function followNotifications(client: Client, variables?: NotificationsFollowVariables, options?: SubscribeOptions): Subscription<NotificationsFollowData> {
  return watch(client, notifications_follow, variables, options)
}
