/** Texts of the notification centre. */
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'

export type NotificationsKey = keyof typeof import('./messages/en.json')
export type NotificationsText = Text<NotificationsKey>
export const useNotificationsText = (): NotificationsText => useText<NotificationsKey>('notifications')
