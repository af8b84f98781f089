/**
 * Use cases of comments: write, answer, change, delete, resolve. Each is one event in the project's stream. Events tell which
 * comment and who is mentioned, not the text: whoever may follow a project need not be allowed to read what people say about
 * it, and a text that was deleted is gone.
 */
import { parseMentions } from '@buildrunner/sdk/mentions'
import type { ItemKind } from '@buildrunner/sdk/plans'
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { AlreadyExistsError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { chosenUuid, encodeNodeId, parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Named } from '../shared/permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, RowChange } from '../shared/write.ts'

export interface CommentWritten {
  readonly commentId: string
  readonly sequence: number
}

/** Characters of a comment's markdown. */
export const MAX_BODY = 50_000

/** What every write reads: the project, and the comment or item that it is about. */
interface Target extends RecordedRequest {
  project_id: string
  organisation_id: string
  archived: boolean
  sequence: number
  item_id: string | null
  item_key: string | null
  item_kind: ItemKind | null
  id: string | null
  thread_id: string | null
  author_id: string | null
  body: string | null
  deleted: boolean
  thread_resolved: boolean
}

const PROJECT = `p.id AS project_id, p.organisation_id, p.archived_at IS NOT NULL AS archived, s.sequence, r.request_hash, r.result`
const RECORDED = `LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text`
const ITEM = (by: string): string => `SELECT ${PROJECT}, i.id AS item_id, i.key AS item_key, i.kind AS item_kind, NULL AS id, NULL AS thread_id, NULL AS author_id, NULL AS body,
    false AS deleted, false AS thread_resolved
  FROM projects p JOIN event_streams s ON s.id = p.id ${RECORDED}
  LEFT JOIN plan_items i ON i.project_id = p.id AND (i.id = $5::uuid OR i.key = $6::text)
  WHERE p.organisation_id = $1::uuid AND p.${by}`
const ITEM_BY_ID = statement<Target>('comment:item:id', ITEM('id = $2::uuid'))
const ITEM_BY_SLUG = statement<Target>('comment:item:slug', ITEM('slug = $2::text'))
const COMMENT = statement<Target>(
  'comment:comment',
  `SELECT ${PROJECT}, c.item_id, (SELECT i.key FROM plan_items i WHERE i.id = c.item_id) AS item_key, NULL AS item_kind, c.id, c.thread_id, c.author_id, c.body,
    c.deleted_at IS NOT NULL AS deleted, t.resolved_at IS NOT NULL AS thread_resolved
  FROM comments c JOIN comments t ON t.id = c.thread_id JOIN projects p ON p.id = c.project_id JOIN event_streams s ON s.id = p.id ${RECORDED}
  WHERE c.organisation_id = $1::uuid AND c.id = $2::uuid`,
)

const commentNamed = (ref: string): Named => ({ kind: 'comment', ref, path: ['commentId'] })

async function readItem(ctx: Context, projectRef: string, itemRef: string, idempotencyKey: string | null | undefined): Promise<Target> {
  const actor = requirePermission(ctx, 'comments.read')
  const project = parseReference(projectRef, 'Project')
  const item = parseReference(itemRef, 'Milestone', 'Step', 'Microstep')
  const values = [actor.organisationId, project.uuid ?? project.name, actor.userId, idempotencyKey ?? null, item.uuid, item.name]
  const [row] = await ctx.db.query(project.uuid === null ? ITEM_BY_SLUG : ITEM_BY_ID, values)
  requireInProject(ctx, 'comments.read', row?.project_id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return row
}

async function readTarget(ctx: Context, ref: string, idempotencyKey: string | null | undefined): Promise<Target> {
  const actor = requirePermission(ctx, 'comments.read')
  const { uuid } = parseReference(ref, 'Comment')
  const [row] = uuid === null ? [] : await ctx.db.query(COMMENT, [actor.organisationId, uuid, actor.userId, idempotencyKey ?? null])
  requireInProject(ctx, 'comments.read', row?.project_id, commentNamed(ref))
  return row
}

const INSERT: Omit<RowChange, 'values'> = {
  name: 'comment-insert',
  text: (p) => `INSERT INTO comments (id, organisation_id, project_id, item_id, thread_id, parent_id, author_id, body, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, ${p(2)}::uuid, ${p(3)}::uuid, ${p(4)}::uuid, $6::uuid, ${p(5)}::text, $10::timestamptz FROM head`,
}
/** An answer reopens a resolved thread: somebody has something left to say. */
const COUNT: Omit<RowChange, 'values'> = {
  name: 'comment-count',
  text: (p) => `UPDATE comments SET reply_count = reply_count + 1, resolved_at = NULL, resolved_by_id = NULL FROM head WHERE id = ${p(1)}::uuid`,
}
const EDIT: Omit<RowChange, 'values'> = {
  name: 'comment-edit',
  text: (p) => `UPDATE comments SET body = ${p(2)}::text, edited_at = $10::timestamptz FROM head WHERE id = ${p(1)}::uuid`,
}
const DELETE: Omit<RowChange, 'values'> = {
  name: 'comment-delete',
  text: (p) => `UPDATE comments SET body = NULL, deleted_at = $10::timestamptz FROM head WHERE id = ${p(1)}::uuid`,
}
const RESOLVE: Omit<RowChange, 'values'> = {
  name: 'comment-resolve',
  text: (p) => `UPDATE comments SET resolved_at = CASE WHEN ${p(2)}::boolean THEN $10::timestamptz END, resolved_by_id = CASE WHEN ${p(2)}::boolean THEN $6::uuid END
    FROM head WHERE id = ${p(1)}::uuid`,
}

interface CommentChange {
  readonly kind: 'added' | 'edited' | 'deleted' | 'resolved' | 'reopened'
  readonly commentId: string
  readonly rows: readonly RowChange[]
  readonly before: object | null
  readonly after: object | null
  /** What readers of the log are told beside the comment's place. */
  readonly data?: object
}

interface CommentWrite {
  readonly action: AuditAction
  readonly idempotencyKey: string | null | undefined
  /** What the idempotency key stands for. */
  readonly input: object
  /** How the caller named what it is about. */
  readonly named: Named
  read(): Promise<Target>
  /** What changes; or the id of the comment that is already as it should be. */
  decide(target: Target): CommentChange | string
}

/** Readers of the log name comments as everybody outside does. */
const nodeId = (uuid: string): string => encodeNodeId('Comment', uuid)

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

/** Reads, lets `decide` say what changes, and commits it with its event. */
function changeComment(ctx: Context, lock: string, write: CommentWrite): Promise<CommentWritten> {
  const request = idempotentRequest(write.idempotencyKey, write.action, write.input)
  return retryOnRace(lock, async () => {
    const target = await write.read()
    authorise(ctx, 'comments.write', { id: target.project_id, ...write.named }, write.action, { projectArchived: target.archived })
    const earlier = replayed<CommentWritten>(request, target)
    if (earlier !== null) return earlier
    const change = write.decide(target)
    if (typeof change === 'string') return { commentId: change, sequence: target.sequence }
    const { commentId } = change
    const place = { commentId: nodeId(commentId), threadId: nodeId(target.thread_id ?? commentId), itemKey: target.item_key }
    const result: CommentWritten = { commentId, sequence: target.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action: write.action, target: { type: 'comment', id: commentId }, organisationId: target.organisation_id,
      stream: { id: target.project_id, expected: target.sequence },
      event: { kind: `comment.${change.kind}`, version: 1, data: JSON.stringify({ ...place, ...change.data }) },
      before: json(change.before), after: json(change.after), rows: change.rows, idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}

function checkBody(body: string): string {
  if (body.trim() === '') throw new ValidationError('A comment has a text.', ['body'])
  if (body.length > MAX_BODY) throw new ValidationError(`A comment has at most ${MAX_BODY} characters; this one has ${body.length}.`, ['body'])
  return body
}

const taken = (id: string) => (error: unknown): never => {
  throw breaksUnique(error, 'comments_pkey') ? new AlreadyExistsError(`A comment with the id ${id} exists already.`, ['id']) : error
}

const added = (id: string, body: string, parentId: string | null): Pick<CommentChange, 'kind' | 'commentId' | 'before' | 'after' | 'data'> => ({
  kind: 'added', commentId: id, before: null, after: { body }, data: { parentId: parentId && nodeId(parentId), mentions: parseMentions(body) },
})

export interface AddComment {
  readonly projectId: string
  readonly itemId: string
  /** What the item is expected to be. */
  readonly itemKind?: ItemKind | null | undefined
  readonly body: string
  readonly id?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Begins a thread on an item. */
export async function addComment(ctx: Context, input: AddComment): Promise<CommentWritten> {
  requirePermission(ctx, 'comments.write')
  const id = chosenUuid('Comment', input.id, ctx.clock.now())
  return changeComment(ctx, input.projectId, {
    action: 'comment.add', named: { kind: 'project', ref: input.projectId, path: ['projectId'] }, idempotencyKey: input.idempotencyKey, input,
    read: () => readItem(ctx, input.projectId, input.itemId, input.idempotencyKey),
    decide(target) {
      if (target.item_id === null) throw new NotFoundError('plan item', input.itemId, ['itemId'])
      if (input.itemKind != null && target.item_kind !== input.itemKind) throw new ValidationError(`${input.itemId} is a ${target.item_kind}, no ${input.itemKind}.`, ['itemKind'])
      const body = checkBody(input.body)
      return { ...added(id, body, null), rows: [{ ...INSERT, values: [id, target.item_id, id, null, body] }] }
    },
  }).catch(taken(id))
}

export interface ReplyToComment {
  readonly commentId: string
  readonly body: string
  readonly id?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Answers a comment, in its thread. A resolved thread is open again. */
export async function replyToComment(ctx: Context, input: ReplyToComment): Promise<CommentWritten> {
  requirePermission(ctx, 'comments.write')
  const id = chosenUuid('Comment', input.id, ctx.clock.now())
  return changeComment(ctx, input.commentId, {
    action: 'comment.reply', named: commentNamed(input.commentId), idempotencyKey: input.idempotencyKey, input,
    read: () => readTarget(ctx, input.commentId, input.idempotencyKey),
    decide(target) {
      const body = checkBody(input.body)
      const rows = [{ ...INSERT, values: [id, target.item_id, target.thread_id, target.id, body] }, { ...COUNT, values: [target.thread_id] }]
      return { ...added(id, body, target.id), rows }
    },
  }).catch(taken(id))
}

/** Authors change their own comments; others need `comments.moderate`. */
function requireAuthor(ctx: Context, target: Target): void {
  if (target.author_id !== ctx.actor?.userId) requireInProject(ctx, 'comments.moderate', target.project_id, commentNamed(target.id as string))
  if (target.deleted) throw new ValidationError('The comment was deleted.', ['commentId'])
}

export interface EditComment {
  readonly commentId: string
  readonly body: string
  readonly idempotencyKey?: string | null | undefined
}

/** Changes the text of a comment. */
export const editComment = async (ctx: Context, input: EditComment): Promise<CommentWritten> =>
  changeComment(ctx, input.commentId, {
    action: 'comment.edit', named: commentNamed(input.commentId), idempotencyKey: input.idempotencyKey, input,
    read: () => readTarget(ctx, input.commentId, input.idempotencyKey),
    decide(target) {
      requireAuthor(ctx, target)
      const [before, after] = [{ body: target.body }, { body: checkBody(input.body) }]
      if (before.body === after.body) return target.id as string
      return { kind: 'edited', commentId: target.id as string, rows: [{ ...EDIT, values: [target.id, after.body] }], before, after, data: { mentions: parseMentions(after.body) } }
    },
  })

export interface DeleteComment {
  readonly commentId: string
  readonly idempotencyKey?: string | null | undefined
}

/** Deletes the text of a comment. Its place in the thread stays, so that answers keep what they answer. */
export const deleteComment = async (ctx: Context, input: DeleteComment): Promise<CommentWritten> =>
  changeComment(ctx, input.commentId, {
    action: 'comment.delete', named: commentNamed(input.commentId), idempotencyKey: input.idempotencyKey, input,
    read: () => readTarget(ctx, input.commentId, input.idempotencyKey),
    decide(target) {
      if (target.deleted) return target.id as string
      requireAuthor(ctx, target)
      return { kind: 'deleted', commentId: target.id as string, rows: [{ ...DELETE, values: [target.id] }], before: { body: target.body }, after: null }
    },
  })

export interface ResolveComment {
  readonly commentId: string
  readonly resolved: boolean
  readonly idempotencyKey?: string | null | undefined
}

/** Resolves the thread of a comment, or opens it again. */
export const resolveComment = async (ctx: Context, input: ResolveComment): Promise<CommentWritten> =>
  changeComment(ctx, input.commentId, {
    action: 'comment.resolve', named: commentNamed(input.commentId), idempotencyKey: input.idempotencyKey, input,
    read: () => readTarget(ctx, input.commentId, input.idempotencyKey),
    decide(target) {
      const thread = target.thread_id as string
      if (target.thread_resolved === input.resolved) return thread
      const [before, after] = [{ resolved: target.thread_resolved }, { resolved: input.resolved }]
      return { kind: input.resolved ? 'resolved' : 'reopened', commentId: thread, rows: [{ ...RESOLVE, values: [thread, input.resolved] }], before, after }
    },
  })
