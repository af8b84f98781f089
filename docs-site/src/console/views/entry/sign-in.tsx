/** Signing in: by password and second factor, or with an API key. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ENTRY_VIEWS, go, linkTo } from '../../routes.ts'
import type { Route } from '../../routes.ts'
import { sessionStore } from '../../session/stored.ts'
import { Notice } from '../../ui/notice.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useEntryText } from './entry-text.ts'
import { KeyForm } from './key-form.tsx'
import { Layout } from './layout.tsx'
import { rememberNext, takeNext } from './next.ts'
import { PasswordForm } from './password-form.tsx'
import type { Server } from './server.ts'
import type { Known } from '../../session/stored.ts'

export interface EntryProps {
  readonly route: Route
  readonly server: Server
}

type Way = 'password' | 'key'

/** From now on signed in, at the page that was asked for. */
export function enter({ route, server }: EntryProps, token: string, known?: Known): void {
  const isEntry = (ENTRY_VIEWS as readonly string[]).includes(route.view)
  // first the address: a page that is shown meanwhile asks who is there
  if (isEntry) go(takeNext(route), { replace: true })
  sessionStore.set({ baseUrl: server.baseUrl, token, known })
}

export function SignIn({ route, server }: EntryProps): ReactNode {
  const t = useEntryText()
  const [way, setWay] = useState<Way>('password')
  const { view, query } = route
  const isWaiting = view !== 'sign-in' && view !== 'projects'
  const keep = (): void => {
    if (isWaiting) rememberNext(location.hash)
  }
  const links = (
    <>
      <a href={linkTo('sign-up')} onClick={keep}>{t('signUp.link')}</a>
      <a href={linkTo('forgot')} onClick={keep}>{t('forgot.link')}</a>
    </>
  )
  return (
    <Layout title={t('signIn.title')} intro={isWaiting ? t('signIn.waiting') : undefined} links={links}>
      {query.has('verified') && <Notice tone="good">{t('verify.done')}</Notice>}
      {query.has('reset') && <Notice tone="good">{t('reset.done')}</Notice>}
      <Tabs<Way> label={t('signIn.ways')} tabs={[{ id: 'password', label: t('signIn.password') }, { id: 'key', label: t('signIn.key') }]} selected={way} select={setWay}>
        {way === 'password' ? <PasswordForm route={route} server={server} /> : <KeyForm route={route} server={server} />}
      </Tabs>
    </Layout>
  )
}
