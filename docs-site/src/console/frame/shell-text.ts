/** Texts of the frame. */
import { useText } from '../text/text.ts'
import type { Text } from '../text/text.ts'

export type ShellKey = keyof typeof import('../messages/en.json')
export const useShellText = (): Text<ShellKey> => useText<ShellKey>('shell')
