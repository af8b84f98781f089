/** The organisation one works in: its settings, its limits, and the others. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { OrganisationsGetData } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { go, linkTo } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, Field, Select } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { Leave } from './leave.tsx'
import { useSettingsText } from './settings-text.ts'

type Organisation = NonNullable<OrganisationsGetData>
const DEFAULT_ROLES = ['VIEWER', 'CONTRIBUTOR', 'QA', 'PM', 'TECH_LEAD'] as const
/** No role: whoever is new sees no project until somebody gives one. */
const NO_ROLE = ''

export function OrganisationSettings(): ReactNode {
  const { client, organisation, keyName } = useSession()
  const { data, error, reload } = useCall(() => client.organisations.get(), [client, organisation.id])
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  return (
    <div className="settings">
      <Edit key={data.id} organisation={data} saved={reload} />
      <Limits organisation={data} />
      {keyName === null && <Others />}
      <Leave organisation={data.name} />
    </div>
  )
}

function Edit({ organisation, saved }: { readonly organisation: Organisation; saved(): Promise<void> }): ReactNode {
  const t = useSettingsText()
  const ui = useUiText()
  const { client, refresh } = useSession()
  const announce = useAnnounce()
  const [values, setValues] = useState({
    name: organisation.name,
    defaultRole: organisation.defaultRole ?? NO_ROLE,
    requireMfa: organisation.requireMfa,
    retention: organisation.auditRetentionDays === null ? '' : String(organisation.auditRetentionDays),
  })
  const { name, defaultRole, requireMfa, retention } = values
  const isReadOnly = !organisation.viewerCan.organisationWrite
  const save = useAction(() =>
    client.organisations.update({
      name: name.trim(),
      defaultRole: defaultRole === NO_ROLE ? null : defaultRole,
      requireMfa,
      auditRetentionDays: retention.trim() === '' ? null : Number(retention),
    }),
  )
  const fault = faultOf(save.error)
  const submit = async (): Promise<void> => {
    if (!(await save.run())) return
    await Promise.all([saved(), refresh()])
    announce(t('saved'))
  }
  return (
    <section className="form">
      <h2>{t('organisation.title')}</h2>
      {isReadOnly && <p className="fine">{t('organisation.readOnly')}</p>}
      <Form error={save.error} fields={['name', 'auditRetentionDays']} submit={submit}>
        <Field label={t('organisation.name')} required disabled={isReadOnly} value={name} error={fault === 'name' ? save.error?.message : undefined} onChange={(event) => setValues({ ...values, name: event.target.value })} />
        <Select
          label={t('organisation.defaultRole')}
          hint={t('organisation.defaultRole.hint')}
          disabled={isReadOnly}
          options={[{ value: NO_ROLE, label: t('role.none') }, ...DEFAULT_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))]}
          value={defaultRole}
          onChange={(event) => setValues({ ...values, defaultRole: event.target.value as typeof defaultRole })}
        />
        <Checkbox label={t('organisation.requireMfa')} hint={t('organisation.requireMfa.hint')} disabled={isReadOnly} checked={requireMfa} onChange={(event) => setValues({ ...values, requireMfa: event.target.checked })} />
        <Field
          label={t('organisation.retention')}
          hint={t('organisation.retention.hint')}
          type="number"
          min={1}
          disabled={isReadOnly}
          value={retention}
          error={fault === 'auditRetentionDays' ? save.error?.message : undefined}
          onChange={(event) => setValues({ ...values, retention: event.target.value })}
        />
        {!isReadOnly && <div><Button type="submit" look="primary" busy={save.busy}>{ui('save')}</Button></div>}
      </Form>
    </section>
  )
}

function Limits({ organisation: { tier, limits } }: { readonly organisation: Organisation }): ReactNode {
  const t = useSettingsText()
  const rows = [['seats', limits.seats.used, limits.seats.total], ['members', limits.members.used, limits.members.max], ['projects', limits.projects.used, limits.projects.max]] as const
  return (
    <section className="form">
      <h2>{t('limits.title')}</h2>
      <dl className="facts">
        <div><dt>{t('limits.tier')}</dt><dd>{tier.toLowerCase()}</dd></div>
        {rows.map(([what, used, max]) => <div key={what}><dt>{t(`limits.${what}`)}</dt><dd>{max === null ? t('limits.unlimited', { used }) : t('limits.of', { used, max })}</dd></div>)}
      </dl>
    </section>
  )
}

/** The other organisations of the person: the session goes to one of them. */
function Others(): ReactNode {
  const t = useSettingsText()
  const { client, organisation, refresh } = useSession()
  const { data } = useCall(() => client.auth.session(), [client, organisation.id])
  const choose = useAction((organisationId: string) => client.auth.switchOrganisation({ organisationId }))
  const others = data?.organisations.filter(({ current }) => !current) ?? []
  if (others.length === 0) return null
  const change = async (id: string): Promise<void> => {
    if (!(await choose.run(id))) return
    await refresh()
    go(linkTo('projects'))
  }
  return (
    <section className="form">
      <h2>{t('others.title')}</h2>
      <ErrorNotice error={choose.error} />
      <ul className="plain-list">
        {others.map(({ id, name }) => <li key={id} className="row"><span>{name}</span><Button busy={choose.busy} aria-label={t('others.chooseOf', { name })} onClick={() => void change(id)}>{t('others.choose')}</Button></li>)}
      </ul>
    </section>
  )
}
