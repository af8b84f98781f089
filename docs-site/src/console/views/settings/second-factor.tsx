/** Whether a second factor is asked for, new recovery codes, and turning it off. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Form, faultOf } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { EnableSecondFactor } from './enable-second-factor.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useSettingsText } from './settings-text.ts'

interface SecondFactorProps {
  readonly isEnabled: boolean
  /** Reads again whether it is enabled. */
  changed(): Promise<void>
}

export function SecondFactor({ isEnabled, changed }: SecondFactorProps): ReactNode {
  const t = useSettingsText()
  const { client } = useSession()
  const announce = useAnnounce()
  const [open, setOpen] = useState<'enable' | 'codes' | 'disable'>()
  const close = (): void => setOpen(undefined)
  const finish = async (what: 'factor.isOn' | 'factor.isOff'): Promise<void> => {
    close()
    await changed()
    announce(t(what))
  }
  return (
    <section className="form">
      <h2>{t('factor.title')}</h2>
      <p className="row"><Icon name={isEnabled ? 'check' : 'alert'} />{isEnabled ? t('factor.isOn') : t('factor.isOff')}</p>
      <div className="row">
        {isEnabled ? (
          <>
            <Button onClick={() => setOpen('codes')}>{t('codes.new')}</Button>
            <Button look="danger" onClick={() => setOpen('disable')}>{t('factor.disable')}</Button>
          </>
        ) : (
          <Button look="primary" onClick={() => setOpen('enable')}>{t('factor.enable')}</Button>
        )}
      </div>
      {open === 'enable' && <Dialog title={t('factor.enable')} close={() => void changed().then(close)}><EnableSecondFactor client={client} done={() => void finish('factor.isOn')} /></Dialog>}
      {open === 'codes' && <NewCodes close={close} />}
      {open === 'disable' && <Disable close={close} done={() => void finish('factor.isOff')} />}
    </section>
  )
}

function NewCodes({ close }: { close(): void }): ReactNode {
  const t = useSettingsText()
  const ui = useUiText()
  const { client } = useSession()
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<readonly string[]>()
  const make = useAction(() => client.auth.regenerateRecoveryCodes({ password }))
  if (codes) return <Dialog title={t('codes.new')} close={close} actions={<Button look="primary" onClick={close}>{ui('done')}</Button>}><RecoveryCodes codes={codes} /></Dialog>
  return (
    <Dialog title={t('codes.new')} close={close}>
      <Form error={make.error} fields={['password']} submit={async () => setCodes((await make.run())?.recoveryCodes)}>
        <p>{t('codes.newText')}</p>
        <PasswordInput value={password} change={setPassword} isWrong={faultOf(make.error) === 'password'} />
        <Button type="submit" look="primary" busy={make.busy}>{t('codes.new')}</Button>
      </Form>
    </Dialog>
  )
}

function Disable({ close, done }: { close(): void; done(): void }): ReactNode {
  const t = useSettingsText()
  const { client } = useSession()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const disable = useAction(() => client.auth.disableTwoFactor({ password, code: code.trim() }))
  const fault = faultOf(disable.error)
  return (
    <Dialog title={t('factor.disable')} close={close}>
      <Form error={disable.error} fields={['password', 'code']} submit={async () => (await disable.run()) && done()}>
        <p>{t('factor.disableText')}</p>
        <PasswordInput value={password} change={setPassword} isWrong={fault === 'password'} />
        <Field label={t('factor.codeOrRecovery')} name="code" autoComplete="one-time-code" required value={code} error={fault === 'code' ? t('factor.wrong') : undefined} onChange={(event) => setCode(event.target.value)} />
        <Button type="submit" look="danger" busy={disable.busy}>{t('factor.disable')}</Button>
      </Form>
    </Dialog>
  )
}

function PasswordInput({ value, change, isWrong }: { readonly value: string; change(value: string): void; readonly isWrong: boolean }): ReactNode {
  const t = useSettingsText()
  return (
    <Field
      label={t('password.current')}
      type="password"
      name="password"
      autoComplete="current-password"
      required
      value={value}
      error={isWrong ? t('password.wrong') : undefined}
      onChange={(event) => change(event.target.value)}
    />
  )
}
