/** The open project, for its pages: what it is, and what one may do in it. Without network, as it was known last. */
import { createContext, use, useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { ForbiddenError, NotFoundError } from '@buildrunner/sdk'
import type { Project, ProjectPermissions } from '@buildrunner/sdk'
import { useCall } from '../data/use-call.ts'
import { knownProject, rememberProject } from '../offline/known-projects.ts'
import { OfflineScope, useOwner } from '../offline/use-project.tsx'
import { useSession } from '../session/session.tsx'
import { Failure, Loading } from '../ui/states.tsx'

export interface OpenProject {
  readonly project: Project
  readonly can: ProjectPermissions
  /** Reads name, progress and permissions again. */
  reload(): Promise<void>
}

const ProjectContext = createContext<OpenProject | null>(null)

/** @throws Error outside of a page of a project */
export function useOpenProject(): OpenProject {
  const open = use(ProjectContext)
  if (open === null) throw new Error('This page needs an open project.')
  return open
}

export function ProjectScope({ project: projectId, children }: { readonly project: string; readonly children: ReactNode }): ReactNode {
  const { client } = useSession()
  const { baseUrl, userId, organisationId } = useOwner()
  const owner = useMemo(() => ({ baseUrl, userId, organisationId }), [baseUrl, userId, organisationId])
  const known = useMemo(() => knownProject(owner, projectId), [owner, projectId])
  const { data, error, reload } = useCall(() => client.projects.get({ projectId }), [client, projectId])
  const isRefused = error instanceof NotFoundError || error instanceof ForbiddenError
  useEffect(() => {
    if (data) rememberProject(owner, projectId, data)
    else if (isRefused) rememberProject(owner, projectId, undefined)
  }, [owner, projectId, data, isRefused])
  useEffect(() => {
    const again = (): void => void reload()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [reload])
  const project = data ?? (isRefused ? undefined : known)
  const open = useMemo(() => project && { project, can: project.viewerCan, reload }, [project, reload])
  if (open === undefined) return error ? <><h1 className="visually-hidden">{projectId}</h1><Failure error={error} retry={() => void reload()} /></> : <Loading />
  return (
    <ProjectContext value={open}>
      <OfflineScope projectId={open.project.id}>{children}</OfflineScope>
    </ProjectContext>
  )
}
