/**
 * What the operator of the server allows: tiers, rates, bounds. It is read from `governance/policy.yml`, whose format and defaults
 * lie in the SDK's policy engine. Services ask it, and never know a number themselves.
 */

import { OPERATOR_DEFAULTS } from '@buildrunner/sdk/policy'
import type { OperatorFile, PublicLaunchSection, RealtimeSection, TierSection } from '@buildrunner/sdk/policy'
import type { BackoffPolicy } from '@buildrunner/sdk/resilience'

export const TIERS = ['free', 'pro', 'team', 'enterprise'] as const
export type Tier = (typeof TIERS)[number]
export type TierLimits = TierSection
export type RealtimeLimits = RealtimeSection

/** So many times within so many seconds. */
export interface Rate {
  readonly limit: number
  readonly seconds: number
}

/** Sections that services know as the file has them. */
type SameAsInFile = Pick<OperatorFile,
  'tiers' | 'invitations' | 'impersonation' | 'audit' | 'realtime' | 'syncBackoff' | 'circuitBreaker' | 'presence' |
  'analytics' | 'integrations' | 'designSystem' | 'i18n' | 'accessibility' | 'evals' | 'optimization'>

export interface OperatorPolicy extends SameAsInFile {
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
  readonly keys: OperatorFile['apiKeys']
  readonly publicLaunch: PublicLaunchSection
  /** When e-mails that were not taken are sent again; then they are dead. Webhooks have a schedule of their own. */
  readonly deliveries: BackoffPolicy
}

const HOUR_SECONDS = 3_600
const SIGN_IN_SECONDS = 5 * 60

/** What services ask, from what the file says. */
export function toOperatorPolicy({ security, apiKeys, deliveries, ...same }: OperatorFile): OperatorPolicy {
  const { rateLimits } = same.publicLaunch
  return {
    ...same,
    rates: {
      anonymousPointsPerMinute: rateLimits.anonymousPointsPerIpPerMinute,
      signUp: { limit: rateLimits.signupPerIpPerHour, seconds: HOUR_SECONDS },
      signIn: { limit: rateLimits.signinPerIpPer5Minutes, seconds: SIGN_IN_SECONDS },
      passwordReset: { limit: rateLimits.passwordResetPerIpPerHour, seconds: HOUR_SECONDS },
    },
    signIn: { maxFailures: security.maxLoginAttempts, lockMinutes: security.lockMinutes, sessionHours: security.sessionTimeout / HOUR_SECONDS, passwordMinLength: security.passwordMinLength },
    keys: apiKeys,
    deliveries: { minMs: deliveries.minSeconds * 1_000, maxMs: deliveries.maxSeconds * 1_000, factor: deliveries.factor, jitter: true, maxAttempts: deliveries.maxAttempts },
  }
}

export const DEFAULT_OPERATOR_POLICY: OperatorPolicy = toOperatorPolicy(OPERATOR_DEFAULTS)
