/** Where one is signed in. */
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { NeedsSession } from './security.tsx'
import { useSettingsText } from './settings-text.ts'

const MOST = 100

export function SessionsSettings(): ReactNode {
  const t = useSettingsText()
  const { client, keyName } = useSession()
  const announce = useAnnounce()
  const { data, error, reload } = useCall(() => (keyName === null ? client.auth.sessions({ first: MOST }) : null), [client, keyName])
  const revoke = useAction((sessionId: string) => client.auth.revokeSession({ sessionId }))
  const revokeOthers = useAction(() => client.auth.revokeOtherSessions())
  const after = async (count: number | undefined): Promise<void> => {
    if (count === undefined) return
    await reload()
    announce(t('sessions.ended', { count }))
  }
  if (keyName !== null) return <NeedsSession />
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  const isAlone = data.nodes.every(({ current }) => current)
  return (
    <div className="form">
      <ErrorNotice error={revoke.error ?? revokeOthers.error} />
      <DataTable
        caption={t('sessions.caption')}
        rows={data.nodes}
        keyOf={({ id }) => id}
        columns={[
          { id: 'client', label: t('sessions.client'), heading: true, cell: ({ client: by, current }) => <>{by ?? t('sessions.unknown')}{current && <span className="tag">{t('sessions.current')}</span>}</> },
          { id: 'address', label: t('sessions.address'), cell: ({ address }) => address ?? '' },
          { id: 'factor', label: t('factor.title'), cell: ({ secondFactor }) => (secondFactor ? t('yes') : t('no')) },
          { id: 'used', label: t('sessions.used'), cell: ({ lastUsedAt, createdAt }) => <Time at={lastUsedAt ?? createdAt} /> },
          { id: 'expires', label: t('sessions.expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
          {
            id: 'end',
            label: t('sessions.end'),
            cell: ({ id, current, client: by }) =>
              !current && (
                <Button aria-label={t('sessions.endOf', { client: by ?? t('sessions.unknown') })} busy={revoke.busy} onClick={() => void revoke.run(id).then((ended) => after(ended?.sessionIds.length))}>
                  {t('sessions.end')}
                </Button>
              ),
          },
        ]}
      />
      {!isAlone && <div><Button look="danger" busy={revokeOthers.busy} onClick={() => void revokeOthers.run().then((ended) => after(ended?.sessionIds.length))}>{t('sessions.endOthers')}</Button></div>}
    </div>
  )
}
