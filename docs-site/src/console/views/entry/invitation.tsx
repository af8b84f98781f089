/** Accepting an invitation: by whoever is signed in with the address that it was mailed to. */
import type { ReactNode } from 'react'
import { useMemo, useSyncExternalStore } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { go, linkTo } from '../../routes.ts'
import { createClient } from '../../session/client.ts'
import { sessionStore } from '../../session/stored.ts'
import type { StoredSession } from '../../session/stored.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useEntryText } from './entry-text.ts'
import { Layout } from './layout.tsx'
import { rememberNext } from './next.ts'
import type { EntryProps } from './sign-in.tsx'

export function Invitation({ route }: EntryProps): ReactNode {
  const t = useEntryText()
  const stored = useSyncExternalStore(sessionStore.subscribe, sessionStore.get)
  const token = route.query.get('token') ?? ''
  if (token === '') return <Layout title={t('invitation.title')}><Notice tone="bad">{t('invitation.incomplete')}</Notice></Layout>
  if (stored !== null) return <Accept stored={stored} token={token} />
  const keep = (): void => rememberNext(location.hash)
  return (
    <Layout title={t('invitation.title')} intro={t('invitation.signIn')}>
      <div className="form">
        <ButtonLink look="primary" href={linkTo('sign-in')} onClick={keep}>{t('signIn.title')}</ButtonLink>
        <ButtonLink href={linkTo('sign-up')} onClick={keep}>{t('signUp.title')}</ButtonLink>
      </div>
    </Layout>
  )
}

function Accept({ stored, token }: { readonly stored: StoredSession; readonly token: string }): ReactNode {
  const t = useEntryText()
  const client = useMemo(() => createClient(stored.baseUrl, stored.token), [stored.baseUrl, stored.token])
  const { data: session } = useCall(() => client.auth.session(), [client])
  const accept = useAction(async () => {
    const accepted = await client.members.acceptInvitation({ token })
    if (!accepted.data || accepted.error) return { error: accepted.error }
    const { error } = await client.auth.switchOrganisation({ organisationId: accepted.data.organisationId })
    return { data: accepted.data, error }
  })
  const submit = async (): Promise<void> => {
    if (!(await accept.run())) return
    sessionStore.set({ baseUrl: stored.baseUrl, token: stored.token })
    go(linkTo('projects'), { replace: true })
  }
  const other = (): void => {
    rememberNext(location.hash)
    sessionStore.set(null)
  }
  return (
    <Layout title={t('invitation.title')} intro={session ? t('invitation.as', { email: session.email }) : undefined}>
      <Form error={accept.error} submit={submit}>
        <Button type="submit" look="primary" busy={accept.busy}>{t('invitation.button')}</Button>
        <Button look="quiet" onClick={other}>{t('invitation.other')}</Button>
      </Form>
    </Layout>
  )
}
