/**
 * The nightly export: one object for each organisation and day that has ended, with every record of the day and its proof against
 * a checkpoint. What is done is remembered with the last record exported, so that a run that failed is made good by the next one.
 */
import { inclusionProof, writeExport } from '@buildrunner/sdk/audit-log'
import type { ProvedRecord } from '@buildrunner/sdk/audit-log'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import type { ObjectStore } from './ports.ts'
import { newestCheckpoint, prove, publishedKeys, readRange } from './reads.ts'
import type { AuditCheckpointView } from './reads.ts'
import { ofServer, writeAudit } from './record.ts'
import { MAINTENANCE } from './retention.ts'

/** Records that are held in memory at a time. */
const BATCH = 500
/** So long after midnight (UTC) every record of the day has its place. */
const SETTLED_MS = 5 * 60_000

export interface ExportOptions {
  readonly db: Database
  readonly store: ObjectStore
  readonly now: Date
}

interface Day {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string
  readonly first: number
  readonly last: number
}

const CHAINS = statement<{ id: string }>('audit:export-chains', 'SELECT organisation_id AS id FROM audit_chains ORDER BY organisation_id')
/** The day of the first record that was not exported yet, and the last record of that day; none before `$2`: no row. */
const NEXT = statement<Day>(
  'audit:export-next',
  `WITH done AS (SELECT coalesce(max(last_sequence), 0) AS last FROM audit_exports WHERE organisation_id = $1::uuid),
   start AS (SELECT (r.created_at AT TIME ZONE 'UTC')::date AS day, r.sequence FROM audit_records r, done
     WHERE r.organisation_id = $1::uuid AND r.sequence > done.last AND NOT (${MAINTENANCE}) ORDER BY r.sequence LIMIT 1)
   SELECT start.day::text AS day, done.last + 1 AS first,
     coalesce((SELECT r.sequence - 1 FROM audit_records r WHERE r.organisation_id = $1::uuid AND r.sequence > start.sequence AND r.created_at >= (start.day + 1)::timestamp AT TIME ZONE 'UTC'
       ORDER BY r.sequence LIMIT 1), (SELECT size FROM audit_chains WHERE organisation_id = $1::uuid)) AS last
   FROM start, done WHERE (start.day + 1)::timestamp AT TIME ZONE 'UTC' <= $2::timestamptz`,
)
const REMEMBER = statement(
  'audit:export-remember',
  `INSERT INTO audit_exports (organisation_id, day, first_sequence, last_sequence, object_key, exported_at) VALUES ($1::uuid, $2::date, $3::int, $4::int, $5, $6::timestamptz)`,
)

/** Exports every day that has ended and is not exported yet. Answers the keys of the objects that it wrote. */
export async function exportDays(options: ExportOptions): Promise<string[]> {
  const { db, now } = options
  const written: string[] = []
  for (const { id } of await db.query(CHAINS, [])) {
    for (;;) {
      const [day] = await db.query(NEXT, [id, new Date(now.getTime() - SETTLED_MS)])
      const checkpoint = day && (await newestCheckpoint(db, id))
      // not sealed yet: the next run finds it
      if (day === undefined || checkpoint == null || checkpoint.size < day.last) break
      written.push(await exportDay(options, id, day, checkpoint))
    }
  }
  return written
}

async function exportDay({ db, store, now }: ExportOptions, organisationId: string, { day, first, last }: Day, checkpoint: AuditCheckpointView): Promise<string> {
  // the first record in the name: records that were placed late make a second object of their day, and replace nothing
  const key = `${organisationId}/${day}-${first}.jsonl`
  const header = { kind: 'partial', organisationId, keys: await publishedKeys(db), checkpoint: checkpoint.note } as const
  await store.put(key, writeExport(header, provedRecords(db, organisationId, first, last, checkpoint.size)))
  await db.transaction(async (tx) => {
    await tx.query(REMEMBER, [organisationId, day, first, last, key, now])
    await writeAudit(tx, { organisationId, action: 'audit.export', target: { type: 'auditLog', id: organisationId }, details: { day, first, last, object: key }, ...ofServer(now) })
  })
  return key
}

/** The records of a range with their proofs, a batch at a time. */
async function* provedRecords(db: Database, organisationId: string, first: number, last: number, size: number): AsyncGenerator<ProvedRecord[]> {
  for (let since = first - 1; since < last; since += BATCH) {
    const { records } = await readRange(db, organisationId, since, Math.min(since + BATCH, last))
    yield await prove(db, organisationId, (node) => records.map((record) => ({ record, proof: inclusionProof(record.sequence - 1, size, node) })))
  }
}
