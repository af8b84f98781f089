import { builder } from '../builder.ts'
import { CREATE_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { AttachmentKindEnum } from './part-types.ts'
import { readComment } from './reads.ts'
import { addComment, deleteComment, editComment, replyToComment, resolveComment } from './service.ts'
import type { CommentWritten } from './write.ts'
import { Comment, ItemKindEnum } from './types.ts'

/** Every mutation answers with the comment and the sequence of its event. */
export const payload = (name: string) =>
  builder.objectRef<CommentWritten>(name).implement({
    description: 'The comment after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
      comment: t.field({ type: Comment, description: 'The comment as it is now.', resolve: (written, _args, ctx) => readComment(ctx, encodeNodeId('Comment', written.commentId), ['commentId']) }),
    }),
  })

export const attachmentFields = (t: InputFields) => ({
  kind: t.field({ type: AttachmentKindEnum, required: true, description: 'What it leads to.' }),
  url: t.string({ required: true, description: 'Its address: absolute, http or https, at most 2,000 characters.' }),
  title: t.string({ description: 'Text of the link, at most 200 characters.' }),
})
const AttachmentInput = builder.inputType('CommentAttachmentInput', { description: 'A link to attach.', fields: attachmentFields })
const attachments = (t: InputFields) => t.field({ type: [AttachmentInput], description: 'Links to attach, at most 20.' })

const newId = (t: InputFields) => t.id({ description: 'An id made by the client (UUID or cmt_...), so that a retry creates nothing twice.' })
export const commentId = (t: InputFields, description = 'The comment: node id or UUID.') => t.id({ required: true, description })
const body = (t: InputFields) => t.string({ required: true, description: 'Markdown, 1 to 50,000 characters. `@ada`, `@role:QA` and `@team:frontend` mention.' })

const AddCommentInput = builder.inputType('AddCommentInput', {
  description: 'A comment that begins a thread.',
  fields: (t) => ({
    projectId: projectId(t), itemId: t.id({ required: true, description: 'Key or id of the item it is about.' }), body: body(t),
    itemKind: t.field({ type: ItemKindEnum, description: 'What the item is expected to be; refused when it is something else.' }), id: newId(t), attachments: attachments(t), idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('addComment', (t) =>
  t.field({
    type: payload('AddCommentPayload'),
    description: 'Begins a thread on an item.',
    extensions: { permission: 'comments.write' },
    errors: { types: CREATE_ERRORS, union: { name: 'AddCommentResult' } },
    args: { input: t.arg({ type: AddCommentInput, required: true, description: 'The comment.' }) },
    resolve: (_root, { input }, ctx) => addComment(ctx, input),
  }),
)

const ReplyToCommentInput = builder.inputType('ReplyToCommentInput', {
  description: 'An answer.',
  fields: (t) => ({ commentId: commentId(t, 'The comment that it answers: node id or UUID.'), body: body(t), id: newId(t), attachments: attachments(t), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('replyToComment', (t) =>
  t.field({
    type: payload('ReplyToCommentPayload'),
    description: 'Answers a comment, in its thread. A resolved thread is open again.',
    extensions: { permission: 'comments.write' },
    errors: { types: CREATE_ERRORS, union: { name: 'ReplyToCommentResult' } },
    args: { input: t.arg({ type: ReplyToCommentInput, required: true, description: 'The answer.' }) },
    resolve: (_root, { input }, ctx) => replyToComment(ctx, input),
  }),
)

const EditCommentInput = builder.inputType('EditCommentInput', {
  description: 'A new text for a comment.',
  fields: (t) => ({
    commentId: commentId(t), body: body(t), idempotencyKey: idempotencyKey(t),
    expectedEditedAt: t.field({ type: 'DateTime', description: 'When given, the text must be the one of this time, null: that it was written with; answered with CONFLICT when it was edited since.' }),
  }),
})

builder.mutationField('editComment', (t) =>
  t.field({
    type: payload('EditCommentPayload'),
    description: "Changes the text of a comment: one's own, or any with the permission comments.moderate. The text before is kept.",
    extensions: { permission: 'comments.write', permissionForOthers: 'comments.moderate' },
    errors: { types: WRITE_ERRORS, union: { name: 'EditCommentResult' } },
    args: { input: t.arg({ type: EditCommentInput, required: true, description: 'The new text.' }) },
    resolve: (_root, { input }, ctx) => editComment(ctx, input),
  }),
)

const DeleteCommentInput = builder.inputType('DeleteCommentInput', {
  description: 'Which comment to delete.',
  fields: (t) => ({ commentId: commentId(t), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('deleteComment', (t) =>
  t.field({
    type: payload('DeleteCommentPayload'),
    description: "Deletes the text of a comment and what hangs on it: one's own, or any with the permission comments.moderate. Its place stays, so that answers keep what they answer.",
    extensions: { permission: 'comments.write', permissionForOthers: 'comments.moderate' },
    errors: { types: WRITE_ERRORS, union: { name: 'DeleteCommentResult' } },
    args: { input: t.arg({ type: DeleteCommentInput, required: true, description: 'Which comment.' }) },
    resolve: (_root, { input }, ctx) => deleteComment(ctx, input),
  }),
)

const ResolveCommentInput = builder.inputType('ResolveCommentInput', {
  description: 'Which thread to resolve or to open again.',
  fields: (t) => ({ commentId: commentId(t, 'Any comment of the thread: node id or UUID.'), resolved: t.boolean({ defaultValue: true, description: 'false opens it again.' }), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('resolveComment', (t) =>
  t.field({
    type: payload('ResolveCommentPayload'),
    description: 'Resolves the thread of a comment, or opens it again. Answers with the first comment of the thread.',
    extensions: { permission: 'comments.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ResolveCommentResult' } },
    args: { input: t.arg({ type: ResolveCommentInput, required: true, description: 'Which thread.' }) },
    resolve: (_root, { input }, ctx) => resolveComment(ctx, { ...input, resolved: input.resolved ?? true }),
  }),
)
