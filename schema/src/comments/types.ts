import { parseMentions } from '@buildrunner/sdk/mentions'
import type { Mention } from '@buildrunner/sdk/mentions'
import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { connection, pageRange, totalCountOf } from '../shared/connections.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { commentsByUuid, readReplies } from './reads.ts'
import type { CommentCursor } from './reads.ts'
import type { CommentRow } from './rows.ts'

export const ItemKindEnum = builder.enumType('ItemKind', {
  description: 'What an item of a plan is.',
  values: { MILESTONE: { value: 'milestone' }, STEP: { value: 'step' }, MICROSTEP: { value: 'microstep' } } as const,
})

const MentionKind = builder.enumType('MentionKind', {
  description: 'Who a mention means.',
  values: { USER: { value: 'user', description: 'A person: `@ada`.' }, ROLE: { value: 'role', description: 'Everybody of a role: `@role:QA`.' }, TEAM: { value: 'team', description: 'A team: `@team:frontend`.' } },
})

const MentionType = builder.objectRef<Mention>('Mention').implement({
  description: 'A mention in the text of a comment.',
  fields: (t) => ({
    kind: t.field({ type: MentionKind, description: 'Who is meant.', resolve: (mention) => mention.kind }),
    name: t.exposeString('name', { description: 'As it was written, without `@` and kind.' }),
  }),
})

export const Comment = builder.objectRef<CommentRow>('Comment')

builder.node(Comment, {
  description: 'A comment on an item of a plan. The first of a thread has no `parentId`.',
  id: { resolve: (comment) => comment.id },
  isTypeOf: (value) => 'threadId' in (value as object),
  loadMany: (uuids, ctx) => commentsByUuid(ctx, uuids),
})

const nodeId = (uuid: string | null): string | null => (uuid === null ? null : encodeNodeId('Comment', uuid))
const totalCount = { description: 'How many there are, on all pages.', resolve: totalCountOf } as const

builder.objectFields(Comment, (t) => ({
  projectId: t.id({ description: 'Node id of the project.', resolve: (comment) => encodeNodeId('Project', comment.projectId) }),
  itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item it is about; null when that is no longer in the plan.' }),
  threadId: t.id({ description: 'Node id of the first comment of its thread.', resolve: (comment) => encodeNodeId('Comment', comment.threadId) }),
  parentId: t.id({ nullable: true, description: 'Node id of the comment that it answers; null for the first of a thread.', resolve: (comment) => nodeId(comment.parentId) }),
  author: t.expose('author', { type: PersonType, description: 'Who wrote it.' }),
  body: t.exposeString('body', { nullable: true, description: 'Markdown as it was written; null once deleted.' }),
  mentions: t.field({ type: [MentionType], description: 'Who is mentioned, each once, in the order of the text.', resolve: (comment) => (comment.body === null ? [] : parseMentions(comment.body)) }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
  editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When its text was last changed.' }),
  deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was deleted.' }),
  resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When the thread was resolved; null while it is open, and for answers.' }),
  resolvedBy: t.expose('resolvedBy', { type: PersonType, nullable: true, description: 'Who resolved the thread.' }),
  replyCount: t.exposeInt('replyCount', { description: 'How many answers the thread has, deleted ones included; 0 for answers.' }),
  replies: t.connection(
    {
      type: Comment,
      description: 'The answers of the thread, oldest first. Answers themselves have none: all answers belong to the first comment of their thread.',
      resolve: async (comment, args, ctx) => {
        const range = pageRange<CommentCursor>(args)
        return connection(range, await readReplies(ctx, comment, range))
      },
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
}))
