// Generated from sdk/operations/projects.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { ProjectsArchiveData, ProjectsArchiveVariables, ProjectsCreateData, ProjectsCreateVariables, ProjectsGetData, ProjectsGetVariables, ProjectsListData, ProjectsListVariables, ProjectsUpdateData, ProjectsUpdateVariables } from '../projects.ts'
import { projects_archive, projects_create, projects_get, projects_list, projects_update } from '../operations/projects.ts'

export type * from '../projects.ts'

/**
 * Projects that the key can see, newest first.
 *
 * @example
 * ```ts
 * for await (const project of listProjects(client, { search: 'web' })) console.log(project.slug, project.progress.percent)
 * ```
 */
export function listProjects(client: Client, variables?: ProjectsListVariables, options?: CallOptions): ListRequest<ProjectsListData, ProjectsListData['projects'][number]> {
  return list(client, projects_list, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * const { data, error } = await getProject(client)
 * ```
 */
export function getProject(client: Client, variables?: ProjectsGetVariables, options?: CallOptions): Request<ProjectsGetData> {
  return call(client, projects_get, variables, options)
}

/**
 * Creates an empty project.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await createProject(client, { name: 'Website' })
 * console.log(data?.project.id ?? error?.message)
 * ```
 */
export function createProject(client: Client, variables: ProjectsCreateVariables, options?: CallOptions): Request<ProjectsCreateData> {
  return call(client, projects_create, variables, options)
}

/**
 * Changes name, slug or description of a project.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateProject(client)
 * ```
 */
export function updateProject(client: Client, variables?: ProjectsUpdateVariables, options?: CallOptions): Request<ProjectsUpdateData> {
  return call(client, projects_update, variables, options)
}

/**
 * Archives a project, so that it can be read and not changed; or restores it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await archiveProject(client)
 * ```
 */
export function archiveProject(client: Client, variables?: ProjectsArchiveVariables, options?: CallOptions): Request<ProjectsArchiveData> {
  return call(client, projects_archive, variables, options)
}
