/** What somebody has to decide: one by one, or many at once. */
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { ConflictItem } from '@buildrunner/sdk/offline'
import { useCall } from '../../data/use-call.ts'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/states.tsx'
import { ConflictCard } from './conflict-card.tsx'
import { useDecide } from './decision.ts'
import type { Decided } from './decision.ts'
import { useSyncText } from './sync-text.ts'

export function Conflicts(): ReactNode {
  const t = useSyncText()
  const announce = useAnnounce()
  const { offline, conflicts } = useProject()
  const { people, failure } = useServerList()
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<Decided | null>(null)
  const [bulk, startBulk] = useState<'local' | 'remote' | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const chosen = conflicts.filter(({ id }) => selected.has(id))
  const focus = (): void => (list.current?.querySelector<HTMLElement>('h2') ?? list.current)?.focus()
  const decided = (decision: Decided): void => {
    setLast(decision)
    announce(t('decided', { count: conflicts.filter(({ id }) => id !== decision.conflict.id).length }))
    // the one that had the focus is gone
    setTimeout(focus, 0)
  }
  const takeBack = async ({ inverse }: Decided): Promise<void> => {
    await offline.edit([...(inverse ?? [])])
    announce(t('undo.done'))
    setLast(null)
  }
  return (
    <div ref={list} tabIndex={-1} className="conflicts">
      {failure !== undefined && <Notice tone="info">{t('conflicts.cache')}</Notice>}
      {last && <Notice tone="good" dismiss={() => setLast(null)}><p>{t('last', { choice: t(`choice.${last.choice}`) })}</p>{last.inverse && <Button onClick={() => void takeBack(last)}>{t('undo')}</Button>}</Notice>}
      {conflicts.length === 0 ? <Empty title={t('conflicts.none')} icon="check"><p>{t('conflicts.noneText')}</p></Empty> : (
        <>
          <p>{t('conflicts.text')}</p>
          <div className="bulk" role="group" aria-label={t('bulk.title')}>
            <Checkbox label={t('bulk.all', { count: conflicts.length })} checked={chosen.length === conflicts.length} onChange={(event) => select(new Set(event.target.checked ? conflicts.map(({ id }) => id) : []))} />
            {(['local', 'remote'] as const).map((keep) => <Button key={keep} disabled={chosen.length === 0} onClick={() => startBulk(keep)}>{t(`bulk.${keep}`, { count: chosen.length })}</Button>)}
          </div>
        </>
      )}
      {conflicts.map((conflict) => (
        <ConflictCard
          key={`${conflict.id} ${JSON.stringify(conflict.remote)}`}
          conflict={conflict}
          by={people.get(conflict.id)}
          isSelected={selected.has(conflict.id)}
          select={(isSelected) => select(new Set(isSelected ? [...selected, conflict.id] : [...selected].filter((id) => id !== conflict.id)))}
          decided={decided}
        />
      ))}
      {bulk !== null && <BulkDialog conflicts={chosen} keep={bulk} close={() => (startBulk(null), select(new Set()))} />}
    </div>
  )
}

/** The server's list, of all devices, taken into this device's; and whose writes they came from. */
function useServerList(): { people: ReadonlyMap<string, string>; failure: string | undefined } {
  const { client } = useSession()
  const { offline, connection, asOf: { sequence } } = useProject()
  const { project: { id: projectId } } = useOpenProject()
  const [failure, setFailure] = useState<string>()
  const { data, reload } = useCall(() => client.sync.listConflicts({ projectId, open: true, first: 100 }), [client, projectId])
  useEffect(() => {
    offline.conflicts.list().then(({ asOf }) => setFailure(asOf.source === 'cache' ? 'cache' : undefined), (error: Error) => setFailure(error.message))
    void reload()
  }, [offline, connection, sequence, reload])
  return { people: new Map(data?.conflicts.flatMap(({ id, by }) => (by === null ? [] : [[id, by.name] as const]))), failure }
}

/** Decides one after the other; what cannot be decided so stays, with the reason. */
function BulkDialog({ conflicts, keep, close }: { readonly conflicts: readonly ConflictItem[]; readonly keep: 'local' | 'remote'; close(): void }): ReactNode {
  const t = useSyncText()
  const decide = useDecide()
  const [all] = useState(conflicts)
  const [done, setDone] = useState<number>()
  const [failures, setFailures] = useState<readonly string[]>([])
  const run = async (): Promise<void> => {
    const failed: string[] = []
    for (const [index, conflict] of all.entries()) {
      setDone(index)
      // one decision can end several: what it ended already is no failure
      await decide(conflict, keep).catch((error: Error & { code?: string }) => error.code !== 'NOT_FOUND' && failed.push(`${conflict.itemKey ?? ''}: ${error.message}`))
    }
    setFailures(failed)
    setDone(all.length)
    if (failed.length === 0) close()
  }
  const isRunning = done !== undefined && done < all.length
  return (
    <Dialog title={t(`bulk.${keep}`, { count: all.length })} close={close} actions={done === all.length ? <Button onClick={close}>{t('close')}</Button> : <><Button onClick={close} disabled={isRunning}>{t('cancel')}</Button><Button look="primary" busy={isRunning} onClick={() => void run()}>{t('decide')}</Button></>}>
      <p>{t(`bulk.${keep}Text`, { count: all.length })}</p>
      <p role="status">{isRunning && t('bulk.progress', { done, count: all.length })}</p>
      {failures.length > 0 && <Notice tone="bad" title={t('bulk.failed', { count: failures.length })}><ul>{failures.map((line) => <li key={line}>{line}</li>)}</ul></Notice>}
    </Dialog>
  )
}
