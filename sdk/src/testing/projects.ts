/** The operations of `client.projects`. */
import type {
  ProjectsArchiveData, ProjectsArchiveVariables, ProjectsCreateData, ProjectsCreateVariables, ProjectsGetData, ProjectsGetVariables, ProjectsListData,
  ProjectPermissions, ProjectsListVariables, ProjectsUpdateData, ProjectsUpdateVariables,
} from '../_generated/projects.ts'
import type { WriteVariables } from './change-plan.ts'
import { newestFirst, pageOf } from './pages.ts'
import { archivedIsReadOnly, invalid, taken } from './refusals.ts'
import { isAllowed, parseReference, requirePermission, sequenceOf, slugTaken } from './state.ts'
import type { Call, ProjectState } from './state.ts'
import { viewProject } from './views.ts'

export function listProjects(call: Call, { first = 50, after, archived = false, search }: ProjectsListVariables): ProjectsListData {
  requirePermission(call, 'projects.read')
  const part = search?.toLowerCase() ?? ''
  const matches = ({ archivedAt, name, slug }: ProjectState): boolean => (archivedAt !== null) === archived && (name.toLowerCase().includes(part) || slug.includes(part))
  // This list is cut at 100 where more is asked for; the others refuse.
  const page = pageOf(call.state.projects.toSorted(newestFirst), { first: Math.min(first, 100), after }, matches)
  return { projects: page.items.map(viewProject), pageInfo: page.pageInfo, totalCount: page.totalCount }
}

export function getProject(call: Call, { projectId = '' }: ProjectsGetVariables): ProjectsGetData {
  requirePermission(call, 'projects.read')
  return { ...viewProject(call.state.project(projectId)), viewerCan: viewerCan(call) }
}

/** Whoever asks is an administrator: the scopes of the key alone say what it may do. */
const PERMISSIONS: Readonly<Record<Exclude<keyof ProjectPermissions, '__typename'>, string>> = {
  projectsRead: 'projects.read',
  projectsWrite: 'projects.write',
  projectsRoles: 'projects.roles',
  plannerRead: 'planner.read',
  plannerWrite: 'planner.write',
  builderRun: 'builder.run',
  qaRun: 'qa.run',
  commentsRead: 'comments.read',
  commentsWrite: 'comments.write',
  commentsModerate: 'comments.moderate',
  commentsPromote: 'comments.promote',
  webhooksRead: 'webhooks.read',
  webhooksWrite: 'webhooks.write',
  governanceRead: 'governance.read',
  governanceRequest: 'governance.request',
  governanceWrite: 'governance.write',
  governanceApprove: 'governance.approve',
  governanceOverride: 'governance.override',
  presenceRead: 'presence.read',
  presenceWrite: 'presence.write',
}

const viewerCan = (call: Call): ProjectPermissions => {
  const can = Object.fromEntries(Object.entries(PERMISSIONS).map(([field, permission]) => [field, isAllowed(call, permission)]))
  return { ...can, builderRun: isAllowed(call, 'builder.run') || isAllowed(call, 'planner.write') } as ProjectPermissions
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** A slug made of a name: letters without marks, digits and dashes; at most 60 characters. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return plain.slice(0, 60).replace(/-+$/, '')
}

function checkNames({ name, slug }: { name?: string | null; slug?: string | null }): void {
  if (name != null && (name.trim() === '' || name.length > 200)) throw invalid('A name has 1 to 200 characters.', ['name'])
  if (slug != null && (!SLUG.test(slug) || slug.length > 60)) {
    throw invalid(`A slug is made of a-z, 0-9 and single dashes, at most 60 characters; ${JSON.stringify(slug)} is not.`, ['slug'])
  }
}

export function createProject(call: Call, variables: ProjectsCreateVariables & WriteVariables): ProjectsCreateData {
  const { state } = call
  requirePermission(call, 'projects.write')
  checkNames(variables)
  const { name, description = null, idempotencyKey } = variables
  const wanted = variables.id == null ? undefined : parseReference(variables.id, 'prj')
  if (wanted !== undefined && wanted.id === undefined) throw invalid('An id given by the client is a UUID, or prj_ and a UUID without dashes.', ['id'])
  const slug = variables.slug ?? slugOf(name)
  if (slug === '') throw invalid(`No slug can be made of the name ${JSON.stringify(name)}; give one.`, ['slug'])
  const earlier = state.replayed<Written>(idempotencyKey, 'project.create', variables)
  if (earlier !== undefined) return written(call, earlier)
  if (state.projects.some(({ id }) => id === wanted?.id)) throw taken(`A project with the id ${JSON.stringify(variables.id)} exists already.`, ['id'])
  const project = state.add({ id: wanted?.id, slug, name, description })
  const sequence = state.append(call, project, 'project.created', { slug, name, description })
  return remembered(call, 'project.create', variables, { id: project.id, sequence })
}

interface Written {
  readonly id: string
  readonly sequence: number
}

/** Written again for a repeated request: the project as it is now, with the sequence of then. */
const written = ({ state }: Call, { id, sequence }: Written): ProjectsCreateData => ({ project: viewProject(state.project(`prj_${id}`)), sequence })

function remembered(call: Call, action: string, variables: WriteVariables, answer: Written): ProjectsCreateData {
  call.state.remember(variables.idempotencyKey, action, variables, answer)
  return written(call, answer)
}

/** Reads the project and lets `decide` change it; what that answers is the event, or null for no change. */
function changeProject(call: Call, action: string, variables: WriteVariables, decide: (project: ProjectState) => { kind: string; data: unknown } | null): ProjectsUpdateData {
  const { state } = call
  requirePermission(call, 'projects.read')
  const project = state.project(variables.projectId ?? '')
  requirePermission(call, 'projects.write')
  if (project.archivedAt !== null && action !== 'project.archive') throw archivedIsReadOnly()
  const earlier = state.replayed<Written>(variables.idempotencyKey, action, variables)
  if (earlier !== undefined) return written(call, earlier)
  const event = decide(project)
  if (event === null) return written(call, { id: project.id, sequence: sequenceOf(project) })
  const sequence = state.append(call, project, event.kind, event.data)
  return remembered(call, action, variables, { id: project.id, sequence })
}

export function updateProject(call: Call, variables: ProjectsUpdateVariables & WriteVariables): ProjectsUpdateData {
  checkNames(variables)
  return changeProject(call, 'project.update', variables, (project) => {
    const before = { slug: project.slug, name: project.name, description: project.description }
    const { description = before.description } = variables
    const after = { slug: variables.slug ?? before.slug, name: variables.name ?? before.name, description }
    if (after.slug === before.slug && after.name === before.name && after.description === before.description) return null
    if (call.state.projects.some((other) => other !== project && other.slug === after.slug)) throw slugTaken(after.slug)
    Object.assign(project, after)
    const head = project.plan.head['project'] as Record<string, unknown> | undefined
    if (head === undefined || (after.name === before.name && after.description === before.description)) return { kind: 'project.updated', data: { before, after } }
    // A plan that names its project is changed with it, so that files follow.
    const { description: _, ...rest } = head
    const renamed = { ...rest, name: after.name, ...(after.description === null ? {} : { description: after.description }) }
    project.plan = { ...project.plan, head: { ...project.plan.head, project: renamed } }
    return { kind: 'plan.changed', data: { changes: [{ op: 'head', set: { project: renamed } }], inverse: [{ op: 'head', set: { project: head } }] } }
  })
}

export const archiveProject = (call: Call, variables: ProjectsArchiveVariables & WriteVariables): ProjectsArchiveData =>
  changeProject(call, 'project.archive', variables, (project) => {
    const { archived = true } = variables
    if ((project.archivedAt !== null) === archived) return null
    project.archivedAt = archived ? call.state.now() : null
    return { kind: archived ? 'project.archived' : 'project.restored', data: {} }
  })
