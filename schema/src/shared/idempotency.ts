/** Idempotency keys of writes beside `commitWrite`: remembered in the transaction of what was asked. */
import type { AuditAction } from '../audit/actions.ts'
import type { Actor } from '../context.ts'
import { statement } from './database.ts'
import type { Database } from './database.ts'
import { replayed } from './write.ts'
import type { IdempotentRequest, RecordedRequest } from './write.ts'

const READ = statement<RecordedRequest>('idempotency:read', 'SELECT request_hash, result FROM idempotency_records WHERE actor_id = $1::uuid AND key = $2::text')
const WRITE = statement(
  'idempotency:write',
  `INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result, created_at)
   VALUES ($1::uuid, $2::text, $3::uuid, $4::text, $5::text, $6::json, $7::timestamptz)`,
)

/** The answer of an earlier request under the same key; null when there was none. @throws IdempotencyConflictError */
export async function recordedRequest<Result>(db: Database, { userId }: Actor, request: IdempotentRequest | null): Promise<Result | null> {
  const [row] = request === null ? [] : await db.query(READ, [userId, request.key])
  return row === undefined ? null : replayed<Result>(request, row)
}

export async function rememberRequest(db: Database, { userId, organisationId }: Actor, request: IdempotentRequest | null, done: { action: AuditAction; result: unknown; at: Date }): Promise<void> {
  if (request !== null) await db.query(WRITE, [userId, request.key, organisationId, done.action, request.requestHash, JSON.stringify(done.result), done.at])
}
