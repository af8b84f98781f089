/** The notifications that a filter lets through, newest first; new ones arrive by themselves. */
import { useCallback, useEffect, useState } from 'react'
import type { BuildRunnerError, Notification } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { NOTIFICATIONS_READ } from '../../frame/unread-badge.tsx'
import { useSession } from '../../session/session.tsx'

export interface Filter {
  readonly unread: boolean
  /** Empty: of all. */
  readonly priority: string
  /** Node id; empty: of all. */
  readonly project: string
}

const PAGE = 30
const MOST = 100

export interface Notifications {
  readonly list: readonly Notification[] | undefined
  readonly total: number
  readonly unread: number
  readonly error: BuildRunnerError | undefined
  reload(): Promise<void>
  /** Undefined: all that there are to show are shown. */
  readonly more: (() => void) | undefined
  /** @returns what went wrong */
  mark(which: { readonly ids: readonly string[] } | 'all', read: boolean): Promise<BuildRunnerError | undefined>
}

/** @param arrived told of each one that arrives */
export function useNotifications({ unread, priority, project }: Filter, arrived: (notification: Notification) => void): Notifications {
  const { client } = useSession()
  const [first, setFirst] = useState(PAGE)
  const { data, error, reload } = useCall(
    () => client.notifications.list({ first, ...(unread && { unread }), ...(priority !== '' && { priorities: [priority] }), ...(project !== '' && { inProject: project }) }),
    [client, first, unread, priority, project],
  )
  useEffect(() => {
    const following = client.notifications.follow()
    void (async () => {
      for await (const { kind, notification } of following) {
        if (kind === 'notification.created' && notification) arrived(notification)
        void reload()
      }
    })().catch(() => {}) // the list itself says what is wrong
    return () => following.close()
  }, [client, reload, arrived])
  const mark = useCallback<Notifications['mark']>(async (which, read) => {
    const { error: failure } = await client.notifications.markRead(which === 'all' ? { all: true, read } : { ids: [...which.ids], read })
    dispatchEvent(new Event(NOTIFICATIONS_READ))
    await reload()
    return failure
  }, [client, reload])
  const hasMore = data?.pageInfo.hasNextPage === true && first < MOST
  return { list: data?.notifications, total: data?.totalCount ?? 0, unread: data?.unreadCount ?? 0, error, reload, mark, more: hasMore ? () => setFirst(Math.min(MOST, first + PAGE)) : undefined }
}
