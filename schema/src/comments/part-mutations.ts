/** Mutations of what hangs on a comment: reactions, attachments, read marks, and the microstep that it becomes. */
import { builder } from '../builder.ts'
import { nodesByUuid } from '../plans/reads.ts'
import { Microstep } from '../plans/types.ts'
import { CREATE_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import { attachToComment, detachFromComment } from './attachments.ts'
import { attachmentFields, commentId, payload } from './mutations.ts'
import { reactToComment, unreactToComment } from './reactions.ts'
import { countUnread, markCommentsRead } from './read-state.ts'
import type { CommentsRead } from './read-state.ts'
import { readComment } from './reads.ts'
import { promoteComment } from './service.ts'
import type { CommentPromoted } from './service.ts'
import { Comment } from './types.ts'

const ReactionInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ commentId: commentId(t), emoji: t.string({ required: true, description: 'One emoji.' }), idempotencyKey: idempotencyKey(t) }),
  })

builder.mutationField('reactToComment', (t) =>
  t.field({
    type: payload('ReactToCommentPayload'),
    description: 'Reacts to a comment with an emoji. Each person reacts once with each: nothing happens a second time.',
    extensions: { permission: 'comments.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ReactToCommentResult' } },
    args: { input: t.arg({ type: ReactionInput('ReactToCommentInput', 'A reaction.'), required: true, description: 'The reaction.' }) },
    resolve: (_root, { input }, ctx) => reactToComment(ctx, input),
  }),
)

builder.mutationField('unreactToComment', (t) =>
  t.field({
    type: payload('UnreactToCommentPayload'),
    description: 'Takes a reaction back. Nothing happens where there is none.',
    extensions: { permission: 'comments.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'UnreactToCommentResult' } },
    args: { input: t.arg({ type: ReactionInput('UnreactToCommentInput', 'Which reaction to take back.'), required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, ctx) => unreactToComment(ctx, input),
  }),
)

const AttachToCommentInput = builder.inputType('AttachToCommentInput', {
  description: 'A link to attach.',
  fields: (t) => ({ commentId: commentId(t), ...attachmentFields(t), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('attachToComment', (t) =>
  t.field({
    type: payload('AttachToCommentPayload'),
    description: "Attaches a link to a comment: to one's own, or to any with the permission comments.moderate.",
    extensions: { permission: 'comments.write', permissionForOthers: 'comments.moderate' },
    errors: { types: WRITE_ERRORS, union: { name: 'AttachToCommentResult' } },
    args: { input: t.arg({ type: AttachToCommentInput, required: true, description: 'The link.' }) },
    resolve: (_root, { input }, ctx) => attachToComment(ctx, input),
  }),
)

const DetachFromCommentInput = builder.inputType('DetachFromCommentInput', {
  description: 'What to take away.',
  fields: (t) => ({ commentId: commentId(t), attachmentId: t.id({ required: true, description: 'The attachment: node id or UUID.' }), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('detachFromComment', (t) =>
  t.field({
    type: payload('DetachFromCommentPayload'),
    description: "Takes an attachment away: from one's own comment, or from any with the permission comments.moderate.",
    extensions: { permission: 'comments.write', permissionForOthers: 'comments.moderate' },
    errors: { types: WRITE_ERRORS, union: { name: 'DetachFromCommentResult' } },
    args: { input: t.arg({ type: DetachFromCommentInput, required: true, description: 'Which attachment.' }) },
    resolve: (_root, { input }, ctx) => detachFromComment(ctx, input),
  }),
)

const MarkCommentsReadInput = builder.inputType('MarkCommentsReadInput', {
  description: 'What was read: a thread up to a comment, or all threads of a project.',
  fields: (t) => ({
    commentId: t.id({ description: 'The last comment that was read in its thread: node id or UUID.' }),
    projectId: t.id({ description: 'Or the project whose threads were all read: node id, UUID or slug.' }),
    upTo: t.int({ description: 'Of a project: what was added up to the event of this sequence. Default: everything.' }),
  }),
})

const MarkCommentsReadPayload = builder.objectRef<CommentsRead>('MarkCommentsReadPayload').implement({
  description: 'What is left to read.',
  fields: (t) => ({
    unreadComments: t.int({ description: 'How many comments of the project are unread now.', resolve: ({ projectId }, _args, ctx) => countUnread(ctx, 'project', projectId) }),
  }),
})

builder.mutationField('markCommentsRead', (t) =>
  t.field({
    type: MarkCommentsReadPayload,
    description: 'Marks comments as read by who asks, on all of their devices. What was read stays read: a mark only moves forward.',
    extensions: { permission: 'comments.read' },
    errors: { types: WRITE_ERRORS, union: { name: 'MarkCommentsReadResult' } },
    args: { input: t.arg({ type: MarkCommentsReadInput, required: true, description: 'What was read.' }) },
    resolve: (_root, { input }, ctx) => markCommentsRead(ctx, input),
  }),
)

const PromoteCommentInput = builder.inputType('PromoteCommentInput', {
  description: 'The microstep that a comment becomes.',
  fields: (t) => ({
    commentId: commentId(t),
    stepId: t.id({ required: true, description: 'Key or id of the step that the microstep is added to, at its end.' }),
    title: t.string({ required: true, description: 'One line.' }),
    criteria: t.stringList({ required: true, description: 'Acceptance criteria: what must be true, each one a text.' }),
    key: t.string({ description: 'Key of the microstep. Default: the next one of the step.' }),
    id: t.id({ description: 'An id of the microstep made by the client (UUID or mic_...).' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

const PromoteCommentPayload = builder.objectRef<CommentPromoted>('PromoteCommentPayload').implement({
  description: 'The comment and the microstep that it became.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
    comment: t.field({ type: Comment, description: 'The comment as it is now.', resolve: (done, _args, ctx) => readComment(ctx, encodeNodeId('Comment', done.commentId), ['commentId']) }),
    microstep: t.field({
      type: Microstep,
      nullable: true,
      description: 'The microstep; null when it was deleted since, in the answer to a repeated request.',
      resolve: async (done, _args, ctx) => (await nodesByUuid(ctx, [done.microstepId], 'microstep'))[0],
    }),
  }),
})

builder.mutationField('promoteComment', (t) =>
  t.field({
    type: PromoteCommentPayload,
    description: 'Makes a microstep of a comment. The two name each other, in the plan document too (`x-promotedFrom`). Needs planner.write as well.',
    extensions: { permission: 'comments.promote' },
    errors: { types: CREATE_ERRORS, union: { name: 'PromoteCommentResult' } },
    args: { input: t.arg({ type: PromoteCommentInput, required: true, description: 'The microstep.' }) },
    resolve: (_root, { input }, ctx) => promoteComment(ctx, input),
  }),
)
