import { builder } from '../builder.ts'
import { TIERS } from './operator-policy.ts'
import type { Tier } from './operator-policy.ts'

export const TierEnum = builder.enumType('Tier', {
  description: 'What an organisation has paid for; the operator says what each includes.',
  values: Object.fromEntries(TIERS.map((tier) => [tier.toUpperCase(), { value: tier }])) as Readonly<Record<Uppercase<Tier>, { value: Tier }>>,
})
