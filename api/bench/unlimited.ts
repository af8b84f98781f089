/** A bench asks more than anybody may. */
import { DEFAULT_OPERATOR_POLICY, TIERS } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'

const tiers = Object.fromEntries(TIERS.map((tier) => [tier, { ...DEFAULT_OPERATOR_POLICY.tiers[tier], pointsPerMinute: Number.MAX_SAFE_INTEGER }])) as OperatorPolicy['tiers']

/** What the operator allows by default, with all the points there can be. */
export const UNLIMITED: OperatorPolicy = { ...DEFAULT_OPERATOR_POLICY, tiers }
