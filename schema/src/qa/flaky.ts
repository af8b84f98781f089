/** Checks that are flaky: of the same code they said one thing and then another. */
import { wilsonInterval } from '@buildrunner/sdk/quality'
import type { Interval } from '@buildrunner/sdk/quality'
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { DEFAULT_DAYS, sinceDays } from './quality.ts'
import type { Cursor } from './reads.ts'

/** A check that was seen to be flaky. Ids are UUIDs. */
export interface FlakyCheck {
  readonly itemId: string
  readonly itemKey: string | null
  readonly criterionKey: string
  /** Results that were flaky. */
  readonly flaky: number
  /** Results. */
  readonly carriedOut: number
  readonly lastId: string
  readonly lastSequence: number
  readonly lastAt: string
  /** The flaky results and those that they contradict, newest first, at most {@link MAX_BECAUSE}. */
  readonly because: readonly string[]
}

const MAX_BECAUSE = 20

interface Row {
  readonly id: string
  readonly total: number
  readonly rows: readonly FlakyCheck[]
}

const FLAKY = (direction: 'forward' | 'backward') => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return statement<Row>(
    `qa:flaky:${direction}`,
    `WITH project AS (SELECT p.id FROM projects p WHERE p.organisation_id = $1::uuid AND (p.id = $2::uuid OR p.slug = $3::text)),
     newest AS (SELECT DISTINCT ON (e.item_id, e.criterion_key) e.* FROM evidence e WHERE e.flaky AND e.project_id = (SELECT id FROM project) AND e.created_at >= $4::timestamptz ORDER BY e.item_id, e.criterion_key, e.sequence DESC),
     page AS (SELECT * FROM newest x WHERE $5::int IS NULL OR (x.sequence, x.id) ${compare} ($5::int, $6::uuid) ORDER BY x.sequence ${order}, x.id ${order} LIMIT $7::int),
     shown AS (SELECT x.*, a.carried_out, a.flaky_count FROM page x, LATERAL (SELECT count(*)::int AS carried_out, count(*) FILTER (WHERE e.flaky)::int AS flaky_count FROM evidence e
       WHERE e.item_id = x.item_id AND e.criterion_key = x.criterion_key AND e.outcome <> 'skipped' AND e.created_at >= $4::timestamptz) a)
     SELECT project.id, (SELECT count(*)::int FROM newest) AS total, coalesce((SELECT json_agg(json_build_object('itemId', x.item_id, 'itemKey', (SELECT i.key FROM plan_items i WHERE i.id = x.item_id),
       'criterionKey', x.criterion_key, 'flaky', x.flaky_count, 'carriedOut', x.carried_out, 'lastId', x.id, 'lastSequence', x.sequence, 'lastAt', x.created_at,
       'because', (SELECT json_agg(b.id) FROM (SELECT v.id FROM evidence e, LATERAL (VALUES (e.id), (e.contradicts_id)) v (id) WHERE e.flaky AND v.id IS NOT NULL AND e.item_id = x.item_id
         AND e.criterion_key = x.criterion_key AND e.created_at >= $4::timestamptz ORDER BY e.sequence DESC LIMIT ${MAX_BECAUSE}) b)) ORDER BY x.sequence ${order}, x.id ${order}) FROM shown x), '[]') AS rows FROM project`,
  )
}
const PAGES = { forward: FLAKY('forward'), backward: FLAKY('backward') }

export interface FlakyOf {
  readonly projectId: string
  readonly days?: number | null | undefined
}

/** Those that were seen to be flaky last come first. @throws NotFoundError when there is no such project for this key */
export async function readFlaky(ctx: Context, { projectId: ref, days }: FlakyOf, range: PageRange<Cursor>): Promise<FoundPage<FlakyCheck, Cursor>> {
  const actor = requirePermission(ctx, 'planner.read')
  const { uuid, name } = parseReference(ref, 'Project')
  const [sequence, id] = range.after ?? [null, null]
  const [row] = await ctx.db.query(PAGES[range.direction], [actor.organisationId, uuid, name, sinceDays(ctx, days ?? DEFAULT_DAYS), sequence, id, range.limit + 1])
  requireInProject(ctx, 'planner.read', row?.id, { kind: 'project', ref, path: ['projectId'] })
  const rows = row.rows.slice(0, range.limit)
  return { nodes: rows.map((node) => ({ node, cursor: [node.lastSequence, node.lastId] as const })), hasMore: row.rows.length > range.limit, totalCount: row.total }
}

/** Which share of the results is flaky, with 95 % confidence. */
export const rateOf = ({ flaky, carriedOut }: FlakyCheck): Interval & { readonly value: number } => ({ value: flaky / carriedOut, ...wilsonInterval(flaky, carriedOut) })
