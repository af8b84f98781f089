// Generated from sdk/operations/admin.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { AdminEndImpersonationData, AdminEndImpersonationVariables, AdminListImpersonationsData, AdminListImpersonationsVariables, AdminListPlatformPeopleData, AdminListPlatformPeopleVariables, AdminListTenantsData, AdminListTenantsVariables, AdminSetPlatformRoleData, AdminSetPlatformRoleVariables, AdminStartImpersonationData, AdminStartImpersonationVariables, AdminUpdateTenantData, AdminUpdateTenantVariables } from '../admin.ts'
import { admin_endImpersonation, admin_listImpersonations, admin_listPlatformPeople, admin_listTenants, admin_setPlatformRole, admin_startImpersonation, admin_updateTenant } from '../operations/admin.ts'

export type * from '../admin.ts'

/**
 * Opens a session that acts as somebody of a lower rank (Member < TenantAdmin < SupportAgent < GlobalAdmin). It ends by itself; credentials cannot be made or changed in it.
 *
 * `token` is the session that acts as the person: a client made with it as `apiKey` does so until it ends.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await startImpersonation(client, { userId: 'max@example.com', reason: 'Support ticket debugging', minutes: 60 })
 * ```
 */
export function startImpersonation(client: Client, variables: AdminStartImpersonationVariables, options?: CallOptions): Request<AdminStartImpersonationData> {
  return call(client, admin_startImpersonation, variables, options)
}

/**
 * Ends an impersonation and its session: the own one, or any of the organisation.
 *
 * Without an id it ends the one under which the client acts.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await endImpersonation(client, { impersonationId: 'imp_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function endImpersonation(client: Client, variables?: AdminEndImpersonationVariables, options?: CallOptions): Request<AdminEndImpersonationData> {
  return call(client, admin_endImpersonation, variables, options)
}

/**
 * Impersonations in the organisation, newest first; for who has a role on the platform those of every organisation.
 *
 * @example
 * ```ts
 * for await (const { impersonator, user, endsAt } of listImpersonations(client, { running: true })) console.log(impersonator.name, 'as', user.name, 'until', endsAt)
 * ```
 */
export function listImpersonations(client: Client, variables?: AdminListImpersonationsVariables, options?: CallOptions): ListRequest<AdminListImpersonationsData, AdminListImpersonationsData['impersonations'][number]> {
  return list(client, admin_listImpersonations, variables, options)
}

/**
 * Every organisation on the server, newest first.
 *
 * @example
 * ```ts
 * for await (const tenant of listTenants(client, { search: 'acme' })) console.log(tenant.name, tenant.tier, tenant.memberCount)
 * ```
 */
export function listTenants(client: Client, variables?: AdminListTenantsVariables, options?: CallOptions): ListRequest<AdminListTenantsData, AdminListTenantsData['tenants'][number]> {
  return list(client, admin_listTenants, variables, options)
}

/**
 * Sets tier and extra seats of an organisation. What it uses beyond them stays; it gets no more of it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateTenant(client, { organisationId: 'acme', tier: 'ENTERPRISE', extraSeats: 10 })
 * ```
 */
export function updateTenant(client: Client, variables: AdminUpdateTenantVariables, options?: CallOptions): Request<AdminUpdateTenantData> {
  return call(client, admin_updateTenant, variables, options)
}

/**
 * Everybody who has a role on the platform, by name.
 *
 * @example
 * ```ts
 * for await (const { person, role } of listPlatformPeople(client, { first: 50 })) console.log(person.name, role)
 * ```
 */
export function listPlatformPeople(client: Client, variables?: AdminListPlatformPeopleVariables, options?: CallOptions): ListRequest<AdminListPlatformPeopleData, AdminListPlatformPeopleData['people'][number]> {
  return list(client, admin_listPlatformPeople, variables, options)
}

/**
 * Gives somebody a role on the platform, or takes it away. There is always a GlobalAdmin.
 *
 * `role: null` takes the role away.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await setPlatformRole(client, { userId: 'max@example.com', role: 'SUPPORT_AGENT' })
 * ```
 */
export function setPlatformRole(client: Client, variables: AdminSetPlatformRoleVariables, options?: CallOptions): Request<AdminSetPlatformRoleData> {
  return call(client, admin_setPlatformRole, variables, options)
}
