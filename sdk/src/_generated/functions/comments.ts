// Generated from sdk/operations/comments.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { CommentsAddData, CommentsAddVariables, CommentsDeleteData, CommentsDeleteVariables, CommentsEditData, CommentsEditVariables, CommentsGetData, CommentsGetVariables, CommentsListData, CommentsListVariables, CommentsRepliesData, CommentsRepliesVariables, CommentsReplyData, CommentsReplyVariables, CommentsResolveData, CommentsResolveVariables } from '../comments.ts'
import { comments_add, comments_delete, comments_edit, comments_get, comments_list, comments_replies, comments_reply, comments_resolve } from '../operations/comments.ts'

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
