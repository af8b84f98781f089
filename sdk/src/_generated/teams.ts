// Generated from sdk/operations/teams.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { PageInfo } from './shared.ts'

/** A named group of members: `@team:<slug>` mentions all of them. */
export interface Team {
  id: string
  /** Unique in the organisation; accepted wherever a team id is. */
  slug: string
  /** Display name. */
  name: string
  /** How many belong to it. */
  memberCount: number
  /** When it was made. */
  createdAt: string
}

/** What `teams.list` takes. */
export interface TeamsListVariables {
  /** Part of a name or slug, in any case. */
  search?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `teams.list` answers. */
export interface TeamsListData {
  teams: Team[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `teams.create` takes. */
export interface TeamsCreateVariables {
  /** An id made by the client (UUID or tem_...), so that a retry creates nothing twice. */
  id?: string | null
  /** Display name, 1 to 200 characters. */
  name: string
  /** a-z, 0-9 and dashes. Default: made of the name. */
  slug?: string | null
}

/** What `teams.create` answers. */
export interface TeamsCreateData {
  /** The team as it is now. */
  team: Team
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `teams.update` takes. */
export interface TeamsUpdateVariables {
  /** The team: node id, UUID or slug. */
  teamId: string
  /** Display name, 1 to 200 characters. */
  name?: string | null
  /** a-z, 0-9 and dashes. */
  slug?: string | null
}

/** What `teams.update` answers. */
export interface TeamsUpdateData {
  /** The team as it is now. */
  team: Team
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `teams.delete` takes. */
export interface TeamsDeleteVariables {
  /** The team: node id, UUID or slug. */
  teamId: string
}

/** What `teams.delete` answers. */
export interface TeamsDeleteData {
  /** Node id that it had. */
  teamId: string
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `teams.addMember` takes. */
export interface TeamsAddMemberVariables {
  /** The team: node id, UUID or slug. */
  teamId: string
  /** The member: node id, UUID or e-mail address. */
  userId: string
}

/** What `teams.addMember` answers. */
export interface TeamsAddMemberData {
  /** The team as it is now. */
  team: Team
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `teams.removeMember` takes. */
export interface TeamsRemoveMemberVariables {
  /** The team: node id, UUID or slug. */
  teamId: string
  /** The member: node id, UUID or e-mail address. */
  userId: string
}

/** What `teams.removeMember` answers. */
export interface TeamsRemoveMemberData {
  /** The team as it is now. */
  team: Team
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** Teams: `@team:frontend` mentions all members of one. `members.list({ teamId })` lists them. */
export interface TeamsGroup {
  /**
   * Teams of the organisation, the oldest first.
   *
   * @example
   * ```ts
   * for await (const team of client.teams.list({ search: 'front' })) console.log(team.slug, team.memberCount)
   * ```
   */
  list(variables?: TeamsListVariables, options?: CallOptions): ListRequest<TeamsListData, TeamsListData['teams'][number]>

  /**
   * Makes a team without members.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.teams.create({ name: 'Back end', slug: 'backend' })
   * ```
   */
  create(variables: TeamsCreateVariables, options?: CallOptions): Request<TeamsCreateData>

  /**
   * Changes name or slug of a team.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.teams.update({ teamId: 'frontend', name: 'Front end' })
   * ```
   */
  update(variables: TeamsUpdateVariables, options?: CallOptions): Request<TeamsUpdateData>

  /**
   * Deletes a team; its members stay in the organisation.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.teams.delete({ teamId: 'frontend' })
   * ```
   */
  delete(variables: TeamsDeleteVariables, options?: CallOptions): Request<TeamsDeleteData>

  /**
   * Adds a member of the organisation to a team.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.teams.addMember({ teamId: 'frontend', userId: 'grace@example.com' })
   * ```
   */
  addMember(variables: TeamsAddMemberVariables, options?: CallOptions): Request<TeamsAddMemberData>

  /**
   * Takes somebody out of a team.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.teams.removeMember({ teamId: 'frontend', userId: 'grace@example.com' })
   * ```
   */
  removeMember(variables: TeamsRemoveMemberVariables, options?: CallOptions): Request<TeamsRemoveMemberData>
}
