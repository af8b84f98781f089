/**
 * The operator's policy as a file: its sections, what each key accepts, and how it becomes the `OperatorPolicy` that services
 * ask. A new section is one more member of `POLICY_FILE`.
 */
import { TIERS } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy, TierLimits } from '@buildrunner/schema/shared/operator-policy'
import { listOfNames, mapping, orNull, whole, yesOrNo } from './yaml-fields.ts'
import type { Field } from './yaml-fields.ts'

const HOUR_SECONDS = 3_600
const HOUR_MS = 3_600_000
const DAY_SECONDS = 24 * HOUR_SECONDS
const SIGN_IN_SECONDS = 5 * 60
const YEAR_HOURS = 24 * 365
const MANY = 1_000_000
const MANY_POINTS = 1_000_000_000

/** The file's content, with its `snake_case` names in camelCase. */
export interface PolicyFile {
  readonly tiers: OperatorPolicy['tiers']
  readonly security: { readonly maxLoginAttempts: number; readonly lockMinutes: number; readonly sessionTimeout: number; readonly passwordMinLength: number }
  readonly publicLaunch: { readonly rateLimits: RateLimits }
  readonly invitations: OperatorPolicy['invitations']
  readonly apiKeys: OperatorPolicy['keys']
  readonly impersonation: OperatorPolicy['impersonation']
  readonly audit: OperatorPolicy['audit']
  readonly realtime: OperatorPolicy['realtime']
  /** In seconds, for they are long; always with jitter. */
  readonly deliveries: { readonly minSeconds: number; readonly maxSeconds: number; readonly factor: number; readonly maxAttempts: number }
  readonly syncBackoff: OperatorPolicy['syncBackoff']
  readonly circuitBreaker: OperatorPolicy['circuitBreaker']
  readonly presence: OperatorPolicy['presence']
}

interface RateLimits {
  readonly anonymousPointsPerIpPerMinute: number
  readonly signupPerIpPerHour: number
  readonly signinPerIpPer5Minutes: number
  readonly passwordResetPerIpPerHour: number
}

const TIER = mapping<TierLimits>({
  seats: mapping<TierLimits['seats']>({ included: whole(0, MANY), max: whole(0, MANY) }, { atMost: ['included', 'max'] }),
  maxMembers: orNull(whole(1, MANY)),
  maxProjects: orNull(whole(0, MANY)),
  features: listOfNames,
  pointsPerMinute: whole(1, MANY_POINTS),
})

export const POLICY_FILE: Field<PolicyFile> = mapping<PolicyFile>({
  tiers: mapping<PolicyFile['tiers']>(Object.fromEntries(TIERS.map((tier) => [tier, TIER])) as unknown as { [Tier in keyof PolicyFile['tiers']]: typeof TIER }),
  security: mapping<PolicyFile['security']>({ maxLoginAttempts: whole(1, 1_000), lockMinutes: whole(1, 24 * 60), sessionTimeout: whole(300, YEAR_HOURS * HOUR_SECONDS), passwordMinLength: whole(8, 128) }),
  publicLaunch: mapping<PolicyFile['publicLaunch']>({
    rateLimits: mapping<RateLimits>({
      anonymousPointsPerIpPerMinute: whole(1, MANY_POINTS), signupPerIpPerHour: whole(1, MANY), signinPerIpPer5Minutes: whole(1, MANY), passwordResetPerIpPerHour: whole(1, MANY),
    }),
  }),
  invitations: mapping<PolicyFile['invitations']>({ validHours: whole(1, YEAR_HOURS) }),
  apiKeys: mapping<PolicyFile['apiKeys']>({ defaultGraceHours: whole(0, YEAR_HOURS), maxGraceHours: whole(0, YEAR_HOURS) }, { atMost: ['defaultGraceHours', 'maxGraceHours'] }),
  impersonation: mapping<PolicyFile['impersonation']>({ defaultMinutes: whole(1, 24 * 60), maxMinutes: whole(1, 24 * 60) }, { atMost: ['defaultMinutes', 'maxMinutes'] }),
  audit: mapping<PolicyFile['audit']>({ retentionDays: whole(30, 2_557) }),
  realtime: mapping<PolicyFile['realtime']>({
    maxConnections: whole(1, MANY), maxConnectionsPerIp: whole(1, MANY), maxConnectionsPerCredential: whole(1, MANY), maxSubscriptionsPerSocket: whole(1, 10_000),
    maxMessageKb: whole(1, 100 * 1_024), initTimeoutSeconds: whole(1, 60), maxBufferedKb: whole(128, 100 * 1_024), slowReaderSeconds: whole(1, 300),
  }),
  syncBackoff: mapping<PolicyFile['syncBackoff']>(
    { minMs: whole(1, HOUR_MS), maxMs: whole(1, HOUR_MS), factor: whole(1, 100), jitter: yesOrNo, maxAttempts: whole(1, 100) }, { atMost: ['minMs', 'maxMs'] },
  ),
  circuitBreaker: mapping<PolicyFile['circuitBreaker']>({ failureThreshold: whole(1, 1_000), successThreshold: whole(1, 1_000), cooldownMs: whole(1, HOUR_MS), halfOpenMaxCalls: whole(1, 1_000) }),
  deliveries: mapping<PolicyFile['deliveries']>(
    { minSeconds: whole(1, DAY_SECONDS), maxSeconds: whole(1, 7 * DAY_SECONDS), factor: whole(1, 100), maxAttempts: whole(1, 100) }, { atMost: ['minSeconds', 'maxSeconds'] },
  ),
  presence: mapping<PolicyFile['presence']>({ heartbeatSeconds: whole(1, HOUR_SECONDS), expirySeconds: whole(2, HOUR_SECONDS), idleSeconds: whole(1, 24 * HOUR_SECONDS) }, { atMost: ['heartbeatSeconds', 'expirySeconds'] }),
})

export const toOperatorPolicy = ({ tiers, security, publicLaunch: { rateLimits }, invitations, apiKeys, impersonation, audit, realtime, deliveries, syncBackoff, circuitBreaker, presence }: PolicyFile): OperatorPolicy => ({
  tiers,
  rates: {
    anonymousPointsPerMinute: rateLimits.anonymousPointsPerIpPerMinute,
    signUp: { limit: rateLimits.signupPerIpPerHour, seconds: HOUR_SECONDS },
    signIn: { limit: rateLimits.signinPerIpPer5Minutes, seconds: SIGN_IN_SECONDS },
    passwordReset: { limit: rateLimits.passwordResetPerIpPerHour, seconds: HOUR_SECONDS },
  },
  signIn: {
    maxFailures: security.maxLoginAttempts, lockMinutes: security.lockMinutes, sessionHours: security.sessionTimeout / HOUR_SECONDS, passwordMinLength: security.passwordMinLength,
  },
  invitations, keys: apiKeys, impersonation, audit, realtime, syncBackoff, circuitBreaker, presence,
  deliveries: { minMs: deliveries.minSeconds * 1_000, maxMs: deliveries.maxSeconds * 1_000, factor: deliveries.factor, jitter: true, maxAttempts: deliveries.maxAttempts },
})

export const toPolicyFile = ({ tiers, rates, signIn, invitations, keys, impersonation, audit, realtime, deliveries, syncBackoff, circuitBreaker, presence }: OperatorPolicy): PolicyFile => ({
  tiers,
  security: { maxLoginAttempts: signIn.maxFailures, lockMinutes: signIn.lockMinutes, sessionTimeout: signIn.sessionHours * HOUR_SECONDS, passwordMinLength: signIn.passwordMinLength },
  publicLaunch: {
    rateLimits: {
      anonymousPointsPerIpPerMinute: rates.anonymousPointsPerMinute, signupPerIpPerHour: rates.signUp.limit, signinPerIpPer5Minutes: rates.signIn.limit, passwordResetPerIpPerHour: rates.passwordReset.limit,
    },
  },
  invitations, apiKeys: keys, impersonation, audit, realtime, syncBackoff, circuitBreaker, presence,
  deliveries: { minSeconds: deliveries.minMs / 1_000, maxSeconds: deliveries.maxMs / 1_000, factor: deliveries.factor, maxAttempts: deliveries.maxAttempts },
})
