/** Texts of the components that all pages share. */
import { useText } from '../text/text.ts'
import type { Text } from '../text/text.ts'

export type UiKey = keyof typeof import('./messages/en.json')
export const useUiText = (): Text<UiKey> => useText<UiKey>('ui')
