/** The audit log in the life of a server: chained while it listens, and measured. */
import type { Server } from 'node:http'
import { auditBacklog } from '@buildrunner/schema/audit/backlog'
import type { AuditBacklog } from '@buildrunner/schema/audit/backlog'
import { createSequencer } from '@buildrunner/schema/audit/sequencer'
import type { AuditSigner } from '@buildrunner/schema/audit/signing'
import type { Services } from '@buildrunner/schema/context'
import type { Logger } from 'pino'
import type { Metrics } from './plugins/use-metrics.ts'

export interface AuditOptions {
  readonly services: Pick<Services, 'db' | 'clock'>
  readonly signer: AuditSigner | undefined
  readonly metrics: Pick<Metrics, 'gauge'>
  readonly logger: Pick<Logger, 'error'>
  readonly server: Pick<Server, 'once'>
}

/** Chains records from when the server listens, until it is stopped. */
export function startAudit({ services: { db, clock }, signer, metrics, logger, server }: AuditOptions): { stop(): Promise<void> } {
  // a database that does not answer must not keep the other figures back
  const read = (): Promise<AuditBacklog> => auditBacklog(db, clock.now()).catch(() => ({ pending: Number.NaN, oldestSeconds: Number.NaN }))
  let asked: Promise<AuditBacklog> | undefined
  // one scrape asks for both figures at once: they come from one query
  const backlog = (): Promise<AuditBacklog> => (asked ??= read().finally(() => (asked = undefined)))
  metrics.gauge('buildrunner_audit_pending', 'Audit records that do not have their place in a chain yet.', async () => (await backlog()).pending)
  metrics.gauge('buildrunner_audit_pending_oldest_seconds', 'Age of the oldest of them: more than a few seconds means that no sequencer works.', async () => (await backlog()).oldestSeconds)
  if (signer === undefined) return { stop: async () => {} }
  const onError = (error: unknown): void => logger.error({ err: error }, 'audit records could not be chained; trying again')
  const sequencer = createSequencer({ db, signer, clock, onError })
  server.once('listening', () => sequencer.start())
  return sequencer
}
