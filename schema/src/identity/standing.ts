/** What a member may do, as every key and session reads it with its own row. */
import type { Actor } from '../context.ts'
import type { Tier } from '../shared/operator-policy.ts'
import type { OrganisationRole, PlatformRole, ProjectRole } from '../shared/permissions.ts'

/** Joins `m` (the membership), `u` (the person) and `o` (the organisation) to a row `owner` with a user and an organisation. */
export const standingJoin = (owner: string): string =>
  `JOIN members m ON m.organisation_id = ${owner}.organisation_id AND m.user_id = ${owner}.user_id JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id`

export const STANDING_COLUMNS = `m.role, u.platform_role, o.default_role, o.tier,
  (SELECT json_object_agg(pm.project_id, pm.role) FROM project_members pm WHERE pm.organisation_id = m.organisation_id AND pm.user_id = m.user_id) AS project_roles`

export interface StandingRow {
  role: OrganisationRole
  platform_role: PlatformRole | null
  default_role: ProjectRole | null
  tier: Tier
  project_roles: Record<string, ProjectRole> | null
}

export type Standing = Pick<Actor, 'organisationRole' | 'platformRole' | 'defaultRole' | 'projectRoles' | 'tier'>

export const standingOf = (row: StandingRow): Standing => ({
  organisationRole: row.role,
  platformRole: row.platform_role,
  defaultRole: row.default_role,
  tier: row.tier,
  projectRoles: new Map(Object.entries(row.project_roles ?? {})),
})

/** What an administrator of an organisation has, for work that no request asked for. */
export const ADMINISTRATOR: Standing = { organisationRole: 'TenantAdmin', platformRole: null, defaultRole: 'Viewer', projectRoles: new Map(), tier: 'enterprise' }
