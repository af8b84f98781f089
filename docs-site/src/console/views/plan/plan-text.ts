/** Texts of the plan. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'
import type messages from './messages/en.json'

export type PlanKey = keyof typeof messages
export type PlanText = Text<PlanKey>
export const usePlanText = (): PlanText => useText<PlanKey>('plan')
