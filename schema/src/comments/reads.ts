/** Reading comments: threads page by page, the answers of many threads at once, one comment by its id. */
import type { ItemKind } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission, visibleProjects } from '../shared/permissions.ts'
import { COMMENT_COLUMNS, readRow } from './rows.ts'
import type { CommentColumns, CommentRow } from './rows.ts'

/** Place of a comment in a list: when it was written, and its id. */
export type CommentCursor = readonly [createdAt: string, id: string]
export type CommentPage = FoundPage<CommentRow, CommentCursor>

export interface ThreadFilter {
  /** Node id, UUID or slug. */
  readonly projectId: string
  /** Key, UUID or node id of an item. */
  readonly itemId?: string | null | undefined
  /** Kind of the item. */
  readonly itemKind?: ItemKind | null | undefined
  /** Only resolved ones, or only open ones. */
  readonly resolved?: boolean | null | undefined
}

/** Newest first when read forward: a page of threads is the latest talk. Each row carries the project and how many match in all. */
const THREADS = (by: string, direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return `WITH project AS (SELECT id FROM projects p WHERE p.organisation_id = $1::uuid AND p.${by}),
  matching AS NOT MATERIALIZED (SELECT c.* FROM project JOIN comments c ON c.project_id = project.id
    WHERE c.parent_id IS NULL AND ($3::boolean IS NULL OR (c.resolved_at IS NOT NULL) = $3::boolean)
      AND (($4::uuid IS NULL AND $5::text IS NULL) OR c.item_id = $4::uuid OR c.item_id = (SELECT i.id FROM plan_items i, project WHERE i.project_id = project.id AND i.key = $5::text))
      AND ($9::item_kind IS NULL OR $9::item_kind = (SELECT i.kind FROM plan_items i WHERE i.id = c.item_id)))
SELECT project.id, (SELECT count(*) FROM matching), ${COMMENT_COLUMNS}
  FROM project LEFT JOIN LATERAL (SELECT * FROM matching WHERE $6::timestamptz IS NULL OR (created_at, id) ${compare} ($6::timestamptz, $7::uuid)
    ORDER BY created_at ${order}, id ${order} LIMIT $8::int) c ON true ORDER BY c.created_at ${order}, c.id ${order}`
}
const BY_ID = 'id = $2::uuid'
const BY_SLUG = 'slug = $2::text'
const THREAD_PAGES = {
  id: { forward: statement<CommentColumns>('comments:id:forward', THREADS(BY_ID, 'forward')), backward: statement<CommentColumns>('comments:id:backward', THREADS(BY_ID, 'backward')) },
  slug: { forward: statement<CommentColumns>('comments:slug:forward', THREADS(BY_SLUG, 'forward')), backward: statement<CommentColumns>('comments:slug:backward', THREADS(BY_SLUG, 'backward')) },
}

function foundPage(rows: readonly CommentRow[], totalCount: number, limit: number): CommentPage {
  const nodes = rows.slice(0, limit).map((node) => ({ node, cursor: [node.createdAt, node.id] as const }))
  return { nodes, hasMore: rows.length > limit, totalCount }
}

/** First comments of a project's threads. @throws NotFoundError when there is no such project for this key */
export async function readThreads(ctx: Context, filter: ThreadFilter, range: PageRange<CommentCursor>): Promise<CommentPage> {
  const actor = requirePermission(ctx, 'comments.read')
  const project = parseReference(filter.projectId, 'Project')
  const item = filter.itemId == null ? null : parseReference(filter.itemId, 'Milestone', 'Step', 'Microstep')
  const [createdAt, id] = range.after ?? [null, null]
  const rows = await ctx.db.queryText(THREAD_PAGES[project.uuid === null ? 'slug' : 'id'][range.direction], [
    actor.organisationId, project.uuid ?? project.name, filter.resolved ?? null, item?.uuid ?? null, item?.name ?? null, createdAt, id, range.limit + 1, filter.itemKind ?? null,
  ])
  const [first] = rows
  requireInProject(ctx, 'comments.read', first?.[0] ?? undefined, { kind: 'project', ref: filter.projectId, path: ['projectId'] })
  return foundPage(rows.filter((row) => row[2] !== null).map((row) => readRow(row, 2)), Number(first?.[1]), range.limit)
}

/** Oldest first when read forward: a thread is read from its beginning. */
const REPLIES = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['>', 'ASC'] : ['<', 'DESC']
  return `SELECT ${COMMENT_COLUMNS} FROM unnest($1::uuid[]) AS wanted (id) JOIN LATERAL (SELECT * FROM comments r WHERE r.thread_id = wanted.id AND r.parent_id IS NOT NULL AND r.organisation_id = $2::uuid
      AND ($3::timestamptz IS NULL OR (r.created_at, r.id) ${compare} ($3::timestamptz, $4::uuid))
    ORDER BY r.created_at ${order}, r.id ${order} LIMIT $5::int) c ON true ORDER BY c.created_at ${order}, c.id ${order}`
}
const REPLY_PAGES = { forward: statement<CommentColumns>('replies:forward', REPLIES('forward')), backward: statement<CommentColumns>('replies:backward', REPLIES('backward')) }

/** The answers of a thread; those of all threads that one request asks for come from one statement. */
export async function readReplies(ctx: Context, thread: CommentRow, range: PageRange<CommentCursor>): Promise<CommentPage> {
  const actor = requirePermission(ctx, 'comments.read')
  if (thread.parentId !== null || thread.replyCount === 0) return { nodes: [], hasMore: false, totalCount: 0 }
  const [createdAt, id] = range.after ?? [null, null]
  const name = `replies:${range.direction}:${range.limit}:${id}`
  const rows = await batched(ctx, name, thread.id, async (threads) => {
    const found = await ctx.db.queryText(REPLY_PAGES[range.direction], [threads, actor.organisationId, createdAt, id, range.limit + 1])
    return Map.groupBy(found.map((row) => readRow(row)), ({ threadId }) => threadId)
  })
  return foundPage(rows ?? [], thread.replyCount, range.limit)
}

const BY_IDS = statement<CommentColumns>(
  'comments:nodes',
  `SELECT ${COMMENT_COLUMNS} FROM comments c WHERE c.id = ANY($1::uuid[]) AND c.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR c.project_id = ANY($3::uuid[]))`,
)

/** Comments by UUID, in the order asked for; null for what the key does not see. */
export async function commentsByUuid(ctx: Context, uuids: readonly string[]): Promise<(CommentRow | null)[]> {
  const actor = requirePermission(ctx, 'comments.read')
  const rows = await ctx.db.queryText(BY_IDS, [uuids, actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.map((row) => [row[0], readRow(row)]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

/** One comment. @throws NotFoundError when there is none for this key */
export async function readComment(ctx: Context, ref: string, path: readonly string[]): Promise<CommentRow> {
  const { uuid } = parseReference(ref, 'Comment')
  const [comment] = uuid === null ? [] : await commentsByUuid(ctx, [uuid])
  if (comment === undefined || comment === null) {
    requirePermission(ctx, 'comments.read')
    throw new NotFoundError('comment', ref, path)
  }
  return comment
}

const ORIGINS = statement<CommentColumns>(
  'comments:origins',
  `SELECT ${COMMENT_COLUMNS} FROM comments c WHERE c.promoted_to_id = ANY($1::uuid[]) AND c.organisation_id = $2::uuid`,
)

/** The comment that was promoted to a microstep; for all microsteps of a request in one statement. */
export async function originOf(ctx: Context, microstep: string): Promise<CommentRow | null> {
  const actor = requirePermission(ctx, 'comments.read')
  const found = await batched(ctx, 'comments:origins', microstep, async (uuids) => {
    const rows = await ctx.db.queryText(ORIGINS, [uuids, actor.organisationId])
    return new Map(rows.map((row) => readRow(row)).map((comment) => [comment.promotedToId as string, comment]))
  })
  return found ?? null
}
