import { builder } from '../builder.ts'
import type { EventMessage } from '../events/reader.ts'
import { connection, pageRange, totalCountOf } from '../shared/connections.ts'
import { notificationOf, readInterests, readNotifications, readSettings, watchNotifications } from './reads.ts'
import type { NotificationCursor } from './reads.ts'
import { InterestType, Notification, PriorityEnum, SettingsType } from './types.ts'

const permission = 'notifications.read'

const NotificationFilterInput = builder.inputType('NotificationFilter', {
  description: 'Which notifications.',
  fields: (t) => ({
    unread: t.boolean({ description: 'true: only unread ones; false: only read ones. Default: both.' }),
    priorities: t.field({ type: [PriorityEnum], description: 'Only of these. Default: all.' }),
    projectId: t.id({ description: 'Only of this project: node id, UUID or slug.' }),
  }),
})

builder.queryField('notifications', (t) =>
  t.connection(
    {
      type: Notification,
      description: 'What whoever asks was told of in their organisation, newest first.',
      extensions: { permission },
      args: { filter: t.arg({ type: NotificationFilterInput, description: 'Default: all.' }) },
      resolve: async (_root, args, ctx) => {
        const range = pageRange<NotificationCursor>(args)
        const page = await readNotifications(ctx, args.filter ?? {}, range)
        return { ...connection(range, page), unreadCount: page.unreadCount }
      },
    },
    {
      fields: (f) => ({
        totalCount: f.int({ description: 'How many match, on all pages.', resolve: totalCountOf }),
        unreadCount: f.int({ description: 'How many are unread, whatever the filter.', resolve: (found) => (found as unknown as { unreadCount: number }).unreadCount }),
      }),
    },
  ),
)

builder.queryField('notificationSettings', (t) =>
  t.field({ type: SettingsType, description: 'How often whoever asks is mailed.', extensions: { permission }, resolve: (_root, _args, ctx) => readSettings(ctx) }),
)

builder.queryField('notificationInterests', (t) =>
  t.field({ type: [InterestType], description: 'What whoever asks watches or has muted: at most 1000, the newest first.', extensions: { permission }, resolve: (_root, _args, ctx) => readInterests(ctx) }),
)

const MessageType = builder.objectRef<EventMessage>('NotificationMessage').implement({
  description: 'What a subscription to notifications delivers: a notification, a change that was made elsewhere, or a gap. Its first message tells where the subscription begins.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Where the subscriber stands now: subscribing with this as `since` goes on after this message.' }),
    kind: t.string({ nullable: true, description: '`notification.created`, or `notification.changed` when something was marked read or chosen; null in the first message, and for a gap.', resolve: ({ event }) => event?.kind ?? null }),
    notification: t.field({ type: Notification, nullable: true, description: 'As it is now; null when it is not visible any more, and in other messages.', resolve: (message, _args, ctx) => notificationOf(ctx, message) }),
    gap: t.exposeInt('gap', { nullable: true, description: 'Set when history up to this sequence was cut: read the notifications again; what came after it follows.' }),
  }),
})

builder.subscriptionField('notifications', (t) =>
  t.field({
    type: MessageType,
    extensions: { permission },
    description: 'Notifications of whoever asks as they are made: each once and in order, or an explicit gap. It ends with an error when the API key or session no longer stands.',
    args: { since: t.arg.int({ description: 'The last sequence the caller has seen: what came after it is delivered first. 0 for all. Default: from now on.' }) },
    subscribe: (_root, { since }, ctx) => watchNotifications(ctx, since),
    resolve: (message) => message,
  }),
)
