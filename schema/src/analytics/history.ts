/** Changes of status for people: newest first, of a project or of one microstep. */
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'

export interface FoundChange {
  readonly sequence: number
  readonly itemId: string
  /** Key of today; that of then, where the item is gone. */
  readonly itemKey: string
  readonly title: string
  readonly from: string
  readonly to: string | null
  readonly actorId: string
  readonly actorName: string | null
  readonly at: Date
}

/** Sequence and item. */
export type ChangeCursor = readonly [number, string]

const PAGE = { forward: ['<', 'DESC'], backward: ['>', 'ASC'] } as const

const pageOf = (direction: keyof typeof PAGE) => {
  const [side, order] = PAGE[direction]
  return statement<FoundChange>(
    `analytics:changes:${direction}`,
    `SELECT h.sequence, h.item_id AS "itemId", coalesce(i.key, h.item_key) AS "itemKey", coalesce(i.title, h.removed->>'title', '') AS title, h.from_status AS "from", h.to_status AS "to",
       h.actor_id AS "actorId", u.name AS "actorName", h.created_at AS at
     FROM status_changes h LEFT JOIN plan_items i ON i.id = h.item_id LEFT JOIN users u ON u.id = h.actor_id
     WHERE h.project_id = $1::uuid AND ($2::int IS NULL OR (h.sequence, h.item_id) ${side} ($2::int, $3::uuid)) AND ($4::uuid IS NULL OR h.item_id = $4::uuid) AND ($5::text IS NULL OR coalesce(i.key, h.item_key) = $5::text)
     ORDER BY h.sequence ${order}, h.item_id ${order} LIMIT $6::int`,
  )
}
const PAGES = { forward: pageOf('forward'), backward: pageOf('backward') }

/** A page of the history of a project that was read, and that its reader may see. */
export async function readChanges(ctx: Context, projectId: string, item: string | null | undefined, range: PageRange<ChangeCursor>): Promise<FoundPage<FoundChange, ChangeCursor>> {
  requirePermission(ctx, 'planner.read')
  const ref = item == null ? { uuid: null, name: null } : parseReference(item, 'Microstep')
  const rows = await ctx.db.query(PAGES[range.direction], [projectId, range.after?.[0] ?? null, range.after?.[1] ?? null, ref.uuid, ref.name, range.limit + 1])
  const nodes = rows.slice(0, range.limit).map((node) => ({ node, cursor: [node.sequence, node.itemId] as const }))
  return { nodes, hasMore: rows.length > range.limit }
}
