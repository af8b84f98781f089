/** Queue and conflicts: what waits on this device, what others changed at the same time, and what was decided. Works without a network. */
import type { ReactNode } from 'react'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { Conflicts } from './conflicts.tsx'
import { DecidedList } from './decided.tsx'
import { Queue } from './queue.tsx'
import { useSyncText } from './sync-text.ts'
import './sync.css'

const TABS = ['conflicts', 'queue', 'decided'] as const
type TabId = (typeof TABS)[number]

export default function Sync({ route }: ViewProps): ReactNode {
  const t = useSyncText()
  const { project } = useOpenProject()
  const { conflicts, pending, failed } = useProject()
  useTitle(`${t('title')} · ${project.name}`)
  const asked = route.rest[0] as TabId | undefined
  const tab = asked !== undefined && TABS.includes(asked) ? asked : conflicts.length === 0 && pending.length + failed.length > 0 ? 'queue' : 'conflicts'
  const counts: Partial<Record<TabId, number>> = { conflicts: conflicts.length, queue: pending.length + failed.length }
  return (
    <>
      <div className="page-head"><h1>{t('title')}</h1></div>
      <Tabs label={t('title')} tabs={TABS.map((id) => ({ id, label: t(`tab.${id}`), count: counts[id] }))} selected={tab} select={(id) => go(linkTo('sync', { project: project.slug, rest: [id] }), { replace: true })}>
        {tab === 'conflicts' && <Conflicts />}
        {tab === 'queue' && <Queue />}
        {tab === 'decided' && <DecidedList />}
      </Tabs>
    </>
  )
}
