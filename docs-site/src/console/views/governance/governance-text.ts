/** Texts of governance. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type GovernanceKey = keyof typeof import('./messages/en.json')
export const useGovernanceText = (): Text<GovernanceKey> => useText<GovernanceKey>('governance')
