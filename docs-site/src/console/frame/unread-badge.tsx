/** How many notifications are unread; live. */
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useCall } from '../data/use-call.ts'
import { useSession } from '../session/session.tsx'
import { useShellText } from './shell-text.ts'

/** Told by the page of notifications when somebody has read some. */
export const NOTIFICATIONS_READ = 'buildrunner:notifications-read'

export function UnreadBadge(): ReactNode {
  const t = useShellText()
  const { client } = useSession()
  const { data, reload } = useCall(() => client.notifications.list({ first: 1 }), [client])
  useEffect(() => {
    const following = client.notifications.follow()
    void (async () => {
      for await (const _ of following) void reload()
    })().catch(() => {}) // the list itself says what is wrong
    const read = (): void => void reload()
    addEventListener(NOTIFICATIONS_READ, read)
    return () => {
      removeEventListener(NOTIFICATIONS_READ, read)
      following.close()
    }
  }, [client, reload])
  const unread = data?.unreadCount ?? 0
  if (unread === 0) return null
  return (
    <span className="badge">
      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
      <span className="visually-hidden">{t('unread', { count: unread })}</span>
    </span>
  )
}
