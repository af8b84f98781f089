/** Who has which role in a project, and where it comes from. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Project, ProjectMember } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { usePages } from '../../data/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/field.tsx'
import { More } from '../../ui/more.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useMembersText } from './members-text.ts'
import type { MembersKey } from './members-text.ts'
import { PROJECT_ROLES, RoleSelect } from './role-select.tsx'

const MOST = 100

export function ProjectRoles(): ReactNode {
  const t = useMembersText()
  const { client, organisation } = useSession()
  const { data, error, reload } = useCall(() => client.projects.list({ first: MOST }), [client, organisation.id])
  const [chosen, choose] = useState<string>()
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  const project = data.projects.find(({ id }) => id === chosen) ?? data.projects[0]
  if (project === undefined) return <Empty title={t('projects.none')} icon="plan" />
  return (
    <>
      <div className="row members-tools"><Select label={t('project')} options={data.projects.map(({ id, name }) => ({ value: id, label: name }))} value={project.id} onChange={(event) => choose(event.target.value)} /></div>
      <RolesOf key={project.id} project={project} />
    </>
  )
}

function RolesOf({ project }: { readonly project: Pick<Project, 'id' | 'name'> }): ReactNode {
  const t = useMembersText()
  const { client } = useSession()
  const announce = useAnnounce()
  const open = useCall(() => client.projects.get({ projectId: project.id }), [client, project.id])
  const members = usePages((after) => client.members.listInProject({ projectId: project.id, after }), (page) => page.members, [client, project.id])
  const setRole = useAction((userId: string, role: ProjectMember['role']) => client.members.setProjectRole({ projectId: project.id, userId, role }))
  const removeRole = useAction((userId: string) => client.members.removeProjectRole({ projectId: project.id, userId }))
  const mayWrite = open.data?.viewerCan.projectsRoles === true
  const { items, error, reload } = members
  const after = async (done: unknown, name: string): Promise<void> => {
    if (!done) return
    await reload()
    announce(t('role.changed', { name }))
  }
  if (items === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  return (
    <>
      <ErrorNotice error={setRole.error ?? removeRole.error} />
      <DataTable
        caption={t('rolesIn', { project: project.name })}
        hideCaption
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          { id: 'name', label: t('name'), heading: true, cell: ({ name }) => name },
          {
            id: 'role',
            label: t('role'),
            cell: ({ id, name, role, source }) =>
              <RoleSelect label={t('role.of', { name })} roles={PROJECT_ROLES} value={role as (typeof PROJECT_ROLES)[number]} disabled={!mayWrite || source === 'ORGANISATION' || setRole.busy} change={(chosen) => void setRole.run(id, chosen).then((done) => after(done, name))} />,
          },
          { id: 'source', label: t('source'), cell: ({ source }) => t(`source.${source}` as MembersKey) },
          {
            id: 'remove',
            label: t('actions'),
            cell: ({ id, name, source }) => mayWrite && source === 'PROJECT' && <Button aria-label={t('role.remove.of', { name })} busy={removeRole.busy} onClick={() => void removeRole.run(id).then((done) => after(done, name))}>{t('role.remove')}</Button>,
          },
        ]}
      />
      <More pages={members} />
    </>
  )
}
