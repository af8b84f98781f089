// Generated from sdk/operations/comments.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { AttachmentKind, CommentAttachmentInput, ItemKind, MentionKind } from './schema.ts'
import type { Microstep } from './plans.ts'
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
  /** Who last changed its text. */
  editedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
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
  /** Reactions, each emoji once, the first one first; at most 50. */
  reactions: Array<{
    /** One emoji. */
    emoji: string
    /** How many people reacted so. */
    count: number
    /** Whether who asks is one of them. */
    mine: boolean
    /** The first 10 of them. */
    people: Array<{
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }>
  }>
  /** What is attached, oldest first; at most 20. */
  attachments: CommentAttachment[]
  /** Whether who asks has yet to read it. Never true of own comments and of deleted ones. */
  unread: boolean
  /** Key of the microstep that it was promoted to; null when that is no longer in the plan. */
  promotedToKey: string | null
}

/** A link that is attached to a comment. */
export interface CommentAttachment {
  id: string
  /** What it leads to. */
  kind: AttachmentKind
  /** Its address: http or https. */
  url: string
  /** Text of the link. */
  title: string | null
  /** Who attached it. */
  addedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** When it was attached. */
  createdAt: string
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
  /** Links to attach, at most 20. */
  attachments?: readonly CommentAttachmentInput[] | null
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
  /** Links to attach, at most 20. */
  attachments?: readonly CommentAttachmentInput[] | null
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
  /** When given, the text must be the one of this time, null: that it was written with; answered with CONFLICT when it was edited since. */
  expectedEditedAt?: string | null
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

/** What `comments.promote` takes. */
export interface CommentsPromoteVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** Key or id of the step that the microstep is added to, at its end. */
  stepId: string
  /** One line. */
  title: string
  /** Acceptance criteria: what must be true, each one a text. */
  criteria: readonly string[]
  /** Key of the microstep. Default: the next one of the step. */
  key?: string | null
  /** An id of the microstep made by the client (UUID or mic_...). */
  id?: string | null
}

/** What `comments.promote` answers. */
export interface CommentsPromoteData {
  /** The comment as it is now. */
  comment: Comment
  /** The microstep; null when it was deleted since, in the answer to a repeated request. */
  microstep: Microstep | null
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.react` takes. */
export interface CommentsReactVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** One emoji. */
  emoji: string
}

/** What `comments.react` answers. */
export interface CommentsReactData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.unreact` takes. */
export interface CommentsUnreactVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** One emoji. */
  emoji: string
}

/** What `comments.unreact` answers. */
export interface CommentsUnreactData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.attach` takes. */
export interface CommentsAttachVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** What it leads to. */
  kind: AttachmentKind
  /** Its address: absolute, http or https, at most 2,000 characters. */
  url: string
  /** Text of the link, at most 200 characters. */
  title?: string | null
}

/** What `comments.attach` answers. */
export interface CommentsAttachData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.detach` takes. */
export interface CommentsDetachVariables {
  /** The comment: node id or UUID. */
  commentId: string
  /** The attachment: node id or UUID. */
  attachmentId: string
}

/** What `comments.detach` answers. */
export interface CommentsDetachData {
  /** The comment as it is now. */
  comment: Comment
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `comments.markRead` takes. */
export interface CommentsMarkReadVariables {
  /** The last comment that was read in its thread: node id or UUID. */
  commentId: string
}

/** What `comments.markRead` answers. */
export interface CommentsMarkReadData {
  /** How many comments of the project are unread now. */
  unreadComments: number
}

/** What `comments.markAllRead` takes. */
export interface CommentsMarkAllReadVariables {
  /** Or the project whose threads were all read: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Of a project: what was added up to the event of this sequence. Default: everything. */
  upTo?: number | null
}

/** What `comments.markAllRead` answers. */
export interface CommentsMarkAllReadData {
  /** How many comments of the project are unread now. */
  unreadComments: number
}

/** What `comments.unread` takes. */
export interface CommentsUnreadVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `comments.unread` answers. */
export interface CommentsUnreadData {
  /** How many comments on its items are unread. */
  unreadComments: number
}

/** What `comments.revisions` takes. */
export interface CommentsRevisionsVariables {
  /** Node id or UUID. */
  commentId: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `comments.revisions` answers. */
export interface CommentsRevisionsData {
  revisions: Array<{
    /** Markdown as it was written. */
    body: string
    /** When it was written. */
    writtenAt: string
    /** Who wrote it. */
    writtenBy: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }
  }>
  pageInfo: PageInfo
  /** How many there are, on all pages. */
  totalCount: number
}

/** What `comments.render` takes. */
export interface CommentsRenderVariables {
  /** Node id or UUID. */
  commentId: string
}

/** What `comments.render` answers. */
export interface CommentsRenderData {
  /** The text as HTML that a page can show as it is: GitHub flavoured, without scripts, images and raw HTML. Null once deleted. */
  bodyHtml: string | null
  /** The people whom the mentions mean now: those of a role or team, of those who see the project. Each once, at most 100. */
  mentionedPeople: Array<{
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }>
}

/** What `comments.suggestMentions` takes. */
export interface CommentsSuggestMentionsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** What was typed behind the `@`: `gr`, `role:`, `team:fr`. Empty: everybody. */
  prefix: string
  /** At most so many, 1 to 50. Default: 10. */
  first?: number
}

/** What `comments.suggestMentions` answers. */
export type CommentsSuggestMentionsData = ({
  /** Who is meant. */
  kind: MentionKind
  /** What a mention writes behind the `@`, without the kind. */
  name: string
  /** What people read: the name of the person, role or team. */
  label: string
  /** How many people it means. */
  people: number
})[]

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
   * With `expectedEditedAt` (null: never edited) a text that somebody else changed meanwhile answers `CONFLICT` and stays.
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

  /**
   * Makes a microstep of a comment. The two name each other, in the plan document too (`x-promotedFrom`). Needs planner.write as well.
   *
   * Makes a microstep of a comment; the two name each other from then on.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.promote({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] })
   * ```
   */
  promote(variables: CommentsPromoteVariables, options?: CallOptions): Request<CommentsPromoteData>

  /**
   * Reacts to a comment with an emoji. Each person reacts once with each: nothing happens a second time.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.react({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', emoji: '🎉' })
   * ```
   */
  react(variables: CommentsReactVariables, options?: CallOptions): Request<CommentsReactData>

  /**
   * Takes a reaction back. Nothing happens where there is none.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.unreact({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', emoji: '🎉' })
   * ```
   */
  unreact(variables: CommentsUnreactVariables, options?: CallOptions): Request<CommentsUnreactData>

  /**
   * Attaches a link to a comment: to one's own, or to any with the permission comments.moderate.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.attach({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', kind: 'PULL_REQUEST', url: 'https://git.example.com/web/pull/42', title: '#42' })
   * ```
   */
  attach(variables: CommentsAttachVariables, options?: CallOptions): Request<CommentsAttachData>

  /**
   * Takes an attachment away: from one's own comment, or from any with the permission comments.moderate.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.comments.detach({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', attachmentId: 'att_01a2008b71a07f2ebe4265f046903172' })
   * ```
   */
  detach(variables: CommentsDetachVariables, options?: CallOptions): Request<CommentsDetachData>

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
   * const { data, error } = await client.comments.markRead({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  markRead(variables: CommentsMarkReadVariables, options?: CallOptions): Request<CommentsMarkReadData>

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
   * const { data, error } = await client.comments.markAllRead()
   * ```
   */
  markAllRead(variables?: CommentsMarkAllReadVariables, options?: CallOptions): Request<CommentsMarkAllReadData>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * const { data } = await client.comments.unread()
   * ```
   */
  unread(variables?: CommentsUnreadVariables, options?: CallOptions): Request<CommentsUnreadData>

  /**
   * One comment. NOT_FOUND when the key sees no such comment.
   *
   * What a comment said before it was edited, newest first.
   *
   * @example
   * ```ts
   * const revisions = await client.comments.revisions({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' }).toArray()
   * ```
   */
  revisions(variables: CommentsRevisionsVariables, options?: CallOptions): ListRequest<CommentsRevisionsData, CommentsRevisionsData['revisions'][number]>

  /**
   * One comment. NOT_FOUND when the key sees no such comment.
   *
   * The text as HTML that a page can show as it is, and the people whom its mentions mean now.
   *
   * @example
   * ```ts
   * const { data } = await client.comments.render({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  render(variables: CommentsRenderVariables, options?: CallOptions): Request<CommentsRenderData>

  /**
   * Who can be mentioned in a project by what begins like this: people, then roles, then teams.
   *
   * Who can complete a mention; `insertMention` of `@buildrunner/sdk/mentions` puts one into the text.
   *
   * @example
   * ```ts
   * const { data } = await client.comments.suggestMentions({ prefix: 'gr' })
   * ```
   */
  suggestMentions(variables: CommentsSuggestMentionsVariables, options?: CallOptions): Request<CommentsSuggestMentionsData>
}
