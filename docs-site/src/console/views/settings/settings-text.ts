/** Texts of the settings. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type SettingsKey = keyof typeof import('./messages/en.json')
export const useSettingsText = (): Text<SettingsKey> => useText<SettingsKey>('settings')
