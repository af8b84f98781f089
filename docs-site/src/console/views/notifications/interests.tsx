/** What one watches, and what one wants to hear nothing of. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError, NotificationInterest } from '@buildrunner/sdk'
import { useCall } from '../../data/use-call.ts'
import { linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import type { NotificationsKey } from './notifications-text.ts'
import { useNotificationsText } from './notifications-text.ts'
import type { Named } from './row.tsx'

export function Interests({ projects }: { readonly projects: ReadonlyMap<string, Named> }): ReactNode {
  const t = useNotificationsText()
  const announce = useAnnounce()
  const { client } = useSession()
  const { data, error, reload } = useCall(() => client.notifications.interests(), [client])
  const [failure, setFailure] = useState<BuildRunnerError>()
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  const chosen = data.filter(({ level }) => level !== null)
  if (chosen.length === 0) return <Empty title={t('interests.none')} icon="bell"><p>{t('interests.noneText')}</p></Empty>
  const reset = async ({ projectId, itemKey, threadId }: NotificationInterest): Promise<void> => {
    const { error: refused } = await client.notifications.reset({ projectId, ...(threadId === null ? { itemId: itemKey } : { commentId: threadId }) })
    setFailure(refused)
    if (!refused) announce(t('interests.ended'))
    await reload()
  }
  return (
    <>
      <ErrorNotice error={failure} dismiss={() => setFailure(undefined)} />
      <DataTable
        caption={t('interests.title')}
        hideCaption
        rows={chosen}
        keyOf={({ projectId, itemKey, threadId }) => `${projectId} ${itemKey} ${threadId}`}
        columns={[
          { id: 'what', label: t('interests.what'), heading: true, cell: (interest) => <What interest={interest} project={projects.get(interest.projectId)} /> },
          { id: 'project', label: t('interests.project'), cell: ({ projectId }) => projects.get(projectId)?.name ?? '' },
          { id: 'level', label: t('interests.level'), cell: ({ level }) => t(`level.${level}` as NotificationsKey) },
          { id: 'end', label: t('interests.end'), cell: (interest) => <Button look="quiet" onClick={() => void reset(interest)}>{t(interest.level === 'MUTED' ? 'interests.unmute' : 'interests.unwatch')}</Button> },
        ]}
      />
    </>
  )
}

function What({ interest: { itemKey, threadId }, project }: { readonly interest: NotificationInterest; readonly project: Named | undefined }): ReactNode {
  const t = useNotificationsText()
  const name = threadId !== null ? t('interests.thread', { where: itemKey ?? '' }) : (itemKey ?? t('where.project'))
  if (project === undefined) return name
  return <a href={linkTo('plan', { project: project.slug, rest: itemKey === null ? [] : [itemKey], query: threadId === null ? {} : { comment: threadId } })}>{name}</a>
}
