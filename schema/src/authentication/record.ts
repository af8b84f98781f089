/** Audit records of what concerns a person: in the transaction of what they record. */
import type { AuditEntry } from '../audit/entry.ts'
import { ofRequest, writeAudit } from '../audit/record.ts'
import type { AskedBy } from '../audit/record.ts'
import type { Database } from '../shared/database.ts'

export interface PersonalRecord extends Pick<AuditEntry, 'action' | 'actorId' | 'details'> {
  /** Whom it is about; null: nobody that is known. */
  readonly userId: string | null
  /** Default: the platform's chain. */
  readonly organisationId?: string | null
  /** Default: the person. */
  readonly target?: AuditEntry['target']
  readonly email?: string
}

export const record = (db: Database, ctx: AskedBy, { action, actorId, userId, organisationId = null, target = { type: 'user', id: userId }, details, email }: PersonalRecord): Promise<void> =>
  writeAudit(db, { organisationId, actorId, action, target, details, ...ofRequest(ctx, email === undefined ? null : { email }) })
