/** Builds what lives as long as the process, from a `pg` pool. */
import { createPrismaClient } from '@buildrunner/prisma'
import type pg from 'pg'
import type { Clock, EventPublisher, HealthReport, Services } from './context.ts'
import { createDatabase } from './shared/database.ts'
import { createPolicy } from './shared/policy.ts'

export interface ServicesOptions {
  readonly pool: pg.Pool
  readonly events: EventPublisher
  readonly health: () => Promise<HealthReport>
  /** Default: the machine's clock. */
  readonly clock?: Clock
}

export const createServices = ({ pool, events, health, clock }: ServicesOptions): Services => ({
  db: createDatabase(pool),
  prisma: createPrismaClient(pool),
  policy: createPolicy(),
  clock: clock ?? { now: () => new Date() },
  events,
  health,
})
