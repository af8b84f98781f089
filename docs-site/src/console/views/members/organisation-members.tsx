/** The members of the organisation: search, roles, and removing one. */
import { useDeferredValue, useState } from 'react'
import type { ReactNode } from 'react'
import type { Member } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { usePages } from '../../data/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { More } from '../../ui/more.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Invite } from './invite.tsx'
import { useMembersText } from './members-text.ts'
import { ORGANISATION_ROLES, RoleSelect } from './role-select.tsx'

export function OrganisationMembers(): ReactNode {
  const t = useMembersText()
  const { client, can, userId, organisation } = useSession()
  const announce = useAnnounce()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [isInviting, invite] = useState(false)
  const [leaving, setLeaving] = useState<Member>()
  const members = usePages((after) => client.members.list({ search: search === '' ? undefined : search, after }), (page) => page.members, [client, organisation.id, search])
  const setRole = useAction((id: string, role: Member['role']) => client.members.setRole({ userId: id, role }))
  const remove = useAction((id: string) => client.members.remove({ userId: id }))
  const mayWrite = can['membersWrite'] === true
  const { items, error, reload } = members
  const change = async (member: Member, role: Member['role']): Promise<void> => {
    if (!(await setRole.run(member.id, role))) return
    await reload()
    announce(t('role.changed', { name: member.name }))
  }
  const confirm = async (member: Member): Promise<void> => {
    if (!(await remove.run(member.id))) return
    setLeaving(undefined)
    await reload()
    announce(t('removed', { name: member.name }))
  }
  return (
    <>
      <div className="row members-tools">
        <Field label={t('search')} type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
        {mayWrite && <Button look="primary" icon="add" onClick={() => invite(true)}>{t('invite')}</Button>}
      </div>
      <ErrorNotice error={setRole.error} dismiss={setRole.clear} />
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <Empty title={t('nobody')} icon="people" />}
      {items !== undefined && items.length > 0 && (
        <DataTable
          caption={t('section.people')}
          hideCaption
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { id: 'name', label: t('name'), heading: true, cell: ({ name, email, id }) => <>{name}{id === userId && <span className="tag">{t('you')}</span>}<span className="fine member-mail">{email}</span></> },
            {
              id: 'role',
              label: t('role'),
              cell: (member) => <RoleSelect label={t('role.of', { name: member.name })} roles={ORGANISATION_ROLES} value={member.role} disabled={!mayWrite || setRole.busy} change={(role) => void change(member, role)} />,
            },
            { id: 'teams', label: t('section.teams'), cell: ({ teams }) => teams.map(({ name }) => name).join(', ') },
            { id: 'seat', label: t('seat'), cell: ({ takesSeat }) => (takesSeat ? t('yes') : t('no')) },
            { id: 'joined', label: t('joined'), cell: ({ joinedAt }) => <Time at={joinedAt} /> },
            ...(mayWrite ? [{ id: 'remove', label: t('remove'), cell: (member: Member) => member.id !== userId && <Button aria-label={t('remove.of', { name: member.name })} onClick={() => setLeaving(member)}>{t('remove')}</Button> }] : []),
          ]}
        />
      )}
      <More pages={members} />
      {isInviting && <Invite close={() => invite(false)} />}
      {leaving && (
        <Confirm title={t('remove.of', { name: leaving.name })} action={t('remove')} busy={remove.busy} error={remove.error} confirm={() => confirm(leaving)} close={() => setLeaving(undefined)}>
          <p>{t('remove.text', { name: leaving.name })}</p>
        </Confirm>
      )}
    </>
  )
}
