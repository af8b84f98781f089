/** Use cases of the audit log: erasing what it knows of a person. Proofs stay valid, because records commit to that data by a hash. */
import type { Context } from '../context.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { NotFoundError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { idempotentRequest, replayed } from '../shared/write.ts'
import type { IdempotentRequest, RecordedRequest } from '../shared/write.ts'
import { INSERT_AUDIT, auditValues } from './entry.ts'
import { chainOf } from './reads.ts'
import type { ChainName } from './reads.ts'

export interface EraseAuditPersonalData {
  /** Node id or UUID. */
  readonly userId: string
  readonly chain: ChainName
  readonly idempotencyKey?: string | null | undefined
}

export interface PersonalDataErased {
  /** How many records held some. */
  readonly records: number
}

const KNOWN = statement<RecordedRequest & { member: boolean }>(
  'audit:erase-known',
  `SELECT EXISTS (SELECT FROM members m WHERE m.organisation_id = $1::uuid AND m.user_id = $2::uuid) AS member, r.request_hash, r.result
   FROM (SELECT) AS one LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text`,
)
/** The record of the erasure itself is written afterwards and keeps its own: it is about who erased. */
const ERASE = statement<{ count: number }>(
  'audit:erase',
  `WITH erased AS (UPDATE audit_records SET personal = NULL, personal_salt = NULL
     WHERE organisation_id = $1::uuid AND $2::uuid IN (actor_id, impersonator_id, target_id) AND personal IS NOT NULL RETURNING 1)
   SELECT count(*)::int FROM erased`,
)
const RECORD = statement('audit:record', INSERT_AUDIT)
const REMEMBER = statement(
  'audit:erase-remember',
  `INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result, created_at) VALUES ($1::uuid, $2, $3::uuid, 'audit.erase', $4, $5::json, $6::timestamptz)`,
)

/**
 * Erases addresses, names and e-mail addresses from the records that a person made, or that are about them.
 *
 * @throws NotFoundError for somebody who is no member and of whom the log knows nothing.
 */
export async function eraseAuditPersonalData(ctx: Context, input: EraseAuditPersonalData): Promise<PersonalDataErased> {
  const { actor, organisationId } = chainOf(ctx, input.chain, 'audit.erase')
  const { uuid } = parseReference(input.userId, 'User')
  if (uuid === null) throw new NotFoundError('user', input.userId, ['userId'])
  const request = idempotentRequest(input.idempotencyKey, 'audit.erase', input)
  const attempt = async (): Promise<PersonalDataErased> => {
    const [known] = await ctx.db.query(KNOWN, [organisationId, uuid, actor.userId, request?.key ?? null])
    const earlier = replayed<PersonalDataErased>(request, known as RecordedRequest)
    if (earlier !== null) return earlier
    return ctx.db.transaction(async (tx) => {
      const [erased] = await tx.query(ERASE, [organisationId, uuid])
      const result: PersonalDataErased = { records: erased?.count ?? 0 }
      if (result.records === 0 && known?.member !== true) throw new NotFoundError('user', input.userId, ['userId'])
      await recordErasure(ctx, tx, { organisationId, uuid, request, result })
      return result
    })
  }
  const mayBeRepeated = (error: unknown): boolean => request !== null && (error instanceof NotFoundError || breaksUnique(error, 'idempotency_records_pkey'))
  // the same request at the same time left nothing to erase: its answer is there now
  return attempt().catch((error: unknown) => (mayBeRepeated(error) ? attempt() : Promise.reject(error)))
}

interface Erasure {
  readonly organisationId: string
  readonly uuid: string
  readonly request: IdempotentRequest | null
  readonly result: PersonalDataErased
}

async function recordErasure(ctx: Context, tx: Database, { organisationId, uuid, request, result }: Erasure): Promise<void> {
  const { actor, address, requestId, origin } = ctx
  if (actor === null) throw new Error('an erasure without an actor')
  const at = ctx.clock.now()
  await tx.query(RECORD, auditValues({
    organisationId, actorId: actor.userId, impersonatorId: actor.impersonator?.userId ?? null, action: 'audit.erase', target: { type: 'user', id: uuid },
    before: null, after: null, details: { ...result }, personal: address === null ? null : { address }, requestId, origin, at,
  }))
  if (request !== null) await tx.query(REMEMBER, [actor.userId, request.key, actor.organisationId, request.requestHash, JSON.stringify(result), at])
}
