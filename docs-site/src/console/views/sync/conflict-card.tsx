/** One conflict: the sides, the choice, and what it would do. */
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { ConflictItem } from '@buildrunner/sdk/offline'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Time } from '../../ui/time.tsx'
import { useDecide, usePreview, waitingFor } from './decision.ts'
import type { Choice, Decided, Preview } from './decision.ts'
import { describeChange, fieldName } from './describe-write.ts'
import { Shown, Sides } from './sides.tsx'
import type { SyncKey } from './sync-text.ts'
import { useSyncText } from './sync-text.ts'
import { handChange, handOf, textOf } from './values.ts'

interface ConflictCardProps {
  readonly conflict: ConflictItem
  /** Whose write it came from, where the server says so. */
  readonly by: string | undefined
  readonly isSelected: boolean
  select(isSelected: boolean): void
  decided(decision: Decided): void
}

export function ConflictCard({ conflict, by, isSelected, select, decided }: ConflictCardProps): ReactNode {
  const t = useSyncText()
  const id = useId()
  const { flat, connection } = useProject()
  const { project, can } = useOpenProject()
  const decide = useDecide()
  const [choice, choose] = useState<Choice | null>(null)
  const [text, setText] = useState(() => textOf(conflict.local) ?? textOf(conflict.remote) ?? '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const preview = usePreview(conflict, choice, text)
  const { kind, itemKey, field, detectedAt } = conflict
  const isComment = kind === 'comment'
  const item = itemKey === null ? undefined : flat.items.get(itemKey)
  const where = itemKey === null ? t('conflict.plan') : item ? `${itemKey} · ${item.fields.title}` : itemKey
  const hand = handOf(conflict)
  const isWritten = choice !== 'hand' || (isComment ? text.trim() !== '' : handChange(conflict, text, flat) !== undefined)
  const isAway = !isComment && (connection === 'offline' || connection === 'stuck')
  const may = isComment ? can.commentsWrite : can.plannerWrite || can.builderRun
  const submit = async (): Promise<void> => {
    if (choice === null) return
    setBusy(true)
    try {
      decided(await decide(conflict, choice, text))
    } catch (error) {
      setFailure((error as Error).message)
      setBusy(false)
    }
  }
  return (
    <article className="card conflict" aria-labelledby={`${id}-title`}>
      <header className="conflict-head">
        <input type="checkbox" aria-label={t('conflict.select', { where })} checked={isSelected} onChange={(event) => select(event.target.checked)} />
        <h2 id={`${id}-title`} tabIndex={-1}>{itemKey !== null && item ? <a href={linkTo('plan', { project: project.slug, rest: [itemKey], query: isComment ? { comment: field ?? '' } : {} })}>{where}</a> : where}</h2>
        <p className="fine">{t(`kind.${kind}` as SyncKey, { field: field === null || isComment ? '' : fieldName(t, field) })} · {by !== undefined && <>{by} · </>}<Time at={new Date(detectedAt)} /></p>
      </header>
      <Sides conflict={conflict} />
      <form onSubmit={(event) => (event.preventDefault(), void submit())}>
        <fieldset className="choices" disabled={!may}>
          <legend>{t('choice.title')}</legend>
          {(['local', 'remote', ...(hand ? ['hand' as const] : [])] as const).map((value) => (
            <label key={value} className="choice"><input type="radio" name={id} value={value} checked={choice === value} onChange={() => choose(value)} />{t(`choice.${value}`)}</label>
          ))}
        </fieldset>
        {choice === 'hand' && (hand === 'text' || hand === 'list'
          ? <TextArea label={t('hand.label')} hint={hand === 'list' ? t('hand.list') : undefined} rows={6} value={text} onChange={(event) => setText(event.target.value)} />
          : <Field label={t('hand.label')} value={text} error={isWritten ? undefined : t('hand.wrong')} onChange={(event) => setText(event.target.value)} />)}
        {choice === 'hand' && hand === 'text' && <Shown text={text} />}
        <div role="status">{choice !== null && !isComment && <Affected conflict={conflict} preview={preview} />}</div>
        {failure !== undefined && <Notice tone="bad" dismiss={() => setFailure(undefined)}>{failure}</Notice>}
        {isAway && choice !== null && <p className="fine"><Icon name="offline" /> {t('decide.offline')}</p>}
        <Button type="submit" look="primary" busy={busy} disabled={!may || choice === null || isAway || !isWritten}>{t('decide')}</Button>
      </form>
    </article>
  )
}

/** What a decision does to the plan, and what is to be looked at again. */
function Affected({ conflict, preview: { state, preview, error } }: { readonly conflict: ConflictItem; readonly preview: Preview }): ReactNode {
  const t = useSyncText()
  const { flat } = useProject()
  if (error) return <Notice tone="bad">{error.message}</Notice>
  if (state !== 'known' || preview === undefined) return <p className="fine">{t('preview.asking')}</p>
  const { changes, affectedCriteria, source } = preview
  const waiting = waitingFor(flat, changes ?? [], conflict.itemKey)
  return (
    <div className="preview">
      <h3>{t('preview.title')}</h3>
      {changes === null ? <p>{t('preview.unknown')}</p> : changes.length === 0 ? <p>{t('preview.nothing')}</p> : <ul>{changes.map((change, index) => <li key={index}>{describeChange(t, change)}</li>)}</ul>}
      {affectedCriteria.length > 0 && <Named title={t('preview.criteria', { count: affectedCriteria.length })} lines={affectedCriteria.map(({ itemKey, text }) => `${itemKey}: ${text}`)} />}
      {waiting.length > 0 && <Named title={t('preview.waiting', { count: waiting.length })} lines={waiting.map(({ id, fields }) => `${id} · ${fields.title}`)} />}
      {source === 'cache' && <p className="fine">{t('preview.cache')}</p>}
    </div>
  )
}

const Named = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): ReactNode => (
  <details><summary>{title}</summary><ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul></details>
)
