import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { REASONS } from './causes.ts'
import { PRIORITIES } from './priorities.ts'
import { notificationsByUuid } from './reads.ts'
import { titleOf } from './rows.ts'
import type { NotificationRow } from './rows.ts'
import { EMAIL_FREQUENCIES } from './settings.ts'
import type { NotificationSettings } from './settings.ts'
import type { InterestWritten } from './service.ts'

export const PriorityEnum = builder.enumType('NotificationPriority', { description: 'How much something wants to be seen.', values: PRIORITIES })
export const ReasonEnum = builder.enumType('NotificationReason', { description: 'Why somebody is told; with several reasons the weightiest.', values: REASONS })
export const EmailFrequencyEnum = builder.enumType('EmailFrequency', { description: 'When something is mailed. Digests are sent once the hour, or the day (UTC), is over.', values: EMAIL_FREQUENCIES })
export const InterestLevelEnum = builder.enumType('NotificationLevel', { description: 'What one wants to hear of a subject.', values: ['WATCHING', 'MUTED'] as const })

export const Notification = builder.objectRef<NotificationRow>('Notification')

builder.node(Notification, {
  description: 'One event that somebody is told of, once.',
  id: { resolve: ({ id }) => id },
  isTypeOf: (value) => 'reason' in (value as object) && 'priority' in (value as object),
  loadMany: (uuids, ctx) => notificationsByUuid(ctx, uuids),
})

builder.objectFields(Notification, (t) => ({
  kind: t.exposeString('kind', { description: 'Kind of the event, e.g. `comment.added`.' }),
  reason: t.expose('reason', { type: ReasonEnum, description: 'Why.' }),
  priority: t.expose('priority', { type: PriorityEnum, description: 'How much it wants to be seen.' }),
  title: t.string({ description: 'What happened, in one line of English. `kind` and `reason` tell it in other languages.', resolve: (row) => titleOf(row, DEFAULT_LANGUAGE) }),
  text: t.exposeString('text', { nullable: true, description: 'The beginning of the comment that it is about, as it is now: at most 280 characters of markdown.' }),
  actor: t.expose('actor', { type: PersonType, nullable: true, description: 'Who did it; null: the server.' }),
  projectId: t.id({ nullable: true, description: 'Node id of the project; null: it is about the organisation.', resolve: ({ projectId }) => projectId && encodeNodeId('Project', projectId) }),
  itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key that the item had.' }),
  threadId: t.id({ nullable: true, description: 'Node id of the first comment of the thread.', resolve: ({ threadId }) => threadId && encodeNodeId('Comment', threadId) }),
  commentId: t.id({ nullable: true, description: 'Node id of the comment.', resolve: ({ commentId }) => commentId && encodeNodeId('Comment', commentId) }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
  readAt: t.expose('readAt', { type: 'DateTime', nullable: true, description: 'When it was marked read; null while it is unread.' }),
}))

export const InterestType = builder.objectRef<InterestWritten>('NotificationInterest').implement({
  description: 'What one watches, or wants to hear nothing of: a project, an item, or a thread.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: ({ projectId }) => encodeNodeId('Project', projectId) }),
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item; null: it is not about one.' }),
    threadId: t.id({ nullable: true, description: 'Node id of the first comment of the thread; null: it is not about one.', resolve: ({ threadId }) => threadId && encodeNodeId('Comment', threadId) }),
    level: t.expose('level', { type: InterestLevelEnum, nullable: true, description: 'Null: neither.' }),
  }),
})

export const SettingsType = builder.objectRef<NotificationSettings>('NotificationSettings').implement({
  description: 'How often one is mailed, by priority. In the app everything is shown.',
  fields: (t) => ({
    low: t.expose('low', { type: EmailFrequencyEnum, description: 'Default: OFF.' }),
    normal: t.expose('normal', { type: EmailFrequencyEnum, description: 'Default: DIGEST_DAILY.' }),
    high: t.expose('high', { type: EmailFrequencyEnum, description: 'Default: IMMEDIATE.' }),
    urgent: t.expose('urgent', { type: EmailFrequencyEnum, description: 'Default: IMMEDIATE.' }),
    language: t.exposeString('language', { nullable: true, description: 'What mails to the person are written in, in all of their organisations: `en`, `es`, `fr` or `de`. Null: nobody knows; then it is English.' }),
  }),
})
