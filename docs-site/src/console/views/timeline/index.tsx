/** The plan in time: what was, what is to come, what decides the end, and what is late. */
import { useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { timelineOf } from '@buildrunner/sdk/flow'
import type { PastMicrostep, Timeline, TimelineRow } from '@buildrunner/sdk/flow'
import type { FlatPlan, ItemKind } from '@buildrunner/sdk/plans'
import { useCall } from '../../data/use-call.ts'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import type { Route } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
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
import { WhatIf } from './what-if.tsx'
import './timeline.css'

const LEVELS: readonly ItemKind[] = ['milestone', 'step', 'microstep']
/** More rows than this are no picture any more. */
const MAX_ROWS = 400

/** What began and ended when, as the server has it; empty while it is away. */
function usePast(projectId: string): readonly PastMicrostep[] {
  const { client } = useSession()
  const { data } = useCall(() => client.analytics.getTimeline({ projectId, level: 'MICROSTEP' }), [client, projectId])
  return useMemo(() => (data?.rows ?? []).filter(({ hasStarted }) => hasStarted).map(({ key, start, finish, hasFinished }) => ({
    key, startedAt: start === null ? null : Date.parse(start), finishedAt: hasFinished && finish !== null ? Date.parse(finish) : null, removedAt: null,
  })), [data])
}

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

function Chart({ route, plan, t }: { readonly route: Route; readonly plan: FlatPlan; readonly t: TimelineText }): ReactNode {
  const { project, can } = useOpenProject()
  const { offline } = useProject()
  const language = useLanguage()
  const isNarrow = useSyncExternalStore(watchWidth, () => matchMedia(NARROW).matches)
  const history = usePast(project.id)
  const asked = route.query.get('level') as ItemKind | null
  const level = asked !== null && LEVELS.includes(asked) ? asked : plan.items.size > MAX_ROWS ? 'milestone' : 'step'
  const within = plan.items.has(route.query.get('within') ?? '') ? (route.query.get('within') as string) : undefined
  const [asOf] = useState(() => Date.now())
  const [selected, select] = useState<string>()
  const timelineFor = useMemo(() => (of: FlatPlan): Timeline => timelineOf(of, asOf, { history, level, ...(within !== undefined && { within }) }), [asOf, history, level, within])
  const whole = useMemo(() => timelineOf(plan, asOf, { history, level: 'milestone' }), [plan, asOf, history])
  const wholeFor = (of: FlatPlan): Timeline => timelineOf(of, asOf, { history, level: 'milestone' })
  const timeline = useMemo(() => timelineFor(plan), [timelineFor, plan])
  const rows = timeline.rows.slice(0, MAX_ROWS)
  const [zoom, setZoom] = useState<number>()
  const fitting = zoomToFit(...rangeOf(rows, asOf), isNarrow ? 220 : 900)
  const at = zoom ?? fitting
  const input = { rows, asOf, perDay: ZOOMS[at] as number, isNarrow, language }
  const chart = chartOf(input)
  const describe = (row: TimelineRow): string => describeRow(row, t)
  const ask = (query: { level?: string; within?: string }): void => go(linkTo('timeline', { project: route.project, query: Object.fromEntries(Object.entries({ level, within: within ?? '', ...query }).filter(([, value]) => value !== '')) }), { replace: true })
  const milestones = (plan.children.get(null) ?? []).map((id) => ({ value: id, label: plan.items.get(id)?.fields.title ?? id }))
  const row = timeline.rows.find(({ key }) => key === selected)
  return (
    <>
      <div className="timeline-controls">
        <Select label={t('level')} value={level} options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(event) => ask({ level: event.target.value })} />
        <Select label={t('within')} value={within ?? ''} options={[{ value: '', label: t('within.all') }, ...milestones]} onChange={(event) => ask({ within: event.target.value })} />
        <span className="timeline-zoom" role="group" aria-label={t('zoom')}>
          <Button aria-label={t('zoom.out')} disabled={at === 0} onClick={() => setZoom(at - 1)}>−</Button>
          <Button aria-label={t('zoom.in')} disabled={at === ZOOMS.length - 1} onClick={() => setZoom(at + 1)}>+</Button>
          <Button onClick={() => setZoom(undefined)}>{t('zoom.fit')}</Button>
        </span>
      </div>
      {timeline.unscheduled.length > 0 && <Notice tone="warn" title={t('unscheduled', { count: timeline.unscheduled.length })}><p>{timeline.unscheduled.slice(0, 10).join(', ')}</p></Notice>}
      {timeline.rows.length > MAX_ROWS && <Notice tone="info"><p>{t('tooMany', { shown: MAX_ROWS, total: timeline.rows.length })}</p></Notice>}
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
