// Generated from sdk/operations/members.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { GivenProjectRoleInput, InvitationState, OrganisationRole, ProjectRole, RoleSource } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** Somebody who belongs to the organisation. */
export interface Member {
  /** Node id of the user. */
  id: string
  /** Display name. */
  name: string
  /** E-mail address. */
  email: string
  /** In the organisation. */
  role: OrganisationRole
  /** False for those whose every role is Viewer. */
  takesSeat: boolean
  /** Teams they belong to, by slug. */
  teams: Array<{
    id: string
    /** Unique in the organisation; accepted wherever a team id is. */
    slug: string
    /** Display name. */
    name: string
  }>
  /** Since when. */
  joinedAt: string
}

/** Somebody who sees a project, and in which role. */
export interface ProjectMember {
  /** Node id of the user. */
  id: string
  /** Display name. */
  name: string
  /** The role that counts. */
  role: ProjectRole
  /** Where it comes from. */
  source: RoleSource
}

/** Somebody was asked by mail to join. */
export interface Invitation {
  id: string
  /** Where it was mailed to. */
  email: string
  /** What they will be in the organisation. */
  role: OrganisationRole
  /** Roles in projects that it brings. */
  projectRoles: Array<{
    /** Node id of the project. */
    projectId: string
    /** The role. */
    role: ProjectRole
  }>
  /** Teams that it brings. */
  teams: Array<{
    id: string
    /** Unique in the organisation; accepted wherever a team id is. */
    slug: string
    /** Display name. */
    name: string
  }>
  /** What became of it. */
  state: InvitationState
  /** Who invited them. */
  invitedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** When. */
  createdAt: string
  /** Until when it can be accepted. */
  expiresAt: string
}

/** What `members.list` takes. */
export interface MembersListVariables {
  /** Part of a name or e-mail address, in any case. */
  search?: string | null
  /** Only those in this role. */
  role?: OrganisationRole | null
  /** Only those of this team: node id, UUID or slug. */
  teamId?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `members.list` answers. */
export interface MembersListData {
  members: Member[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `members.setRole` takes. */
export interface MembersSetRoleVariables {
  /** The member: node id, UUID or e-mail address. */
  userId: string
  /** The new role in the organisation. */
  role: OrganisationRole
}

/** What `members.setRole` answers. */
export interface MembersSetRoleData {
  /** The member as they are now. */
  member: Member
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.remove` takes. */
export interface MembersRemoveVariables {
  /** The member: node id, UUID or e-mail address. */
  userId: string
}

/** What `members.remove` answers. */
export interface MembersRemoveData {
  /** Node id of the user. */
  userId: string
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.invite` takes. */
export interface MembersInviteVariables {
  /** Where the invitation is mailed to. Only who signs in under this address can accept it. */
  email: string
  /** What they will be in the organisation. Default: MEMBER. */
  role?: OrganisationRole
  /** Roles in projects that come with it. */
  projectRoles?: readonly GivenProjectRoleInput[] | null
  /** Teams that come with it: node ids, UUIDs or slugs. */
  teamIds?: readonly string[] | null
}

/** What `members.invite` answers. */
export interface MembersInviteData {
  /** The invitation as it is now. */
  invitation: Invitation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.invitations` takes. */
export interface MembersInvitationsVariables {
  /** true: only those that can still be accepted; false: only the others. Default: both. */
  open?: boolean | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `members.invitations` answers. */
export interface MembersInvitationsData {
  invitations: Invitation[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `members.resendInvitation` takes. */
export interface MembersResendInvitationVariables {
  /** The invitation: node id or UUID. */
  invitationId: string
}

/** What `members.resendInvitation` answers. */
export interface MembersResendInvitationData {
  /** The invitation as it is now. */
  invitation: Invitation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.revokeInvitation` takes. */
export interface MembersRevokeInvitationVariables {
  /** The invitation: node id or UUID. */
  invitationId: string
}

/** What `members.revokeInvitation` answers. */
export interface MembersRevokeInvitationData {
  /** The invitation as it is now. */
  invitation: Invitation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.acceptInvitation` takes. */
export interface MembersAcceptInvitationVariables {
  /** From the mail. */
  token: string
}

/** What `members.acceptInvitation` answers. */
export interface MembersAcceptInvitationData {
  /** Node id of the organisation. */
  organisationId: string
  /** Its name. */
  organisation: string
  /** What one is in it. */
  role: OrganisationRole
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.listInProject` takes. */
export interface MembersListInProjectVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Part of a name, in any case. */
  search?: string | null
  /** Only those in whom this role counts. */
  role?: ProjectRole | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `members.listInProject` answers. */
export interface MembersListInProjectData {
  members: ProjectMember[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `members.setProjectRole` takes. */
export interface MembersSetProjectRoleVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The member: node id, UUID or e-mail address. */
  userId: string
  /** The role. */
  role: ProjectRole
}

/** What `members.setProjectRole` answers. */
export interface MembersSetProjectRoleData {
  /** With the role that counts now; null: the project does not exist for them any more. */
  member: ProjectMember | null
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `members.removeProjectRole` takes. */
export interface MembersRemoveProjectRoleVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The member: node id, UUID or e-mail address. */
  userId: string
}

/** What `members.removeProjectRole` answers. */
export interface MembersRemoveProjectRoleData {
  /** With the role that counts now; null: the project does not exist for them any more. */
  member: ProjectMember | null
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** Members of the organisation, invitations, and roles in projects. */
export interface MembersGroup {
  /**
   * Members of the organisation, those of longest standing first.
   *
   * @example
   * ```ts
   * for await (const member of client.members.list({ search: 'ada' })) console.log(member.name, member.role, member.takesSeat)
   * ```
   */
  list(variables?: MembersListVariables, options?: CallOptions): ListRequest<MembersListData, MembersListData['members'][number]>

  /**
   * Changes what a member is in the organisation. It keeps at least one TenantAdmin.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.setRole({ userId: 'grace@example.com', role: 'TENANT_ADMIN' })
   * ```
   */
  setRole(variables: MembersSetRoleVariables, options?: CallOptions): Request<MembersSetRoleData>

  /**
   * Ends a membership: roles, teams, keys and sessions in this organisation end with it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.remove({ userId: 'grace@example.com' })
   * ```
   */
  remove(variables: MembersRemoveVariables, options?: CallOptions): Request<MembersRemoveData>

  /**
   * Invites somebody by mail. The token goes there and nowhere else; the invitation reserves the seat that it will take.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.invite({ email: 'linus@example.com', projectRoles: [{ projectId: 'website', role: 'CONTRIBUTOR' }] })
   * if (error instanceof PlanLimitError) console.log(error.message, error.upgradeTo)
   * ```
   */
  invite(variables: MembersInviteVariables, options?: CallOptions): Request<MembersInviteData>

  /**
   * Invitations to the organisation, the oldest first.
   *
   * @example
   * ```ts
   * const open = await client.members.invitations({ open: true }).toArray()
   * ```
   */
  invitations(variables?: MembersInvitationsVariables, options?: CallOptions): ListRequest<MembersInvitationsData, MembersInvitationsData['invitations'][number]>

  /**
   * Mails an invitation again, with a new token and its whole time; also one that has expired. The former token is worth nothing.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.resendInvitation({ invitationId: 'inv_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  resendInvitation(variables: MembersResendInvitationVariables, options?: CallOptions): Request<MembersResendInvitationData>

  /**
   * Withdraws an invitation; the seat that it reserved is free.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.revokeInvitation({ invitationId: 'inv_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  revokeInvitation(variables: MembersRevokeInvitationVariables, options?: CallOptions): Request<MembersRevokeInvitationData>

  /**
   * Makes whoever asks a member. It takes a session, or a key that may do everything, of the person whose address was invited.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.acceptInvitation({ token: 'bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA' })
   * ```
   */
  acceptInvitation(variables: MembersAcceptInvitationVariables, options?: CallOptions): Request<MembersAcceptInvitationData>

  /**
   * Who sees a project, in which role, and where that comes from.
   *
   * @example
   * ```ts
   * for await (const { name, role, source } of client.members.listInProject({ role: 'QA' })) console.log(name, role, source)
   * ```
   */
  listInProject(variables?: MembersListInProjectVariables, options?: CallOptions): ListRequest<MembersListInProjectData, MembersListInProjectData['members'][number]>

  /**
   * Gives a member a role in one project, in place of the default role of the organisation.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.setProjectRole({ userId: 'grace@example.com', role: 'QA' })
   * ```
   */
  setProjectRole(variables: MembersSetProjectRoleVariables, options?: CallOptions): Request<MembersSetProjectRoleData>

  /**
   * Takes the role in one project from a member: the default role of the organisation counts again.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.members.removeProjectRole({ userId: 'grace@example.com' })
   * ```
   */
  removeProjectRole(variables: MembersRemoveProjectRoleVariables, options?: CallOptions): Request<MembersRemoveProjectRoleData>
}
