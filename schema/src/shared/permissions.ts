/**
 * Who may do what: the whole matrix of roles and permissions, and the questions that services ask of it.
 *
 * Three kinds of roles: in a project (PM, TechLead, QA, Contributor, Viewer), in an organisation (TenantAdmin, Member), and for
 * the operator of the server (SupportAgent, GlobalAdmin). A TenantAdmin acts as PM in every project of the organisation. A
 * request may do what its person's role grants AND its key's scopes cover; a session covers everything.
 */
import type { Actor, Context, RefusedRequest } from '../context.ts'
import { ForbiddenError, IMPERSONATING, NotFoundError, UnauthenticatedError } from './errors.ts'
import type { DomainError } from './errors.ts'

export const PROJECT_ROLES = ['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'] as const
export const ORGANISATION_ROLES = ['TenantAdmin', 'Member'] as const
export const PLATFORM_ROLES = ['GlobalAdmin', 'SupportAgent'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number]
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number]
export type PlatformRole = (typeof PLATFORM_ROLES)[number]
export type Role = ProjectRole | OrganisationRole | PlatformRole

interface PermissionRule {
  /** Where it is held: in a project, in an organisation, or on the whole server. */
  readonly level: 'project' | 'organisation' | 'platform'
  readonly roles: readonly Role[]
  readonly description: string
}

const inProject = (roles: readonly ProjectRole[], description: string): PermissionRule => ({ level: 'project', roles: [...roles, 'TenantAdmin'], description })
const inOrganisation = (roles: readonly OrganisationRole[], description: string): PermissionRule => ({ level: 'organisation', roles, description })
const onPlatform = (roles: readonly (PlatformRole | 'TenantAdmin')[], description: string): PermissionRule => ({ level: 'platform', roles, description })

/** One line a permission: its name is also the scope of a key, its roles are those that have it. */
export const PERMISSIONS = {
  'projects.read': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], 'See a project.'),
  'projects.write': inProject(['PM'], 'Rename, describe, archive and restore a project.'),
  'projects.roles': inProject(['PM'], 'Give and take roles in a project.'),
  'planner.read': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], 'Read the plan and its history.'),
  'planner.write': inProject(['PM', 'TechLead', 'Contributor'], 'Change the plan: items, order, criteria, sync, import.'),
  'builder.run': inProject(['PM', 'TechLead', 'QA', 'Contributor'], 'Carry the plan out: set the status of microsteps.'),
  'qa.run': inProject(['PM', 'TechLead', 'QA'], 'Run quality checks and record their evidence.'),
  'comments.read': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], 'Read comments.'),
  'comments.write': inProject(['PM', 'TechLead', 'QA', 'Contributor'], 'Write, answer and resolve comments; edit and delete own ones.'),
  'comments.moderate': inProject(['PM', 'TechLead'], "Edit and delete other people's comments."),
  'comments.promote': inProject(['PM', 'TechLead'], 'Promote a comment to a microstep; planner.write is needed too.'),
  'webhooks.read': inProject(['PM', 'TechLead'], 'See webhooks, and what became of their deliveries.'),
  'webhooks.write': inProject(['PM', 'TechLead'], 'Make, change and delete webhooks; send deliveries again.'),
  'governance.read': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], "See the project's own rules, their history, and approvals; ask what they say."),
  'governance.request': inProject(['PM', 'TechLead', 'QA', 'Contributor'], 'Ask for agreement to a change that a rule wants agreement for.'),
  'governance.write': inProject(['PM', 'TechLead'], "Change the project's own rules."),
  'governance.approve': inProject(['PM', 'TechLead', 'QA'], 'Grant and refuse approvals, as far as the rule lets the role.'),
  'governance.override': inProject(['PM'], "Write in spite of the project's own rules, with a reason."),
  'presence.read': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], 'See who is there.'),
  'presence.write': inProject(['PM', 'TechLead', 'QA', 'Contributor', 'Viewer'], 'Be seen: which item one is on, and what one does there.'),

  'projects.create': inOrganisation(['TenantAdmin', 'Member'], 'Create a project.'),
  'organisation.read': inOrganisation(['TenantAdmin', 'Member'], 'See the organisation, its limits and its settings.'),
  'organisation.write': inOrganisation(['TenantAdmin'], 'Change the settings of the organisation.'),
  'members.read': inOrganisation(['TenantAdmin', 'Member'], 'See members and teams.'),
  'members.write': inOrganisation(['TenantAdmin'], 'Invite and remove members, change their roles, manage teams.'),
  'keys.read': inOrganisation(['TenantAdmin', 'Member'], 'See own API keys; a TenantAdmin sees all.'),
  'keys.write': inOrganisation(['TenantAdmin', 'Member'], 'Create, rotate and revoke own API keys.'),
  'keys.manage': inOrganisation(['TenantAdmin'], "Rotate and revoke other people's API keys."),
  'notifications.read': inOrganisation(['TenantAdmin', 'Member'], 'Read own notifications, and what one watches.'),
  'notifications.write': inOrganisation(['TenantAdmin', 'Member'], 'Mark own notifications read; watch, mute, and choose what is mailed.'),
  'templates.read': inOrganisation(['TenantAdmin', 'Member'], 'Read the templates of the organisation, and make plans of them.'),
  'templates.write': inOrganisation(['TenantAdmin', 'Member'], 'Publish templates; new versions and deprecations of what somebody else began are for a TenantAdmin.'),
  'audit.read': inOrganisation(['TenantAdmin'], 'Search the audit log; read its checkpoints and proofs.'),
  'audit.export': inOrganisation(['TenantAdmin'], 'Read all of the audit log as it is stored: to verify it, and to export it.'),
  'audit.erase': inOrganisation(['TenantAdmin'], 'Erase personal data from the audit log.'),
  'graphql.text': inOrganisation(['TenantAdmin', 'Member'], 'Send documents of its own where only trusted ones are executed.'),

  'people.impersonate': onPlatform(['TenantAdmin', 'SupportAgent', 'GlobalAdmin'], 'Act as somebody of a lower rank, for a while and with a reason.'),
  'tenants.read': onPlatform(['SupportAgent', 'GlobalAdmin'], 'See every organisation.'),
  'tenants.write': onPlatform(['GlobalAdmin'], 'Change tier and seats of an organisation, give platform roles.'),
  'platform.audit': onPlatform(['GlobalAdmin'], "Read and verify the platform's own audit log."),
} as const satisfies Record<string, PermissionRule>

export type Permission = keyof typeof PERMISSIONS
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[]

/** Scopes that cover more than the permission of their own name. */
const COVERS: Partial<Record<Permission, readonly Permission[]>> = { 'planner.write': ['builder.run'], 'projects.write': ['projects.create'] }
const COVERED_BY = new Map<Permission, readonly Permission[]>(
  PERMISSION_NAMES.map((name) => [name, PERMISSION_NAMES.filter((scope) => COVERS[scope]?.includes(name))]),
)

const GRANTS = new Map<Role, ReadonlySet<Permission>>(
  [...PROJECT_ROLES, ...ORGANISATION_ROLES, ...PLATFORM_ROLES].map((role) => [role, new Set(PERMISSION_NAMES.filter((name) => (PERMISSIONS[name].roles as readonly Role[]).includes(role)))]),
)

/** What the matrix says of one cell. */
export const grants = (role: Role, permission: Permission): boolean => GRANTS.get(role)?.has(permission) === true

/** Whether the scopes of the request's key cover a permission. */
export const covers = ({ scopes }: Pick<Actor, 'scopes'>, permission: Permission): boolean =>
  scopes.has('*') || scopes.has(permission) || (COVERED_BY.get(permission) as readonly Permission[]).some((scope) => scopes.has(scope))

/** The role that counts in a project; null: the project does not exist for this person, or for a key that is bound to another. */
export function roleIn(actor: Actor, projectId: string): ProjectRole | null {
  if (actor.projectId !== null && actor.projectId !== projectId) return null
  return actor.organisationRole === 'TenantAdmin' ? 'PM' : (actor.projectRoles.get(projectId) ?? actor.defaultRole)
}

/** What a key that is bound to one project may do beyond it. */
const OF_BOUND_KEYS: ReadonlySet<Permission> = new Set(['organisation.read', 'graphql.text'])
const reaches = ({ projectId }: Actor, permission: Permission): boolean => projectId === null || PERMISSIONS[permission].level === 'project' || OF_BOUND_KEYS.has(permission)

/** What nobody may do in somebody else's name: make credentials, act as a third person, hand out what the operator has, be there, answer for what rules forbid. */
const IN_OWN_NAME: ReadonlySet<Permission> = new Set(['keys.write', 'keys.manage', 'people.impersonate', 'tenants.write', 'presence.write', 'governance.request', 'governance.approve', 'governance.override'])
const isOthers = ({ impersonator }: Actor, permission: Permission): boolean => impersonator !== null && IN_OWN_NAME.has(permission)

/** True when a person may do something: in the given project, or, for what is not held in a project, at all. */
export function may(actor: Actor, permission: Permission, projectId?: string): boolean {
  if (!covers(actor, permission) || !reaches(actor, permission) || isOthers(actor, permission)) return false
  if (PERMISSIONS[permission].level === 'project') {
    if (projectId === undefined) return true
    const role = roleIn(actor, projectId)
    return role !== null && grants(role, permission)
  }
  return grants(actor.organisationRole, permission) || (actor.platformRole !== null && grants(actor.platformRole, permission))
}

/** Projects that exist for a person, as a filter: null means all of the organisation. */
export function visibleProjects(actor: Actor): readonly string[] | null {
  if (actor.projectId !== null) return roleIn(actor, actor.projectId) === null ? [] : [actor.projectId]
  return actor.organisationRole === 'TenantAdmin' || actor.defaultRole !== null ? null : [...actor.projectRoles.keys()]
}

type Asking = Pick<Context, 'actor' | 'refusals'> & RefusedRequest

/** @throws UnauthenticatedError without a key or session. */
export function requireActor({ actor }: Pick<Context, 'actor'>): Actor {
  if (actor === null) throw new UnauthenticatedError()
  return actor
}

/**
 * Asks for a permission. For one that is held in a project this asks the key's scopes only: `requireInProject` follows as soon as
 * the project is known. A refusal is noted in the audit log.
 *
 * @throws UnauthenticatedError without a key or session, ForbiddenError naming the permission that is missing, or what the session lacks.
 */
export function requirePermission(ctx: Asking, permission: Permission): Actor {
  const actor = requireActor(ctx)
  if (actor.restriction !== null) throw new ForbiddenError(permission, actor.restriction)
  if (may(actor, permission)) return actor
  ctx.refusals.note(actor, permission, null, ctx)
  if (isOthers(actor, permission)) throw new ForbiddenError(permission, IMPERSONATING)
  throw new ForbiddenError(permission, covers(actor, permission) && reaches(actor, permission) ? (actor.platformRole ?? actor.organisationRole) : null)
}

/** How a caller named the project, or what lies in it: for the error. */
export interface Named {
  readonly kind: string
  readonly ref: string
  readonly path: readonly string[]
}

/**
 * Asks for a permission in a project that was read; undefined when nothing was found.
 *
 * @param what how the caller named it, for the error
 * @throws NotFoundError when the project does not exist for this person, ForbiddenError naming the permission that is missing.
 */
export function requireInProject(ctx: Asking, permission: Permission, projectId: string | undefined, what: Named): asserts projectId is string {
  const actor = requireActor(ctx)
  if (actor.restriction !== null) throw new ForbiddenError(permission, actor.restriction)
  const role = projectId === undefined ? null : roleIn(actor, projectId)
  if (projectId === undefined || role === null) throw new NotFoundError(what.kind, what.ref, what.path)
  if (grants(role, permission) && covers(actor, permission)) return
  ctx.refusals.note(actor, permission, projectId, ctx)
  throw new ForbiddenError(permission, covers(actor, permission) ? role : null)
}

/** Why a subscription ends whose permission went: the key or session is gone, or (with who they are `now`) it no longer reaches this. */
export const lapseOf = (now: Actor | null, permission: Permission): DomainError =>
  now === null
    ? new UnauthenticatedError('The key or session was revoked, or has expired.')
    : new ForbiddenError(permission, null, `A role, key or membership was changed: ${permission} is no longer allowed here.`)
