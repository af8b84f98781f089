/** The notification centre: what one is told, live, with what is mailed and what is watched. */
import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { NotificationPriority } from '@buildrunner/sdk'
import type { Notification } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Select } from '../../ui/field.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { Interests } from './interests.tsx'
import type { PriorityKey } from './row.tsx'
import { NotificationRow, textOf } from './row.tsx'
import type { Named } from './row.tsx'
import { useNotificationsText } from './notifications-text.ts'
import { NotificationSettings } from './settings.tsx'
import { useNotifications } from './use-notifications.ts'
import type { Filter } from './use-notifications.ts'
import './notifications.css'

const TABS = ['all', 'interests', 'mail'] as const
type TabId = (typeof TABS)[number]
const EVERYTHING: Filter = { unread: false, priority: '', project: '' }
const PRIORITIES = [NotificationPriority.URGENT, NotificationPriority.HIGH, NotificationPriority.NORMAL, NotificationPriority.LOW]

export default function NotificationsView({ route }: ViewProps): ReactNode {
  const t = useNotificationsText()
  const projects = useProjects()
  useTitle(t('title'))
  const asked = route.rest[0] as TabId | undefined
  const tab = asked !== undefined && TABS.includes(asked) ? asked : 'all'
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs label={t('title')} tabs={TABS.map((id) => ({ id, label: t(`tab.${id}`) }))} selected={tab} select={(id) => go(linkTo('notifications', { rest: [id] }), { replace: true })}>
        {tab === 'all' && <Centre projects={projects} />}
        {tab === 'interests' && <Interests projects={projects} />}
        {tab === 'mail' && <NotificationSettings />}
      </Tabs>
    </>
  )
}

function useProjects(): ReadonlyMap<string, Named> {
  const { client } = useSession()
  const { data } = useCall(() => client.projects.list({ first: 100 }), [client])
  return useMemo(() => new Map((data?.projects ?? []).map((project) => [project.id, project])), [data])
}

function Centre({ projects }: { readonly projects: ReadonlyMap<string, Named> }): ReactNode {
  const t = useNotificationsText()
  const announce = useAnnounce()
  const [filter, setFilter] = useState(EVERYTHING)
  const [busy, setBusy] = useState(false)
  const arrived = useCallback((notification: Notification) => announce(textOf(t, notification, projects.get(notification.projectId ?? ''))), [announce, t, projects])
  const { list, total, unread, error, reload, more, mark } = useNotifications(filter, arrived)
  const [failure, setFailure] = useState<typeof error>()
  const markAll = async (): Promise<void> => {
    setBusy(true)
    setFailure(await mark('all', true))
    setBusy(false)
  }
  const isFiltered = filter.unread || filter.priority !== '' || filter.project !== ''
  return (
    <>
      <div className="notification-filter" role="group" aria-label={t('filter.title')}>
        <Checkbox label={t('filter.unread')} checked={filter.unread} onChange={(event) => setFilter({ ...filter, unread: event.target.checked })} />
        <Select label={t('filter.priority')} value={filter.priority} onChange={(event) => setFilter({ ...filter, priority: event.target.value })} options={[{ value: '', label: t('filter.all') }, ...PRIORITIES.map((value) => ({ value, label: t(`priority.${value}` as PriorityKey) }))]} />
        <Select label={t('filter.project')} value={filter.project} onChange={(event) => setFilter({ ...filter, project: event.target.value })} options={[{ value: '', label: t('filter.all') }, ...[...projects.values()].map(({ id, name }) => ({ value: id, label: name }))]} />
        <Button icon="check" busy={busy} disabled={unread === 0} onClick={() => void markAll()}>{t('mark.all')}</Button>
      </div>
      <ErrorNotice error={failure} dismiss={() => setFailure(undefined)} />
      <p className="fine notification-count" role="status">{list && t('count', { total, unread })}</p>
      {error && !list && <Failure error={error} retry={() => void reload()} />}
      {!list && !error && <Loading />}
      {list?.length === 0 && (isFiltered
        ? <Empty title={t('none.filtered')} icon="filter"><Button onClick={() => setFilter(EVERYTHING)}>{t('filter.clear')}</Button></Empty>
        : <Empty title={t('none')} icon="bell"><p>{t('none.text')}</p></Empty>)}
      <ul className="notifications">
        {list?.map((notification) => <NotificationRow key={notification.id} notification={notification} project={projects.get(notification.projectId ?? '')} mark={(read) => void mark({ ids: [notification.id] }, read).then(setFailure)} />)}
      </ul>
      {more && <Button onClick={more}>{t('more')}</Button>}
    </>
  )
}
