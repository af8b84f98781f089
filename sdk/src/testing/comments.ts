/** The operations of `client.comments`: threads on the items of a plan. Each write is one event in the project's stream. */
import type {
  Comment, CommentsAddData, CommentsAddVariables, CommentsDeleteVariables, CommentsEditVariables, CommentsGetVariables, CommentsListData, CommentsListVariables,
  CommentsRepliesData, CommentsRepliesVariables, CommentsReplyVariables, CommentsResolveVariables,
} from '../_generated/comments.ts'
import { parseMentions } from '../domain/mentions/index.ts'
import type { ItemKind } from '../domain/plans/types.ts'
import type { WriteVariables } from './change-plan.ts'
import { findItem, itemById, readEnum } from './items.ts'
import { newestFirst, oldestFirst, pageOf } from './pages.ts'
import { archivedIsReadOnly, conflict, invalid, notFound, taken } from './refusals.ts'
import { checkIdempotencyKey, parseReference, personOf, requirePermission, sequenceOf, uuidOf } from './state.ts'
import type { Call, Person, ProjectState, State, StoredComment } from './state.ts'
import { newAttachments } from './attachments.ts'
import type { NewAttachment } from './attachments.ts'

/** A comment where it lies. */
export interface Placed {
  readonly project: ProjectState
  readonly comment: StoredComment
}

const MAX_BODY = 50_000
/** Of those who reacted with one emoji. */
const NAMED_PEOPLE = 10
const KINDS: readonly ItemKind[] = ['milestone', 'step', 'microstep']

function commentById({ projects }: State, id: string): Placed | undefined {
  for (const project of projects) {
    const comment = project.comments.get(id)
    if (comment !== undefined) return { project, comment }
  }
  return undefined
}

/** @throws NotFoundError */
export function findComment(state: State, ref: string): Placed {
  const { id } = parseReference(ref, 'cmt')
  const found = id === undefined ? undefined : commentById(state, id)
  if (found === undefined) throw notFound('comment', ref, ['commentId'])
  return found
}

const itemKeyOf = (project: ProjectState, { itemId }: StoredComment): string | null => itemById(project, itemId)?.id ?? null

/** One's own comments are read, and so is what was deleted. */
export const isUnread = (call: Call, { project, comment: { author, deletedAt, threadId, sequence } }: Placed): boolean =>
  author.id !== personOf(call).id && deletedAt === null && sequence > ((project.comments.get(threadId) as StoredComment).readBy.get(personOf(call).id) ?? 0)

function groupReactions(call: Call, reactions: StoredComment['reactions']): Comment['reactions'] {
  const groups = new Map<string, Person[]>()
  for (const { emoji, person } of reactions) groups.set(emoji, [...(groups.get(emoji) ?? []), person])
  return [...groups].map(([emoji, people]) => ({ emoji, count: people.length, mine: people.some(({ id }) => id === personOf(call).id), people: people.slice(0, NAMED_PEOPLE) }))
}

export const viewComment = (call: Call, { project, comment }: Placed): Comment => {
  const { author, body, createdAt, editedAt, editedBy, deletedAt, resolvedAt, resolvedBy, replyCount, attachments, promotedTo } = comment
  return {
    id: `cmt_${comment.id}`, threadId: `cmt_${comment.threadId}`, parentId: comment.parentId === null ? null : `cmt_${comment.parentId}`,
    itemKey: itemKeyOf(project, comment), author, body, createdAt, editedAt, editedBy, deletedAt, resolvedAt, resolvedBy, replyCount,
    reactions: groupReactions(call, comment.reactions), attachments: [...attachments], unread: isUnread(call, { project, comment }),
    promotedToKey: promotedTo === null ? null : (itemById(project, promotedTo)?.id ?? null),
    mentions: parseMentions(body ?? '').map(({ kind, name }) => ({ kind: kind.toUpperCase(), name })),
  }
}

export function getComment(call: Call, { commentId }: CommentsGetVariables): Comment {
  requirePermission(call, 'comments.read')
  return viewComment(call, findComment(call.state, commentId))
}

export function listComments(call: Call, { projectId = '', itemId, itemKind, resolved, first = 50, after }: CommentsListVariables): CommentsListData {
  const kind = itemKind == null ? null : readEnum('itemKind', itemKind, KINDS)
  requirePermission(call, 'comments.read')
  const project = call.state.project(projectId)
  const { id, name = '' } = parseReference(itemId ?? '', 'mil', 'stp', 'mic')
  const wanted = id ?? project.stamps.get(name)?.id
  const matches = (comment: StoredComment): boolean =>
    (itemId == null || comment.itemId === wanted) &&
    (kind === null || itemById(project, comment.itemId)?.kind === kind) &&
    (resolved == null || (comment.resolvedAt !== null) === resolved)
  const threads = [...project.comments.values()].filter(({ parentId }) => parentId === null).sort(newestFirst)
  const { items, pageInfo, totalCount } = pageOf(threads, { first, after }, matches)
  return { comments: items.map((comment) => viewComment(call, { project, comment })), pageInfo, totalCount }
}

/** An answer has no answers of its own: all of a thread belong to its first comment. */
export function listReplies(call: Call, { commentId, first = 50, after }: CommentsRepliesVariables): CommentsRepliesData {
  requirePermission(call, 'comments.read')
  const { project, comment: { id } } = findComment(call.state, commentId)
  const replies = [...project.comments.values()].filter(({ threadId, parentId }) => threadId === id && parentId !== null).sort(oldestFirst)
  const { items, pageInfo, totalCount } = pageOf(replies, { first, after })
  return { replies: items.map((comment) => viewComment(call, { project, comment })), pageInfo, totalCount }
}

interface Written {
  readonly id: string
  readonly sequence: number
}

/** What a write has done: the comment it is about, and what its event says beside the place of that. Events never hold the text. */
export interface Done {
  readonly comment: StoredComment
  readonly kind: 'added' | 'edited' | 'deleted' | 'resolved' | 'reopened' | 'reacted' | 'unreacted' | 'attached' | 'detached'
  readonly data?: object
}

interface CommentWrite<Target extends { readonly project: ProjectState }> {
  readonly action: string
  readonly variables: WriteVariables
  read(): Target
  /** Checks, then changes. What it answers without a `kind` is a comment that is already as it should be. */
  write(target: Target): Done | { readonly comment: StoredComment; readonly kind?: undefined }
}

/** Written again for a repeated request: the comment as it is now, with the sequence of then. */
const written = (call: Call, { id, sequence }: Written): CommentsAddData => ({ comment: viewComment(call, findComment(call.state, `cmt_${id}`)), sequence })

export function changeComment<Target extends { readonly project: ProjectState }>(call: Call, { action, variables, read, write }: CommentWrite<Target>): CommentsAddData {
  const { state } = call
  checkIdempotencyKey(variables.idempotencyKey)
  requirePermission(call, 'comments.read')
  const target = read()
  const { project } = target
  requirePermission(call, 'comments.write')
  if (project.archivedAt !== null) throw archivedIsReadOnly()
  const earlier = state.replayed<Written>(variables.idempotencyKey, action, variables)
  if (earlier !== undefined) return written(call, earlier)
  const done = write(target)
  const { comment } = done
  if (done.kind === undefined) return written(call, { id: comment.id, sequence: sequenceOf(project) })
  const place = { commentId: `cmt_${comment.id}`, threadId: `cmt_${comment.threadId}`, itemKey: itemKeyOf(project, comment) }
  const answer = { id: comment.id, sequence: state.append(call, project, `comment.${done.kind}`, { ...place, ...done.data }) }
  state.remember(variables.idempotencyKey, action, variables, answer)
  return written(call, answer)
}

function checkBody(body: string): string {
  if (body.trim() === '') throw invalid('A comment has a text.', ['body'])
  if (body.length > MAX_BODY) throw invalid(`A comment has at most ${MAX_BODY} characters; this one has ${body.length}.`, ['body'])
  return body
}

/** The server's database refuses it, after every check of a field. */
function checkStorable(body: string): void {
  if (body.includes('\0')) throw invalid('A text holds a character that cannot be stored (U+0000, or half of a surrogate pair). Remove it.')
}

/** The id that the client gave, or undefined for a new one. @throws ValidationError */
function readId(given: string | null | undefined): string | undefined {
  if (given == null) return undefined
  const { id } = parseReference(given, 'cmt')
  if (id === undefined) throw invalid('An id given by the client is a UUID, or cmt_ and a UUID without dashes.', ['id'])
  return id
}

interface NewComment {
  readonly attachments: readonly NewAttachment[] | null | undefined
  readonly id: string | undefined
  readonly body: string
  readonly itemId: string
  /** What it answers; null for the first of a thread. */
  readonly parent: StoredComment | null
}

/** @throws ValidationError, AlreadyExistsError */
function insert(call: Call, project: ProjectState, { id: given, body, itemId, parent, attachments }: NewComment): Done {
  const { state } = call
  const attached = newAttachments(call, attachments ?? [])
  checkStorable(body)
  if (given !== undefined && commentById(state, given) !== undefined) throw taken(`A comment with the id ${uuidOf(given)} exists already.`, ['id'])
  const id = given ?? state.newId()
  const comment: StoredComment = {
    id, itemId, threadId: parent?.threadId ?? id, parentId: parent?.id ?? null, author: personOf(call), createdAt: state.now(),
    body, editedAt: null, editedBy: null, deletedAt: null, resolvedAt: null, resolvedBy: null, replyCount: 0,
    sequence: sequenceOf(project) + 1, revisions: [], reactions: [], attachments: attached, promotedTo: null, readBy: new Map(),
  }
  project.comments.set(id, comment)
  return { comment, kind: 'added', data: { parentId: parent === null ? null : `cmt_${parent.id}`, mentions: parseMentions(body) } }
}

export function addComment(call: Call, variables: CommentsAddVariables & WriteVariables): CommentsAddData {
  const { projectId = '', itemId } = variables
  const kind = variables.itemKind == null ? null : readEnum('itemKind', variables.itemKind, KINDS)
  requirePermission(call, 'comments.write')
  const id = readId(variables.id)
  return changeComment(call, {
    action: 'comment.add', variables,
    read: () => ({ project: call.state.project(projectId) }),
    write({ project }) {
      const item = findItem(project, itemId)
      const stamp = item && project.stamps.get(item.id)
      if (item === undefined || stamp === undefined) throw notFound('plan item', itemId, ['itemId'])
      if (kind !== null && item.kind !== kind) throw invalid(`${itemId} is a ${item.kind}, no ${kind}.`, ['itemKind'])
      return insert(call, project, { id, body: checkBody(variables.body), itemId: stamp.id, parent: null, attachments: variables.attachments })
    },
  })
}

/** An answer reopens a resolved thread: somebody has something left to say. */
export function replyToComment(call: Call, variables: CommentsReplyVariables & WriteVariables): CommentsAddData {
  requirePermission(call, 'comments.write')
  const id = readId(variables.id)
  return changeComment(call, {
    action: 'comment.reply', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ project, comment: parent }) {
      const done = insert(call, project, { id, body: checkBody(variables.body), itemId: parent.itemId, parent, attachments: variables.attachments })
      const thread = threadOf({ project, comment: parent })
      thread.replyCount++
      setResolved(call, thread, false)
      return done
    },
  })
}

const threadOf = ({ project, comment }: Placed): StoredComment => project.comments.get(comment.threadId) as StoredComment

function setResolved(call: Call, thread: StoredComment, resolved: boolean): void {
  thread.resolvedAt = resolved ? call.state.now() : null
  thread.resolvedBy = resolved ? personOf(call) : null
}

/** Authors change their own comments; others need `comments.moderate`. */
export function requireAuthor(call: Call, comment: StoredComment): void {
  if (comment.author.id !== personOf(call).id) requirePermission(call, 'comments.moderate')
  requirePresent(comment)
}

export function requirePresent({ deletedAt }: StoredComment): void {
  if (deletedAt !== null) throw invalid('The comment was deleted.', ['commentId'])
}

export const editComment = (call: Call, variables: CommentsEditVariables & WriteVariables): CommentsAddData =>
  changeComment(call, {
    action: 'comment.edit', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      requireAuthor(call, comment)
      const body = checkBody(variables.body)
      if (body === comment.body) return { comment }
      const { expectedEditedAt } = variables
      if (expectedEditedAt !== undefined && expectedEditedAt !== comment.editedAt) throw conflict('The comment was edited since you read it. Read it again.')
      checkStorable(body)
      comment.revisions.push({ body: comment.body as string, writtenAt: comment.editedAt ?? comment.createdAt, writtenBy: comment.editedBy ?? comment.author })
      Object.assign(comment, { body, editedAt: call.state.now(), editedBy: personOf(call) })
      return { comment, kind: 'edited', data: { mentions: parseMentions(body) } }
    },
  })

/** The place in the thread stays, so that answers keep what they answer. */
export const deleteComment = (call: Call, variables: CommentsDeleteVariables & WriteVariables): CommentsAddData =>
  changeComment(call, {
    action: 'comment.delete', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      if (comment.deletedAt !== null) return { comment }
      requireAuthor(call, comment)
      Object.assign(comment, { body: null, deletedAt: call.state.now(), revisions: [], reactions: [], attachments: [] })
      return { comment, kind: 'deleted' }
    },
  })

export function resolveComment(call: Call, given: CommentsResolveVariables & WriteVariables): CommentsAddData {
  const resolved = given.resolved ?? true
  const variables = { ...given, resolved }
  return changeComment(call, {
    action: 'comment.resolve', variables,
    read: () => findComment(call.state, given.commentId),
    write({ project, comment }) {
      const thread = threadOf({ project, comment })
      if ((thread.resolvedAt !== null) === resolved) return { comment: thread }
      setResolved(call, thread, resolved)
      return { comment: thread, kind: resolved ? 'resolved' : 'reopened' }
    },
  })
}
