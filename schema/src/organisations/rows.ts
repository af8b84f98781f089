/** People, teams and invitations as they are read: one JSON object each. Ids are UUIDs, times what Postgres prints in JSON. */
import type { OrganisationRole, ProjectRole } from '../shared/permissions.ts'
import { TAKES_SEAT } from './limits.ts'

export interface TeamRow {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly createdAt: string
  readonly members: number
}

export interface MemberRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: OrganisationRole
  readonly takesSeat: boolean
  readonly createdAt: string
  readonly teams: readonly TeamRow[]
}

/** Where the role that counts in a project comes from. */
export type RoleSource = 'organisation' | 'project' | 'default'

export interface ProjectMemberRow {
  readonly id: string
  readonly name: string
  readonly role: ProjectRole
  readonly source: RoleSource
  readonly createdAt: string
}

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export interface InvitationRow {
  readonly id: string
  readonly email: string
  readonly role: OrganisationRole
  readonly state: InvitationState
  readonly projectRoles: readonly { readonly projectId: string; readonly role: ProjectRole }[]
  readonly teams: readonly TeamRow[]
  readonly invitedBy: { readonly id: string; readonly name: string }
  readonly createdAt: string
  readonly expiresAt: string
}

/** A team `t`. */
export const TEAM_JSON = `json_build_object('id', t.id, 'slug', t.slug, 'name', t.name, 'createdAt', t.created_at,
    'members', (SELECT count(*)::int FROM team_members tm WHERE tm.team_id = t.id))`

/** Teams by a condition on `t`, as a JSON array. */
const teams = (where: string): string => `(SELECT coalesce(json_agg(${TEAM_JSON} ORDER BY t.slug), '[]') FROM teams t WHERE ${where})`

/** A member `m` who is the user `u`, of the organisation `o`. */
export const MEMBER_JSON = `json_build_object('id', m.user_id, 'name', u.name, 'email', u.email, 'role', m.role, 'takesSeat', ${TAKES_SEAT}, 'createdAt', m.created_at,
    'teams', ${teams('t.id IN (SELECT tm.team_id FROM team_members tm WHERE tm.organisation_id = m.organisation_id AND tm.user_id = m.user_id)')})`

/** The role of the member `m` of `o` in a project where `pm` is their own one; null: the project does not exist for them. */
export const EFFECTIVE_ROLE = `CASE WHEN m.role = 'TenantAdmin' THEN 'PM'::project_role ELSE coalesce(pm.role, o.default_role) END`
export const ROLE_SOURCE = `CASE WHEN m.role = 'TenantAdmin' THEN 'organisation' WHEN pm.role IS NOT NULL THEN 'project' ELSE 'default' END`

/** An invitation `i`. @param now placeholder of the time */
export const invitationJson = (now: string): string => `json_build_object('id', i.id, 'email', i.email, 'role', i.role, 'createdAt', i.created_at, 'expiresAt', i.expires_at,
    'state', CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= ${now}::timestamptz THEN 'expired' ELSE 'open' END,
    'projectRoles', (SELECT coalesce(json_agg(json_build_object('projectId', p.id, 'role', given.value) ORDER BY p.id), '[]')
      FROM jsonb_each_text(i.project_roles) given JOIN projects p ON p.id = given.key::uuid AND p.organisation_id = i.organisation_id),
    'teams', ${teams('t.id = ANY(i.team_ids) AND t.organisation_id = i.organisation_id')},
    'invitedBy', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = i.invited_by_id))`
