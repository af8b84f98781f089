/** Searching the log. The search stands in the address, so that it can be sent to somebody. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { AuditListData } from '@buildrunner/sdk'
import { usePages } from '../../data/use-pages.ts'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useAuditText } from './audit-text.ts'
import { RecordDetail } from './record.tsx'

export type AuditRecord = AuditListData['records'][number]

const FIELDS = ['action', 'actor', 'target', 'from', 'to'] as const
type Filter = Record<(typeof FIELDS)[number], string>

const PAGE = 50
const filterOf = (query: URLSearchParams): Filter => Object.fromEntries(FIELDS.map((field) => [field, query.get(field) ?? ''])) as Filter

/** A day of the person's own calendar as a moment: its beginning, or that of the day after. */
export function dayBoundary(day: string, after: 0 | 1): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return day === '' ? undefined : new Date(year, month - 1, date + after).toISOString()
}

export function Search({ query }: { readonly query: URLSearchParams }): ReactNode {
  const t = useAuditText()
  const { client } = useSession()
  const filter = filterOf(query)
  const [open, setOpen] = useState<AuditRecord>()
  const { action, actor, target, from, to } = filter
  const optional = (text: string): string | undefined => (text === '' ? undefined : text)
  const records = usePages(
    (after) => client.audit.list({ action: optional(action), actor: optional(actor), target: optional(target), from: dayBoundary(from, 0), to: dayBoundary(to, 1), first: PAGE, after }),
    (page) => page.records,
    [client, query.toString()],
  )
  const { items, error, reload } = records
  return (
    <>
      <Filters key={query.toString()} filter={filter} />
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <Empty title={t('none')} icon="search" />}
      {items !== undefined && items.length > 0 && (
        <>
          <DataTable
            caption={t('records')}
            hideCaption
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { id: 'sequence', label: t('sequence'), numeric: true, cell: ({ sequence }) => sequence },
              { id: 'time', label: t('time'), cell: ({ createdAt }) => <Time at={createdAt} absolute /> },
              { id: 'actor', label: t('actor'), cell: ({ actor: by, impersonator }) => <>{by?.name ?? t('nobody')}{impersonator && <span className="tag">{t('through', { name: impersonator.name })}</span>}</> },
              { id: 'action', label: t('action'), heading: true, cell: (record) => <button type="button" className="link-button" onClick={() => setOpen(record)}><code>{record.action}</code></button> },
              { id: 'target', label: t('target'), cell: ({ targetType, targetId }) => (targetType === null ? '' : <span className="audit-target">{targetType} <code>{targetId}</code></span>) },
              { id: 'origin', label: t('origin'), cell: ({ origin }) => origin },
            ]}
          />
          <More pages={records} />
        </>
      )}
      {open && <RecordDetail record={open} close={() => setOpen(undefined)} />}
    </>
  )
}

function Filters({ filter }: { readonly filter: Filter }): ReactNode {
  const t = useAuditText()
  const [values, setValues] = useState(filter)
  const search = (chosen: Partial<Filter>): void => {
    const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value.trim() !== ''))
    go(linkTo('audit', { query: given }), { replace: true })
  }
  const isFiltered = FIELDS.some((field) => filter[field] !== '')
  return (
    <Form className="audit-filters" label={t('search')} submit={() => search(values)}>
      {FIELDS.map((field) => (
        <Field
          key={field}
          label={t(field)}
          type={field === 'from' || field === 'to' ? 'date' : 'search'}
          placeholder={field === 'action' ? 'plan' : undefined}
          value={values[field]}
          onChange={(event) => setValues({ ...values, [field]: event.target.value })}
        />
      ))}
      <div className="row">
        <Button type="submit" look="primary" icon="search">{t('search')}</Button>
        {isFiltered && <Button look="quiet" onClick={() => search({})}>{t('clear')}</Button>}
      </div>
    </Form>
  )
}
