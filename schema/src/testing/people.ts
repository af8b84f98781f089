/** People with roles, each with a key that may do everything its person may: for tests of who may do what. */
import { newApiKey } from '../identity/keys.ts'
import { newUuid } from '../shared/ids.ts'
import type { OrganisationRole, PlatformRole, ProjectRole, Role } from '../shared/permissions.ts'
import { ORGANISATION_ROLES, PLATFORM_ROLES, PROJECT_ROLES } from '../shared/permissions.ts'
import type { TestWorkspace } from './workspace.ts'

export interface Person {
  readonly userId: string
  readonly organisationId: string
  readonly apiKey: string
  readonly email: string
}

export interface PersonOptions {
  readonly name: string
  /** Default: one that nobody else has. */
  readonly email?: string
  /** Default: the organisation of the workspace. */
  readonly organisationId?: string
  /** Default: `Member`. */
  readonly role?: OrganisationRole
  readonly platformRole?: PlatformRole | null
  /** Roles in projects, by their UUIDs. */
  readonly projects?: Readonly<Record<string, ProjectRole>>
}

export async function addPerson(workspace: TestWorkspace, options: PersonOptions): Promise<Person> {
  const { name, organisationId = workspace.actor.organisationId, role = 'Member', platformRole = null, projects = {} } = options
  const [userId, email, { key, prefix, hash }] = [newUuid(), options.email ?? `${name.toLowerCase()}-${newUuid()}@example.com`, await newApiKey(workspace.services.keyHashCost)]
  const insert = (text: string, values: unknown[]): Promise<unknown> => workspace.pool.query(text, values)
  await insert('INSERT INTO users (id, email, name, platform_role) VALUES ($1, $2, $3, $4)', [userId, email, name, platformRole])
  await insert('INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, $3)', [organisationId, userId, role])
  for (const [projectId, projectRole] of Object.entries(projects)) {
    await insert('INSERT INTO project_members (project_id, organisation_id, user_id, role) VALUES ($1, $2, $3, $4)', [projectId, organisationId, userId, projectRole])
  }
  await insert(`INSERT INTO api_keys (id, organisation_id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, $3, 'Test', $4, $5, '{*}')`, [newUuid(), organisationId, userId, prefix, hash])
  return { userId, organisationId, apiKey: key, email }
}

/** Every role of the matrix. */
export const ROLES: readonly Role[] = [...PROJECT_ROLES, ...ORGANISATION_ROLES, ...PLATFORM_ROLES]

/**
 * One person of every role. Roles in projects are held in the given project; a TenantAdmin, a Member and the operator's people
 * hold none, and the organisation's default role is taken away, so that only a TenantAdmin sees projects without one.
 */
export async function addCast(workspace: TestWorkspace, projectId: string): Promise<Readonly<Record<Role, Person>>> {
  await workspace.pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [workspace.actor.organisationId])
  const people = await Promise.all(ROLES.map(async (name) => {
    const within = (roles: readonly string[]): boolean => roles.includes(name)
    const person = await addPerson(workspace, {
      name,
      ...(within(ORGANISATION_ROLES) && { role: name as OrganisationRole }),
      ...(within(PLATFORM_ROLES) && { platformRole: name as PlatformRole }),
      ...(within(PROJECT_ROLES) && { projects: { [projectId]: name as ProjectRole } }),
    })
    return [name, person] as const
  }))
  return Object.fromEntries(people) as Record<Role, Person>
}
