/** Conflicts that ended, and who ended them. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { SyncConflict } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { fieldName } from './describe-write.ts'
import type { SyncKey } from './sync-text.ts'
import { useSyncText } from './sync-text.ts'

const PAGE = 25

export function DecidedList(): ReactNode {
  const t = useSyncText()
  const { client } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const [first, setFirst] = useState(PAGE)
  const { data, error, reload } = useCall(() => client.sync.listConflicts({ projectId, open: false, first }), [client, projectId, first])
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  if (data.conflicts.length === 0) return <Empty title={t('past.none')} icon="check" />
  return (
    <>
      <DataTable<SyncConflict>
        caption={t('past.title')}
        hideCaption
        rows={data.conflicts}
        keyOf={({ id }) => id}
        columns={[
          { id: 'item', label: t('past.item'), heading: true, cell: ({ itemKey, itemTitle }) => (itemKey === null ? t('conflict.plan') : `${itemKey} · ${itemTitle ?? ''}`) },
          { id: 'kind', label: t('past.kind'), cell: ({ kind, field }) => t(`kind.${kind}` as SyncKey, { field: field === null ? '' : fieldName(t, field) }) },
          { id: 'how', label: t('past.how'), cell: ({ strategy, autoResolved }) => (strategy === null || autoResolved ? t('past.auto') : t(`past.${strategy}` as SyncKey)) },
          { id: 'who', label: t('past.who'), cell: ({ resolvedBy }) => resolvedBy?.name ?? '' },
          { id: 'when', label: t('past.when'), cell: ({ resolvedAt }) => resolvedAt !== null && <Time at={resolvedAt} /> },
        ]}
      />
      {data.pageInfo.hasNextPage && first < 100 && <Button onClick={() => setFirst(Math.min(100, first + PAGE))}>{t('past.more')}</Button>}
    </>
  )
}
