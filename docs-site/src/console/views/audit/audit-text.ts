/** Texts of the audit log. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type AuditKey = keyof typeof import('./messages/en.json')
export const useAuditText = (): Text<AuditKey> => useText<AuditKey>('audit')
