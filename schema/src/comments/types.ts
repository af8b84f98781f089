import { parseMentions } from '@buildrunner/sdk/mentions'
import type { Mention } from '@buildrunner/sdk/mentions'
import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { nodesByUuid } from '../plans/reads.ts'
import { Microstep } from '../plans/types.ts'
import { Project } from '../projects/types.ts'
import { batched } from '../shared/batch.ts'
import { connection, pageRange, totalCountOf } from '../shared/connections.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { attachmentsOf } from './attachments.ts'
import { renderer } from './html.ts'
import { Attachment, Reaction, Revision } from './part-types.ts'
import { reactionsOf } from './reactions.ts'
import { countUnread, isUnread } from './read-state.ts'
import { commentsByUuid, originOf, readReplies } from './reads.ts'
import type { CommentCursor } from './reads.ts'
import { readRevisions } from './revisions.ts'
import type { RevisionCursor } from './revisions.ts'
import type { CommentRow } from './rows.ts'
import { peopleMentioned } from './service.ts'

export const ItemKindEnum = builder.enumType('ItemKind', {
  description: 'What an item of a plan is.',
  values: { MILESTONE: { value: 'milestone' }, STEP: { value: 'step' }, MICROSTEP: { value: 'microstep' } } as const,
})

export const MentionKind = builder.enumType('MentionKind', {
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
  bodyHtml: t.string({
    nullable: true,
    description: 'The text as HTML that a page can show as it is: GitHub flavoured, without scripts, images and raw HTML. Null once deleted.',
    complexity: { field: 10 },
    resolve: (comment) => (comment.body === null ? null : renderer.render(comment.body)),
  }),
  mentions: t.field({ type: [MentionType], description: 'Who is mentioned, each once, in the order of the text.', resolve: (comment) => (comment.body === null ? [] : parseMentions(comment.body)) }),
  mentionedPeople: t.field({
    type: [PersonType],
    description: 'The people whom the mentions mean now: those of a role or team, of those who see the project. Each once, at most 100.',
    resolve: async (comment, _args, ctx) => [...(await peopleMentioned(ctx, comment))],
  }),
  createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
  editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When its text was last changed.' }),
  editedBy: t.expose('editedBy', { type: PersonType, nullable: true, description: 'Who last changed its text.' }),
  deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was deleted.' }),
  resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When the thread was resolved; null while it is open, and for answers.' }),
  resolvedBy: t.expose('resolvedBy', { type: PersonType, nullable: true, description: 'Who resolved the thread.' }),
  replyCount: t.exposeInt('replyCount', { description: 'How many answers the thread has, deleted ones included; 0 for answers.' }),
  replies: t.connection(
    {
      type: Comment,
      description: 'The answers of the thread, oldest first: an answer comes behind what it answers. Answers themselves have none: all belong to the first comment of their thread.',
      resolve: async (comment, args, ctx) => {
        const range = pageRange<CommentCursor>(args)
        return connection(range, await readReplies(ctx, comment, range))
      },
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
  revisions: t.connection(
    {
      type: Revision,
      description: 'What it said before it was edited, newest first.',
      resolve: async (comment, args, ctx) => {
        const range = pageRange<RevisionCursor>(args)
        return connection(range, await readRevisions(ctx, comment, range))
      },
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
  reactions: t.field({ type: [Reaction], description: 'Reactions, each emoji once, the first one first; at most 50.', resolve: async (comment, _args, ctx) => [...(await reactionsOf(ctx, comment))] }),
  attachments: t.field({ type: [Attachment], description: 'What is attached, oldest first; at most 20.', resolve: async (comment, _args, ctx) => [...(await attachmentsOf(ctx, comment))] }),
  unread: t.boolean({ description: 'Whether who asks has yet to read it. Never true of own comments and of deleted ones.', resolve: (comment, _args, ctx) => isUnread(ctx, comment) }),
  unreadCount: t.int({
    description: 'How many comments of the thread are unread, this one included; 0 for answers.',
    resolve: (comment, _args, ctx) => (comment.parentId === null ? countUnread(ctx, 'thread', comment.id) : 0),
  }),
  promotedToKey: t.exposeString('promotedToKey', { nullable: true, description: 'Key of the microstep that it was promoted to; null when that is no longer in the plan.' }),
  promotedTo: t.field({
    type: Microstep,
    nullable: true,
    description: 'The microstep that it was promoted to.',
    resolve: async ({ promotedToId }, _args, ctx) => (promotedToId === null ? null : ((await batched(ctx, 'comments:promoted', promotedToId, async (uuids) => {
      const microsteps = await nodesByUuid(ctx, uuids, 'microstep')
      return new Map(microsteps.flatMap((microstep) => (microstep === null ? [] : [[microstep.uuid, microstep]])))
    })) ?? null)),
  }),
}))

builder.objectField(Microstep, 'promotedFrom', (t) =>
  t.field({ type: Comment, nullable: true, description: 'The comment that was promoted to it.', resolve: (microstep, _args, ctx) => originOf(ctx, microstep.uuid) }),
)

builder.objectField(Project, 'unreadComments', (t) =>
  t.int({ description: 'How many comments on its items are unread.', resolve: (project, _args, ctx) => countUnread(ctx, 'project', project.id) }),
)
