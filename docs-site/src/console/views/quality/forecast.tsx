/** When the plan will be done, as far as its history can say. */
import type { ReactNode } from 'react'
import type { AnalyticsGetForecastData } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { useLanguage } from '../../text/language.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useQualityText } from './quality-text.ts'
import { linear } from './scale.ts'

type Percentile = AnalyticsGetForecastData['percentiles'][number]

const [WIDTH, ROW, LEFT, RIGHT] = [720, 34, 64, 130]
/** What people plan with: five of six cases. */
const USUAL = 85

export function Forecast(): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const { client } = useSession()
  const { project } = useOpenProject()
  const { data, error, reload } = useCall(() => client.analytics.getForecast({ projectId: project.id }), [client, project.id])
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  if (data.reason !== null) return <Empty title={t('forecast.notYet')} icon="clock"><p>{data.message}</p></Empty>
  const day = (date: string | null): string => (date === null ? t('forecast.later') : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date)))
  const usual = data.percentiles.find(({ percent }) => percent === USUAL)
  const { percentiles, milestones, remaining, simulations, history } = data
  return (
    <>
      <Figure
        title={t('forecast.title')}
        summary={t('forecast.summary', { percent: USUAL, date: day(usual?.date ?? null), remaining, simulations, days: history?.days ?? 0 })}
        width={WIDTH}
        height={ROW * percentiles.length + 12}
        table={<DataTable caption={t('forecast.title')} hideCaption rows={percentiles} keyOf={({ percent }) => percent} columns={[
          { id: 'percent', label: t('forecast.percent'), heading: true, cell: ({ percent }) => `${percent} %` },
          { id: 'date', label: t('forecast.date'), cell: ({ date }) => day(date) },
          { id: 'days', label: t('forecast.days'), numeric: true, cell: ({ days }) => days ?? '' },
        ]} />}
      >
        <Bars percentiles={percentiles} day={day} />
      </Figure>
      <DataTable
        caption={t('forecast.milestones')}
        rows={milestones}
        keyOf={({ key }) => key}
        columns={[
          { id: 'milestone', label: t('milestone'), heading: true, cell: ({ key, title }) => `${key} ${title}` },
          { id: 'remaining', label: t('forecast.remaining'), numeric: true, cell: (row) => row.remaining },
          { id: 'date', label: `${USUAL} %`, cell: (row) => day(row.percentiles.find(({ percent }) => percent === USUAL)?.date ?? null) },
          { id: 'due', label: t('due'), cell: ({ dueDate }) => (dueDate === null ? '' : day(dueDate)) },
          { id: 'onTime', label: t('onTime'), numeric: true, cell: ({ onTime }) => (onTime === null ? '' : new Intl.NumberFormat(language, { style: 'percent' }).format(onTime)) },
        ]}
      />
    </>
  )
}

function Bars({ percentiles, day }: { readonly percentiles: readonly Percentile[]; day(date: string | null): string }): ReactNode {
  const x = linear([0, Math.max(1, ...percentiles.map(({ days }) => days ?? 0))], [LEFT, WIDTH - RIGHT])
  return percentiles.map(({ percent, days, date }, index) => {
    const y = ROW * index + ROW / 2
    return (
      <g key={percent}>
        <text x={LEFT - 10} y={y + 5} textAnchor="end" className="chart-label">{percent} %</text>
        <rect x={LEFT} y={y - 9} width={Math.max(2, x(days ?? 0) - LEFT)} height={18} rx={3} className={percent === USUAL ? 'chart-bar strong' : 'chart-bar'} />
        <text x={x(days ?? 0) + 8} y={y + 5} className="chart-label">{day(date)}</text>
      </g>
    )
  })
}
