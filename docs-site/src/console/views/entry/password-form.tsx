/** E-mail address and password, then a code where a second factor is enabled. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { SignInError } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useLanguage } from '../../text/language.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { errorAt, explain, useEntryText } from './entry-text.ts'
import { ServerField } from './server-field.tsx'
import { enter } from './sign-in.tsx'
import type { EntryProps } from './sign-in.tsx'

export function PasswordForm({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const { client } = server
  const [email, setEmail] = useState(route.query.get('verified') ?? route.query.get('email') ?? '')
  const [password, setPassword] = useState('')
  const [challenge, setChallenge] = useState<string>()
  const signIn = useAction(() => client.auth.signIn({ email: email.trim(), password }))
  const submit = async (): Promise<void> => {
    const answer = await signIn.run()
    if (answer?.token != null) enter({ route, server }, answer.token)
    else setChallenge(answer?.challenge?.token)
  }
  if (challenge !== undefined) return <SecondStep {...{ route, server, challenge }} again={() => setChallenge(undefined)} />
  const { error } = signIn
  const isWrong = error instanceof SignInError && error.code === 'INVALID_CREDENTIALS'
  return (
    <Form error={error} fields={isWrong || error?.code === 'ACCOUNT_LOCKED' ? ['email', 'password', ''] : ['email']} submit={submit}>
      {error instanceof SignInError && error.code === 'ACCOUNT_LOCKED' && <Locked until={error.lockedUntil} />}
      <ServerField server={server} />
      <Field label={t('email')} type="email" name="email" autoComplete="username" required value={email} error={isWrong ? undefined : errorAt(t, 'email', error)} onChange={(event) => setEmail(event.target.value)} />
      <Field
        label={t('password')}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        error={isWrong ? explain(t, error) : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" look="primary" busy={signIn.busy}>{t('signIn.button')}</Button>
    </Form>
  )
}

function Locked({ until }: { readonly until: Date | undefined }): ReactNode {
  const t = useEntryText()
  const language = useLanguage()
  const time = until && new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(until)
  return <Notice tone="bad">{t('error.locked', { time: time ?? '' })}</Notice>
}

interface SecondStepProps extends EntryProps {
  readonly challenge: string
  again(): void
}

function SecondStep({ route, server, challenge, again }: SecondStepProps): ReactNode {
  const t = useEntryText()
  const [code, setCode] = useState('')
  const [isRecovery, setRecovery] = useState(false)
  const complete = useAction(() => server.client.auth.completeSignIn({ challenge, code: code.trim() }))
  const submit = async (): Promise<void> => {
    const answer = await complete.run()
    if (answer?.token != null) enter({ route, server }, answer.token)
  }
  const { error } = complete
  const isOver = error !== undefined && error.code !== 'CODE_INVALID'
  return (
    <Form error={isOver ? error : undefined} submit={submit}>
      <p>{isRecovery ? t('code.recoveryIntro') : t('code.intro')}</p>
      <Field
        key={String(isRecovery)}
        label={isRecovery ? t('code.recovery') : t('code.label')}
        autoFocus
        required
        name={isRecovery ? 'recovery-code' : 'code'}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        inputMode={isRecovery ? 'text' : 'numeric'}
        className="entry-code"
        value={code}
        error={error && !isOver ? explain(t, error) : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" look="primary" busy={complete.busy}>{t('signIn.button')}</Button>
      <div className="entry-row">
        <Button
          look="quiet"
          onClick={() => {
            setCode('')
            setRecovery(!isRecovery)
          }}
        >
          {isRecovery ? t('code.useCode') : t('code.useRecovery')}
        </Button>
        <Button look="quiet" onClick={again}>{t('code.again')}</Button>
      </div>
    </Form>
  )
}
