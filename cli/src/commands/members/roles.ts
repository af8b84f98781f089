/** Roles as people write them: `TechLead`, `tech-lead`, `TECH_LEAD`. */
import { failure } from '../../core/errors.ts'
import { t } from '../../text/text.ts'
import type { OrganisationRole, ProjectRole } from '@buildrunner/sdk'

const PROJECT_ROLES: Readonly<Record<string, ProjectRole>> = { pm: 'PM', techlead: 'TECH_LEAD', qa: 'QA', contributor: 'CONTRIBUTOR', viewer: 'VIEWER' }
const ORGANISATION_ROLES: Readonly<Record<string, OrganisationRole>> = { tenantadmin: 'TENANT_ADMIN', member: 'MEMBER' }

function read<Role>(roles: Readonly<Record<string, Role>>, value: string, expected: string): Role {
  const key = value.toLowerCase().replace(/[-_ ]/g, '')
  const role = Object.hasOwn(roles, key) ? roles[key] : undefined
  if (role === undefined) throw failure('INVALID_VALUE', { option: 'role', value, expected })
  return role
}

/** @throws INVALID_VALUE naming the roles */
export const projectRole = (value: string): ProjectRole => read(PROJECT_ROLES, value, t('a role in a project: PM, TechLead, QA, Contributor or Viewer'))
/** @throws INVALID_VALUE naming the roles */
export const organisationRole = (value: string): OrganisationRole => read(ORGANISATION_ROLES, value, t('a role in the organisation: TenantAdmin or Member (roles in a project need --project)'))

/** `TECH_LEAD` is `TechLead`. */
export const roleName = (role: string): string => (role === 'PM' || role === 'QA' ? role : role.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()))
