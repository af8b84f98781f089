/** A session that may not go further yet: its organisation wants a second factor, or it works in none. */
import { Suspense, lazy, useMemo } from 'react'
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useCall } from '../../data/use-call.ts'
import { createClient } from '../../session/client.ts'
import { sessionStore } from '../../session/stored.ts'
import type { StoredSession } from '../../session/stored.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice, Notice } from '../../ui/notice.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useEntryText } from './entry-text.ts'
import { Layout } from './layout.tsx'
import './entry.css'

const EnableSecondFactor = lazy(() => import('../settings/enable-second-factor.tsx').then(({ EnableSecondFactor: Component }) => ({ default: Component })))

interface RestrictedProps {
  readonly stored: StoredSession
  /** Asks the server again what the session may do. */
  goOn(): void
}

export default function Restricted({ stored, goOn }: RestrictedProps): ReactNode {
  const t = useEntryText()
  const client = useMemo(() => createClient(stored.baseUrl, stored.token), [stored.baseUrl, stored.token])
  const { data: session, error, reload } = useCall(() => client.auth.session(), [client])
  const choose = useAction((organisationId: string) => client.auth.switchOrganisation({ organisationId }))
  const signOut = <Button look="quiet" onClick={() => void client.auth.signOut().then(() => sessionStore.set(null))}>{t('restricted.signOut')}</Button>
  const others = session?.organisations.filter(({ current }) => !current) ?? []
  const isMissingFactor = session?.restriction === 'MFA_REQUIRED'
  return (
    <Layout title={isMissingFactor ? t('restricted.factor') : t('restricted.organisation')}>
      {error && <Failure error={error} retry={() => void reload()} />}
      {!session && !error && <Loading />}
      {isMissingFactor && (
        <>
          <Notice tone="warn">{session.twoFactorEnabled ? t('restricted.signInAgain') : t('restricted.factor.text')}</Notice>
          {!session.twoFactorEnabled && <Suspense fallback={<Loading />}><EnableSecondFactor client={client} done={goOn} /></Suspense>}
        </>
      )}
      {session && !isMissingFactor && others.length === 0 && <Notice tone="info">{t('restricted.none', { email: session.email })}</Notice>}
      <ErrorNotice error={choose.error} />
      {others.length > 0 && (
        <ul className="entry-organisations" aria-label={t('restricted.choose')}>
          {others.map(({ id, name }) => <li key={id}><Button busy={choose.busy} onClick={() => void choose.run(id).then((chosen) => chosen && goOn())}>{name}</Button></li>)}
        </ul>
      )}
      {signOut}
    </Layout>
  )
}
