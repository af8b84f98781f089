/** Audit records of what concerns a person: in the transaction of what they record. */
import type { AuditAction } from '../audit/actions.ts'
import { INSERT_AUDIT, auditValues } from '../audit/entry.ts'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

const INSERT = statement('audit:insert', INSERT_AUDIT)

export interface PersonalRecord {
  readonly action: AuditAction
  /** Null when nobody proved who they are. */
  readonly actorId: string | null
  /** Whom it is about; null: nobody that is known. */
  readonly userId: string | null
  /** Default: the platform's chain. */
  readonly organisationId?: string | null
  /** Default: the person. */
  readonly target?: { readonly type: string; readonly id: string | null }
  readonly details?: Readonly<Record<string, unknown>>
  readonly email?: string
}

export async function record(db: Database, ctx: Pick<Context, 'actor' | 'address' | 'requestId' | 'origin' | 'clock'>, entry: PersonalRecord): Promise<void> {
  const personal = { ...(ctx.address !== null && { address: ctx.address }), ...(entry.email !== undefined && { email: entry.email }) }
  await db.query(INSERT, auditValues({
    organisationId: entry.organisationId ?? null, actorId: entry.actorId, impersonatorId: ctx.actor?.impersonator?.userId ?? null, action: entry.action,
    target: entry.target ?? { type: 'user', id: entry.userId }, before: null, after: null, details: entry.details ?? null,
    personal: Object.keys(personal).length === 0 ? null : personal, requestId: ctx.requestId, origin: ctx.origin, at: ctx.clock.now(),
  }))
}
