/** Texts of the inspector. */
import { useText } from '../text/text.ts'
import type { Text } from '../text/text.ts'

export type InspectorKey = keyof typeof import('./messages/en.json')
export const useInspectorText = (): Text<InspectorKey> => useText<InspectorKey>('inspector')
