/** Texts of the dependency graph. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'
import type messages from './messages/en.json'

export type GraphText = Text<keyof typeof messages>
export const useGraphText = (): GraphText => useText<keyof typeof messages>('graph')
