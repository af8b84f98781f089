/** Who is in a team; whoever may changes it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Team } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useMembersText } from './members-text.ts'

const MOST = 200

export function TeamMembers({ team, close }: { readonly team: Team; close(): void }): ReactNode {
  const t = useMembersText()
  const { client, can } = useSession()
  const all = useCall(() => client.members.list({ first: MOST }), [client])
  const [chosen, choose] = useState('')
  const add = useAction((userId: string) => client.teams.addMember({ teamId: team.id, userId }))
  const remove = useAction((userId: string) => client.teams.removeMember({ teamId: team.id, userId }))
  const mayWrite = can['membersWrite'] === true
  const isIn = ({ teams }: { readonly teams: readonly { readonly id: string }[] }): boolean => teams.some(({ id }) => id === team.id)
  const inside = all.data?.members.filter(isIn) ?? []
  const outside = all.data?.members.filter((member) => !isIn(member)) ?? []
  const person = outside.some(({ id }) => id === chosen) ? chosen : outside[0]?.id
  return (
    <Dialog title={team.name} close={close}>
      {all.data === undefined && (all.error ? <Failure error={all.error} retry={() => void all.reload()} /> : <Loading />)}
      <ErrorNotice error={add.error ?? remove.error} />
      {all.data !== undefined && inside.length === 0 && <p>{t('team.empty')}</p>}
      <ul className="plain-list">
        {inside.map(({ id, name, email }) => (
          <li key={id} className="row">
            <span>{name} <span className="fine">{email}</span></span>
            {mayWrite && <Button aria-label={t('team.remove.of', { name })} busy={remove.busy} onClick={() => void remove.run(id).then((done) => done && all.reload())}>{t('remove')}</Button>}
          </li>
        ))}
      </ul>
      {mayWrite && person !== undefined && (
        <Form className="row members-tools" submit={async () => (await add.run(person)) && all.reload()}>
          <Select label={t('team.add')} options={outside.map(({ id, name }) => ({ value: id, label: name }))} value={person} onChange={(event) => choose(event.target.value)} />
          <Button type="submit" icon="add" busy={add.busy}>{t('team.addButton')}</Button>
        </Form>
      )}
    </Dialog>
  )
}
