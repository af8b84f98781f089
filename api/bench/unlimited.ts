/** A bench, and a test of all examples at once, asks more than anybody may. */
import { DEFAULT_OPERATOR_POLICY, TIERS } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy, Rate } from '@buildrunner/schema/shared/operator-policy'

/** The most that a GraphQL `Int` holds. */
const ALL = 2 ** 31 - 1

const tiers = Object.fromEntries(TIERS.map((tier) => [tier, { ...DEFAULT_OPERATOR_POLICY.tiers[tier], pointsPerMinute: ALL }])) as OperatorPolicy['tiers']

const many: Rate = { limit: 1_000_000, seconds: 60 }

/** What the operator allows by default, with all the points and attempts there can be. */
export const UNLIMITED: OperatorPolicy = {
  ...DEFAULT_OPERATOR_POLICY, tiers, rates: { anonymousPointsPerMinute: ALL, signUp: many, signIn: many, passwordReset: many },
  realtime: { ...DEFAULT_OPERATOR_POLICY.realtime, maxConnectionsPerIp: 10_000, maxConnectionsPerCredential: 10_000, initTimeoutSeconds: 60 },
}
