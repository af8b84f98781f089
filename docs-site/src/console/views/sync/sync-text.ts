/** Texts of the page of queue and conflicts. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type SyncKey = keyof typeof import('./messages/en.json')
export type SyncText = Text<SyncKey>
export const useSyncText = (): SyncText => useText<SyncKey>('sync')
