// Generated from sdk/operations/teams.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { TeamsAddMemberData, TeamsAddMemberVariables, TeamsCreateData, TeamsCreateVariables, TeamsDeleteData, TeamsDeleteVariables, TeamsListData, TeamsListVariables, TeamsRemoveMemberData, TeamsRemoveMemberVariables, TeamsUpdateData, TeamsUpdateVariables } from '../teams.ts'
import { teams_addMember, teams_create, teams_delete, teams_list, teams_removeMember, teams_update } from '../operations/teams.ts'

export type * from '../teams.ts'

/**
 * Teams of the organisation, the oldest first.
 *
 * @example
 * ```ts
 * for await (const team of listTeams(client, { search: 'front' })) console.log(team.slug, team.memberCount)
 * ```
 */
export function listTeams(client: Client, variables?: TeamsListVariables, options?: CallOptions): ListRequest<TeamsListData, TeamsListData['teams'][number]> {
  return list(client, teams_list, variables, options)
}

/**
 * Makes a team without members.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await createTeam(client, { name: 'Back end', slug: 'backend' })
 * ```
 */
export function createTeam(client: Client, variables: TeamsCreateVariables, options?: CallOptions): Request<TeamsCreateData> {
  return call(client, teams_create, variables, options)
}

/**
 * Changes name or slug of a team.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateTeam(client, { teamId: 'frontend', name: 'Front end' })
 * ```
 */
export function updateTeam(client: Client, variables: TeamsUpdateVariables, options?: CallOptions): Request<TeamsUpdateData> {
  return call(client, teams_update, variables, options)
}

/**
 * Deletes a team; its members stay in the organisation.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteTeam(client, { teamId: 'frontend' })
 * ```
 */
export function deleteTeam(client: Client, variables: TeamsDeleteVariables, options?: CallOptions): Request<TeamsDeleteData> {
  return call(client, teams_delete, variables, options)
}

/**
 * Adds a member of the organisation to a team.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await addTeamMember(client, { teamId: 'frontend', userId: 'grace@example.com' })
 * ```
 */
export function addTeamMember(client: Client, variables: TeamsAddMemberVariables, options?: CallOptions): Request<TeamsAddMemberData> {
  return call(client, teams_addMember, variables, options)
}

/**
 * Takes somebody out of a team.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await removeTeamMember(client, { teamId: 'frontend', userId: 'grace@example.com' })
 * ```
 */
export function removeTeamMember(client: Client, variables: TeamsRemoveMemberVariables, options?: CallOptions): Request<TeamsRemoveMemberData> {
  return call(client, teams_removeMember, variables, options)
}
