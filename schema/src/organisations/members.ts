/** Members: their role in the organisation, removing them, leaving, and their roles in single projects. */
import type { AuditAction } from '../audit/actions.ts'
import type { Actor, Context } from '../context.ts'
import { ForbiddenError, NotFoundError } from '../shared/errors.ts'
import { encodeNodeId, parseReference } from '../shared/ids.ts'
import { requireActor, requireInProject, requirePermission } from '../shared/permissions.ts'
import type { OrganisationRole, ProjectRole } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { askPolicy, changeOrganisation, stateWith } from './change.ts'
import type { Written } from './change.ts'
import { TAKES_SEAT } from './limits.ts'

export interface MemberTarget {
  readonly userId: string
  readonly role: OrganisationRole
  readonly takesSeat: boolean
  /** How many TenantAdmins there are. */
  readonly administrators: number
  /** In the project that the write is about. */
  readonly projectRole: ProjectRole | null
}

/** A member by the UUID or e-mail address in two placeholders; `$n` of their own role's project. */
export const memberTarget = (uuid: string, email: string, projectId = 'NULL::uuid'): string =>
  `SELECT json_build_object('userId', m.user_id, 'role', m.role, 'takesSeat', ${TAKES_SEAT},
     'administrators', (SELECT count(*)::int FROM members a WHERE a.organisation_id = o.id AND a.role = 'TenantAdmin'),
     'projectRole', (SELECT pm.role FROM project_members pm WHERE pm.user_id = m.user_id AND pm.project_id = ${projectId}))
   FROM members m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND (m.user_id = ${uuid}::uuid OR lower(u.email) = ${email}::text)`

/** Values of `memberTarget`: people are named by node id, UUID or e-mail address. */
export function memberValues(ref: string): [uuid: string | null, email: string | null] {
  const { uuid, name } = parseReference(ref, 'User')
  return [uuid, name?.toLowerCase() ?? null]
}

/** @throws NotFoundError when nobody of that name is a member */
export function requireMember<Target>(target: Target | null, ref: string): Target {
  if (target === null) throw new NotFoundError('member', ref, ['userId'])
  return target
}

export const personId = (userId: string): string => encodeNodeId('User', userId)

/**
 * Joining and leaving concern the person alone: they need no permission, but a session, or a key that may do everything. Nobody
 * does it under somebody else's name.
 */
export function requirePerson(ctx: Context): Actor {
  const actor = requireActor(ctx)
  const whole = actor.sessionId !== null || (actor.scopes.has('*') && actor.projectId === null)
  if (!whole || actor.impersonator !== null) throw new ForbiddenError('*')
  return actor
}

export type MemberWritten = Written<{ readonly userId: string }>

const MEMBER = stateWith<MemberTarget>('member', memberTarget('$5', '$6'))

const SET_ROLE: Omit<RowChange, 'values'> = {
  name: 'member-role',
  text: (p) => `UPDATE members SET role = ${p(2)}::organisation_role FROM head WHERE organisation_id = $3::uuid AND user_id = ${p(1)}::uuid`,
}

export interface SetMemberRole {
  readonly userId: string
  readonly role: OrganisationRole
  readonly idempotencyKey?: string | null | undefined
}

/** Changes what somebody is in the organisation. @throws PolicyError when no TenantAdmin would be left */
export async function setMemberRole(ctx: Context, input: SetMemberRole): Promise<MemberWritten> {
  requirePermission(ctx, 'members.write')
  return changeOrganisation(ctx, {
    action: 'member.role', input, read: MEMBER, values: memberValues(input.userId),
    decide({ target }) {
      const { userId, role, takesSeat, administrators } = requireMember(target, input.userId)
      if (role === input.role) return { result: { userId }, change: null }
      askPolicy(ctx, 'member.role', { projectArchived: false, leavesNoAdministrator: role === 'TenantAdmin' && administrators === 1 })
      return {
        result: { userId },
        change: {
          kind: 'member.roleChanged', data: { userId: personId(userId), role: input.role, before: role }, target: { type: 'user', id: userId },
          before: { role }, after: { role: input.role }, rows: [{ ...SET_ROLE, values: [userId, input.role] }],
          ...(input.role === 'TenantAdmin' && { growth: { seats: takesSeat ? 0 : 1 } }),
        },
      }
    },
  })
}

/** Roles in projects and teams go with the membership, by their foreign keys. */
const DELETE: Omit<RowChange, 'values'> = {
  name: 'member-delete',
  text: (p) => `DELETE FROM members USING head WHERE organisation_id = $3::uuid AND user_id = ${p(1)}::uuid`,
}
const END_KEYS: Omit<RowChange, 'values'> = {
  name: 'member-keys',
  text: (p) => `UPDATE api_keys SET enabled = false, revoked_at = coalesce(revoked_at, $10::timestamptz) FROM head WHERE organisation_id = $3::uuid AND user_id = ${p(1)}::uuid`,
}
const END_SESSIONS: Omit<RowChange, 'values'> = {
  name: 'member-sessions',
  text: (p) => `DELETE FROM sessions USING head WHERE sessions.organisation_id = $3::uuid AND user_id = ${p(1)}::uuid`,
}

function endMembership(ctx: Context, action: AuditAction & ('member.remove' | 'member.leave'), kind: string, input: RemoveMember): Promise<MemberWritten> {
  return changeOrganisation(ctx, {
    action, input, read: MEMBER, values: memberValues(input.userId),
    decide({ target }) {
      const { userId, role, administrators } = requireMember(target, input.userId)
      askPolicy(ctx, action, { projectArchived: false, leavesNoAdministrator: role === 'TenantAdmin' && administrators === 1 })
      const rows = [DELETE, END_KEYS, END_SESSIONS].map((row) => ({ ...row, values: [userId] }))
      return { result: { userId }, change: { kind, data: { userId: personId(userId) }, target: { type: 'user', id: userId }, before: { role }, after: null, rows } }
    },
  })
}

export interface RemoveMember {
  readonly userId: string
  readonly idempotencyKey?: string | null | undefined
}

/** Ends a membership: roles, teams, keys and sessions in this organisation end with it. @throws PolicyError for the last TenantAdmin */
export async function removeMember(ctx: Context, input: RemoveMember): Promise<MemberWritten> {
  requirePermission(ctx, 'members.write')
  return endMembership(ctx, 'member.remove', 'member.removed', input)
}

/** Ends one's own membership. @throws PolicyError for the last TenantAdmin */
export async function leaveOrganisation(ctx: Context, input: { readonly idempotencyKey?: string | null | undefined }): Promise<MemberWritten> {
  return endMembership(ctx, 'member.leave', 'member.left', { ...input, userId: requirePerson(ctx).userId })
}

interface ProjectTarget {
  readonly projectId: string
  readonly slug: string
  readonly name: string
  readonly policyVersion: number | null
  readonly archived: boolean
  readonly member: MemberTarget | null
}

const IN_PROJECT = stateWith<ProjectTarget>(
  'project-role',
  `SELECT json_build_object('projectId', p.id, 'slug', p.slug, 'name', p.name, 'policyVersion', p.policy_version, 'archived', p.archived_at IS NOT NULL, 'member', (${memberTarget('$7', '$8', 'p.id')}))
   FROM projects p WHERE p.organisation_id = o.id AND (p.id = $5::uuid OR p.slug = $6::text)`,
)

const GIVE: Omit<RowChange, 'values'> = {
  name: 'project-role-give',
  text: (p) => `INSERT INTO project_members (project_id, organisation_id, user_id, role, created_at) SELECT ${p(1)}::uuid, $3::uuid, ${p(2)}::uuid, ${p(3)}::project_role, $10::timestamptz FROM head
    ON CONFLICT (project_id, user_id) DO UPDATE SET role = EXCLUDED.role`,
}
const TAKE: Omit<RowChange, 'values'> = {
  name: 'project-role-take',
  text: (p) => `DELETE FROM project_members USING head WHERE project_id = ${p(1)}::uuid AND user_id = ${p(2)}::uuid`,
}

export interface SetProjectRole {
  readonly projectId: string
  readonly userId: string
  /** Null takes the role away: the organisation's default role counts again. */
  readonly role: ProjectRole | null
  readonly idempotencyKey?: string | null | undefined
}

export type ProjectRoleWritten = Written<{ readonly projectId: string; readonly userId: string }>

/** Gives somebody a role in one project, or takes it away. */
export async function setProjectRole(ctx: Context, input: SetProjectRole): Promise<ProjectRoleWritten> {
  requirePermission(ctx, 'projects.roles')
  const { uuid, name } = parseReference(input.projectId, 'Project')
  const { role } = input
  return changeOrganisation(ctx, {
    action: 'member.projectRole', input, read: IN_PROJECT, values: [uuid, name, ...memberValues(input.userId)],
    decide({ target }) {
      requireInProject(ctx, 'projects.roles', target?.projectId, { kind: 'project', ref: input.projectId, path: ['projectId'] })
      const { projectId, archived, member, ...named } = target as ProjectTarget
      askPolicy(ctx, 'member.projectRole', { projectArchived: archived })
      const { userId, projectRole, takesSeat } = requireMember(member, input.userId)
      if (projectRole === role) return { result: { projectId, userId }, change: null }
      const row = role === null ? { ...TAKE, values: [projectId, userId] } : { ...GIVE, values: [projectId, userId, role] }
      return {
        result: { projectId, userId },
        change: {
          kind: 'member.projectRoleChanged', data: { projectId: encodeNodeId('Project', projectId), userId: personId(userId), role, before: projectRole },
          target: { type: 'user', id: userId }, before: { projectId, role: projectRole }, after: { projectId, role }, rows: [row], governed: { project: { ...named, id: projectId, archived } },
          ...(role !== null && role !== 'Viewer' && { growth: { seats: takesSeat ? 0 : 1 } }),
        },
      }
    },
  })
}
