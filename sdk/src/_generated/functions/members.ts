// Generated from sdk/operations/members.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { MembersAcceptInvitationData, MembersAcceptInvitationVariables, MembersInvitationsData, MembersInvitationsVariables, MembersInviteData, MembersInviteVariables, MembersListData, MembersListInProjectData, MembersListInProjectVariables, MembersListVariables, MembersRemoveData, MembersRemoveProjectRoleData, MembersRemoveProjectRoleVariables, MembersRemoveVariables, MembersResendInvitationData, MembersResendInvitationVariables, MembersRevokeInvitationData, MembersRevokeInvitationVariables, MembersSetProjectRoleData, MembersSetProjectRoleVariables, MembersSetRoleData, MembersSetRoleVariables } from '../members.ts'
import { members_acceptInvitation, members_invitations, members_invite, members_list, members_listInProject, members_remove, members_removeProjectRole, members_resendInvitation, members_revokeInvitation, members_setProjectRole, members_setRole } from '../operations/members.ts'

export type * from '../members.ts'

/**
 * Members of the organisation, those of longest standing first.
 *
 * @example
 * ```ts
 * for await (const member of listMembers(client, { search: 'ada' })) console.log(member.name, member.role, member.takesSeat)
 * ```
 */
export function listMembers(client: Client, variables?: MembersListVariables, options?: CallOptions): ListRequest<MembersListData, MembersListData['members'][number]> {
  return list(client, members_list, variables, options)
}

/**
 * Changes what a member is in the organisation. It keeps at least one TenantAdmin.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await setRole(client, { userId: 'grace@example.com', role: 'TENANT_ADMIN' })
 * ```
 */
export function setRole(client: Client, variables: MembersSetRoleVariables, options?: CallOptions): Request<MembersSetRoleData> {
  return call(client, members_setRole, variables, options)
}

/**
 * Ends a membership: roles, teams, keys and sessions in this organisation end with it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await removeMember(client, { userId: 'grace@example.com' })
 * ```
 */
export function removeMember(client: Client, variables: MembersRemoveVariables, options?: CallOptions): Request<MembersRemoveData> {
  return call(client, members_remove, variables, options)
}

/**
 * Invites somebody by mail. The token goes there and nowhere else; the invitation reserves the seat that it will take.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await inviteMember(client, { email: 'linus@example.com', projectRoles: [{ projectId: 'website', role: 'CONTRIBUTOR' }] })
 * if (error instanceof PlanLimitError) console.log(error.message, error.upgradeTo)
 * ```
 */
export function inviteMember(client: Client, variables: MembersInviteVariables, options?: CallOptions): Request<MembersInviteData> {
  return call(client, members_invite, variables, options)
}

/**
 * Invitations to the organisation, the oldest first.
 *
 * @example
 * ```ts
 * const open = await listInvitations(client, { open: true }).toArray()
 * ```
 */
export function listInvitations(client: Client, variables?: MembersInvitationsVariables, options?: CallOptions): ListRequest<MembersInvitationsData, MembersInvitationsData['invitations'][number]> {
  return list(client, members_invitations, variables, options)
}

/**
 * Mails an invitation again, with a new token and its whole time; also one that has expired. The former token is worth nothing.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await resendInvitation(client, { invitationId: 'inv_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function resendInvitation(client: Client, variables: MembersResendInvitationVariables, options?: CallOptions): Request<MembersResendInvitationData> {
  return call(client, members_resendInvitation, variables, options)
}

/**
 * Withdraws an invitation; the seat that it reserved is free.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await revokeInvitation(client, { invitationId: 'inv_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function revokeInvitation(client: Client, variables: MembersRevokeInvitationVariables, options?: CallOptions): Request<MembersRevokeInvitationData> {
  return call(client, members_revokeInvitation, variables, options)
}

/**
 * Makes whoever asks a member. It takes a session, or a key that may do everything, of the person whose address was invited.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await acceptInvitation(client, { token: 'bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA' })
 * ```
 */
export function acceptInvitation(client: Client, variables: MembersAcceptInvitationVariables, options?: CallOptions): Request<MembersAcceptInvitationData> {
  return call(client, members_acceptInvitation, variables, options)
}

/**
 * Who sees a project, in which role, and where that comes from.
 *
 * @example
 * ```ts
 * for await (const { name, role, source } of listProjectMembers(client, { role: 'QA' })) console.log(name, role, source)
 * ```
 */
export function listProjectMembers(client: Client, variables?: MembersListInProjectVariables, options?: CallOptions): ListRequest<MembersListInProjectData, MembersListInProjectData['members'][number]> {
  return list(client, members_listInProject, variables, options)
}

/**
 * Gives a member a role in one project, in place of the default role of the organisation.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await setProjectRole(client, { userId: 'grace@example.com', role: 'QA' })
 * ```
 */
export function setProjectRole(client: Client, variables: MembersSetProjectRoleVariables, options?: CallOptions): Request<MembersSetProjectRoleData> {
  return call(client, members_setProjectRole, variables, options)
}

/**
 * Takes the role in one project from a member: the default role of the organisation counts again.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await removeProjectRole(client, { userId: 'grace@example.com' })
 * ```
 */
export function removeProjectRole(client: Client, variables: MembersRemoveProjectRoleVariables, options?: CallOptions): Request<MembersRemoveProjectRoleData> {
  return call(client, members_removeProjectRole, variables, options)
}
