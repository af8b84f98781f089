/** A forgotten password: asking for the link, and a new password with it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { go, linkTo } from '../../routes.ts'
import { askedIn } from '../../text/language.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { errorAt, useEntryText } from './entry-text.ts'
import { Layout } from './layout.tsx'
import { LinkRefused, MailSent } from './mail-sent.tsx'
import { ServerField } from './server-field.tsx'
import type { EntryProps } from './sign-in.tsx'

export function Forgot({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const [email, setEmail] = useState(route.query.get('email') ?? '')
  const [sentTo, setSentTo] = useState<string>()
  const ask = useAction(() => server.client.auth.requestPasswordReset({ email: email.trim() }))
  const links = <a href={linkTo('sign-in')}>{t('signIn.link')}</a>
  if (sentTo !== undefined) {
    return (
      <Layout title={t('sent.title')} links={links}>
        <MailSent email={sentTo} server={server} again={() => server.client.auth.requestPasswordReset({ email: sentTo })}>{t('sent.reset', { email: sentTo })}</MailSent>
      </Layout>
    )
  }
  return (
    <Layout title={t('forgot.title')} intro={t('forgot.intro')} links={links}>
      <Form error={ask.error} fields={['email']} submit={async () => setSentTo((await ask.run())?.email)}>
        <ServerField server={server} />
        <Field label={t('email')} type="email" name="email" autoComplete="username" required value={email} error={errorAt(t, 'email', ask.error)} onChange={(event) => setEmail(event.target.value)} />
        <Button type="submit" look="primary" busy={ask.busy}>{t('forgot.button')}</Button>
      </Form>
    </Layout>
  )
}

export function Reset({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const token = route.query.get('token') ?? ''
  const [newPassword, setNewPassword] = useState('')
  const reset = useAction(() => server.client.auth.resetPassword({ token, newPassword }, askedIn()))
  const submit = async (): Promise<void> => {
    if (await reset.run()) go(linkTo('sign-in', { query: { reset: 'done' } }), { replace: true })
  }
  const isRefused = token === '' || reset.error?.code === 'LINK_INVALID'
  return (
    <Layout title={t('reset.title')} intro={isRefused ? undefined : t('reset.intro')} links={<a href={linkTo('sign-in')}>{t('signIn.link')}</a>}>
      {isRefused ? (
        <LinkRefused server={server} again={(email) => server.client.auth.requestPasswordReset({ email })} />
      ) : (
        <Form error={reset.error} fields={['newPassword']} submit={submit}>
          <Field
            label={t('newPassword')}
            hint={t('password.hint')}
            type="password"
            name="new-password"
            autoComplete="new-password"
            autoFocus
            required
            value={newPassword}
            error={errorAt(t, 'newPassword', reset.error)}
            onChange={(event) => setNewPassword(event.target.value)}
          />
          <Button type="submit" look="primary" busy={reset.busy}>{t('reset.button')}</Button>
        </Form>
      )}
    </Layout>
  )
}
