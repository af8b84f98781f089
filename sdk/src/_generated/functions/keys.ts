// Generated from sdk/operations/keys.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { KeysCreateData, KeysCreateVariables, KeysGetData, KeysGetVariables, KeysListData, KeysListVariables, KeysRevokeData, KeysRevokeVariables, KeysRotateData, KeysRotateVariables } from '../keys.ts'
import { keys_create, keys_get, keys_list, keys_revoke, keys_rotate } from '../operations/keys.ts'

export type * from '../keys.ts'

/**
 * Makes an API key of the person who asks.
 *
 * The secret is in the answer, this once. `projectId: null` makes a key for all projects that you can see.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await createKey(client, { name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'] })
 * ```
 */
export function createKey(client: Client, variables: KeysCreateVariables, options?: CallOptions): Request<KeysCreateData> {
  return call(client, keys_create, variables, options)
}

/**
 * One's own API keys, newest first; a TenantAdmin sees all of the organisation.
 *
 * @example
 * ```ts
 * for await (const key of listKeys(client, { active: true })) console.log(key.prefix, key.name, key.lastUsedAt)
 * ```
 */
export function listKeys(client: Client, variables?: KeysListVariables, options?: CallOptions): ListRequest<KeysListData, KeysListData['keys'][number]> {
  return list(client, keys_list, variables, options)
}

/**
 * One API key, without its secret. NOT_FOUND when the request sees no such key.
 *
 * @example
 * ```ts
 * const { data } = await getKey(client, { keyId: 'key_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function getKey(client: Client, variables: KeysGetVariables, options?: CallOptions): Request<KeysGetData> {
  return call(client, keys_get, variables, options)
}

/**
 * Replaces a key by a new one with the same name, scopes, project and expiry, which belongs to the person who asks. The old one stays valid for the grace period.
 *
 * The old key is accepted for the grace period, a day by default, so that whatever uses it can be given the new one.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await rotateKey(client, { keyId: 'key_01a2008b71a07f2ebe4265f046903171', graceSeconds: 3600 })
 * ```
 */
export function rotateKey(client: Client, variables: KeysRotateVariables, options?: CallOptions): Request<KeysRotateData> {
  return call(client, keys_rotate, variables, options)
}

/**
 * Revokes a key. Within a second no server accepts it any more.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await revokeKey(client, { keyId: 'key_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function revokeKey(client: Client, variables: KeysRevokeVariables, options?: CallOptions): Request<KeysRevokeData> {
  return call(client, keys_revoke, variables, options)
}
