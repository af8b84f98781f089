/** The score, its parts, and the evidence behind each figure. */
import type { ReactNode } from 'react'
import type { QualityFigure } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useLanguage } from '../../text/language.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useQualityText } from './quality-text.ts'
import type { QualityKey } from './quality-text.ts'

const FIGURES = ['compliance', 'passRate', 'met', 'proven', 'stale', 'flaky'] as const

export function Score(): ReactNode {
  const t = useQualityText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const { data, error, reload } = useCall(() => client.qa.getSummary({ projectId: project.id }), [client, project.id])
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  const { value, grade, formula } = data.score
  return (
    <>
      {value === null ? (
        <Empty title={t('score.none')} icon="quality"><p>{t('score.noneText')}</p></Empty>
      ) : (
        <div className="score">
          <p><strong>{t('score', { value })}</strong> <span className="tag">{grade}</span></p>
          <p className="fine">{formula}</p>
        </div>
      )}
      <dl className="score-counts">
        <div><dt>{t('missing')}</dt><dd>{data.missing}</dd></div>
        <div><dt>{t('doneWithoutEvidence')}</dt><dd>{data.doneWithoutEvidence}</dd></div>
      </dl>
      <div className="cards">{FIGURES.map((name) => <Figures key={name} name={name} figure={data[name]} />)}</div>
    </>
  )
}

function Figures({ name, figure: { value, count, of, interval, because, becauseCount } }: { readonly name: (typeof FIGURES)[number]; readonly figure: QualityFigure }): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const { project } = useOpenProject()
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <section className="card quality-figure">
      <h2>{t(`figure.${name}`)}</h2>
      <p className="figure-value">{value === null ? t('figure.nothing') : percent.format(value)}</p>
      <p className="fine">{t('figure.of', { count, of })}{value !== null && interval && <> · {t('figure.interval', { low: percent.format(interval.low), high: percent.format(interval.high) })}</>}</p>
      <p className="fine">{t(`figure.${name}.text`)}</p>
      {because.length > 0 && (
        <details>
          <summary>{t('why', { count: becauseCount })}</summary>
          <DataTable
            caption={t(`figure.${name}`)}
            hideCaption
            rows={because}
            keyOf={({ itemKey, criterion, evidenceId }) => `${itemKey} ${criterion} ${evidenceId}`}
            columns={[
              { id: 'item', label: t('item'), heading: true, cell: ({ itemKey }) => <a href={linkTo('plan', { project: project.slug, rest: [itemKey] })}>{itemKey}</a> },
              { id: 'criterion', label: t('criterion'), cell: ({ criterion }) => criterion ?? '' },
              { id: 'state', label: t('state'), cell: ({ state }) => t(`state.${state}` as QualityKey) },
            ]}
          />
        </details>
      )}
    </section>
  )
}
