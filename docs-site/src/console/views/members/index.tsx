/** Who belongs to the organisation, in which roles and teams, and who is invited. */
import type { ComponentType, ReactNode } from 'react'
import { useCall } from '../../data/use-call.ts'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { Denied } from '../../ui/states.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useTitle } from '../../views.tsx'
import type { ViewProps } from '../../views.tsx'
import { Invitations } from './invitations.tsx'
import { useMembersText } from './members-text.ts'
import { OrganisationMembers } from './organisation-members.tsx'
import { ProjectRoles } from './project-roles.tsx'
import { Teams } from './teams.tsx'
import './members.css'

const SECTIONS = { people: OrganisationMembers, projects: ProjectRoles, invitations: Invitations, teams: Teams } as const satisfies Record<string, ComponentType>
type Section = keyof typeof SECTIONS

export default function Members({ route }: ViewProps): ReactNode {
  const t = useMembersText()
  const { can, client, organisation } = useSession()
  const { data } = useCall(() => client.organisations.get(), [client, organisation.id])
  useTitle(t('title'))
  if (can['membersRead'] !== true) return <Denied permission="members.read" page={t('title')} />
  // invitations are for whoever may invite
  const sections = (Object.keys(SECTIONS) as Section[]).filter((id) => id !== 'invitations' || can['membersWrite'] === true)
  const section = sections.find((id) => id === route.rest[0]) ?? 'people'
  const Selected = SECTIONS[section]
  const seats = data?.limits.seats
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
        {seats && <p className="fine">{t('seats', { used: seats.used, total: seats.total, reserved: seats.reserved })}</p>}
      </div>
      <Tabs<Section> label={t('title')} tabs={sections.map((id) => ({ id, label: t(`section.${id}`) }))} selected={section} select={(id) => go(linkTo('members', { rest: [id] }), { replace: true })}>
        <Selected />
      </Tabs>
    </>
  )
}
