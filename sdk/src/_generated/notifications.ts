// Generated from sdk/operations/notifications.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { SubscribeOptions, Subscription } from '../subscription.ts'
import type { EmailFrequency, NotificationLevel, NotificationPriority, NotificationReason } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** One event that somebody is told of, once. */
export interface Notification {
  id: string
  /** Kind of the event, e.g. `comment.added`. */
  kind: string
  /** Why. */
  reason: NotificationReason
  /** How much it wants to be seen. */
  priority: NotificationPriority
  /** What happened, in one line of English. `kind` and `reason` tell it in other languages. */
  title: string
  /** The beginning of the comment that it is about, as it is now: at most 280 characters of markdown. */
  text: string | null
  /** Who did it; null: the server. */
  actor: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
  /** Node id of the project; null: it is about the organisation. */
  projectId: string | null
  /** Key that the item had. */
  itemKey: string | null
  /** Node id of the first comment of the thread. */
  threadId: string | null
  /** Node id of the comment. */
  commentId: string | null
  /** When it happened. */
  createdAt: string
  /** When it was marked read; null while it is unread. */
  readAt: string | null
}

/** What one watches, or wants to hear nothing of: a project, an item, or a thread. */
export interface NotificationInterest {
  /** Node id of the project. */
  projectId: string
  /** Key of the item; null: it is not about one. */
  itemKey: string | null
  /** Node id of the first comment of the thread; null: it is not about one. */
  threadId: string | null
  /** Null: neither. */
  level: NotificationLevel | null
}

/** How often one is mailed, by priority. In the app everything is shown. */
export interface NotificationSettings {
  /** Default: OFF. */
  low: EmailFrequency
  /** Default: DIGEST_DAILY. */
  normal: EmailFrequency
  /** Default: IMMEDIATE. */
  high: EmailFrequency
  /** Default: IMMEDIATE. */
  urgent: EmailFrequency
  /** What mails to the person are written in, in all of their organisations: `en`, `es`, `fr` or `de`. Null: nobody knows; then it is English. */
  language: string | null
}

/** What a subscription to notifications delivers: a notification, a change that was made elsewhere, or a gap. Its first message tells where the subscription begins. */
export interface NotificationMessage {
  /** Where the subscriber stands now: subscribing with this as `since` goes on after this message. */
  sequence: number
  /** `notification.created`, or `notification.changed` when something was marked read or chosen; null in the first message, and for a gap. */
  kind: string | null
  /** As it is now; null when it is not visible any more, and in other messages. */
  notification: Notification | null
  /** Set when history up to this sequence was cut: read the notifications again; what came after it follows. */
  gap: number | null
}

/** What `notifications.list` takes. */
export interface NotificationsListVariables {
  /** true: only unread ones; false: only read ones. Default: both. */
  unread?: boolean | null
  /** Only of these. Default: all. */
  priorities?: readonly NotificationPriority[] | null
  /** Only of this project: node id, UUID or slug. */
  inProject?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `notifications.list` answers. */
export interface NotificationsListData {
  notifications: Notification[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
  /** How many are unread, whatever the filter. */
  unreadCount: number
}

/** What `notifications.markRead` takes. */
export interface NotificationsMarkReadVariables {
  /** Node ids, at most 500. Give these or `all`. */
  ids?: readonly string[] | null
  /** true: all of them. */
  all?: boolean | null
  /** false marks them unread. Default: true. */
  read?: boolean
}

/** What `notifications.markRead` answers. */
export interface NotificationsMarkReadData {
  /** How many are unread now. */
  unreadCount: number
  /** Sequence of the newest event of one's own stream after the write. */
  sequence: number
}

/** What `notifications.watch` takes. */
export interface NotificationsWatchVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of an item of the project. */
  itemId?: string | null
}

/** What `notifications.watch` answers. */
export interface NotificationsWatchData {
  /** As it is now. */
  interest: NotificationInterest
  /** Sequence of the newest event of one's own stream after the write. */
  sequence: number
}

/** What `notifications.mute` takes. */
export interface NotificationsMuteVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of an item of the project. */
  itemId?: string | null
  /** Any comment of a thread of the project: node id or UUID. */
  commentId?: string | null
}

/** What `notifications.mute` answers. */
export interface NotificationsMuteData {
  /** As it is now. */
  interest: NotificationInterest
  /** Sequence of the newest event of one's own stream after the write. */
  sequence: number
}

/** What `notifications.reset` takes. */
export interface NotificationsResetVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of an item of the project. */
  itemId?: string | null
  /** Any comment of a thread of the project: node id or UUID. */
  commentId?: string | null
}

/** What `notifications.reset` answers. */
export interface NotificationsResetData {
  /** As it is now. */
  interest: NotificationInterest
  /** Sequence of the newest event of one's own stream after the write. */
  sequence: number
}

/** What `notifications.interests` answers. */
export type NotificationsInterestsData = NotificationInterest[]

/** What `notifications.settings` answers. */
export type NotificationsSettingsData = NotificationSettings

/** What `notifications.updateSettings` takes. */
export interface NotificationsUpdateSettingsVariables {
  /** Of priority LOW. */
  low?: EmailFrequency | null
  /** Of priority NORMAL. */
  normal?: EmailFrequency | null
  /** Of priority HIGH. */
  high?: EmailFrequency | null
  /** Of priority URGENT. */
  urgent?: EmailFrequency | null
  /** What to be written to in: a language tag, such as `de`. It counts in all of the person's organisations. */
  language?: string | null
}

/** What `notifications.updateSettings` answers. */
export interface NotificationsUpdateSettingsData {
  /** As they are now. */
  settings: NotificationSettings
  /** Sequence of the newest event of one's own stream after the write. */
  sequence: number
}

/** What `notifications.follow` takes. */
export interface NotificationsFollowVariables {
  /** The last sequence the caller has seen: what came after it is delivered first. 0 for all. Default: from now on. */
  since?: number | null
}

/** What `notifications.follow` answers. */
export type NotificationsFollowData = NotificationMessage

/** What one is told: the notification centre, what one watches, what is mailed. */
export interface NotificationsGroup {
  /**
   * What whoever asks was told of in their organisation, newest first.
   *
   * @example
   * ```ts
   * for await (const { title, priority } of client.notifications.list({ unread: true })) console.log(priority, title)
   * ```
   */
  list(variables?: NotificationsListVariables, options?: CallOptions): ListRequest<NotificationsListData, NotificationsListData['notifications'][number]>

  /**
   * Marks own notifications read, or unread.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.notifications.markRead({ all: true })
   * ```
   */
  markRead(variables?: NotificationsMarkReadVariables, options?: CallOptions): Request<NotificationsMarkReadData>

  /**
   * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
   *
   * Without an item, the whole project.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.notifications.watch({ itemId: 'T-12' })
   * ```
   */
  watch(variables?: NotificationsWatchVariables, options?: CallOptions): Request<NotificationsWatchData>

  /**
   * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
   *
   * Nothing is told of it any more: of an item, of the thread of a comment, or without either of the whole project.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.notifications.mute({ itemId: 'T-12' })
   * ```
   */
  mute(variables?: NotificationsMuteVariables, options?: CallOptions): Request<NotificationsMuteData>

  /**
   * Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.
   *
   * Neither watched nor muted any more.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.notifications.reset({ itemId: 'T-12' })
   * ```
   */
  reset(variables?: NotificationsResetVariables, options?: CallOptions): Request<NotificationsResetData>

  /**
   * What whoever asks watches or has muted: at most 1000, the newest first.
   *
   * @example
   * ```ts
   * const { data } = await client.notifications.interests()
   * ```
   */
  interests(variables?: Record<string, never>, options?: CallOptions): Request<NotificationsInterestsData>

  /**
   * How often whoever asks is mailed.
   *
   * @example
   * ```ts
   * const { data } = await client.notifications.settings()
   * ```
   */
  settings(variables?: Record<string, never>, options?: CallOptions): Request<NotificationsSettingsData>

  /**
   * Chooses how often one is mailed, in this organisation, and in which language, in all.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.notifications.updateSettings({ normal: 'DIGEST_HOURLY' })
   * ```
   */
  updateSettings(variables?: NotificationsUpdateSettingsVariables, options?: CallOptions): Request<NotificationsUpdateSettingsData>

  /**
   * Notifications of whoever asks as they are made: each once and in order, or an explicit gap. It ends with an error when the API key or session no longer stands.
   *
   * Each notification comes once and in order, also when the connection drops: it is opened again, and what was missed is delivered
   * first. Without `since` it begins now.
   *
   * @example
   * ```ts
   * for await (const { notification } of client.notifications.follow({ since: 0 })) if (notification) console.log(notification.title)
   * ```
   */
  follow(variables?: NotificationsFollowVariables, options?: SubscribeOptions): Subscription<NotificationsFollowData>
}
