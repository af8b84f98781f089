/** Audit records beside `commitWrite`: written in the transaction of what they record, or alone where nothing else is written. */
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { INSERT_AUDIT, auditValues, personalOf } from './entry.ts'
import type { AuditEntry } from './entry.ts'

const INSERT = statement('audit:insert', INSERT_AUDIT)

export async function writeAudit(db: Database, entry: AuditEntry): Promise<void> {
  await db.query(INSERT, auditValues(entry))
}

type Circumstances = Pick<AuditEntry, 'impersonatorId' | 'personal' | 'requestId' | 'origin' | 'at'>
export type AskedBy = Pick<Context, 'actor' | 'address' | 'requestId' | 'origin' | 'clock'>

/** What a request tells of itself. @param personal what else of the record is erasable */
export const ofRequest = ({ actor, address, requestId, origin, clock }: AskedBy, personal?: AuditEntry['personal']): Circumstances => ({
  impersonatorId: actor?.impersonator?.userId ?? null, personal: personalOf(address, personal), requestId, origin, at: clock.now(),
})

/** What nobody asked for: the server did it by itself. */
export const ofServer = (at: Date): Circumstances & { actorId: null } => ({ actorId: null, personal: null, requestId: newUuid(), origin: 'server', at })
