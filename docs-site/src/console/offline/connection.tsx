/** Whether the server is there, what waits for it, and how old the plan is: in the frame, for every page, and said aloud when it changes. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useShellText } from '../frame/shell-text.ts'
import { linkTo } from '../routes.ts'
import { useAnnounce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { useRelativeTime } from '../ui/time.tsx'
import { openReplica, watchOpenReplica } from './open-projects.ts'
import type { Connection, ProjectState } from './project-replica.ts'

const ICONS: Readonly<Record<Connection, IconName>> = { connecting: 'cloud', online: 'cloud', offline: 'offline', stuck: 'alert' }

const nothing = (): (() => void) => () => {}
const noState = (): undefined => undefined

/** The open project as it is now; undefined where none is open, or not yet. */
function useOpenState(): ProjectState | undefined {
  const replica = useSyncExternalStore(watchOpenReplica, openReplica)
  return useSyncExternalStore(replica?.subscribe ?? nothing, replica?.get ?? noState)
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** @param project as the address names it; what is shown leads to its queue */
export function ConnectionStatus({ project }: { readonly project: string | undefined }): ReactNode {
  const hasNetwork = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  const state = useOpenState()
  if (state !== undefined && project !== undefined) return <ProjectConnection state={state} project={project} />
  return hasNetwork ? null : <Offline />
}

function Offline(): ReactNode {
  const t = useShellText()
  return (
    <span className="connection" data-connection="offline">
      <Icon name="offline" />
      {t('connection.offline')}
    </span>
  )
}

function ProjectConnection({ state, project }: { readonly state: ProjectState; readonly project: string }): ReactNode {
  const t = useShellText()
  const { connection, pending, failed, conflicts, asOf, isKept } = state
  const age = useRelativeTime(new Date(asOf.fetchedAt))
  useSpokenChanges(state)
  const toDecide = failed.length + conflicts.length
  const parts = [
    connection !== 'online' && t('connection.asOf', { age }),
    pending.length > 0 && t('connection.waiting', { count: pending.length }),
    toDecide > 0 && t('connection.toDecide', { count: toDecide }),
    !isKept && t('connection.notKept'),
  ].filter((part) => part !== false)
  const label = t(`connection.${connection}`)
  return (
    <a className="connection" data-connection={connection} data-waiting={pending.length > 0 || undefined} href={linkTo('sync', { project })} title={[label, ...parts].join(' · ')}>
      <Icon name={toDecide > 0 ? 'alert' : ICONS[connection]} />
      <span className="visually-hidden">{t('connection.label')}, </span>
      <span className={connection === 'online' ? 'connection-text fine' : 'connection-text'}>{label}</span>
      {pending.length > 0 && <span className="connection-count" aria-hidden="true">{pending.length}</span>}
      {toDecide > 0 && <span className="connection-count bad" aria-hidden="true">{toDecide}</span>}
      {parts.length > 0 && <span className="visually-hidden">, {parts.join(', ')}</span>}
    </a>
  )
}

/** Says what became of the connection, and of what waited; nothing while a page opens. */
function useSpokenChanges({ connection, pending, failed, conflicts }: ProjectState): void {
  const t = useShellText()
  const announce = useAnnounce()
  const before = useRef({ connection, waiting: pending.length, toDecide: failed.length + conflicts.length })
  useEffect(() => {
    const { current } = before
    const [waiting, toDecide] = [pending.length, failed.length + conflicts.length]
    before.current = { connection, waiting, toDecide }
    if (current.connection !== connection && !(current.connection === 'connecting' && connection === 'online')) announce(t(`connection.now.${connection}`))
    if (toDecide > current.toDecide) announce(t('connection.toDecide', { count: toDecide }))
    else if (current.waiting > 0 && waiting === 0 && current.connection === 'offline') announce(t('connection.drained'))
  }, [announce, connection, pending, failed, conflicts, t])
}
