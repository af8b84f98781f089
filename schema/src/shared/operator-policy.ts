/**
 * What the operator of the server allows: tiers, rates, bounds. It is read from `governance/policy.yml`; these are the values of
 * a fresh checkout. Services ask it, and never know a number themselves.
 */

import { DEFAULT_CIRCUIT_BREAKER, DEFAULT_SYNC_BACKOFF } from '@buildrunner/sdk/resilience'
import type { BackoffPolicy, CircuitBreakerPolicy } from '@buildrunner/sdk/resilience'

export const TIERS = ['free', 'pro', 'team', 'enterprise'] as const
export type Tier = (typeof TIERS)[number]

export interface TierLimits {
  /** Seats that the price includes, and how many there can be with extra ones. */
  readonly seats: { readonly included: number; readonly max: number }
  /** Members with and without a seat (viewers take none); null: no limit. */
  readonly maxMembers: number | null
  readonly maxProjects: number | null
  readonly features: readonly string[]
  /** Points of cost that one key or session may spend in a minute. A point is one field of a GraphQL answer, as `cost` counts it. */
  readonly pointsPerMinute: number
}

/** So many times within so many seconds. */
export interface Rate {
  readonly limit: number
  readonly seconds: number
}

/** Of the sockets of one process. */
export interface RealtimeLimits {
  readonly maxConnections: number
  readonly maxConnectionsPerIp: number
  /** Of one API key or session. */
  readonly maxConnectionsPerCredential: number
  readonly maxSubscriptionsPerSocket: number
  /** Of a message that a client sends. */
  readonly maxMessageKb: number
  /** How long a socket has to introduce itself. */
  readonly initTimeoutSeconds: number
  /** What may wait to be read from a socket before its subscriptions are paused. */
  readonly maxBufferedKb: number
  /** How long that may take before the socket is closed. */
  readonly slowReaderSeconds: number
}

export interface OperatorPolicy {
  readonly tiers: Readonly<Record<Tier, TierLimits>>
  readonly rates: {
    /** Points of requests without a key or session, by address. */
    readonly anonymousPointsPerMinute: number
    /** Attempts by address. */
    readonly signUp: Rate
    readonly signIn: Rate
    readonly passwordReset: Rate
  }
  readonly signIn: {
    /** Failures in a row that lock an account, and for how long. */
    readonly maxFailures: number
    readonly lockMinutes: number
    readonly sessionHours: number
    readonly passwordMinLength: number
  }
  readonly invitations: { readonly validHours: number }
  readonly keys: { readonly maxGraceHours: number; readonly defaultGraceHours: number }
  readonly impersonation: { readonly maxMinutes: number; readonly defaultMinutes: number }
  readonly audit: { readonly retentionDays: number }
  readonly realtime: RealtimeLimits
  /** When e-mails and webhooks that were not taken are sent again; then they are dead. */
  readonly deliveries: BackoffPolicy
  /** When an outside system that failed is asked again. */
  readonly syncBackoff: BackoffPolicy
  /** When an outside system that keeps failing is left alone. */
  readonly circuitBreaker: CircuitBreakerPolicy
  readonly presence: {
    /** Seconds within which a device is to say that it is still there, and after which, silent, it is gone. */
    readonly heartbeatSeconds: number
    readonly expirySeconds: number
    /** Seconds of nothing but heartbeats that make idle. */
    readonly idleSeconds: number
  }
}

export const DEFAULT_OPERATOR_POLICY: OperatorPolicy = {
  tiers: {
    free: { seats: { included: 1, max: 3 }, maxMembers: 5, maxProjects: 3, features: ['comments', 'basic_notifications'], pointsPerMinute: 20_000 },
    pro: { seats: { included: 5, max: 10 }, maxMembers: null, maxProjects: null, features: ['comments', 'mentions', 'notifications', 'webhooks'], pointsPerMinute: 100_000 },
    team: { seats: { included: 25, max: 50 }, maxMembers: null, maxProjects: null, features: ['all_collaboration', 'external_issues', 'realtime'], pointsPerMinute: 300_000 },
    enterprise: { seats: { included: 100, max: 1_000 }, maxMembers: null, maxProjects: null, features: ['all_features', 'sso', 'audit_logs'], pointsPerMinute: 2_000_000 },
  },
  rates: { anonymousPointsPerMinute: 2_000, signUp: { limit: 5, seconds: 3_600 }, signIn: { limit: 30, seconds: 300 }, passwordReset: { limit: 5, seconds: 3_600 } },
  signIn: { maxFailures: 5, lockMinutes: 15, sessionHours: 24 * 7, passwordMinLength: 12 },
  invitations: { validHours: 24 * 7 },
  keys: { maxGraceHours: 24 * 7, defaultGraceHours: 24 },
  impersonation: { maxMinutes: 120, defaultMinutes: 30 },
  audit: { retentionDays: 365 },
  realtime: {
    maxConnections: 10_000, maxConnectionsPerIp: 1_000, maxConnectionsPerCredential: 500, maxSubscriptionsPerSocket: 100,
    maxMessageKb: 1_024, initTimeoutSeconds: 3, maxBufferedKb: 1_024, slowReaderSeconds: 10,
  },
  deliveries: { minMs: 5_000, maxMs: 86_400_000, factor: 4, jitter: true, maxAttempts: 10 },
  syncBackoff: DEFAULT_SYNC_BACKOFF,
  circuitBreaker: DEFAULT_CIRCUIT_BREAKER,
  presence: { heartbeatSeconds: 15, expirySeconds: 40, idleSeconds: 60 },
}
