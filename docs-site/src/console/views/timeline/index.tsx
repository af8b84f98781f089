/** The plan in time: what was, what is to come, what decides the end, and what is late. */
import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Timeline, TimelineRow } from '@buildrunner/sdk/flow'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import type { Route } from '../../routes.ts'
import { useLanguage } from '../../text/language.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/field.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTitle } from '../../views.tsx'
import { ZOOMS, zoomToFit } from './axis.ts'
import { Bars, Labels, chartOf, rangeOf } from './chart.tsx'
import { useTimelineText } from './timeline-text.ts'
import type { TimelineText } from './timeline-text.ts'
import { LEVELS, MAX_ROWS, useTimelines } from './use-timelines.ts'
import type { TimelineChoice } from './use-timelines.ts'
import { WhatIf } from './what-if.tsx'
import './timeline.css'

const NARROW = '(max-width: 48rem)'
const watchWidth = (listener: () => void): (() => void) => {
  const media = matchMedia(NARROW)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

export default function TimelinePage({ route }: { readonly route: Route }): ReactNode {
  const t = useTimelineText()
  const { project } = useOpenProject()
  const { flat } = useProject()
  useTitle(t('title', { project: project.name }))
  return (
    <>
      <div className="page-head"><h1>{t('heading')}</h1></div>
      {flat.items.size === 0 ? <Empty title={t('empty')} icon="timeline"><ButtonLink href={linkTo('plan', { project: route.project })}>{t('toPlan')}</ButtonLink></Empty> : <Chart route={route} plan={flat} t={t} />}
    </>
  )
}

interface ChartProps {
  readonly route: Route
  readonly plan: FlatPlan
  readonly t: TimelineText
}

function Chart({ route, plan, t }: ChartProps): ReactNode {
  const { can } = useOpenProject()
  const { offline } = useProject()
  const language = useLanguage()
  const isNarrow = useSyncExternalStore(watchWidth, () => matchMedia(NARROW).matches)
  const { asOf, timeline, rows: all, whole, wholeFor, ...choice } = useTimelines(plan, route)
  const [selected, select] = useState<string>()
  const [zoom, setZoom] = useState<number>()
  const rows = all.slice(0, MAX_ROWS)
  const at = zoom ?? zoomToFit(...rangeOf(rows, asOf), isNarrow ? 220 : 900)
  const input = { rows, asOf, perDay: ZOOMS[at] as number, isNarrow, language }
  const chart = chartOf(input)
  const describe = (row: TimelineRow): string => describeRow(row, t)
  const row = timeline.rows.find(({ key }) => key === selected)
  return (
    <>
      <Controls choice={choice} project={route.project} plan={plan} zoom={at} setZoom={setZoom} t={t} />
      {timeline.unscheduled.length > 0 && <Notice tone="warn" title={t('unscheduled', { count: timeline.unscheduled.length })}><p>{timeline.unscheduled.slice(0, 10).join(', ')}</p></Notice>}
      {all.length > MAX_ROWS && <Notice tone="info"><p>{t('tooMany', { shown: MAX_ROWS, total: all.length })}</p></Notice>}
      <Figure
        title={t('figure')}
        summary={summaryOf(whole, rows, t)}
        width={chart.width}
        height={chart.height}
        overlay={<Labels rows={rows} width={chart.labels} selected={selected} select={select} describe={describe} t={t} />}
        table={<Table rows={rows} t={t} />}
      >
        <Bars input={input} chart={chart} t={t} />
      </Figure>
      <Legend t={t} />
      {row && <WhatIf key={row.key} row={row} plan={plan} project={route.project as string} canWrite={can.plannerWrite} finish={whole.finish} timelineFor={wholeFor} describe={describe} keep={async (change) => void (await offline.edit([change]))} t={t} />}
    </>
  )
}

interface ControlsProps {
  readonly choice: TimelineChoice
  readonly project: string | undefined
  readonly plan: FlatPlan
  /** Place in `ZOOMS`. */
  readonly zoom: number
  /** @param zoom undefined: as much as fits */
  setZoom(zoom: number | undefined): void
  readonly t: TimelineText
}

/** What is shown, which the address keeps, and how near. */
function Controls({ choice: { level, within, show }, project, plan, zoom, setZoom, t }: ControlsProps): ReactNode {
  const ask = (query: { level?: string; within?: string; show?: string }): void => go(linkTo('timeline', { project, query: Object.fromEntries(Object.entries({ level, within: within ?? '', show, ...query }).filter(([, value]) => value !== '')) }), { replace: true })
  const milestones = (plan.children.get(null) ?? []).map((id) => ({ value: id, label: plan.items.get(id)?.fields.title ?? id }))
  return (
    <div className="timeline-controls">
      <Select label={t('level')} value={level} options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(event) => ask({ level: event.target.value })} />
      <Select label={t('within')} value={within ?? ''} options={[{ value: '', label: t('within.all') }, ...milestones]} onChange={(event) => ask({ within: event.target.value })} />
      <Select label={t('show')} value={show} options={(['left', 'all'] as const).map((value) => ({ value, label: t(`show.${value}`) }))} onChange={(event) => ask({ show: event.target.value })} />
      <span className="timeline-zoom" role="group" aria-label={t('zoom')}>
        <Button aria-label={t('zoom.out')} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>−</Button>
        <Button aria-label={t('zoom.in')} disabled={zoom === ZOOMS.length - 1} onClick={() => setZoom(zoom + 1)}>+</Button>
        <Button onClick={() => setZoom(undefined)}>{t('zoom.fit')}</Button>
      </span>
    </div>
  )
}

function summaryOf({ finish, assumed }: Timeline, rows: readonly TimelineRow[], t: TimelineText): string {
  const late = rows.filter(({ isLate }) => isLate).length
  const parts = [finish === null ? t('summary.finished') : t('summary.finish', { finish: new Date(finish) }), late > 0 && t('summary.late', { count: late }), assumed > 0 && t('summary.assumed', { count: assumed })]
  return parts.filter((part) => part !== false).join(' ')
}

/** When an item is, and how much it may slip. */
function describeRow({ start, finish, hasFinished, slackHours, isCritical, isLate, dueDate, percent }: TimelineRow, t: TimelineText): string {
  const parts = [
    start !== null && finish !== null ? t(hasFinished ? 'row.was' : 'row.is', { start: new Date(start), finish: new Date(finish) }) : hasFinished ? t('row.done') : t('row.unknown'),
    !hasFinished && t('row.percent', { share: percent / 100 }),
    isCritical ? t('row.critical') : slackHours !== null && t('row.slack', { hours: slackHours }),
    dueDate !== null && t(isLate ? 'row.late' : 'row.due', { date: new Date(`${dueDate}T00:00:00`) }),
  ]
  return parts.filter((part) => part !== false).join('; ')
}

function Table({ rows, t }: { readonly rows: readonly TimelineRow[]; readonly t: TimelineText }): ReactNode {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const date = (value: string | null): string => (value === null ? '' : format.format(new Date(value)))
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  return (
    <DataTable
      caption={t('figure')}
      hideCaption
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { id: 'title', label: t('column.title'), heading: true, cell: ({ title }) => title },
        { id: 'start', label: t('column.start'), cell: ({ start }) => date(start) },
        { id: 'finish', label: t('column.finish'), cell: ({ finish }) => date(finish) },
        { id: 'due', label: t('column.due'), cell: ({ dueDate, isLate }) => <>{dueDate === null ? '' : format.format(new Date(`${dueDate}T00:00:00`))}{isLate && ` (${t('late')})`}</> },
        { id: 'hours', label: t('column.hours'), numeric: true, cell: ({ hours }) => number.format(hours) },
        { id: 'slack', label: t('column.slack'), numeric: true, cell: ({ slackHours, isCritical }) => (isCritical ? t('critical') : slackHours === null ? '' : number.format(slackHours)) },
      ]}
    />
  )
}

function Legend({ t }: { readonly t: TimelineText }): ReactNode {
  return (
    <ul className="timeline-legend" aria-hidden="true">
      <li><span className="timeline-key done" />{t('legend.done')}</li>
      <li><span className="timeline-key todo" />{t('legend.todo')}</li>
      <li><span className="timeline-key critical" />{t('legend.critical')}</li>
      <li><span className="timeline-key due">◆</span>{t('legend.due')}</li>
    </ul>
  )
}
