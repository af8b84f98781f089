// Generated from sdk/operations/projects.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { ItemCounts, PageInfo, Progress } from './shared.ts'

/** A project and its plan. */
export interface Project {
  id: string
  /** Unique in the organisation; accepted wherever a project id is. */
  slug: string
  /** Display name. */
  name: string
  /** Markdown. */
  description: string | null
  /** When it was created. */
  createdAt: string
  /** When it or its plan last changed. */
  updatedAt: string
  /** When it was archived; null while it is in use. */
  archivedAt: string | null
  /** How many items its plan has. */
  counts: ItemCounts
  /** Progress of the whole plan. */
  progress: Progress
}

/** What whoever asks may do in a project. */
export interface ProjectPermissions {
  /** projects.read: See a project. */
  projectsRead: boolean
  /** projects.write: Rename, describe, archive and restore a project. */
  projectsWrite: boolean
  /** projects.roles: Give and take roles in a project. */
  projectsRoles: boolean
  /** planner.read: Read the plan and its history. */
  plannerRead: boolean
  /** planner.write: Change the plan: items, order, criteria, sync, import. */
  plannerWrite: boolean
  /** builder.run: Carry the plan out: set the status of microsteps. */
  builderRun: boolean
  /** qa.run: Run quality checks and record their evidence. */
  qaRun: boolean
  /** comments.read: Read comments. */
  commentsRead: boolean
  /** comments.write: Write, answer and resolve comments; edit and delete own ones. */
  commentsWrite: boolean
  /** comments.moderate: Edit and delete other people's comments. */
  commentsModerate: boolean
  /** comments.promote: Promote a comment to a microstep; planner.write is needed too. */
  commentsPromote: boolean
  /** webhooks.read: See webhooks, and what became of their deliveries. */
  webhooksRead: boolean
  /** webhooks.write: Make, change and delete webhooks; send deliveries again. */
  webhooksWrite: boolean
  /** governance.read: See the project's own rules, their history, and approvals; ask what they say. */
  governanceRead: boolean
  /** governance.request: Ask for agreement to a change that a rule wants agreement for. */
  governanceRequest: boolean
  /** governance.write: Change the project's own rules. */
  governanceWrite: boolean
  /** governance.approve: Grant and refuse approvals, as far as the rule lets the role. */
  governanceApprove: boolean
  /** governance.override: Write in spite of the project's own rules, with a reason. */
  governanceOverride: boolean
  /** presence.read: See who is there. */
  presenceRead: boolean
  /** presence.write: Be seen: which item one is on, and what one does there. */
  presenceWrite: boolean
}

/** What `projects.list` takes. */
export interface ProjectsListVariables {
  /** Default: 50. */
  first?: number
  after?: string | null
  /** true: only archived ones; false (the default): only those in use. Default: false. */
  archived?: boolean
  /** Part of a name or slug, in any case. */
  search?: string | null
}

/** What `projects.list` answers. */
export interface ProjectsListData {
  projects: Project[]
  pageInfo: PageInfo
  totalCount: number
}

/** What `projects.get` takes. */
export interface ProjectsGetVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `projects.get` answers. */
export type ProjectsGetData = Project & {
  /** What whoever asks may do in it. */
  viewerCan: ProjectPermissions
}

/** What `projects.create` takes. */
export interface ProjectsCreateVariables {
  /** An id made by the client (UUID or prj_...), so that a retry creates nothing twice. */
  id?: string | null
  /** Display name, 1 to 200 characters. */
  name: string
  /** a-z, 0-9 and dashes. Default: made of the name. */
  slug?: string | null
  /** Markdown. */
  description?: string | null
}

/** What `projects.create` answers. */
export interface ProjectsCreateData {
  /** The project as it is now. */
  project: Project
  /** Sequence of the write's event in the project's stream. */
  sequence: number
}

/** What `projects.update` takes. */
export interface ProjectsUpdateVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Display name. */
  name?: string | null
  /** a-z, 0-9 and dashes. */
  slug?: string | null
  /** Markdown; null removes it. */
  description?: string | null
}

/** What `projects.update` answers. */
export interface ProjectsUpdateData {
  /** The project as it is now. */
  project: Project
  /** Sequence of the write's event in the project's stream. */
  sequence: number
}

/** What `projects.archive` takes. */
export interface ProjectsArchiveVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** false restores it. Default: true. */
  archived?: boolean
}

/** What `projects.archive` answers. */
export interface ProjectsArchiveData {
  /** The project as it is now. */
  project: Project
  /** Sequence of the write's event in the project's stream. */
  sequence: number
}

/** Projects: each keeps one plan. */
export interface ProjectsGroup {
  /**
   * Projects that the key can see, newest first.
   *
   * @example
   * ```ts
   * for await (const project of client.projects.list({ search: 'web' })) console.log(project.slug, project.progress.percent)
   * ```
   */
  list(variables?: ProjectsListVariables, options?: CallOptions): ListRequest<ProjectsListData, ProjectsListData['projects'][number]>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.get()
   * ```
   */
  get(variables?: ProjectsGetVariables, options?: CallOptions): Request<ProjectsGetData>

  /**
   * Creates an empty project.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.create({ name: 'Website' })
   * console.log(data?.project.id ?? error?.message)
   * ```
   */
  create(variables: ProjectsCreateVariables, options?: CallOptions): Request<ProjectsCreateData>

  /**
   * Changes name, slug or description of a project.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.update()
   * ```
   */
  update(variables?: ProjectsUpdateVariables, options?: CallOptions): Request<ProjectsUpdateData>

  /**
   * Archives a project, so that it can be read and not changed; or restores it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.projects.archive()
   * ```
   */
  archive(variables?: ProjectsArchiveVariables, options?: CallOptions): Request<ProjectsArchiveData>
}
