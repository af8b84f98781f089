// Generated from sdk/operations/organisations.graphql by `npm run generate`. Do not edit.
import { call } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { OrganisationsGetData, OrganisationsLeaveData, OrganisationsUpdateData, OrganisationsUpdateVariables } from '../organisations.ts'
import { organisations_get, organisations_leave, organisations_update } from '../operations/organisations.ts'

export type * from '../organisations.ts'

/**
 * The organisation that the key or session belongs to.
 *
 * @example
 * ```ts
 * const { data } = await getOrganisation(client)
 * console.log(data?.limits.seats.used, data?.viewerCan.membersWrite)
 * ```
 */
export function getOrganisation(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<OrganisationsGetData> {
  return call(client, organisations_get, variables, options)
}

/**
 * Changes settings of the organisation.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateOrganisation(client, { defaultRole: 'VIEWER', auditRetentionDays: 365 })
 * ```
 */
export function updateOrganisation(client: Client, variables?: OrganisationsUpdateVariables, options?: CallOptions): Request<OrganisationsUpdateData> {
  return call(client, organisations_update, variables, options)
}

/**
 * Ends one's own membership, with its keys and sessions.
 *
 * One's keys and sessions in the organisation end with it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await leaveOrganisation(client)
 * ```
 */
export function leaveOrganisation(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<OrganisationsLeaveData> {
  return call(client, organisations_leave, variables, options)
}
