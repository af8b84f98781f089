/** Use cases of the audit log: erasing what it knows of a person. Proofs stay valid, because records commit to that data by a hash. */
import type { Context } from '../context.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { NotFoundError } from '../shared/errors.ts'
import { recordedRequest, rememberRequest } from '../shared/idempotency.ts'
import { parseReference } from '../shared/ids.ts'
import { idempotentRequest } from '../shared/write.ts'
import { chainOf } from './reads.ts'
import type { ChainName } from './reads.ts'
import { ofRequest, writeAudit } from './record.ts'

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

const MEMBER = statement('audit:erase-member', 'SELECT FROM members WHERE organisation_id = $1::uuid AND user_id = $2::uuid')
/** The record of the erasure itself is written afterwards and keeps its own: it is about who erased. */
const ERASE = statement<{ count: number }>(
  'audit:erase',
  `WITH erased AS (UPDATE audit_records SET personal = NULL, personal_salt = NULL
     WHERE organisation_id = $1::uuid AND $2::uuid IN (actor_id, impersonator_id, target_id) AND personal IS NOT NULL RETURNING 1)
   SELECT count(*)::int FROM erased`,
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
    const earlier = await recordedRequest<PersonalDataErased>(ctx.db, actor, request)
    if (earlier !== null) return earlier
    return ctx.db.transaction(async (tx) => {
      const [erased] = await tx.query(ERASE, [organisationId, uuid])
      const result: PersonalDataErased = { records: erased?.count ?? 0 }
      if (result.records === 0 && (await tx.query(MEMBER, [organisationId, uuid])).length === 0) throw new NotFoundError('user', input.userId, ['userId'])
      await writeAudit(tx, { organisationId, actorId: actor.userId, action: 'audit.erase', target: { type: 'user', id: uuid }, details: { ...result }, ...ofRequest(ctx) })
      await rememberRequest(tx, actor, request, { action: 'audit.erase', result, at: ctx.clock.now() })
      return result
    })
  }
  const mayBeRepeated = (error: unknown): boolean => request !== null && (error instanceof NotFoundError || breaksUnique(error, 'idempotency_records_pkey'))
  // the same request at the same time left nothing to erase: its answer is there now
  return attempt().catch((error: unknown) => (mayBeRepeated(error) ? attempt() : Promise.reject(error)))
}
