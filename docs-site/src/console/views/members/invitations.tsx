/** Invitations that were sent: open ones are sent again or revoked. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Invitation } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { usePages } from '../../data/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { More } from '../../ui/more.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Invite } from './invite.tsx'
import { useMembersText } from './members-text.ts'
import type { MembersKey } from './members-text.ts'

export function Invitations(): ReactNode {
  const t = useMembersText()
  const { client, organisation } = useSession()
  const announce = useAnnounce()
  const [isInviting, invite] = useState(false)
  const invitations = usePages((after) => client.members.invitations({ after }), (page) => page.invitations, [client, organisation.id])
  const resend = useAction((invitationId: string) => client.members.resendInvitation({ invitationId }))
  const revoke = useAction((invitationId: string) => client.members.revokeInvitation({ invitationId }))
  const { items, error, reload } = invitations
  const carryOut = async (what: 'invited' | 'revoked', { id, email }: Invitation): Promise<void> => {
    if (!(await (what === 'invited' ? resend : revoke).run(id))) return
    await reload()
    announce(t(what, { email }))
  }
  return (
    <>
      <div className="row members-tools"><Button look="primary" icon="add" onClick={() => invite(true)}>{t('invite')}</Button></div>
      <ErrorNotice error={resend.error ?? revoke.error} />
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <Empty title={t('invitations.none')} icon="people" />}
      {items !== undefined && items.length > 0 && (
        <DataTable
          caption={t('section.invitations')}
          hideCaption
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { id: 'email', label: t('email'), heading: true, cell: ({ email }) => email },
            { id: 'state', label: t('state'), cell: ({ state }) => t(`state.${state}` as MembersKey) },
            { id: 'role', label: t('role'), cell: ({ role }) => t(`role.${role}` as MembersKey) },
            { id: 'by', label: t('invitedBy'), cell: ({ invitedBy }) => invitedBy?.name ?? '' },
            { id: 'expires', label: t('expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
            {
              id: 'actions',
              label: t('actions'),
              cell: (invitation) => (
                <div className="row">
                  {(invitation.state === 'OPEN' || invitation.state === 'EXPIRED') && <Button busy={resend.busy} aria-label={t('resend.of', { email: invitation.email })} onClick={() => void carryOut('invited', invitation)}>{t('resend')}</Button>}
                  {invitation.state === 'OPEN' && <Button look="danger" busy={revoke.busy} aria-label={t('revoke.of', { email: invitation.email })} onClick={() => void carryOut('revoked', invitation)}>{t('revoke')}</Button>}
                </div>
              ),
            },
          ]}
        />
      )}
      <More pages={invitations} />
      {isInviting && <Invite close={() => invite(false)} invited={reload} />}
    </>
  )
}
