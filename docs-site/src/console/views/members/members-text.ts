/** Texts of members, invitations and teams. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type MembersKey = keyof typeof import('./messages/en.json')
export const useMembersText = (): Text<MembersKey> => useText<MembersKey>('members')
