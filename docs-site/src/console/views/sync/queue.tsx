/** What waits on this device, what the server refused, and what to do about it. */
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { QueueItem } from '@buildrunner/sdk/offline'
import { useCall } from '../../data/use-call.ts'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { describeWrite } from './describe-write.ts'
import { OverrideDialog, ruleToPass } from './override.tsx'
import { useSyncText } from './sync-text.ts'

export function Queue(): ReactNode {
  const t = useSyncText()
  const { pending, failed, status, connection, isKept } = useProject()
  const list = useRef<HTMLDivElement>(null)
  const [overriding, override] = useState<QueueItem | null>(null)
  return (
    <div ref={list} tabIndex={-1} className="sync-queue">
      {!isKept && <Notice tone="warn">{t('queue.notKept')}</Notice>}
      {connection === 'stuck' && status.lastError && <Notice tone="bad" title={t('queue.stuck')}><p>{status.lastError.message}</p></Notice>}
      {connection === 'offline' && <Notice tone="info" title={t('queue.offline')}><p>{t('queue.offlineText')}{status.nextAttemptAt !== null && <> {t('queue.next')} <Time at={new Date(status.nextAttemptAt)} absolute /></>}</p></Notice>}
      {pending.length + failed.length === 0 && <Empty title={t('queue.empty')} icon="check"><p>{t('queue.emptyText')}</p></Empty>}
      {failed.length > 0 && <Refused items={failed} override={override} />}
      {pending.length > 0 && <Waiting items={pending} isSyncing={status.state === 'syncing'} />}
      <Devices />
      {/* It outlives the list that it was opened from: what is sent is refused no longer. */}
      {overriding && <OverrideDialog item={overriding} after={list} close={() => override(null)} />}
    </div>
  )
}

interface RefusedProps {
  readonly items: readonly QueueItem[]
  /** Asks why a write is to be sent in spite of the rule that refused it. */
  override(item: QueueItem): void
}

function Refused({ items, override }: RefusedProps): ReactNode {
  const t = useSyncText()
  const { can } = useOpenProject()
  const { offline } = useProject()
  const [dropping, drop] = useState<QueueItem | null>(null)
  return (
    <section className="sync-section" aria-labelledby="refused-title">
      <div className="section-head"><h2 id="refused-title">{t('queue.refused', { count: items.length })}</h2>{items.length > 1 && <Button icon="refresh" onClick={() => void offline.queue.retry()}>{t('queue.retryAll')}</Button>}</div>
      <ul className="writes">
        {items.map((item) => (
          <li key={item.id} className="card write">
            <p><Write item={item} /></p>
            <Reason item={item} />
            <div className="write-actions">
              <Button icon="refresh" onClick={() => void offline.queue.retry([item.id])}>{t('queue.retry')}</Button>
              {can.governanceOverride && ruleToPass(item) !== undefined && <Button icon="key" onClick={() => override(item)}>{t('override.open')}</Button>}
              <Button look="danger" icon="trash" onClick={() => drop(item)}>{t('queue.drop')}</Button>
            </div>
          </li>
        ))}
      </ul>
      {dropping && <DropDialog item={dropping} close={() => drop(null)} />}
    </section>
  )
}

function Write({ item }: { readonly item: QueueItem }): ReactNode {
  const t = useSyncText()
  const { flat } = useProject()
  const { project } = useOpenProject()
  const [key] = item.itemKeys.filter((itemKey) => flat.items.has(itemKey))
  return (
    <>
      <Icon name={item.kind === 'comment' ? 'comment' : 'edit'} /> <strong>{describeWrite(t, item)}</strong>
      <span className="fine"> <Time at={new Date(item.createdAt)} />{key !== undefined && <> · <a href={linkTo('plan', { project: project.slug, rest: [key] })}>{key}</a></>}</span>
    </>
  )
}

/** Why, where that is explained, and the rule where a rule is behind it. */
function Reason({ item: { error } }: { readonly item: QueueItem }): ReactNode {
  const t = useSyncText()
  const { project } = useOpenProject()
  if (error === null) return null
  return (
    <div className="reason">
      <p><Icon name="alert" /> {error.message}</p>
      <p className="fine">
        <a href={`/troubleshooting/${error.code.toLowerCase().replaceAll('_', '-')}/`}>{error.code}</a>
        {error.rule !== undefined && <> · <a href={linkTo('governance', { project: project.slug })}>{t('queue.rule', { rule: error.rule })}</a></>}
      </p>
    </div>
  )
}

function Waiting({ items, isSyncing }: { readonly items: readonly QueueItem[]; readonly isSyncing: boolean }): ReactNode {
  const t = useSyncText()
  const [dropping, drop] = useState<QueueItem | null>(null)
  return (
    <section className="sync-section" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t('queue.waiting', { count: items.length })}</h2>
      <ol className="writes">
        {items.map((item) => (
          <li key={item.id} className="card write">
            <p><Write item={item} /></p>
            {item.override && <p className="fine">{t('override.with', { rules: item.override.rules.join(', '), reason: item.override.reason })}</p>}
            <div className="write-actions">
              <span className="pill"><Icon name={item.sent && isSyncing ? 'sync' : 'clock'} />{t(item.sent ? (isSyncing ? 'queue.sending' : 'queue.sent') : 'queue.queued')}{item.attempts > 0 && <> · {t('queue.attempts', { count: item.attempts })}</>}</span>
              {!item.sent && <Button look="quiet" icon="trash" onClick={() => drop(item)}>{t('queue.drop')}</Button>}
            </div>
          </li>
        ))}
      </ol>
      {dropping && <DropDialog item={dropping} close={() => drop(null)} />}
    </section>
  )
}

function DropDialog({ item, close }: { readonly item: QueueItem; close(): void }): ReactNode {
  const t = useSyncText()
  const announce = useAnnounce()
  const { offline } = useProject()
  const act = async (): Promise<void> => {
    const dropped = await offline.queue.drop([item.id])
    announce(t(dropped > 0 ? 'queue.dropped' : 'queue.notDropped'))
    close()
  }
  return (
    <Dialog title={t('queue.dropTitle')} close={close} actions={<><Button onClick={close}>{t('cancel')}</Button><Button look="danger" icon="trash" onClick={() => void act()}>{t('queue.drop')}</Button></>}>
      <p><strong>{describeWrite(t, item)}</strong></p>
      <p>{t('queue.dropText')}</p>
    </Dialog>
  )
}

/** Devices that have written to the project, as the server knows them. */
function Devices(): ReactNode {
  const t = useSyncText()
  const { client } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const { data } = useCall(() => client.sync.getQueue({ projectId }), [client, projectId])
  if (!data?.replicas.length) return null
  return (
    <details className="sync-devices">
      <summary>{t('devices.title', { count: data.replicas.length })}</summary>
      <DataTable
        caption={t('devices.caption')}
        rows={data.replicas}
        keyOf={({ id }) => id}
        columns={[
          { id: 'who', label: t('devices.who'), heading: true, cell: ({ user }) => user?.name ?? '' },
          { id: 'device', label: t('devices.device'), cell: ({ id }) => <code title={id}>{id.slice(0, 8)}</code> },
          { id: 'writes', label: t('devices.writes'), numeric: true, cell: ({ acknowledged }) => acknowledged },
          { id: 'seen', label: t('devices.seen'), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
        ]}
      />
    </details>
  )
}
