/** Who changed what of an item, and when: the event log read backwards, a window at a time. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import type { PlanItem, Status } from '@buildrunner/sdk/plans'
import { useCall } from '../data/use-call.ts'
import { useProject } from '../offline/use-project.tsx'
import { useOpenProject } from '../project/scope.tsx'
import { useSession } from '../session/session.tsx'
import { Button } from '../ui/button.tsx'
import { Empty, Failure, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { historyOf } from './history.ts'
import type { FieldChange, HistoryEntry } from './history.ts'
import type { InspectorKey } from './text.ts'
import { useInspectorText } from './text.ts'

/** Events that are read at once, and how many times in a row before somebody is asked whether to read on. */
const WINDOW = 500
const WINDOWS = 4
const ENOUGH = 15

interface Read {
  readonly entries: readonly HistoryEntry[]
  /** Events up to this one are still to be read. */
  readonly until: number
  /** What the item was called then. */
  readonly key: string
  readonly error?: BuildRunnerError | undefined
  readonly isReading: boolean
  /** Earlier events are gone. */
  readonly isCut: boolean
}

export function History({ item }: { readonly item: PlanItem }): ReactNode {
  const { asOf } = useProject()
  // read anew where it is opened anew: what happens meanwhile is seen in the item itself
  const [sequence] = useState(asOf.sequence ?? 0)
  return <Entries key={item.id} itemKey={item.id} sequence={sequence} />
}

function Entries({ itemKey, sequence }: { readonly itemKey: string; readonly sequence: number }): ReactNode {
  const t = useInspectorText()
  const { entries, until, error, isReading, isCut, more } = useHistory(itemKey, sequence)
  const names = useNames()
  if (error && entries.length === 0) return <Failure error={error} retry={more} />
  if (isReading && entries.length === 0) return <Loading />
  return (
    <>
      {entries.length === 0 && <Empty title={t('history.none')} icon="clock"><p>{t('history.noneText', { sequence: until })}</p></Empty>}
      <ol className="history">{entries.map((entry, index) => <li key={`${entry.sequence} ${index}`}><Entry entry={entry} name={names.get(entry.actor)} /></li>)}</ol>
      {isCut && <p className="fine">{t('history.cut')}</p>}
      {until > 0 && !isCut && <Button busy={isReading} onClick={more}>{t('history.more')}</Button>}
    </>
  )
}

function useHistory(itemKey: string, sequence: number): Read & { more(): void } {
  const { client } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const [read, setRead] = useState<Read>({ entries: [], until: sequence, key: itemKey, isReading: true, isCut: false })
  const at = useRef(read)
  at.current = read
  const more = useCallback(async () => {
    let state: Read = { ...at.current, isReading: true, error: undefined }
    setRead(state)
    const wanted = state.entries.length + ENOUGH
    for (let turn = 0; turn < WINDOWS && state.until > 0 && !state.isCut && !state.error && state.entries.length < wanted; turn++) {
      const since = Math.max(0, state.until - WINDOW)
      const { data, error } = await client.events.list({ projectId, since, first: state.until - since })
      if (data?.gap != null) state = { ...state, isCut: true }
      else if (data) {
        const { entries, key } = historyOf(data.events.filter((event) => event.sequence <= state.until), state.key)
        state = { ...state, entries: [...state.entries, ...entries], key, until: since }
      }
      if (error) state = { ...state, error }
    }
    setRead({ ...state, isReading: false })
  }, [client, projectId])
  useEffect(() => void more(), [more])
  return { ...read, more: () => void more() }
}

/** People of the project by their node ids, as far as one may see them. */
function useNames(): ReadonlyMap<string, string> {
  const { client, userId, name } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const { data } = useCall(() => client.members.listInProject({ projectId, first: 100 }), [client, projectId])
  return new Map([...(data?.members ?? []).map((member): [string, string] => [member.id, member.name]), [userId, name]])
}

function Entry({ entry: { what, at, fields, from }, name }: { readonly entry: HistoryEntry; readonly name: string | undefined }): ReactNode {
  const t = useInspectorText()
  return (
    <>
      <p><strong>{name ?? t('history.somebody')}</strong> {t(`history.${what}`, { from })} <span className="fine"><Time at={at} /></span></p>
      {fields.length > 0 && <ul className="plain-list">{fields.map((change) => <li key={change.field}><Change change={change} /></li>)}</ul>}
    </>
  )
}

const KNOWN = new Set(['title', 'description', 'assignee', 'priority', 'labels', 'dependsOn', 'phase', 'dueDate', 'estimate', 'links', 'notes', 'status', 'acceptanceCriteria'])
/** Longer values are named and not shown: the details show what stands now. */
const SHORT = 80

function Change({ change: { field, before, after } }: { readonly change: FieldChange }): ReactNode {
  const t = useInspectorText()
  const name = KNOWN.has(field) ? t(`field.${field}` as InspectorKey) : field
  const [old, now] = [before, after].map((value) => shown(t, field, value))
  return <>{name}{old !== undefined && now !== undefined && <>: <del>{old}</del> <span aria-hidden="true">→</span> <ins>{now}</ins></>}</>
}

function shown(t: ReturnType<typeof useInspectorText>, field: string, value: unknown): string | undefined {
  if (value === null) return field === 'status' ? t('status.todo') : t('none')
  if (field === 'status') return t(`status.${value as Status}`)
  const text = Array.isArray(value) && value.every((element) => typeof element === 'string') ? value.join(', ') : typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  return text !== undefined && text.length <= SHORT ? text : undefined
}
