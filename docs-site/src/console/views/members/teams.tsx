/** Teams: who is in them is told together. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Team } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { usePages } from '../../data/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { More } from '../../ui/more.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useMembersText } from './members-text.ts'
import { TeamMembers } from './team-members.tsx'

export function Teams(): ReactNode {
  const t = useMembersText()
  const { client, can, organisation } = useSession()
  const announce = useAnnounce()
  const [name, setName] = useState('')
  const [open, setOpen] = useState<Team>()
  const [ending, setEnding] = useState<Team>()
  const teams = usePages((after) => client.teams.list({ after }), (page) => page.teams, [client, organisation.id])
  const create = useAction(() => client.teams.create({ name: name.trim() }))
  const end = useAction((teamId: string) => client.teams.delete({ teamId }))
  const mayWrite = can['membersWrite'] === true
  const { items, error, reload } = teams
  const add = async (): Promise<void> => {
    if (!(await create.run())) return
    announce(t('team.created', { name: name.trim() }))
    setName('')
    await reload()
  }
  const remove = async (team: Team): Promise<void> => {
    if (!(await end.run(team.id))) return
    setEnding(undefined)
    await reload()
    announce(t('team.deleted', { name: team.name }))
  }
  return (
    <>
      {mayWrite && (
        <Form className="row members-tools" error={create.error} fields={['name']} submit={add}>
          <Field label={t('team.new')} required value={name} error={faultOf(create.error) === 'name' ? create.error?.message : undefined} onChange={(event) => setName(event.target.value)} />
          <Button type="submit" icon="add" busy={create.busy}>{t('team.create')}</Button>
        </Form>
      )}
      {items === undefined && (error ? <Failure error={error} retry={() => void reload()} /> : <Loading />)}
      {items?.length === 0 && <Empty title={t('teams.none')} icon="people"><p>{t('teams.text')}</p></Empty>}
      <ul className="cards plain-list">
        {items?.map((team) => (
          <li key={team.id} className="card team">
            <h2>{team.name}</h2>
            <p className="fine">@{team.slug} · {t('team.count', { count: team.memberCount })}</p>
            <div className="row">
              <Button aria-label={t('team.open.of', { name: team.name })} onClick={() => setOpen(team)}>{t('team.open')}</Button>
              {mayWrite && <Button look="danger" aria-label={t('team.delete.of', { name: team.name })} onClick={() => setEnding(team)}>{t('team.delete')}</Button>}
            </div>
          </li>
        ))}
      </ul>
      <More pages={teams} />
      {open && <TeamMembers team={open} close={() => void reload().then(() => setOpen(undefined))} />}
      {ending && (
        <Confirm title={t('team.delete.of', { name: ending.name })} action={t('team.delete')} busy={end.busy} error={end.error} confirm={() => remove(ending)} close={() => setEnding(undefined)}>
          <p>{t('team.delete.text', { count: ending.memberCount })}</p>
        </Confirm>
      )}
    </>
  )
}
