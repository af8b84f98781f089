import { builder } from '../builder.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { readUnreadCount } from './reads.ts'
import { markRead, setInterest, updateSettings } from './service.ts'
import type { InterestWritten } from './service.ts'
import type { NotificationSettings } from './settings.ts'
import { EmailFrequencyEnum, InterestLevelEnum, InterestType, SettingsType } from './types.ts'

const permission = 'notifications.write'
const sequence = "Sequence of the newest event of one's own stream after the write."

const MarkNotificationsReadInput = builder.inputType('MarkNotificationsReadInput', {
  description: 'Which notifications to mark.',
  fields: (t) => ({
    ids: t.idList({ description: 'Node ids, at most 500. Give these or `all`.' }),
    all: t.boolean({ description: 'true: all of them.' }),
    read: t.boolean({ defaultValue: true, description: 'false marks them unread.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('markNotificationsRead', (t) =>
  t.field({
    type: builder.objectRef<{ sequence: number }>('MarkNotificationsReadPayload').implement({
      description: 'What is unread after the write.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', { description: sequence }),
        unreadCount: f.int({ description: 'How many are unread now.', resolve: (_written, _args, ctx) => readUnreadCount(ctx) }),
      }),
    }),
    description: 'Marks own notifications read, or unread.',
    extensions: { permission },
    errors: { types: WRITE_ERRORS, union: { name: 'MarkNotificationsReadResult' } },
    args: { input: t.arg({ type: MarkNotificationsReadInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => markRead(ctx, { ...input, read: input.read ?? true }),
  }),
)

const SetNotificationInterestInput = builder.inputType('SetNotificationInterestInput', {
  description: 'What to hear of a project, an item or a thread.',
  fields: (t) => ({
    projectId: projectId(t),
    itemId: t.id({ description: 'Key or id of an item of the project.' }),
    commentId: t.id({ description: 'Any comment of a thread of the project: node id or UUID.' }),
    level: t.field({ type: InterestLevelEnum, description: 'WATCHING, of a project or item, or MUTED. Null: neither.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('setNotificationInterest', (t) =>
  t.field({
    type: builder.objectRef<InterestWritten & { sequence: number }>('SetNotificationInterestPayload').implement({
      description: 'What one hears of it from now on.',
      fields: (f) => ({ sequence: f.exposeInt('sequence', { description: sequence }), interest: f.field({ type: InterestType, description: 'As it is now.', resolve: (written) => written }) }),
    }),
    description: 'Watches or mutes a project, one of its items, or mutes a thread; or neither. Commenting on an item, and being mentioned there, watches it.',
    extensions: { permission },
    errors: { types: WRITE_ERRORS, union: { name: 'SetNotificationInterestResult' } },
    args: { input: t.arg({ type: SetNotificationInterestInput, required: true, description: 'What, and how much.' }) },
    resolve: (_root, { input }, ctx) => setInterest(ctx, { ...input, level: input.level ?? null }),
  }),
)

const UpdateNotificationSettingsInput = builder.inputType('UpdateNotificationSettingsInput', {
  description: 'How often to be mailed, and in which language; what is left out stays.',
  fields: (t) => ({
    low: t.field({ type: EmailFrequencyEnum, description: 'Of priority LOW.' }),
    normal: t.field({ type: EmailFrequencyEnum, description: 'Of priority NORMAL.' }),
    high: t.field({ type: EmailFrequencyEnum, description: 'Of priority HIGH.' }),
    urgent: t.field({ type: EmailFrequencyEnum, description: 'Of priority URGENT.' }),
    language: t.string({ description: 'What to be written to in: a language tag, such as `de`. It counts in all of the person\'s organisations.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('updateNotificationSettings', (t) =>
  t.field({
    type: builder.objectRef<{ settings: NotificationSettings; sequence: number }>('UpdateNotificationSettingsPayload').implement({
      description: 'The settings after the write.',
      fields: (f) => ({ sequence: f.exposeInt('sequence', { description: sequence }), settings: f.field({ type: SettingsType, description: 'As they are now.', resolve: (written) => written.settings }) }),
    }),
    description: 'Chooses how often one is mailed, in this organisation, and in which language, in all.',
    extensions: { permission },
    errors: { types: WRITE_ERRORS, union: { name: 'UpdateNotificationSettingsResult' } },
    args: { input: t.arg({ type: UpdateNotificationSettingsInput, required: true, description: 'What changes.' }) },
    resolve: (_root, { input }, ctx) => updateSettings(ctx, input),
  }),
)
