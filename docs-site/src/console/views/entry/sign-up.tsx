/** Signing up, and confirming the address with the mailed link. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { go, linkTo } from '../../routes.ts'
import { askedIn, useLanguage } from '../../text/language.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { errorAt, useEntryText } from './entry-text.ts'
import { Layout } from './layout.tsx'
import { LinkRefused, MailSent } from './mail-sent.tsx'
import { ServerField } from './server-field.tsx'
import type { EntryProps } from './sign-in.tsx'

const FIELDS = ['email', 'password', 'name', 'organisationName']

export function SignUp({ server }: EntryProps): ReactNode {
  const t = useEntryText()
  const language = useLanguage()
  const [values, setValues] = useState({ name: '', email: '', password: '', organisationName: '' })
  const [sentTo, setSentTo] = useState<string>()
  const { name, email, password, organisationName } = values
  const signUp = useAction(() =>
    server.client.auth.signUp({ name: name.trim(), email: email.trim(), password, language, organisationName: organisationName.trim() === '' ? undefined : organisationName.trim() }, askedIn()),
  )
  const submit = async (): Promise<void> => setSentTo((await signUp.run())?.email)
  const input = (field: keyof typeof values) => ({
    name: field,
    label: t(field),
    value: values[field],
    error: errorAt(t, field, signUp.error),
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  })
  const links = <a href={linkTo('sign-in')}>{t('signIn.link')}</a>
  if (sentTo !== undefined) {
    return (
      <Layout title={t('sent.title')} links={links}>
        <MailSent email={sentTo} server={server} again={() => server.client.auth.resendVerification({ email: sentTo })}>{t('sent.verify', { email: sentTo })}</MailSent>
      </Layout>
    )
  }
  return (
    <Layout title={t('signUp.title')} intro={t('signUp.intro')} links={links}>
      <Form error={signUp.error} fields={FIELDS} submit={submit}>
        <ServerField server={server} />
        <Field {...input('name')} autoComplete="name" required />
        <Field {...input('email')} type="email" autoComplete="username" required />
        <Field {...input('password')} type="password" autoComplete="new-password" hint={t('password.hint')} required />
        <Field {...input('organisationName')} autoComplete="organization" hint={t('organisationName.hint')} />
        <Button type="submit" look="primary" busy={signUp.busy}>{t('signUp.button')}</Button>
      </Form>
    </Layout>
  )
}

/** The button does it, not the opening of the link: programs that look at mail open links too. */
export function Verify({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const announce = useAnnounce()
  const token = route.query.get('token') ?? ''
  const verify = useAction(() => server.client.auth.verifyEmail({ token }))
  const submit = async (): Promise<void> => {
    const answer = await verify.run()
    if (!answer) return
    announce(t('verify.done'))
    go(linkTo('sign-in', { query: { verified: answer.email } }), { replace: true })
  }
  const isRefused = token === '' || verify.error?.code === 'LINK_INVALID'
  return (
    <Layout title={t('verify.title')} intro={isRefused ? undefined : t('verify.intro')} links={<a href={linkTo('sign-in')}>{t('signIn.link')}</a>}>
      {isRefused ? (
        <LinkRefused server={server} again={(email) => server.client.auth.resendVerification({ email })} />
      ) : (
        <Form error={verify.error} submit={submit}>
          <Button type="submit" look="primary" busy={verify.busy} autoFocus>{t('verify.button')}</Button>
        </Form>
      )}
    </Layout>
  )
}
