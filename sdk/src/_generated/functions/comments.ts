// Generated from sdk/operations/comments.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { CommentsAddData, CommentsAddVariables, CommentsAttachData, CommentsAttachVariables, CommentsDeleteData, CommentsDeleteVariables, CommentsDetachData, CommentsDetachVariables, CommentsEditData, CommentsEditVariables, CommentsGetData, CommentsGetVariables, CommentsListData, CommentsListVariables, CommentsMarkAllReadData, CommentsMarkAllReadVariables, CommentsMarkReadData, CommentsMarkReadVariables, CommentsPromoteData, CommentsPromoteVariables, CommentsReactData, CommentsReactVariables, CommentsRenderData, CommentsRenderVariables, CommentsRepliesData, CommentsRepliesVariables, CommentsReplyData, CommentsReplyVariables, CommentsResolveData, CommentsResolveVariables, CommentsRevisionsData, CommentsRevisionsVariables, CommentsSuggestMentionsData, CommentsSuggestMentionsVariables, CommentsUnreactData, CommentsUnreactVariables, CommentsUnreadData, CommentsUnreadVariables } from '../comments.ts'
import { comments_add, comments_attach, comments_delete, comments_detach, comments_edit, comments_get, comments_list, comments_markAllRead, comments_markRead, comments_promote, comments_react, comments_render, comments_replies, comments_reply, comments_resolve, comments_revisions, comments_suggestMentions, comments_unreact, comments_unread } from '../operations/comments.ts'

export type * from '../comments.ts'

/**
 * Threads of a project or of one item, newest first: their first comments.
 *
 * Only the first comments of the threads: `comments.replies` has the answers.
 *
 * @example
 * ```ts
 * for await (const thread of listComments(client, { itemId: 'T-12', resolved: false })) console.log(thread.author.name, thread.body)
 * ```
 */
export function listComments(client: Client, variables?: CommentsListVariables, options?: CallOptions): ListRequest<CommentsListData, CommentsListData['comments'][number]> {
  return list(client, comments_list, variables, options)
}

/**
 * One comment. NOT_FOUND when the key sees no such comment.
 *
 * @example
 * ```ts
 * const { data } = await getComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function getComment(client: Client, variables: CommentsGetVariables, options?: CallOptions): Request<CommentsGetData> {
  return call(client, comments_get, variables, options)
}

/**
 * One comment. NOT_FOUND when the key sees no such comment.
 *
 * @example
 * ```ts
 * const replies = await listReplies(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' }).toArray()
 * ```
 */
export function listReplies(client: Client, variables: CommentsRepliesVariables, options?: CallOptions): ListRequest<CommentsRepliesData, CommentsRepliesData['replies'][number]> {
  return list(client, comments_replies, variables, options)
}

/**
 * Begins a thread on an item.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await addComment(client, { itemId: 'T-12', body: 'Great work @johndoe! @role:QA please review.' })
 * ```
 */
export function addComment(client: Client, variables: CommentsAddVariables, options?: CallOptions): Request<CommentsAddData> {
  return call(client, comments_add, variables, options)
}

/**
 * Answers a comment, in its thread. A resolved thread is open again.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await replyToComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', body: 'Done in #42.' })
 * ```
 */
export function replyToComment(client: Client, variables: CommentsReplyVariables, options?: CallOptions): Request<CommentsReplyData> {
  return call(client, comments_reply, variables, options)
}

/**
 * Changes the text of a comment: one's own, or any with the permission comments.moderate. The text before is kept.
 *
 * With `expectedEditedAt` (null: never edited) a text that somebody else changed meanwhile answers `CONFLICT` and stays.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await editComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', body: 'Done in #43.' })
 * ```
 */
export function editComment(client: Client, variables: CommentsEditVariables, options?: CallOptions): Request<CommentsEditData> {
  return call(client, comments_edit, variables, options)
}

/**
 * Deletes the text of a comment and what hangs on it: one's own, or any with the permission comments.moderate. Its place stays, so that answers keep what they answer.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function deleteComment(client: Client, variables: CommentsDeleteVariables, options?: CallOptions): Request<CommentsDeleteData> {
  return call(client, comments_delete, variables, options)
}

/**
 * Resolves the thread of a comment, or opens it again. Answers with the first comment of the thread.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await resolveComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function resolveComment(client: Client, variables: CommentsResolveVariables, options?: CallOptions): Request<CommentsResolveData> {
  return call(client, comments_resolve, variables, options)
}

/**
 * Makes a microstep of a comment. The two name each other, in the plan document too (`x-promotedFrom`). Needs planner.write as well.
 *
 * Makes a microstep of a comment; the two name each other from then on.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await promoteComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] })
 * ```
 */
export function promoteComment(client: Client, variables: CommentsPromoteVariables, options?: CallOptions): Request<CommentsPromoteData> {
  return call(client, comments_promote, variables, options)
}

/**
 * Reacts to a comment with an emoji. Each person reacts once with each: nothing happens a second time.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await reactToComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', emoji: '🎉' })
 * ```
 */
export function reactToComment(client: Client, variables: CommentsReactVariables, options?: CallOptions): Request<CommentsReactData> {
  return call(client, comments_react, variables, options)
}

/**
 * Takes a reaction back. Nothing happens where there is none.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await unreactToComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', emoji: '🎉' })
 * ```
 */
export function unreactToComment(client: Client, variables: CommentsUnreactVariables, options?: CallOptions): Request<CommentsUnreactData> {
  return call(client, comments_unreact, variables, options)
}

/**
 * Attaches a link to a comment: to one's own, or to any with the permission comments.moderate.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await attachToComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', kind: 'PULL_REQUEST', url: 'https://git.example.com/web/pull/42', title: '#42' })
 * ```
 */
export function attachToComment(client: Client, variables: CommentsAttachVariables, options?: CallOptions): Request<CommentsAttachData> {
  return call(client, comments_attach, variables, options)
}

/**
 * Takes an attachment away: from one's own comment, or from any with the permission comments.moderate.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await detachFromComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', attachmentId: 'att_01a2008b71a07f2ebe4265f046903172' })
 * ```
 */
export function detachFromComment(client: Client, variables: CommentsDetachVariables, options?: CallOptions): Request<CommentsDetachData> {
  return call(client, comments_detach, variables, options)
}

/**
 * Marks comments as read by who asks, on all of their devices. What was read stays read: a mark only moves forward.
 *
 * Marks a thread as read up to this comment.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await markCommentRead(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function markCommentRead(client: Client, variables: CommentsMarkReadVariables, options?: CallOptions): Request<CommentsMarkReadData> {
  return call(client, comments_markRead, variables, options)
}

/**
 * Marks comments as read by who asks, on all of their devices. What was read stays read: a mark only moves forward.
 *
 * Marks all threads of a project as read.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await markCommentsRead(client)
 * ```
 */
export function markCommentsRead(client: Client, variables?: CommentsMarkAllReadVariables, options?: CallOptions): Request<CommentsMarkAllReadData> {
  return call(client, comments_markAllRead, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * const { data } = await countUnreadComments(client)
 * ```
 */
export function countUnreadComments(client: Client, variables?: CommentsUnreadVariables, options?: CallOptions): Request<CommentsUnreadData> {
  return call(client, comments_unread, variables, options)
}

/**
 * One comment. NOT_FOUND when the key sees no such comment.
 *
 * What a comment said before it was edited, newest first.
 *
 * @example
 * ```ts
 * const revisions = await listRevisions(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' }).toArray()
 * ```
 */
export function listRevisions(client: Client, variables: CommentsRevisionsVariables, options?: CallOptions): ListRequest<CommentsRevisionsData, CommentsRevisionsData['revisions'][number]> {
  return list(client, comments_revisions, variables, options)
}

/**
 * One comment. NOT_FOUND when the key sees no such comment.
 *
 * The text as HTML that a page can show as it is, and the people whom its mentions mean now.
 *
 * @example
 * ```ts
 * const { data } = await renderComment(client, { commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function renderComment(client: Client, variables: CommentsRenderVariables, options?: CallOptions): Request<CommentsRenderData> {
  return call(client, comments_render, variables, options)
}

/**
 * Who can be mentioned in a project by what begins like this: people, then roles, then teams.
 *
 * Who can complete a mention; `insertMention` of `@buildrunner/sdk/mentions` puts one into the text.
 *
 * @example
 * ```ts
 * const { data } = await suggestMentions(client, { prefix: 'gr' })
 * ```
 */
export function suggestMentions(client: Client, variables: CommentsSuggestMentionsVariables, options?: CallOptions): Request<CommentsSuggestMentionsData> {
  return call(client, comments_suggestMentions, variables, options)
}
