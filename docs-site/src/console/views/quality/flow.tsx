/** How work went: what was finished, how long it took, what is open, and how the plan grew. */
import type { ReactNode } from 'react'
import type { AnalyticsGetFlowData } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useLanguage } from '../../text/language.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useQualityText } from './quality-text.ts'
import { linear, path, ticks } from './scale.ts'
import type { Scale } from './scale.ts'

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [720, 240, 48, 28, 12]

export function Flow(): ReactNode {
  const { client } = useSession()
  const { project } = useOpenProject()
  const { data, error, reload } = useCall(() => client.analytics.getFlow({ projectId: project.id }), [client, project.id])
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  return (
    <>
      <Throughput flow={data} />
      <BurnUp flow={data} />
      <Times flow={data} />
      <Ageing flow={data} />
    </>
  )
}

interface Part {
  readonly flow: AnalyticsGetFlowData
}

function useDay(): (date: string) => string {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return (date) => format.format(new Date(date))
}

function Axis({ values, y }: { readonly values: readonly number[]; readonly y: Scale }): ReactNode {
  return values.map((value) => (
    <g key={value}>
      <line x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} className="chart-grid" />
      <text x={LEFT - 8} y={y(value) + 4} textAnchor="end" className="chart-label">{value}</text>
    </g>
  ))
}

/** At most so many labels stand below a drawing. */
const MOST_LABELS = 8
const isLabelled = (index: number, count: number): boolean => index % Math.ceil(count / MOST_LABELS) === 0

function Throughput({ flow: { throughput, perWeek } }: Part): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const day = useDay()
  const weeks = throughput.map(({ week, isWhole, byPhase, finished }) => ({ week, isWhole, finished, phases: byPhase.map((one) => `${one.phase ?? ''} ${one.finished}`.trim()).join(', ') }))
  const values = ticks(Math.max(0, ...weeks.map(({ finished }) => finished)))
  const y = linear([0, values.at(-1) ?? 1], [HEIGHT - BOTTOM, TOP])
  const width = (WIDTH - LEFT) / Math.max(1, weeks.length)
  return (
    <Figure
      title={t('throughput')}
      summary={t('throughput.summary', { count: weeks.length, perWeek: perWeek === null ? '-' : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(perWeek) })}
      width={WIDTH}
      height={HEIGHT}
      table={<DataTable caption={t('throughput')} hideCaption rows={weeks} keyOf={({ week }) => week} columns={[
        { id: 'week', label: t('week'), heading: true, cell: ({ week, isWhole }) => `${day(week)}${isWhole ? '' : ` (${t('notWhole')})`}` },
        { id: 'finished', label: t('finished'), numeric: true, cell: ({ finished }) => finished },
        { id: 'phases', label: t('phases'), cell: ({ phases }) => phases },
      ]} />}
    >
      <Axis values={values} y={y} />
      {weeks.map(({ week, isWhole, finished }, index) => (
        <g key={week}>
          <rect x={LEFT + index * width + width * 0.15} y={y(finished)} width={width * 0.7} height={HEIGHT - BOTTOM - y(finished)} rx={2} className={isWhole ? 'chart-bar' : 'chart-bar open'} />
          {isLabelled(index, weeks.length) && <text x={LEFT + (index + 0.5) * width} y={HEIGHT - 8} textAnchor="middle" className="chart-label">{day(week)}</text>}
        </g>
      ))}
    </Figure>
  )
}

function BurnUp({ flow: { burnUp } }: Part): ReactNode {
  const t = useQualityText()
  const day = useDay()
  const last = burnUp.at(-1)
  const values = ticks(Math.max(0, ...burnUp.map(({ scope }) => scope)))
  const y = linear([0, values.at(-1) ?? 1], [HEIGHT - BOTTOM, TOP])
  const x = linear([0, Math.max(1, burnUp.length - 1)], [LEFT, WIDTH - 8])
  return (
    <Figure
      title={t('burnUp')}
      summary={last ? t('burnUp.summary', { done: last.done, scope: last.scope, date: day(last.day) }) : t('burnUp.none')}
      width={WIDTH}
      height={HEIGHT}
      table={<DataTable caption={t('burnUp')} hideCaption rows={burnUp} keyOf={({ day: of }) => of} columns={[
        { id: 'day', label: t('day'), heading: true, cell: (row) => day(row.day) },
        { id: 'done', label: t('finished'), numeric: true, cell: ({ done }) => done },
        { id: 'scope', label: t('scope'), numeric: true, cell: ({ scope }) => scope },
        { id: 'added', label: t('added'), numeric: true, cell: ({ added }) => added.length },
        { id: 'dropped', label: t('dropped'), numeric: true, cell: ({ dropped }) => dropped.length },
      ]} />}
    >
      <Axis values={values} y={y} />
      <path d={path(burnUp.map(({ scope }, index) => [x(index), y(scope)]))} className="chart-line dashed" />
      <path d={path(burnUp.map(({ done }, index) => [x(index), y(done)]))} className="chart-line" />
      {last && (
        <>
          <text x={WIDTH - 8} y={Math.max(TOP, y(last.scope) - 6)} textAnchor="end" className="chart-label">{t('scope')}</text>
          <text x={WIDTH - 8} y={Math.min(HEIGHT - BOTTOM - 4, y(last.done) + 16)} textAnchor="end" className="chart-label strong">{t('finished')}</text>
        </>
      )}
      {burnUp.map(({ day: of }, index) => isLabelled(index, burnUp.length) && <text key={of} x={x(index)} y={HEIGHT - 8} textAnchor="middle" className="chart-label">{day(of)}</text>)}
    </Figure>
  )
}

function Times({ flow: { leadTime, cycleTime, neverStarted } }: Part): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const rows = [{ name: t('leadTime'), ...leadTime }, { name: t('cycleTime'), ...cycleTime }]
  const x = linear([0, Math.max(1, ...rows.map(({ p95 }) => p95 ?? 0))], [130, WIDTH - 60])
  const days = (value: number | null): string => (value === null ? '-' : number.format(value))
  return (
    <Figure
      title={t('times')}
      summary={leadTime.count === 0 ? t('times.none') : t('times.summary', { lead: days(leadTime.p50), cycle: days(cycleTime.p50), cycle85: days(cycleTime.p85), neverStarted: neverStarted.length })}
      width={WIDTH}
      height={104}
      table={<DataTable caption={t('times')} hideCaption rows={rows} keyOf={({ name }) => name} columns={[
        { id: 'name', label: t('what'), heading: true, cell: ({ name }) => name },
        { id: 'count', label: t('finished'), numeric: true, cell: ({ count }) => count },
        { id: 'p50', label: '50 %', numeric: true, cell: ({ p50 }) => days(p50) },
        { id: 'p85', label: '85 %', numeric: true, cell: ({ p85 }) => days(p85) },
        { id: 'p95', label: '95 %', numeric: true, cell: ({ p95 }) => days(p95) },
      ]} />}
    >
      {rows.map(({ name, p50, p85, p95 }, index) => {
        const y = 26 + index * 50
        return (
          <g key={name}>
            <text x={120} y={y + 5} textAnchor="end" className="chart-label">{name}</text>
            {p95 !== null && <line x1={x(0)} x2={x(p95)} y1={y} y2={y} className="chart-line" />}
            {([['50 %', p50], ['85 %', p85], ['95 %', p95]] as const).map(([label, value]) => value !== null && (
              <g key={label}>
                <circle cx={x(value)} cy={y} r={5} className="chart-dot" />
                <text x={x(value)} y={y + 22} textAnchor="middle" className="chart-label">{`${label}: ${days(value)}`}</text>
              </g>
            ))}
          </g>
        )
      })}
    </Figure>
  )
}

function Ageing({ flow: { ageing } }: Part): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const { project } = useOpenProject()
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const oldest = ageing.toSorted((a, b) => b.age - a.age).slice(0, 20)
  const x = linear([0, Math.max(1, ...oldest.map(({ age }) => age))], [90, WIDTH - 70])
  return (
    <Figure
      title={t('ageing')}
      summary={t('ageing.summary', { count: ageing.length })}
      width={WIDTH}
      height={Math.max(40, oldest.length * 24 + 8)}
      table={<DataTable caption={t('ageing')} hideCaption rows={ageing} keyOf={({ key }) => key} columns={[
        { id: 'item', label: t('item'), heading: true, cell: ({ key, title }) => <a href={linkTo('plan', { project: project.slug, rest: [key] })}>{key} {title}</a> },
        { id: 'age', label: t('age'), numeric: true, cell: ({ age }) => number.format(age) },
        { id: 'percentile', label: t('olderThan'), numeric: true, cell: ({ percentile }) => (percentile === null ? '' : `${Math.round(percentile)} %`) },
      ]} />}
    >
      {oldest.map(({ key, age }, index) => (
        <g key={key}>
          <text x={82} y={index * 24 + 19} textAnchor="end" className="chart-label">{key}</text>
          <rect x={90} y={index * 24 + 6} width={Math.max(2, x(age) - 90)} height={16} rx={2} className="chart-bar" />
          <text x={x(age) + 6} y={index * 24 + 19} className="chart-label">{t('days', { days: number.format(age) })}</text>
        </g>
      ))}
    </Figure>
  )
}
