/** What every service receives: who asks, the database, the clock and the ports. Built once for each request. */
import type { PrismaClient } from '@buildrunner/prisma'
import type { Language } from '@buildrunner/sdk/languages'
import type { CircuitState } from '@buildrunner/sdk/resilience'
import type { EventReader } from './events/reader.ts'
import type { Governance } from './governance/enforce.ts'
import type { Override, PolicyWarning } from './governance/governed.ts'
import type { CredentialVerifier } from './identity/credentials.ts'
import type { PlanCache } from './plans/plan-cache.ts'
import type { Presence } from './presence/presence.ts'
import type { Database } from './shared/database.ts'
import type { Mailer } from './shared/mail.ts'
import type { OrganisationRole, Permission, PlatformRole, ProjectRole } from './shared/permissions.ts'
import type { OperatorPolicy, Tier } from './shared/operator-policy.ts'
import type { Policy } from './shared/policy.ts'
import type { AcrossOrganisations } from './shared/row-level-security.ts'
import type { Vault } from './shared/vault.ts'
import type { AllowedTargets } from './webhooks/addresses.ts'

/** Who acts, as far as authorisation needs to know. */
export interface Actor {
  readonly userId: string
  readonly organisationId: string
  /** What the request was authenticated with: one of the two. */
  readonly apiKeyId: string | null
  readonly sessionId: string | null
  /** Of a key that is bound to one project; null: every project that the person can see. */
  readonly projectId: string | null
  /** What the key may do of what the person may do; of a session `*`. */
  readonly scopes: ReadonlySet<string>
  readonly organisationRole: OrganisationRole
  /** Roles that were given in single projects, by their UUIDs. */
  readonly projectRoles: ReadonlyMap<string, ProjectRole>
  /** The role in all other projects; null: they do not exist for this person. */
  readonly defaultRole: ProjectRole | null
  readonly platformRole: PlatformRole | null
  /** Of the organisation. */
  readonly tier: Tier
  /** Who really acts, when somebody is impersonated. */
  readonly impersonator: Impersonator | null
  /** Of a session that may only do what concerns the person itself; its `organisationId` is the nil UUID, and it has no scopes. */
  readonly restriction: Restriction | null
}

/** Why: the organisation asks for a second factor that was not shown, or there is no organisation. */
export type Restriction = 'MFA_REQUIRED' | 'ORGANISATION_REQUIRED'

export interface Impersonator {
  readonly userId: string
  readonly name: string
  /** Name of whom they act as. */
  readonly actsAs: string
  readonly impersonationId: string
  readonly reason: string
  readonly endsAt: Date
}

/** What is known of a request that was refused. */
export type RefusedRequest = Partial<Pick<Context, 'requestId' | 'origin' | 'address'>>

/** Notes what was refused; repeated refusals of one actor become one record with a count. */
export interface RefusalLog {
  note(actor: Actor, permission: Permission, projectId: string | null, request?: RefusedRequest): void
  /** Records what is still only counted. */
  close(): Promise<void>
}

/** Notes where API keys are used from: the first use of a key, and every change of address or client, is on record. */
export interface KeyUseLog {
  /** Cheap: it is called with every request, and never makes one wait. */
  note(use: Pick<Context, 'actor' | 'address' | 'origin' | 'requestId'>): void
  /** Writes what is noted now, instead of within a second. */
  flush(): Promise<void>
}

/** Points of cost, of one key, session or address. */
export interface RateLimit {
  readonly limit: number
  /** Of this operation. */
  readonly cost: number
  readonly remaining: number
  readonly resetAt: Date
}

export interface Clock {
  now(): Date
}

/** Tells other readers that a stream has news. The log is the truth; this only saves them the wait. */
export interface EventPublisher {
  publish(streamId: string, sequence: number): void
}

/** Announcements, as they are sent and heard. One may be lost, come twice or late: it only wakes. */
export interface EventChannel extends EventPublisher {
  /** Calls `listener` for what this process and others announce, until the returned function is called. */
  subscribe(listener: (streamId: string, sequence: number) => void): () => void
}

/** What lives as long as the process. */
export interface Services {
  /** Of every organisation; in a request's context, of the one it is confined to. */
  readonly db: Database
  readonly prisma: PrismaClient
  /** What one organisation sees: row-level security holds. */
  confinedTo(organisationId: string): Pick<Services, 'db' | 'prisma'>
  /** Every organisation's rows, for one of the purposes that are listed with their reasons: `{ ...ctx, ...ctx.across(purpose) }`. */
  across(purpose: AcrossOrganisations): Pick<Services, 'db' | 'prisma'>
  /** Plans as they were last read by who writes to them. */
  readonly plans: PlanCache
  readonly policy: Policy
  /** Asks the rules that projects have of their own. */
  readonly governance: Governance
  /** Tiers, rates and bounds that the operator set. */
  readonly operator: OperatorPolicy
  readonly clock: Clock
  readonly events: EventPublisher
  /** Follows the event log. */
  readonly log: EventReader
  /** Who is there. */
  readonly presence: Presence
  readonly credentials: CredentialVerifier
  readonly refusals: RefusalLog
  readonly keyUses: KeyUseLog
  /** bcrypt's cost of new API keys. */
  readonly keyHashCost: number
  readonly mail: Mailer
  /** What the database keeps encrypted. */
  readonly vault: Vault
  /** Where webhooks may lead to, beside the public internet. */
  readonly webhookTargets: AllowedTargets
  /** Address of this server as people reach it, for links in mails; without a slash at the end. */
  readonly publicUrl: () => string
  readonly health: () => Promise<HealthReport>
}

export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'down'
  readonly version: string
  readonly database: string
  readonly redis: string
  readonly migrations: string
  readonly mode: 'NORMAL' | 'READ_ONLY'
  readonly targets: readonly HealthTarget[]
}

export type HealthTargetKind = 'DATABASE' | 'DATABASE_REPLICA' | 'REDIS' | 'MAIL' | 'MODEL_PROVIDER' | 'ISSUE_TRACKER' | 'DESIGN_PROVIDER'

/** One thing that the server needs or uses. */
export interface HealthTarget {
  readonly name: string
  readonly kind: HealthTargetKind
  readonly status: 'OK' | 'FAILING' | 'NOT_CONFIGURED'
  /** Null when it did not answer well, or was not asked. */
  readonly latencyMs: number | null
  readonly checkedAt: Date | null
  readonly message: string | null
  readonly breaker: { readonly state: CircuitState; readonly failures: number } | null
}

export interface Context extends Services {
  /** Replaced by a write that changes what they may do. */
  actor: Actor | null
  readonly requestId: string
  /** Which client the request came through, e.g. `cli/0.1.0`; at most 100 characters. */
  readonly origin: string
  readonly address: string | null
  /** What the request asks to be answered in; null: it does not tell, or there are no texts in it. */
  readonly language: Language | null
  /** Set where the operation's cost is known to be within the limits: it is not counted again. */
  costed?: boolean
  /** What the caller may still ask for, with this operation counted. */
  rateLimit?: RateLimit
  /** What is written in spite of which rules, if they refuse. */
  readonly override: Override | null
  /** What rules said that let pass. */
  readonly warnings: PolicyWarning[]
  /** What this request has read already, by what it is. */
  readonly memo: Map<string, Promise<unknown>>
}
