/** Once an hour: what is of no use to anybody any more is deleted. Every process does it, and finds little where another was. */
import { purgeUnverified } from '@buildrunner/schema/authentication/unverified'
import { pruneDeliveries } from '@buildrunner/schema/deliveries/prune'
import { createDatabase } from '@buildrunner/schema/shared/database'
import { createTicker } from '@buildrunner/schema/shared/ticker'
import { pruneSyncEvents } from '@buildrunner/schema/sync/prune'
import type { Pool } from 'pg'
import type { Logger } from 'pino'

const HOUR_MS = 3_600_000

/** @returns what stops it, and waits for the run that is under way */
export function startHousekeeping({ pool, logger }: { readonly pool: Pool; readonly logger: Pick<Logger, 'info' | 'error'> }): () => Promise<void> {
  const db = createDatabase(pool)
  const ticker = createTicker(HOUR_MS, async () => {
    const now = new Date()
    try {
      const [deliveries, writes, people] = [await pruneDeliveries(db, now), await pruneSyncEvents(db, now), await purgeUnverified(db, now)]
      if (deliveries + writes + people > 0) logger.info({ deliveries, writes, people }, 'what was no longer of use is deleted')
    } catch (error) {
      logger.error({ err: error }, 'housekeeping failed; trying again in an hour')
    }
  })
  ticker.start()
  return () => ticker.stop()
}
