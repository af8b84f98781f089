/**
 * What is done to the audit log by itself: the nightly export and retention, in this order, so that what is cut was exported
 * before. Both go by what is left to do, not by the hour: a night that was missed is made good, and most runs find nothing.
 */
import { exportDays } from '@buildrunner/schema/audit/export'
import type { ObjectStore } from '@buildrunner/schema/audit/ports'
import { applyRetention } from '@buildrunner/schema/audit/retention'
import type { Clock } from '@buildrunner/schema/context'
import { createDatabase } from '@buildrunner/schema/shared/database'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import { createTicker } from '@buildrunner/schema/shared/ticker'
import type { Ticker } from '@buildrunner/schema/shared/ticker'
import type pg from 'pg'
import type { Logger } from 'pino'
import { createS3Store } from '../adapters/s3.ts'
import type { S3Location } from '../s3-url.ts'

const EVERY_MS = 15 * 60_000
/** Session lock: one process does it at a time. */
const LOCK = 7_226_870_137

export interface AuditJobsOptions {
  readonly pool: pg.Pool
  readonly operator: OperatorPolicy
  readonly logger: Pick<Logger, 'info' | 'error'>
  /** Absent: nothing is exported. */
  readonly store?: ObjectStore | undefined
  /** Default: the machine's. */
  readonly clock?: Clock
}

export interface AuditJobs extends Ticker {
  /** One run; false when another process is at it. Failures are logged. */
  run(): Promise<boolean>
}

export function createAuditJobs({ pool, operator, logger, store, clock = { now: () => new Date() } }: AuditJobsOptions): AuditJobs {
  const db = createDatabase(pool)
  const ticker = createTicker(EVERY_MS, run)

  async function work(): Promise<void> {
    const now = clock.now()
    if (store !== undefined) {
      const objects = await exportDays({ db, store, now })
      if (objects.length > 0) logger.info({ objects: objects.length }, 'audit log exported')
    }
    const cut = await applyRetention({ db, now, defaultDays: operator.audit.retentionDays })
    if (cut > 0) logger.info({ records: cut }, 'audit records cut by retention')
  }

  async function run(): Promise<boolean> {
    const client = await pool.connect().catch(failed)
    if (client === undefined) return false
    client.on('error', failed)
    try {
      const { rows } = await client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [LOCK])
      if (rows[0]?.won !== true) return false
      await work()
      return true
    } catch (error) {
      failed(error)
      return true
    } finally {
      client.release(true) // ends the session, and with it the lock
    }
  }

  const failed = (error: unknown): undefined => void logger.error({ err: error }, 'jobs of the audit log failed; the next run tries again')

  return { ...ticker, run }
}

/** Starts the jobs, with the store that the operator named. Answers what stops them. */
export function startAuditJobs({ location, ...options }: Omit<AuditJobsOptions, 'store'> & { readonly location: S3Location | undefined }): () => Promise<void> {
  const store = location === undefined ? undefined : createS3Store(location, options.operator.syncBackoff)
  const jobs = createAuditJobs({ ...options, store })
  jobs.start()
  return async () => {
    await jobs.stop()
    store?.close()
  }
}
