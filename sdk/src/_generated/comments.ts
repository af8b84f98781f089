// Generated from sdk/operations/comments.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { ItemKind, MentionKind } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** A comment on an item of a plan. The first of a thread has no `parentId`. */
export interface Comment {
  id: string
  /** Node id of the first comment of its thread. */
  threadId: string
  /** Node id of the comment that it answers; null for the first of a thread. */
  parentId: string | null
  /** Key of the item it is about; null when that is no longer in the plan. */
  itemKey: string | null
  /** Who wrote it. */
  author: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Markdown as it was written; null once deleted. */
  body: string | null
  /** Who is mentioned, each once, in the order of the text. */
  mentions: Array<{
    /** Who is meant. */
    kind: MentionKind
    /** As it was written, without `@` and kind. */
    name: string
  }>
  /** When it was written. */
  createdAt: string
  /** When its text was last changed. */
  editedAt: string | null
  /** When it was deleted. */
  deletedAt: string | null
  /** When the thread was resolved; null while it is open, and for answers. */
  resolvedAt: string | null
  /** Who resolved the thread. */
  resolvedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
  /** How many answers the thread has, deleted ones included; 0 for answers. */
  replyCount: number
}

/** What `comments.list` takes. */
export interface CommentsListVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only those on this item (key or node id). */
  itemId?: string | null
  /** Only those on items of this kind. */
  itemKind?: ItemKind | null
  /** true: only resolved ones; false: only open ones. Default: both. */
  resolved?: boolean | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `comments.list` answers. */
export interface CommentsListData {
  comments: Comment[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `comments.get` takes. */
export interface CommentsGetVariables {
  /** Node id or UUID. */
  commentId: string
}

/** What `comments.get` answers. */
export type CommentsGetData = Comment

/** What `comments.replies` takes. */
export interface CommentsRepliesVariables {
  /** Node id or UUID. */
  commentId: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `comments.replies` answers. */
export interface CommentsRepliesData {
  replies: Comment[]
  pageInfo: PageInfo
  /** How many there are, on all pages. */
  totalCount: number
}

/** What `comments.add` takes. */
export interface CommentsAddVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item it is about. */
  itemId: string
  /** Markdown, 1 to 50,000 characters. `@ada`, `@role:QA` and `@team:frontend` mention. */
  body: string
  /** What the item is expected to be; refused when it is something else. */
  itemKind?: ItemKind | null
  /** An id made by the client (UUID or cmt_...), so that a retry creates nothing twice. */
  id?: string | null
}

/** What `comments.add` answers. */
export interface CommentsAddData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.reply` takes. */
export interface CommentsReplyVariables {
  /** The comment that it answers: node id or UUID. */
  commentId: string
  /** Markdown, 1 to 50,000 characters. `@ada`, `@role:QA` and `@team:frontend` mention. */
  body: string
  /** An id made by the client (UUID or cmt_...), so that a retry creates nothing twice. */
  id?: string | null
}

/** What `comments.reply` answers. */
export interface CommentsReplyData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.edit` takes. */
export interface CommentsEditVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** Markdown, 1 to 50,000 characters. `@ada`, `@role:QA` and `@team:frontend` mention. */
  body: string
}

/** What `comments.edit` answers. */
export interface CommentsEditData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.delete` takes. */
export interface CommentsDeleteVariables {
  /** The comment: node id or UUID. */
  commentId: string
}

/** What `comments.delete` answers. */
export interface CommentsDeleteData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.resolve` takes. */
export interface CommentsResolveVariables {
  /** Any comment of the thread: node id or UUID. */
  commentId: string
  /** false opens it again. Default: true. */
  resolved?: boolean
}

/** What `comments.resolve` answers. */
export interface CommentsResolveData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** Comments on milestones, steps and microsteps, in threads. */
export interface CommentsGroup {
  /**
   * Threads of a project or of one item, newest first: their first comments.
   *
   * Only the first comments of the threads: `comments.replies` has the answers.
   *
   * @example
   * ```ts
   * for await (const thread of client.comments.list({ itemId: 'T-12', resolved: false })) console.log(thread.author.name, thread.body)
   * ```
   */
  list(variables?: CommentsListVariables, options?: CallOptions): ListRequest<CommentsListData, CommentsListData['comments'][number]>

  /**
   * One comment. NOT_FOUND when the key sees no such comment.
   *
   * @example
   * ```ts
   * const { data } = await client.comments.get({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  get(variables: CommentsGetVariables, options?: CallOptions): Request<CommentsGetData>

  /**
   * One comment. NOT_FOUND when the key sees no such comment.
   *
   * @example
   * ```ts
   * const replies = await client.comments.replies({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' }).toArray()
   * ```
   */
  replies(variables: CommentsRepliesVariables, options?: CallOptions): ListRequest<CommentsRepliesData, CommentsRepliesData['replies'][number]>

  /**
   * Begins a thread on an item.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.add({ itemId: 'T-12', body: 'Great work @johndoe! @role:QA please review.' })
   * ```
   */
  add(variables: CommentsAddVariables, options?: CallOptions): Request<CommentsAddData>

  /**
   * Answers a comment, in its thread. A resolved thread is open again.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.reply({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', body: 'Done in #42.' })
   * ```
   */
  reply(variables: CommentsReplyVariables, options?: CallOptions): Request<CommentsReplyData>

  /**
   * Changes the text of a comment: one's own, or any with the permission comments.moderate. The text before is kept.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.edit({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', body: 'Done in #43.' })
   * ```
   */
  edit(variables: CommentsEditVariables, options?: CallOptions): Request<CommentsEditData>

  /**
   * Deletes the text of a comment and what hangs on it: one's own, or any with the permission comments.moderate. Its place stays, so that answers keep what they answer.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.delete({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  delete(variables: CommentsDeleteVariables, options?: CallOptions): Request<CommentsDeleteData>

  /**
   * Resolves the thread of a comment, or opens it again. Answers with the first comment of the thread.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.resolve({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  resolve(variables: CommentsResolveVariables, options?: CallOptions): Request<CommentsResolveData>
}
