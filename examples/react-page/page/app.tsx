/** The page: how far the project is, what can be worked on now, and the plan. */
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { useMutation, useQuery } from 'urql'
import { errorOf } from '@buildrunner/sdk/urql'
import type { ConnectionStore } from './connection.ts'
import { PlanPage, STATUSES, SetStatus } from './documents.ts'
import type { Microstep, Project, Status } from './documents.ts'
import { ConnectionState, Notice } from './notices.tsx'
import { MilestoneCard, Progress, ReadyCard } from './plan.tsx'
import { TalkCard } from './talk.tsx'

/** Asked again whenever the project changes; the object must stay the same between renders. */
const LIVE = { live: true }

interface AppProps {
  projectId: string
  connection: ConnectionStore
}

export function App({ projectId, connection }: AppProps) {
  const [result, askAgain] = useQuery({ query: PlanPage, variables: useMemo(() => ({ projectId }), [projectId]), context: LIVE })
  const { setStatus, failure, dismiss, announcement } = useSetStatus(projectId)
  const state = useSyncExternalStore(connection.subscribe, connection.get)
  const project = result.data?.project
  const error = result.operation && errorOf({ ...result, operation: result.operation })
  return (
    <>
      <header className="top">
        <div>
          <p className="eyebrow">Plan</p>
          <h1>{project?.name ?? 'Loading'}</h1>
        </div>
        <ConnectionState connection={state} />
      </header>
      <main>
        {error && <Notice error={error} action="Try again" onAction={() => askAgain({ requestPolicy: 'network-only' })} />}
        {failure && <Notice error={failure} action="Dismiss" onAction={dismiss} />}
        {project ? <Overview projectId={projectId} project={project} onStatus={setStatus} /> : !error && <p className="muted">The plan is being read.</p>}
      </main>
      <p role="status" className="visually-hidden">{announcement}</p>
    </>
  )
}

interface OverviewProps {
  projectId: string
  project: Project
  onStatus: (item: Microstep, status: Status) => void
}

function Overview({ projectId, project, onStatus }: OverviewProps) {
  const { progress, analysis, plan } = project
  const microsteps = plan.milestones.flatMap(({ steps }) => steps).flatMap((step) => step.microsteps)
  const byKey = new Map(microsteps.map((item) => [item.key, item]))
  const ready = analysis.ready.flatMap((key) => byKey.get(key) ?? [])
  const blocked = new Map(analysis.blocked.map(({ key, reasons }) => [key, reasons.map(({ message }) => message).join(' ')]))
  return (
    <>
      <section className="card overall" aria-labelledby="overall">
        <h2 id="overall">Progress</h2>
        <Progress of={project.name} progress={progress} />
      </section>
      <ReadyCard items={ready} empty={progress.done === progress.total ? 'Everything is done.' : 'Nothing can be started now.'} onStatus={onStatus} />
      <TalkCard projectId={projectId} items={microsteps} />
      <h2>Milestones</h2>
      {plan.milestones.map((milestone) => <MilestoneCard key={milestone.id} milestone={milestone} blocked={blocked} onStatus={onStatus} />)}
      {plan.milestones.length === 0 && <p className="muted">The plan has no milestones yet. Import one with `br plan import`.</p>}
    </>
  )
}

/** Sets a status: the cache shows it at once, and takes it back when the server refuses. */
function useSetStatus(projectId: string) {
  const [, send] = useMutation(SetStatus)
  const [failure, setFailure] = useState<ReturnType<typeof errorOf>>()
  const [announcement, announce] = useState('')
  const setStatus = useCallback(async ({ id, key }: Microstep, status: Status) => {
    setFailure(undefined)
    const error = errorOf(await send({ input: { projectId, id, status } }))
    setFailure(error)
    announce(error ? '' : `${key} is ${STATUSES[status].toLowerCase()}.`)
  }, [send, projectId])
  return { setStatus, failure, dismiss: () => setFailure(undefined), announcement }
}
