/** Builds what lives as long as the process, from a `pg` pool. */
import { createPrismaClients } from '@buildrunner/prisma'
import type pg from 'pg'
import type { Clock, EventChannel, HealthReport, Services } from './context.ts'
import { createRefusalLog } from './audit/refusals.ts'
import { createEventChannel } from './events/channel.ts'
import { createEventReader } from './events/reader.ts'
import { createGovernance } from './governance/enforce.ts'
import { createCredentialVerifier } from './identity/credentials.ts'
import { KEY_HASH_COST } from './identity/keys.ts'
import { createKeyUseLog } from './keys/uses.ts'
import { createPlanCache } from './plans/plan-cache.ts'
import { createMemoryPresence } from './presence/memory-store.ts'
import { createPresence } from './presence/presence.ts'
import type { PresenceStore } from './presence/store.ts'
import { confined, createConfinedDatabase, createDatabase } from './shared/database.ts'
import { NO_MAIL } from './shared/mail.ts'
import type { Mailer } from './shared/mail.ts'
import { DEFAULT_OPERATOR_POLICY } from './shared/operator-policy.ts'
import type { OperatorPolicy } from './shared/operator-policy.ts'
import { createPolicy } from './shared/policy.ts'
import { createVault, newVaultKey } from './shared/vault.ts'
import type { Vault } from './shared/vault.ts'
import { NO_TARGETS } from './webhooks/addresses.ts'
import type { AllowedTargets } from './webhooks/addresses.ts'

export interface ServicesOptions {
  readonly pool: pg.Pool
  readonly health: () => Promise<HealthReport>
  /** Default: announcements reach this process alone. */
  readonly events?: EventChannel
  /** Default: this process knows of who is there through it alone. */
  readonly presence?: PresenceStore
  /** What the operator allows. Default: what governance/policy.yml of a fresh checkout says. */
  readonly operator?: OperatorPolicy
  /** Default: the machine's clock. */
  readonly clock?: Clock
  /** bcrypt's cost of new API keys. Default: that of production, which only tests undercut. */
  readonly keyHashCost?: number
  /** Default: none, for processes that answer nobody. */
  readonly mail?: Mailer
  /** Default: one whose key dies with the process. */
  readonly vault?: Vault
  /** Default: none. */
  readonly webhookTargets?: AllowedTargets
  /** Default: none. */
  readonly publicUrl?: () => string
}

const systemClock: Clock = { now: () => new Date() }

export function createServices(options: ServicesOptions): Services {
  const { pool, health, events = createEventChannel(), operator = DEFAULT_OPERATOR_POLICY, clock = systemClock } = options
  const db = createDatabase(pool)
  const prisma = createPrismaClients(pool, confined)
  return {
    db,
    prisma: prisma.all,
    confinedTo: (organisationId) => ({
      db: createConfinedDatabase(pool, organisationId),
      get prisma() {
        return prisma.of(organisationId)
      },
    }),
    across: () => ({ db, prisma: prisma.all }),
    plans: createPlanCache(),
    policy: createPolicy(),
    governance: createGovernance(),
    operator,
    clock,
    events,
    log: createEventReader({ db, channel: events }),
    presence: createPresence({ store: options.presence ?? createMemoryPresence(), clock, policy: operator.presence }),
    credentials: createCredentialVerifier(db, clock),
    keyUses: createKeyUseLog(db, clock),
    keyHashCost: options.keyHashCost ?? KEY_HASH_COST,
    refusals: createRefusalLog(db, clock),
    mail: options.mail ?? NO_MAIL,
    vault: options.vault ?? createVault(newVaultKey()),
    webhookTargets: options.webhookTargets ?? NO_TARGETS,
    publicUrl: options.publicUrl ?? (() => ''),
    health,
  }
}
