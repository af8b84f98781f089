/** Texts of API keys. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type KeysKey = keyof typeof import('./messages/en.json')
export const useKeysText = (): Text<KeysKey> => useText<KeysKey>('keys')
