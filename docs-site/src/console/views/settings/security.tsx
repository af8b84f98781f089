/** Password and second factor. Both are the person's: an API key may change neither. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { useSession } from '../../session/session.tsx'
import { askedIn } from '../../text/language.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { SecondFactor } from './second-factor.tsx'
import { useSettingsText } from './settings-text.ts'

/** Stands in place of what only a session may do. */
export function NeedsSession(): ReactNode {
  const t = useSettingsText()
  return <Notice tone="info" title={t('needsSession.title')}>{t('needsSession.text')}</Notice>
}

export function SecuritySettings(): ReactNode {
  const { client, keyName } = useSession()
  const { data, error, reload } = useCall(() => (keyName === null ? client.auth.session() : null), [client, keyName])
  if (keyName !== null) return <NeedsSession />
  if (data === undefined) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  return (
    <div className="settings">
      <SecondFactor isEnabled={data.twoFactorEnabled} changed={reload} />
      <ChangePassword email={data.email} />
    </div>
  )
}

function ChangePassword({ email }: { readonly email: string }): ReactNode {
  const t = useSettingsText()
  const { client } = useSession()
  const announce = useAnnounce()
  const [values, setValues] = useState({ currentPassword: '', newPassword: '' })
  const [ended, setEnded] = useState<number>()
  const change = useAction(() => client.auth.changePassword(values, askedIn()))
  const fault = faultOf(change.error)
  const submit = async (): Promise<void> => {
    const answer = await change.run()
    if (!answer) return
    setValues({ currentPassword: '', newPassword: '' })
    setEnded(answer.sessionsEnded)
    announce(t('password.done', { count: answer.sessionsEnded }))
  }
  return (
    <section className="form">
      <h2>{t('password.title')}</h2>
      {ended !== undefined && <Notice tone="good" dismiss={() => setEnded(undefined)}>{t('password.done', { count: ended })}</Notice>}
      <Form error={change.error} fields={['currentPassword', 'newPassword']} submit={submit}>
        {/* for password managers: whose password it is */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field
          label={t('password.current')}
          type="password"
          name="current-password"
          autoComplete="current-password"
          required
          value={values.currentPassword}
          error={fault === 'currentPassword' ? t('password.wrong') : undefined}
          onChange={(event) => setValues({ ...values, currentPassword: event.target.value })}
        />
        <Field
          label={t('password.new')}
          hint={t('password.hint')}
          type="password"
          name="new-password"
          autoComplete="new-password"
          required
          value={values.newPassword}
          error={fault === 'newPassword' ? change.error?.message : undefined}
          onChange={(event) => setValues({ ...values, newPassword: event.target.value })}
        />
        <div><Button type="submit" busy={change.busy}>{t('password.change')}</Button></div>
      </Form>
    </section>
  )
}
