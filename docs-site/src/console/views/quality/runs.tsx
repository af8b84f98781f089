/** Runs of checks, checks that are flaky, and previews. */
import type { ReactNode } from 'react'
import { usePages } from '../../data/use-pages.ts'
import type { Pages } from '../../data/use-pages.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useLanguage } from '../../text/language.ts'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { More } from '../../ui/more.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useQualityText } from './quality-text.ts'

const PAGE = 20

export function Runs(): ReactNode {
  const t = useQualityText()
  const language = useLanguage()
  const { client } = useSession()
  const { project } = useOpenProject()
  const projectId = project.id
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  const runs = usePages((after) => client.qa.listRuns({ projectId, first: PAGE, after }), (page) => page.runs, [client, projectId])
  const flaky = usePages((after) => client.qa.listFlaky({ projectId, first: PAGE, after }), (page) => page.checks, [client, projectId])
  const previews = usePages((after) => client.qa.listPreviews({ projectId, first: PAGE, after }), (page) => page.previews, [client, projectId])
  const link = (itemKey: string | null): ReactNode => (itemKey === null ? t('item.removed') : <a href={linkTo('plan', { project: project.slug, rest: [itemKey] })}>{itemKey}</a>)
  return (
    <div className="form quality-lists">
      <List title={t('runs')} none={t('runs.none')} pages={runs} keyOf={({ id }) => id} columns={[
        { id: 'time', label: t('time'), heading: true, cell: ({ startedAt }) => <Time at={startedAt} /> },
        { id: 'source', label: t('source'), cell: ({ source, url }) => (url === null ? source : <a href={url} rel="noreferrer">{source}</a>) },
        { id: 'commit', label: t('commit'), cell: ({ commit, branch }) => <><code>{commit?.slice(0, 8)}</code> {branch}</> },
        { id: 'passed', label: t('passed'), numeric: true, cell: ({ passed }) => passed },
        { id: 'failed', label: t('failed'), numeric: true, cell: ({ failed, errored }) => failed + errored },
        { id: 'skipped', label: t('skipped'), numeric: true, cell: ({ skipped }) => skipped },
        { id: 'actor', label: t('by'), cell: ({ actor }) => actor?.name ?? '' },
      ]} />
      <List title={t('flaky')} none={t('flaky.none')} pages={flaky} keyOf={({ itemKey, criterion }) => `${itemKey} ${criterion}`} columns={[
        { id: 'item', label: t('item'), heading: true, cell: ({ itemKey }) => link(itemKey) },
        { id: 'criterion', label: t('criterion'), cell: ({ criterion }) => criterion },
        { id: 'rate', label: t('flaky.rate'), numeric: true, cell: ({ rate, flaky: count, carriedOut }) => `${rate.value === null ? '' : percent.format(rate.value)} (${count}/${carriedOut})` },
        { id: 'last', label: t('time'), cell: ({ lastAt }) => <Time at={lastAt} /> },
      ]} />
      <List title={t('previews')} none={t('previews.none')} pages={previews} keyOf={({ id }) => id} columns={[
        { id: 'item', label: t('item'), heading: true, cell: ({ itemKey }) => link(itemKey) },
        { id: 'url', label: t('address'), cell: ({ url }) => <a href={url} rel="noreferrer">{url}</a> },
        { id: 'phase', label: t('phases'), cell: ({ phase }) => phase ?? '' },
        { id: 'status', label: t('state'), cell: ({ status, isExpired }) => (isExpired ? t('expired') : status.toLowerCase()) },
        { id: 'time', label: t('time'), cell: ({ createdAt }) => <Time at={createdAt} /> },
      ]} />
    </div>
  )
}

interface ListProps<Row> {
  readonly title: string
  readonly none: string
  readonly pages: Pages<Row>
  readonly columns: readonly Column<Row>[]
  keyOf(row: Row): string
}

function List<Row>({ title, none, pages, columns, keyOf }: ListProps<Row>): ReactNode {
  const { items, error, reload } = pages
  return (
    <section>
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <><h2>{title}</h2><p className="fine">{none}</p></>}
      {items !== undefined && items.length > 0 && <DataTable caption={title} rows={items} columns={columns} keyOf={keyOf} />}
      <More pages={pages} />
    </section>
  )
}
