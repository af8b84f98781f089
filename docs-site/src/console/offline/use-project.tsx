/** The open project's plan, queue and conflicts, for the parts of a page. */
import { Suspense, createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { BuildRunnerError } from '@buildrunner/sdk'
import type { PlanAnalysis } from '@buildrunner/sdk/plans'
import { ErrorBoundary } from '../frame/error-boundary.tsx'
import { useSession } from '../session/session.tsx'
import { Failure, Loading } from '../ui/states.tsx'
import type { Owner } from './device.ts'
import { forgetReplica, holdReplica, replicaOf } from './open-projects.ts'
import type { ProjectReplica, ProjectState } from './project-replica.ts'

export type { Connection, ProjectState } from './project-replica.ts'

const ReplicaContext = createContext<ProjectReplica | null>(null)

/** Whose data this device keeps for the session. */
export function useOwner(): Owner {
  const { baseUrl, userId, organisation: { id: organisationId } } = useSession()
  return { baseUrl, userId, organisationId }
}

/**
 * The open project as it is now, rendered again with every change. Suspends until it is open.
 *
 * @example
 * ```tsx
 * const { flat, offline, connection } = useProject()
 * const rename = (title: string) => offline.edit([{ op: 'update', id: 'T-12', set: { title } }])
 * ```
 * @throws BuildRunnerError when it cannot be opened: `OfflineScope` shows that, with a way to try again
 */
export function useProject(): ProjectState {
  const replica = use(ReplicaContext)
  if (replica === null) throw new Error('This page needs an open project.')
  const state = useSyncExternalStore(replica.subscribe, replica.get)
  if (state !== undefined) return state
  use(replica.ready)
  throw new Error('The project was closed while it was being opened.')
}

/** Milliseconds after which what waits for a pause is done all the same. */
const AT_LATEST_MS = 500

/** Once the browser has nothing better to do. @returns what takes it back */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback(work, { timeout: AT_LATEST_MS })
    return () => cancelIdleCallback(idle)
  }
  const timer = setTimeout(work, 50) // Safari has no such callback
  return () => clearTimeout(timer)
}

/** Figures of the plan as it is shown; those of the plan before while new ones are made. Undefined until the first ones are there. */
export function useAnalysis(): PlanAnalysis | undefined {
  const { analyse } = useProject()
  const [analysis, setAnalysis] = useState<PlanAnalysis>()
  useEffect(() => {
    let isWanted = true
    // After the picture, and after what a person does meanwhile: a plan that was changed is shown first.
    const cancel = whenIdle(() => void analyse().then((figures) => isWanted && setAnalysis(figures), () => {}))
    return () => {
      isWanted = false
      cancel()
    }
  }, [analyse])
  return analysis
}

/** Opens the project for what it holds, without waiting for it. @param projectId node id */
export function OfflineScope({ projectId, children }: { readonly projectId: string; readonly children: ReactNode }): ReactNode {
  const { client } = useSession()
  const owner = useOwner()
  const [, openAgain] = useState(0)
  const replica = replicaOf(client, owner, projectId)
  useEffect(() => holdReplica(replica), [replica])
  return (
    <ErrorBoundary
      fallback={(error, again) => {
        // A page that is broken is the frame's to show.
        if (!(error instanceof BuildRunnerError)) throw error
        const retry = (): void => {
          forgetReplica(replica)
          openAgain((turn) => turn + 1)
          again()
        }
        return <Failure error={error} retry={retry} />
      }}
    >
      <ReplicaContext value={replica}>
        <Suspense fallback={<Loading />}>{children}</Suspense>
      </ReplicaContext>
    </ErrorBoundary>
  )
}
