/** The write path of comments: read what a write is about, let it decide, commit that with one event in the project's stream. */
import type { ItemKind } from '@buildrunner/sdk/plans'
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { encodeNodeId, parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Named } from '../shared/permissions.ts'
import { PROJECT_COLUMNS, RECORDED_REQUEST, changeInProject, jsonOf } from '../shared/project-write.ts'
import type { ProjectDecision, ProjectRead } from '../shared/project-write.ts'
import type { RowChange } from '../shared/write.ts'

export interface CommentWritten {
  readonly commentId: string
  readonly sequence: number
}

/** What every write reads: the project, and the comment or item that it is about. */
export interface Target<About = null> extends ProjectRead {
  item_id: string | null
  item_key: string | null
  item_kind: ItemKind | null
  id: string | null
  thread_id: string | null
  author_id: string | null
  body: string | null
  deleted: boolean
  thread_resolved: boolean
  about: About
}

const ITEM = (by: string): string => `SELECT ${PROJECT_COLUMNS}, i.id AS item_id, i.key AS item_key, i.kind AS item_kind, NULL AS id, NULL AS thread_id, NULL AS author_id, NULL AS body,
    false AS deleted, false AS thread_resolved, NULL AS about
  FROM projects p JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST}
  LEFT JOIN plan_items i ON i.project_id = p.id AND (i.id = $5::uuid OR i.key = $6::text)
  WHERE p.organisation_id = $1::uuid AND p.${by}`
const ITEM_BY_ID = statement<Target>('comment:item:id', ITEM('id = $2::uuid'))
const ITEM_BY_SLUG = statement<Target>('comment:item:slug', ITEM('slug = $2::text'))

/**
 * A statement that reads the comment `c` of a write, and what else its decision needs.
 *
 * @param about an SQL expression; `$3` is the person, own parameters begin at `$5`
 */
export const commentWith = <About>(name: string, about: string): Statement<Target<About>> => statement(
  `comment:${name}`,
  `SELECT ${PROJECT_COLUMNS}, c.item_id, (SELECT i.key FROM plan_items i WHERE i.id = c.item_id) AS item_key, NULL AS item_kind, c.id, c.thread_id, c.author_id, c.body,
    c.deleted_at IS NOT NULL AS deleted, t.resolved_at IS NOT NULL AS thread_resolved, ${about} AS about
  FROM comments c JOIN comments t ON t.id = c.thread_id JOIN projects p ON p.id = c.project_id JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST}
  WHERE c.organisation_id = $1::uuid AND c.id = $2::uuid`,
)
const COMMENT = commentWith<null>('comment', 'NULL')

export const commentNamed = (ref: string): Named => ({ kind: 'comment', ref, path: ['commentId'] })

export async function readItem(ctx: Context, projectRef: string, itemRef: string, idempotencyKey: string | null | undefined): Promise<Target> {
  const actor = requirePermission(ctx, 'comments.read')
  const project = parseReference(projectRef, 'Project')
  const item = parseReference(itemRef, 'Milestone', 'Step', 'Microstep')
  const values = [actor.organisationId, project.uuid ?? project.name, actor.userId, idempotencyKey ?? null, item.uuid, item.name]
  const [row] = await ctx.db.query(project.uuid === null ? ITEM_BY_SLUG : ITEM_BY_ID, values)
  requireInProject(ctx, 'comments.read', row?.project_id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return row
}

/** What a caller says of the comment that it writes to. */
export interface CommentRequest {
  readonly commentId: string
  readonly idempotencyKey?: string | null | undefined
}

export async function readAbout<About>(ctx: Context, { commentId, idempotencyKey }: CommentRequest, about: Statement<Target<About>>, values: readonly unknown[] = []): Promise<Target<About>> {
  const actor = requirePermission(ctx, 'comments.read')
  const { uuid } = parseReference(commentId, 'Comment')
  const [row] = uuid === null ? [] : await ctx.db.query(about, [actor.organisationId, uuid, actor.userId, idempotencyKey ?? null, ...values])
  requireInProject(ctx, 'comments.read', row?.project_id, commentNamed(commentId))
  return row
}

export const readTarget = (ctx: Context, request: CommentRequest): Promise<Target> => readAbout(ctx, request, COMMENT)

export interface CommentChange {
  readonly kind: 'added' | 'edited' | 'deleted' | 'resolved' | 'reopened' | 'reacted' | 'unreacted' | 'attached' | 'detached'
  readonly commentId: string
  readonly rows: readonly RowChange[]
  readonly before: object | null
  readonly after: object | null
  /** What readers of the log are told beside the comment's place. */
  readonly data?: object
}

export interface CommentWrite<About> {
  readonly action: AuditAction
  /** What the idempotency key stands for. */
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  /** How the caller named what it is about. */
  readonly named: Named
  read(): Promise<Target<About>>
  /** What changes; or the id of the comment that is already as it should be. */
  decide(target: Target<About>): CommentChange | string
}

/** Readers of the log name comments as everybody outside does. */
export const nodeId = (uuid: string): string => encodeNodeId('Comment', uuid)

/** Reads, lets `decide` say what changes, and commits it with its event. */
export async function changeComment<About>(ctx: Context, lock: string, write: CommentWrite<About>): Promise<CommentWritten> {
  const { result } = await changeInProject(ctx, {
    ...write, lock, permission: 'comments.write',
    decide(target: Target<About>): ProjectDecision<{ commentId: string }> {
      const change = write.decide(target)
      if (typeof change === 'string') return { unchanged: { commentId: change } }
      const { kind, commentId, before, after, rows, data } = change
      const place = { commentId: nodeId(commentId), threadId: nodeId(target.thread_id ?? commentId), itemKey: target.item_key }
      return {
        target: { type: 'comment', id: commentId }, about: { itemKey: target.item_key }, event: { kind: `comment.${kind}`, data: { ...place, ...data } },
        before: jsonOf(before), after: jsonOf(after), rows, result: { commentId },
      }
    },
  })
  return result
}

/** The same for what names a comment. */
export const changeNamed = <About>(ctx: Context, input: CommentRequest, write: Omit<CommentWrite<About>, 'named' | 'input'>): Promise<CommentWritten> =>
  changeComment(ctx, input.commentId, { ...write, input, named: commentNamed(input.commentId) })

/** @throws ValidationError for a comment whose text was deleted: nothing is added to it any more */
export function requirePresent({ deleted }: Target<unknown>): void {
  if (deleted) throw new ValidationError('The comment was deleted.', ['commentId'])
}

/** Authors change their own comments; others need `comments.moderate`. */
export function requireAuthor(ctx: Context, target: Target<unknown>): void {
  if (target.author_id !== ctx.actor?.userId) requireInProject(ctx, 'comments.moderate', target.project_id, commentNamed(target.id as string))
  requirePresent(target)
}
