/** Builds what lives as long as the process, from a `pg` pool. */
import { createPrismaClient } from '@buildrunner/prisma'
import type pg from 'pg'
import type { Clock, EventChannel, HealthReport, Services } from './context.ts'
import { createEventChannel } from './events/channel.ts'
import { createEventReader } from './events/reader.ts'
import { createKeyVerifier } from './identity/keys.ts'
import { createDatabase } from './shared/database.ts'
import { createPolicy } from './shared/policy.ts'

export interface ServicesOptions {
  readonly pool: pg.Pool
  readonly health: () => Promise<HealthReport>
  /** Default: announcements reach this process alone. */
  readonly events?: EventChannel
  /** Default: the machine's clock. */
  readonly clock?: Clock
}

export function createServices({ pool, health, events = createEventChannel(), clock = { now: () => new Date() } }: ServicesOptions): Services {
  const db = createDatabase(pool)
  return {
    db,
    prisma: createPrismaClient(pool),
    policy: createPolicy(),
    clock,
    events,
    log: createEventReader({ db, channel: events }),
    keys: createKeyVerifier(db, clock),
    health,
  }
}
