/**
 * What is no longer of use: writes of replicas that were applied. The replica keeps the highest number that was pruned, so that
 * a number that comes again after years is still known. What was refused or in conflict is kept: it is little, and cannot be
 * told from a number alone.
 */
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

/** So long a write that was applied is listed, and answered exactly as the first time. */
export const KEPT_DAYS = 30

/** Deleted at a time, so that no transaction holds many rows for long. */
const AT_ONCE = 5_000

const PRUNE = statement<{ pruned: number }>(
  'sync:prune',
  `WITH pruned AS (
    DELETE FROM sync_events WHERE (project_id, replica_id, number) IN (
      SELECT project_id, replica_id, number FROM sync_events WHERE outcome IN ('APPLIED', 'ALREADY_APPLIED') AND created_at < $1::timestamptz - interval '${KEPT_DAYS} days'
      ORDER BY created_at, number LIMIT ${AT_ONCE})
    RETURNING project_id, replica_id, number
  ), marks AS (
    UPDATE sync_replicas r SET pruned_to = greatest(r.pruned_to, p.number) FROM (SELECT project_id, replica_id, max(number) AS number FROM pruned GROUP BY 1, 2) p
    WHERE r.project_id = p.project_id AND r.id = p.replica_id
  )
  SELECT count(*)::int AS pruned FROM pruned`,
)

/** Deletes what was applied longer than {@link KEPT_DAYS} ago. @returns how many */
export async function pruneSyncEvents(db: Database, now: Date): Promise<number> {
  let total = 0
  for (let count = AT_ONCE; count === AT_ONCE; total += count) count = (await db.query(PRUNE, [now]))[0]?.pruned ?? 0
  return total
}
