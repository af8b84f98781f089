/** Who is signed in, for every page: the client, the person, and what they may do in the organisation. */
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { UnauthenticatedError } from '@buildrunner/sdk'
import type { BuildRunnerError, BuildRunnerSDK } from '@buildrunner/sdk'
import { createClient } from './client.ts'
import { sessionStore } from './stored.ts'
import type { Known, StoredSession } from './stored.ts'

export interface Session extends Known {
  readonly client: BuildRunnerSDK
  readonly baseUrl: string
  /** Reads person and permissions again, e.g. after another organisation was chosen. */
  refresh(): Promise<void>
  /** Ends the session on the server where there is one, and forgets it here. */
  signOut(): Promise<void>
}

const SessionContext = createContext<Session | null>(null)

/** @throws Error outside of a signed-in page */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('This page needs somebody who is signed in.')
  return session
}

/** What the server says of whoever the token belongs to. */
export async function readKnown(client: BuildRunnerSDK): Promise<{ known: Known | undefined; error: BuildRunnerError | undefined }> {
  const [viewer, organisation] = await Promise.all([client.viewer.get(), client.organisations.get()])
  const { data, error } = viewer
  if (data === undefined || error) return { known: undefined, error }
  const can = { ...organisation.data?.viewerCan } as Record<string, boolean>
  const { id: userId, name, email, apiKey } = data
  return { known: { userId, name, email, organisation: data.organisation, can, keyName: apiKey?.name ?? null }, error: undefined }
}

type Standing = { readonly state: 'out' | 'loading' | 'in' } | { readonly state: 'failed'; readonly error: BuildRunnerError; retry(): void }

/** The stored session, checked with the server; a server that is away leaves what is known. */
function useStanding(stored: StoredSession | null, client: BuildRunnerSDK | null): Standing & { refresh(): Promise<void> } {
  const [failure, setFailure] = useState<BuildRunnerError>()
  const token = stored?.token
  const refresh = useMemo(
    () => async () => {
      if (client === null) return
      const { known, error } = await readKnown(client)
      const now = sessionStore.get()
      if (now === null || now.token !== token) return
      if (known) sessionStore.set({ ...now, known })
      if (error instanceof UnauthenticatedError) sessionStore.set(null)
      setFailure(error)
    },
    [client, token],
  )
  useEffect(() => void refresh(), [refresh])
  if (stored === null) return { state: 'out', refresh }
  if (stored.known) return { state: 'in', refresh }
  return failure ? { state: 'failed', error: failure, retry: () => void refresh(), refresh } : { state: 'loading', refresh }
}

interface SessionProviderProps {
  readonly children: ReactNode
  /** What is shown to somebody who is not signed in. */
  readonly entry: ReactNode
  readonly loading: ReactNode
  failed(error: BuildRunnerError, retry: () => void): ReactNode
}

export function SessionProvider({ children, entry, loading, failed }: SessionProviderProps): ReactNode {
  const stored = useSyncExternalStore(sessionStore.subscribe, sessionStore.get)
  const { baseUrl, token } = stored ?? {}
  const client = useMemo(() => (baseUrl === undefined || token === undefined ? null : createClient(baseUrl, token)), [baseUrl, token])
  const standing = useStanding(stored, client)
  const known = stored?.known
  const session = useMemo<Session | null>(() => {
    if (client === null || known === undefined || baseUrl === undefined) return null
    const signOut = async (): Promise<void> => {
      if (known.keyName === null) await client.auth.signOut()
      sessionStore.set(null)
    }
    return { ...known, client, baseUrl, refresh: standing.refresh, signOut }
  }, [client, known, baseUrl, standing.refresh])
  if (standing.state === 'failed') return failed(standing.error, standing.retry)
  if (session === null) return standing.state === 'loading' ? loading : entry
  return <SessionContext value={session}>{children}</SessionContext>
}
