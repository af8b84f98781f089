/** Making a key: its name, what it may do, where, and until when. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, Field, Select } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { useKeysText } from './keys-text.ts'
import { ALL, PRESETS, SCOPE_GROUPS } from './scopes.ts'
import type { Scope, ScopeGroup } from './scopes.ts'

type Purpose = keyof typeof PRESETS | 'all' | 'own'
const PURPOSES: readonly Purpose[] = ['work', 'read', 'pipeline', 'all', 'own']
const DAYS = ['', '30', '90', '365'] as const
const DAY_MS = 86_400_000
const MOST = 100

interface CreateKeyProps {
  made(secret: string): void
  close(): void
}

export function CreateKey({ made, close }: CreateKeyProps): ReactNode {
  const t = useKeysText()
  const { client } = useSession()
  const projects = useCall(() => client.projects.list({ first: MOST }), [client])
  const [values, setValues] = useState({ name: '', projectId: '', days: '90' })
  const [purpose, setPurpose] = useState<Purpose>('work')
  const [own, setOwn] = useState<ReadonlySet<Scope>>(new Set(PRESETS.read))
  const scopes: readonly string[] = purpose === 'all' ? [ALL] : purpose === 'own' ? [...own] : PRESETS[purpose]
  const create = useAction(() =>
    client.keys.create({
      name: values.name.trim(),
      scopes: [...scopes],
      projectId: values.projectId === '' ? null : values.projectId,
      expiresAt: values.days === '' ? null : new Date(Date.now() + Number(values.days) * DAY_MS).toISOString(),
    }),
  )
  const submit = async (): Promise<void> => {
    const answer = await create.run()
    if (answer?.secret != null) made(answer.secret)
  }
  const toggle = (scope: Scope): void => setOwn((before) => (before.has(scope) ? new Set([...before].filter((one) => one !== scope)) : new Set([...before, scope])))
  const set = (field: keyof typeof values) => (event: { target: { value: string } }): void => setValues({ ...values, [field]: event.target.value })
  return (
    <Dialog title={t('create')} close={close}>
      <Form error={create.error} fields={['name']} submit={submit}>
        <Field label={t('name')} hint={t('name.hint')} required autoFocus value={values.name} error={faultOf(create.error) === 'name' ? create.error?.message : undefined} onChange={set('name')} />
        <Select label={t('purpose')} options={PURPOSES.map((value) => ({ value, label: t(`purpose.${value}`) }))} value={purpose} onChange={(event) => setPurpose(event.target.value as Purpose)} />
        {purpose === 'own' ? (
          (Object.keys(SCOPE_GROUPS) as ScopeGroup[]).map((group) => (
            <fieldset key={group} className="scopes">
              <legend>{t(`group.${group}`)}</legend>
              {SCOPE_GROUPS[group].map((scope) => <Checkbox key={scope} label={scope} hint={t(`scope.${scope}`)} checked={own.has(scope)} onChange={() => toggle(scope)} />)}
            </fieldset>
          ))
        ) : (
          <p className="fine">{purpose === 'all' ? t('scopes.allHint') : scopes.join(', ')}</p>
        )}
        <Select label={t('project')} options={[{ value: '', label: t('project.all') }, ...(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))]} value={values.projectId} onChange={set('projectId')} />
        <Select label={t('expires')} options={DAYS.map((value) => ({ value, label: value === '' ? t('never') : t('days', { count: Number(value) }) }))} value={values.days} onChange={set('days')} />
        <Button type="submit" look="primary" busy={create.busy} disabled={scopes.length === 0}>{t('create')}</Button>
      </Form>
    </Dialog>
  )
}
