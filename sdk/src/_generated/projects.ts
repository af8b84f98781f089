// Generated from sdk/operations/projects.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Operation, Request } from '../request.ts'
import { ConflictValueFragment, FailureFragment, ItemCountsFragment, PageInfoFragment, PlanProblemFragment, ProgressFragment } from './shared.ts'
import type { ItemCounts, PageInfo, Progress } from './shared.ts'

export interface Project {
  id: string
  slug: string
  name: string
  description: string | null
  createdAt: string
  updatedAt: string
  archivedAt: string | null
  /** Sequence number of the project's newest event. */
  sequence: number
  counts: ItemCounts
  progress: Progress
}

export const ProjectFragment = 'fragment Project on Project{id slug name description createdAt updatedAt archivedAt sequence counts{...ItemCounts}progress{...Progress}}'

/** What `projects.list` takes. */
export interface ProjectsListVariables {
  /** Default: 50. */
  first?: number
  after?: string | null
  archived?: boolean | null
  search?: string | null
}

/** What `projects.list` answers. */
export interface ProjectsListData {
  projects: Project[]
  pageInfo: PageInfo
  totalCount: number
}

export const projects_list: Operation = { text: ['query projects_list($first:Int=50$after:String$archived:Boolean$search:String){projects(first:$first after:$after archived:$archived search:$search){projects:nodes{...Project}pageInfo{...PageInfo}totalCount}}', ProjectFragment, ItemCountsFragment, ProgressFragment, PageInfoFragment], items: 'projects' }

/** What `projects.get` takes. */
export interface ProjectsGetVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
}

/** What `projects.get` answers. */
export type ProjectsGetData = Project

export const projects_get: Operation = { text: ['query projects_get($projectId:ID!){project(projectId:$projectId){...Project}}', ProjectFragment, ItemCountsFragment, ProgressFragment] }

/** What `projects.create` takes. */
export interface ProjectsCreateVariables {
  id?: string | null
  name: string
  slug?: string | null
  description?: string | null
}

/** What `projects.create` answers. */
export interface ProjectsCreateData {
  project: Project
}

export const projects_create: Operation = { text: ['mutation projects_create($id:ID$name:String!$slug:String$description:String$idempotencyKey:String){createProject(input:{id:$id name:$name slug:$slug description:$description idempotencyKey:$idempotencyKey}){__typename ...Failure ...on CreateProjectPayload{project{...Project}}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, ProjectFragment, ItemCountsFragment, ProgressFragment] }

/** What `projects.update` takes. */
export interface ProjectsUpdateVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  name?: string | null
  slug?: string | null
  description?: string | null
}

/** What `projects.update` answers. */
export interface ProjectsUpdateData {
  project: Project
}

export const projects_update: Operation = { text: ['mutation projects_update($projectId:ID!$name:String$slug:String$description:String$idempotencyKey:String){updateProject(input:{projectId:$projectId name:$name slug:$slug description:$description idempotencyKey:$idempotencyKey}){__typename ...Failure ...on UpdateProjectPayload{project{...Project}}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, ProjectFragment, ItemCountsFragment, ProgressFragment] }

/** What `projects.archive` takes. */
export interface ProjectsArchiveVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  archived?: boolean | null
}

/** What `projects.archive` answers. */
export interface ProjectsArchiveData {
  project: Project
}

export const projects_archive: Operation = { text: ['mutation projects_archive($projectId:ID!$archived:Boolean$idempotencyKey:String){archiveProject(input:{projectId:$projectId archived:$archived idempotencyKey:$idempotencyKey}){__typename ...Failure ...on ArchiveProjectPayload{project{...Project}}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, ProjectFragment, ItemCountsFragment, ProgressFragment] }

/** Projects: each keeps one plan. */
export interface ProjectsGroup {
  /**
   * @example
   * ```ts
   * for await (const project of client.projects.list({ search: 'web' })) console.log(project.slug, project.progress.percent)
   * ```
   */
  list(variables?: ProjectsListVariables, options?: CallOptions): ListRequest<ProjectsListData, ProjectsListData['projects'][number]>

  /**
   * @example
   * ```ts
   * const { data, error } = await client.projects.get()
   * ```
   */
  get(variables?: ProjectsGetVariables, options?: CallOptions): Request<ProjectsGetData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.create({ name: 'Website' })
   * console.log(data?.project.id ?? error?.message)
   * ```
   */
  create(variables: ProjectsCreateVariables, options?: CallOptions): Request<ProjectsCreateData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.update()
   * ```
   */
  update(variables?: ProjectsUpdateVariables, options?: CallOptions): Request<ProjectsUpdateData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.archive()
   * ```
   */
  archive(variables?: ProjectsArchiveVariables, options?: CallOptions): Request<ProjectsArchiveData>
}

export const projects = {
  list: projects_list,
  get: projects_get,
  create: projects_create,
  update: projects_update,
  archive: projects_archive,
} satisfies Record<keyof ProjectsGroup, Operation>
