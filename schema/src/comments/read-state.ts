/**
 * What a person has not read yet. A marker per person and thread holds the sequence of the event that the last comment read was
 * added with. What one wrote oneself, and what was deleted, is never unread. Markers are nobody else's business: they are no event
 * and no audit record.
 */
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { readComment } from './reads.ts'
import type { CommentRow } from './rows.ts'

const MARKERS = statement<{ thread_id: string; sequence: number }>(
  'comments:markers',
  'SELECT thread_id, sequence FROM comment_read_markers WHERE user_id = $1::uuid AND thread_id = ANY($2::uuid[]) AND organisation_id = $3::uuid',
)

/** Whether a comment is unread; for all comments of a request in one statement. */
export async function isUnread(ctx: Context, comment: CommentRow): Promise<boolean> {
  const actor = requirePermission(ctx, 'comments.read')
  if (comment.author.id === actor.userId || comment.deletedAt !== null) return false
  const read = await batched(ctx, 'comments:markers', comment.threadId, async (threads) => {
    const rows = await ctx.db.query(MARKERS, [actor.userId, [...new Set(threads)], actor.organisationId])
    return new Map(rows.map((row) => [row.thread_id, row.sequence]))
  })
  return comment.sequence > (read ?? 0)
}

const UNREAD = `LEFT JOIN comment_read_markers m ON m.user_id = $2::uuid AND m.thread_id = c.thread_id
   WHERE c.organisation_id = $3::uuid AND c.author_id <> $2::uuid AND c.deleted_at IS NULL AND c.sequence > coalesce(m.sequence, 0)`
const counted = (name: string, column: string) => statement<{ id: string; unread: number }>(
  `comments:unread:${name}`,
  `SELECT c.${column} AS id, count(*)::int AS unread FROM comments c ${UNREAD} AND c.${column} = ANY($1::uuid[]) GROUP BY c.${column}`,
)
const COUNTS = { thread: counted('thread', 'thread_id'), project: counted('project', 'project_id') }

/** How many comments of a thread or project are unread; for all of a request in one statement. */
export async function countUnread(ctx: Context, of: 'thread' | 'project', id: string): Promise<number> {
  const actor = requirePermission(ctx, 'comments.read')
  const unread = await batched(ctx, `comments:unread:${of}`, id, async (ids) => {
    const rows = await ctx.db.query(COUNTS[of], [ids, actor.userId, actor.organisationId])
    return new Map(rows.map((row) => [row.id, row.unread]))
  })
  return unread ?? 0
}

export interface MarkCommentsRead {
  /** Read up to this comment, in its thread. */
  readonly commentId?: string | null | undefined
  /** Or all threads of this project. */
  readonly projectId?: string | null | undefined
  /** Of a project: read up to the event of this sequence. */
  readonly upTo?: number | null | undefined
}

export interface CommentsRead {
  readonly projectId: string
}

/** A marker moves forward only: a device that was asleep does not make unread what another one has read. */
const MARK = (from: string) => `INSERT INTO comment_read_markers (user_id, thread_id, organisation_id, project_id, sequence, read_at)
   SELECT $1::uuid, c.thread_id, $2::uuid, c.project_id, max(c.sequence), $3::timestamptz FROM comments c ${from} GROUP BY c.thread_id, c.project_id
   ON CONFLICT (user_id, thread_id) DO UPDATE SET sequence = excluded.sequence, read_at = excluded.read_at WHERE comment_read_markers.sequence < excluded.sequence`
const MARK_THREAD = statement<never>('comments:mark:thread', MARK('WHERE c.organisation_id = $2::uuid AND c.id = $4::uuid'))
const MARK_PROJECT = statement<never>(
  'comments:mark:project',
  MARK(`LEFT JOIN comment_read_markers m ON m.user_id = $1::uuid AND m.thread_id = c.thread_id
   WHERE c.organisation_id = $2::uuid AND c.project_id = $4::uuid AND c.sequence <= coalesce($5::int, c.sequence) AND c.sequence > coalesce(m.sequence, 0)`),
)
const PROJECT = statement<{ id: string }>('comments:project', 'SELECT id FROM projects WHERE organisation_id = $1::uuid AND (id = $2::uuid OR slug = $3::text)')

async function projectOf(ctx: Context, organisationId: string, ref: string): Promise<string> {
  const { uuid, name } = parseReference(ref, 'Project')
  const [row] = await ctx.db.query(PROJECT, [organisationId, uuid, name])
  requireInProject(ctx, 'comments.read', row?.id, { kind: 'project', ref, path: ['projectId'] })
  return row.id
}

/** Marks a thread as read up to a comment, or the whole project. @throws ValidationError unless one of the two is named */
export async function markCommentsRead(ctx: Context, { commentId, projectId, upTo }: MarkCommentsRead): Promise<CommentsRead> {
  const actor = requirePermission(ctx, 'comments.read')
  if ((commentId == null) === (projectId == null)) throw new ValidationError('Name either a comment or a project.', ['commentId'])
  const values = [actor.userId, actor.organisationId, ctx.clock.now()]
  if (commentId != null) {
    const comment = await readComment(ctx, commentId, ['commentId'])
    await ctx.db.query(MARK_THREAD, [...values, comment.id])
    return { projectId: comment.projectId }
  }
  const project = await projectOf(ctx, actor.organisationId, projectId as string)
  await ctx.db.query(MARK_PROJECT, [...values, project, upTo ?? null])
  return { projectId: project }
}
