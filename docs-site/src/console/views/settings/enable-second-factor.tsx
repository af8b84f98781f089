/** Setting up a second factor: the secret goes into an authenticator app, whose first code makes it count. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerSDK } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { Secret } from '../../ui/secret.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useSettingsText } from './settings-text.ts'
import './settings.css'

/** `JBSW Y3DP EHPK 3PXP`: as apps show it, and as it is typed without losing one's place. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''

interface EnableSecondFactorProps {
  readonly client: BuildRunnerSDK
  /** The factor counts from now on, and the recovery codes were seen. */
  done(): void
}

export function EnableSecondFactor({ client, done }: EnableSecondFactorProps): ReactNode {
  const t = useSettingsText()
  const ui = useUiText()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [made, setMade] = useState<{ otpauthUri: string; secret: string; recoveryCodes: readonly string[] }>()
  const [isConfirmed, setConfirmed] = useState(false)
  const enable = useAction(() => client.auth.enableTwoFactor({ password }))
  const confirm = useAction(() => client.auth.confirmTwoFactor({ code: code.replace(/\s/g, '') }))
  if (made === undefined) {
    return (
      <Form error={enable.error} fields={['password']} submit={async () => setMade(await enable.run())}>
        <p>{t('factor.intro')}</p>
        <Field
          label={t('password.current')}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          error={faultOf(enable.error) === 'password' ? t('password.wrong') : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" look="primary" busy={enable.busy}>{t('factor.enable')}</Button>
      </Form>
    )
  }
  if (isConfirmed) {
    return (
      <div className="form">
        <RecoveryCodes codes={made.recoveryCodes} />
        <Button look="primary" onClick={done}>{ui('done')}</Button>
      </div>
    )
  }
  return (
    <Form error={confirm.error} fields={['code']} submit={async () => setConfirmed((await confirm.run()) !== undefined)}>
      <ol className="steps">
        <li>
          <p>{t('factor.scan')}</p>
          <Secret label={t('factor.secret')} value={made.secret}>{inGroups(made.secret)}</Secret>
          <ButtonLink look="quiet" icon="link" href={made.otpauthUri}>{t('factor.open')}</ButtonLink>
        </li>
        <li>
          <Field
            label={t('factor.code')}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            autoFocus
            required
            value={code}
            error={faultOf(confirm.error) === 'code' ? t('factor.wrong') : undefined}
            onChange={(event) => setCode(event.target.value)}
          />
        </li>
      </ol>
      <Button type="submit" look="primary" busy={confirm.busy}>{t('factor.confirm')}</Button>
    </Form>
  )
}
