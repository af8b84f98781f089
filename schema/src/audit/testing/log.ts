/** Logs for tests: records of any organisation, placed at once. */
import type { TestWorkspace } from '../../testing/workspace.ts'
import { INSERT_AUDIT, auditValues } from '../entry.ts'
import type { AuditEntry } from '../entry.ts'
import { createSequencer } from '../sequencer.ts'
import { createSigner, newSigningKey, readSigningKey } from '../signing.ts'
import type { AuditSigner } from '../signing.ts'

/** Writes records of an organisation; a second lies between two of them. */
export async function addRecords({ pool }: TestWorkspace, organisationId: string, count: number, first: Date, more: Partial<AuditEntry> = {}): Promise<void> {
  for (let at = 0; at < count; at++) {
    await pool.query(INSERT_AUDIT, auditValues({
      organisationId, actorId: null, impersonatorId: null, action: 'project.update', target: { type: 'project', id: null }, before: null, after: `{"n":${at}}`, details: { at },
      personal: { address: `192.0.2.${at % 256}` }, requestId: `r${at}`, origin: 'test', at: new Date(first.getTime() + at * 1_000), ...more,
    }))
  }
}

/** Chains what is pending, as the server would within a second. */
export async function seal({ services }: TestWorkspace, now: Date, signer: AuditSigner = createSigner(readSigningKey(newSigningKey()))): Promise<AuditSigner> {
  await createSequencer({ db: services.db, signer, clock: { now: () => now }, onError: () => {} }).run()
  return signer
}
