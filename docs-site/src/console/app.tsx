/** The console: who is signed in, the frame around every page, and the page that the address names. */
import { Suspense, lazy, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import { Frame } from './frame/frame.tsx'
import { isEntry, useRoute } from './routes.ts'
import { SessionProvider } from './session/session.tsx'
import { sessionStore } from './session/stored.ts'
import { loadText } from './text/text.ts'
import { Announcer } from './ui/announcer.tsx'
import { Failure, Loading } from './ui/states.tsx'
import { View } from './views.tsx'

export function App(): ReactNode {
  return (
    <ErrorBoundary>
      <Suspense fallback={<div className="spinner page-spinner" />}>
        <Announcer>
          <Console />
        </Announcer>
      </Suspense>
    </ErrorBoundary>
  )
}

/** Links of mails lead to the entry pages for everybody, signed in or not. */
function Console(): ReactNode {
  const route = useRoute()
  const entry = <View name="entry" route={route} />
  if (isEntry(route)) return entry
  return (
    <SessionProvider entry={entry} loading={<Loading />} failed={(error, retry) => <NotIn error={error} retry={retry} />}>
      <Frame route={route} />
    </SessionProvider>
  )
}

const Restricted = lazy(() => Promise.all([import('./views/entry/restricted.tsx'), loadText('entry')]).then(([module]) => module))
/** The person is known, and has something to do before going on. */
const RESTRICTIONS = ['MFA_REQUIRED', 'ORGANISATION_REQUIRED']

function NotIn({ error, retry }: { readonly error: BuildRunnerError; retry(): void }): ReactNode {
  const stored = useSyncExternalStore(sessionStore.subscribe, sessionStore.get)
  if (stored !== null && RESTRICTIONS.includes(error.code)) return <Restricted stored={stored} goOn={retry} />
  return <main className="lone"><Failure error={error} retry={retry} /></main>
}
