/** What is no longer of use to anybody: deliveries that are done. */
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

/** So long a delivery that was taken, or given up, is listed and can be sent again. */
export const KEPT_DAYS = 30

/** Deleted at a time, so that no transaction holds many rows for long. */
const AT_ONCE = 5_000

const PRUNE = statement<{ id: string }>(
  'deliveries:prune',
  `DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE status <> 'pending' AND created_at < $1::timestamptz - interval '${KEPT_DAYS} days' LIMIT ${AT_ONCE}) RETURNING id`,
)

/** Deletes what is older than {@link KEPT_DAYS}. An event is not queued again: the dispatcher's place lies behind it. @returns how many */
export async function pruneDeliveries(db: Database, now: Date): Promise<number> {
  let total = 0
  for (let count = AT_ONCE; count === AT_ONCE; total += count) count = (await db.query(PRUNE, [now])).length
  return total
}
