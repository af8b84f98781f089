/**
 * Retention: records that are older than the organisation keeps them are cut, always a beginning of the chain. Their leaf hashes
 * (in the tree) and chain hashes stay, so that every proof about what is kept stays valid; the cut is itself a record of the log,
 * which tells it from tampering.
 */
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { PLATFORM } from './entry.ts'
import { ofServer, writeAudit } from './record.ts'

const DAY_MS = 86_400_000
/** Records that one transaction cuts. */
const BATCH = 5_000
/** What the log writes about itself. Alone it is no reason for another record, or a quiet log would never come to rest. */
export const MAINTENANCE = `r.actor_id IS NULL AND r.action IN ('audit.retain', 'audit.export')`

export interface RetentionOptions {
  readonly db: Database
  readonly now: Date
  /** For organisations that set nothing else, and for the platform. */
  readonly defaultDays: number
  readonly batchSize?: number
}

const CHAINS = statement<{ id: string; days: number | null }>(
  'audit:retention-chains',
  'SELECT c.organisation_id AS id, o.audit_retention_days AS days FROM audit_chains c LEFT JOIN organisations o ON o.id = c.organisation_id ORDER BY c.organisation_id',
)
/** The first record that stays; all are younger or without an end: null. */
const RANGE = statement<{ first: number | null; until: number | null; worth: boolean }>(
  'audit:retention-range',
  `WITH bounds AS (SELECT
     (SELECT min(r.sequence) FROM audit_records r WHERE r.organisation_id = $1::uuid) AS first,
     coalesce((SELECT r.sequence - 1 FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence > 0 AND r.created_at >= $2::timestamptz ORDER BY r.sequence LIMIT 1),
       (SELECT size FROM audit_chains WHERE organisation_id = $1::uuid)) AS until),
   batch AS (SELECT bounds.first, least(bounds.until, bounds.first + $3::int - 1) AS until FROM bounds)
   SELECT batch.first, batch.until, EXISTS (SELECT FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence BETWEEN batch.first AND bounds.until AND NOT (${MAINTENANCE})) AS worth
   FROM batch, bounds`,
)
const KEEP_HASHES = statement<{ chain_hash: string }>(
  'audit:retention-keep',
  `WITH kept AS (INSERT INTO audit_cuts (organisation_id, sequence, chain_hash)
     SELECT r.organisation_id, r.sequence, r.chain_hash FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence BETWEEN $2::int AND $3::int RETURNING sequence, chain_hash)
   SELECT chain_hash FROM kept WHERE sequence = $3::int`,
)
const CUT = statement('audit:retention-cut', 'DELETE FROM audit_records WHERE organisation_id = $1::uuid AND sequence BETWEEN $2::int AND $3::int')
/** Of older days only the last checkpoint is kept: consistency proofs stand in for the others. */
const THIN = statement(
  'audit:thin-checkpoints',
  `DELETE FROM audit_checkpoints WHERE organisation_id = $1::uuid AND created_at < $2::timestamptz AND size NOT IN (
     SELECT max(size) FROM audit_checkpoints WHERE organisation_id = $1::uuid GROUP BY (created_at AT TIME ZONE 'UTC')::date)`,
)

/** Cuts what is too old in every chain. Answers how many records were cut. */
export async function applyRetention(options: RetentionOptions): Promise<number> {
  const { db, now, defaultDays } = options
  let cut = 0
  for (const { id, days } of await db.query(CHAINS, [])) {
    const keepDays = (id === PLATFORM ? null : days) ?? defaultDays
    for (let more = true; more; ) {
      const count = await db.transaction((tx) => cutBatch(tx, id, keepDays, options))
      cut += count
      more = count > 0
    }
    await db.query(THIN, [id, new Date(now.getTime() - DAY_MS)])
  }
  return cut
}

async function cutBatch(tx: Database, organisationId: string, days: number, { now, batchSize = BATCH }: RetentionOptions): Promise<number> {
  const [range] = await tx.query(RANGE, [organisationId, new Date(now.getTime() - days * DAY_MS), batchSize])
  const { first, until, worth } = range ?? { first: null, until: null, worth: false }
  if (first === null || until === null || until < first || !worth) return 0
  const [last] = await tx.query(KEEP_HASHES, [organisationId, first, until])
  if (last === undefined) throw new Error(`the audit chain of ${organisationId} has no record ${until}`)
  await tx.query(CUT, [organisationId, first, until])
  await writeAudit(tx, {
    organisationId, action: 'audit.retain', target: { type: 'auditLog', id: organisationId }, details: { first, last: until, chainHash: last.chain_hash, days }, ...ofServer(now),
  })
  return until - first + 1
}
