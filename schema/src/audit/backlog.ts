import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

export interface AuditBacklog {
  /** Records without a place in a chain. */
  readonly pending: number
  /** Age of the oldest of them; 0 without any. */
  readonly oldestSeconds: number
}

const BACKLOG = statement<{ pending: number; oldest: Date | null }>('audit:backlog', 'SELECT count(*)::int AS pending, min(created_at) AS oldest FROM audit_records WHERE sequence IS NULL')

/** What the sequencers of all processes have left to do. */
export async function auditBacklog(db: Database, now: Date): Promise<AuditBacklog> {
  const [row] = await db.query(BACKLOG, [])
  const oldest = row?.oldest ?? null
  return { pending: row?.pending ?? 0, oldestSeconds: oldest === null ? 0 : Math.max(0, now.getTime() - oldest.getTime()) / 1_000 }
}
