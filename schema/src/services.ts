/** Builds what lives as long as the process, from a `pg` pool. */
import { createPrismaClient } from '@buildrunner/prisma'
import type pg from 'pg'
import type { Clock, EventChannel, HealthReport, Services } from './context.ts'
import { createRefusalLog } from './audit/refusals.ts'
import { createEventChannel } from './events/channel.ts'
import { createEventReader } from './events/reader.ts'
import { createCredentialVerifier } from './identity/credentials.ts'
import { createDatabase } from './shared/database.ts'
import { DEFAULT_OPERATOR_POLICY } from './shared/operator-policy.ts'
import type { OperatorPolicy } from './shared/operator-policy.ts'
import { createPolicy } from './shared/policy.ts'

export interface ServicesOptions {
  readonly pool: pg.Pool
  readonly health: () => Promise<HealthReport>
  /** Default: announcements reach this process alone. */
  readonly events?: EventChannel
  /** What the operator allows. Default: what governance/policy.yml of a fresh checkout says. */
  readonly operator?: OperatorPolicy
  /** Default: the machine's clock. */
  readonly clock?: Clock
}

export function createServices({ pool, health, events = createEventChannel(), operator = DEFAULT_OPERATOR_POLICY, clock = { now: () => new Date() } }: ServicesOptions): Services {
  const db = createDatabase(pool)
  return {
    db,
    prisma: createPrismaClient(pool),
    policy: createPolicy(),
    operator,
    clock,
    events,
    log: createEventReader({ db, channel: events }),
    credentials: createCredentialVerifier(db, clock),
    refusals: createRefusalLog(),
    health,
  }
}
