/** Audit records as they are read for hashing: members named as the canonical form names them. */
import type { StoredRecord } from '@buildrunner/sdk/audit-log'

export const RECORD_COLUMNS = `r.id, r.organisation_id AS "organisationId", r.sequence, r.chain_hash AS "chainHash", r.actor_id AS "actorId", r.impersonator_id AS "impersonatorId",
  r.action, r.version, r.target_type AS "targetType", r.target_id AS "targetId", r.before_digest AS "beforeDigest", r.after_digest AS "afterDigest", r.details,
  r.request_id AS "requestId", r.origin, r.created_at AS "createdAt", r.personal_commitment AS "personalCommitment", r.personal, r.personal_salt AS "personalSalt"`

/** A row of RECORD_COLUMNS. */
export interface RecordRow extends Omit<StoredRecord, 'createdAt' | 'sequence' | 'chainHash'> {
  readonly createdAt: Date
  /** Null until the sequencer has placed it. */
  readonly sequence: number | null
  readonly chainHash: string | null
}

/** A record that has its place. */
export const storedRecord = (row: RecordRow): StoredRecord => ({ ...row, createdAt: row.createdAt.toISOString() } as StoredRecord)
