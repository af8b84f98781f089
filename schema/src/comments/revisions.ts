/** What a comment said before it was edited. */
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { CommentRow, Person } from './rows.ts'

export interface RevisionRow {
  readonly number: number
  readonly body: string
  readonly writtenAt: string
  readonly writtenBy: Person
}

export type RevisionCursor = readonly [number: number]

const PAGE = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return `SELECT r.number, r.body, to_json(r.written_at) #>> '{}' AS "writtenAt", (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = r.written_by_id) AS "writtenBy"
    FROM comment_revisions r WHERE r.comment_id = $1::uuid AND r.organisation_id = $2::uuid AND ($3::int IS NULL OR r.number ${compare} $3::int)
    ORDER BY r.number ${order} LIMIT $4::int`
}
const PAGES = { forward: statement<RevisionRow>('comment:revisions:forward', PAGE('forward')), backward: statement<RevisionRow>('comment:revisions:backward', PAGE('backward')) }

/** Earlier texts, newest first. */
export async function readRevisions(ctx: Context, comment: CommentRow, range: PageRange<RevisionCursor>): Promise<FoundPage<RevisionRow, RevisionCursor>> {
  const actor = requirePermission(ctx, 'comments.read')
  if (comment.revisionCount === 0) return { nodes: [], hasMore: false, totalCount: 0 }
  const rows = await ctx.db.query(PAGES[range.direction], [comment.id, actor.organisationId, range.after?.[0] ?? null, range.limit + 1])
  const nodes = rows.slice(0, range.limit).map((node) => ({ node, cursor: [node.number] as const }))
  return { nodes, hasMore: rows.length > range.limit, totalCount: comment.revisionCount }
}
