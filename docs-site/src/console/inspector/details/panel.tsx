/** What an item says: its fields, what it waits for, its texts. */
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { BlockReason, PlanItem, Status } from '@buildrunner/sdk/plans'
import { useAnalysis, useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useLanguage } from '../../text/language.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useInspectorText } from '../text.ts'
import { EditForm } from './edit-form.tsx'
import { dependentsOf } from './item-draft.ts'

export const STATUSES: readonly Status[] = ['todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled']

export function Details({ item }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const { can } = useOpenProject()
  const [isEditing, edit] = useState(false)
  const { description, notes, links = [] } = item.fields
  if (isEditing) return <EditForm key={item.id} item={item} done={() => edit(false)} />
  return (
    <div className="details">
      <Facts item={item} />
      <Dependencies item={item} />
      {description !== undefined && <Markdown text={description} />}
      {links.length > 0 && (
        <section>
          <h3>{t('field.links')}</h3>
          <ul className="plain-list">{links.map(({ url, title }) => <li key={url}><Icon name="link" /> {/^https?:/i.test(url) ? <a href={url} target="_blank" rel="noopener noreferrer">{title ?? url}</a> : <><span>{title}</span> <code>{url}</code></>}</li>)}</ul>
        </section>
      )}
      {notes !== undefined && <section><h3>{t('field.notes')}</h3><Markdown text={notes} /></section>}
      {can.plannerWrite && <Button icon="edit" onClick={() => edit(true)}>{t('edit')}</Button>}
    </div>
  )
}

function Facts({ item }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const language = useLanguage()
  const { assignee, priority, labels = [], phase, dueDate, estimate } = item.fields
  const hours = new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', maximumFractionDigits: 2 })
  const estimated = estimate === undefined ? undefined : typeof estimate === 'number' ? hours.format(estimate) : [estimate.optimistic, estimate.likely, estimate.pessimistic].map((value) => hours.format(value)).join(' / ')
  const due = dueDate === undefined ? undefined : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(dueDate))
  const facts: [string, ReactNode][] = [
    [t('field.assignee'), assignee],
    [t('field.priority'), priority && t(`priority.${priority}`)],
    [t('field.labels'), labels.length > 0 && <span className="pills">{labels.map((label) => <span key={label} className="pill">{label}</span>)}</span>],
    [t('field.phase'), phase],
    [t('field.dueDate'), due],
    [t('field.estimate'), estimated],
  ]
  const shown = facts.filter(([, value]) => value !== undefined && value !== false && value !== '')
  return (
    <>
      {item.kind === 'microstep' && <StatusField item={item} />}
      {shown.length > 0 && <dl className="facts">{shown.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>}
    </>
  )
}

function StatusField({ item: { id, fields: { status = 'todo' } } }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const { offline } = useProject()
  const { can } = useOpenProject()
  const [failure, setFailure] = useState<string>()
  const set = (value: Status): void => void offline.setStatus(id, value).then(() => setFailure(undefined), (error: Error) => setFailure(error.message))
  return (
    <>
      {failure !== undefined && <Notice tone="bad" dismiss={() => setFailure(undefined)}>{failure}</Notice>}
      <Select label={t('field.status')} value={status} disabled={!can.plannerWrite && !can.builderRun} onChange={(event) => set(event.target.value as Status)} options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))} />
    </>
  )
}

function Dependencies({ item: { id, fields: { dependsOn = [] } } }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const { flat } = useProject()
  const analysis = useAnalysis()
  const dependents = useMemo(() => dependentsOf(flat.items, id), [flat, id])
  const reasons = analysis?.blocked.find((blocked) => blocked.id === id)?.reasons.filter(({ kind }) => kind !== 'status') ?? []
  return (
    <>
      {reasons.length > 0 && (
        <Notice tone="warn" title={t('blocked.title')}>
          <ul className="plain-list">{reasons.map((reason) => <li key={`${reason.kind} ${reason.id} ${reason.via}`}><Reason reason={reason} /></li>)}</ul>
        </Notice>
      )}
      {dependsOn.length > 0 && <ItemLinks title={t('field.dependsOn')} keys={dependsOn} />}
      {dependents.length > 0 && <ItemLinks title={t('blocks')} keys={dependents} />}
    </>
  )
}

function Reason({ reason: { kind, id = '', via = '' } }: { readonly reason: BlockReason }): ReactNode {
  const t = useInspectorText()
  return <>{t(kind === 'missing' ? 'blocked.missing' : kind === 'inherited' ? 'blocked.inherited' : 'blocked.dependency', { via })} {kind === 'missing' ? <code>{id}</code> : <ItemLink id={id} />}</>
}

function ItemLinks({ title, keys }: { readonly title: string; readonly keys: readonly string[] }): ReactNode {
  return <section><h3>{title}</h3><ul className="plain-list">{keys.map((key) => <li key={key}><ItemLink id={key} /></li>)}</ul></section>
}

/** An item by its name, with how far it is. */
export function ItemLink({ id }: { readonly id: string }): ReactNode {
  const t = useInspectorText()
  const { flat } = useProject()
  const { project } = useOpenProject()
  const item = flat.items.get(id)
  if (item === undefined) return <code>{id}</code>
  return <><a href={linkTo('plan', { project: project.slug, rest: [id] })}>{id} · {item.fields.title}</a>{item.kind === 'microstep' && <span className="fine"> {t(`status.${item.fields.status ?? 'todo'}`)}</span>}</>
}
