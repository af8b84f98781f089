/** Inviting somebody by mail, with a role in the organisation, in a project, and a team. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { PlanLimitError } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useMembersText } from './members-text.ts'
import { ORGANISATION_ROLES, PROJECT_ROLES } from './role-select.tsx'

const NONE = ''
const MOST = 100

export function Invite({ close, invited }: { close(): void; invited?(): Promise<void> }): ReactNode {
  const t = useMembersText()
  const { client } = useSession()
  const announce = useAnnounce()
  const projects = useCall(() => client.projects.list({ first: MOST }), [client])
  const teams = useCall(() => client.teams.list({ first: MOST }), [client])
  const [values, setValues] = useState<{ email: string; role: (typeof ORGANISATION_ROLES)[number]; projectId: string; projectRole: (typeof PROJECT_ROLES)[number]; teamId: string }>(
    { email: '', role: 'MEMBER', projectId: NONE, projectRole: 'CONTRIBUTOR', teamId: NONE },
  )
  const { email, role, projectId, projectRole, teamId } = values
  const invite = useAction(() =>
    client.members.invite({ email: email.trim(), role, projectRoles: projectId === NONE ? [] : [{ projectId, role: projectRole }], teamIds: teamId === NONE ? [] : [teamId] }),
  )
  const submit = async (): Promise<void> => {
    if (!(await invite.run())) return
    announce(t('invited', { email: email.trim() }))
    await invited?.()
    close()
  }
  const set = (field: keyof typeof values) => (event: { target: { value: string } }): void => setValues({ ...values, [field]: event.target.value })
  const { error } = invite
  return (
    <Dialog title={t('invite')} close={close}>
      <Form error={error instanceof PlanLimitError ? undefined : error} fields={['email']} submit={submit}>
        {error instanceof PlanLimitError && <Notice tone="warn" title={t('full')}>{error.message}</Notice>}
        <Field label={t('email')} type="email" required autoFocus autoComplete="off" value={email} error={faultOf(error) === 'email' ? error?.message : undefined} onChange={set('email')} />
        <Select label={t('role')} options={ORGANISATION_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} value={role} onChange={set('role')} />
        <Select label={t('project')} options={[{ value: NONE, label: t('project.none') }, ...(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))]} value={projectId} onChange={set('projectId')} />
        {projectId !== NONE && <Select label={t('role.inProject')} options={PROJECT_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))} value={projectRole} onChange={set('projectRole')} />}
        {(teams.data?.teams.length ?? 0) > 0 && <Select label={t('team')} options={[{ value: NONE, label: t('team.none') }, ...(teams.data?.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))]} value={teamId} onChange={set('teamId')} />}
        <Button type="submit" look="primary" busy={invite.busy}>{t('invite.send')}</Button>
      </Form>
    </Dialog>
  )
}
