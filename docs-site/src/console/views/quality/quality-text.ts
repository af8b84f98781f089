/** Texts of quality. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type QualityKey = keyof typeof import('./messages/en.json')
export const useQualityText = (): Text<QualityKey> => useText<QualityKey>('quality')
