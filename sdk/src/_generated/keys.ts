// Generated from sdk/operations/keys.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { ApiKeyState } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** An API key, without its secret. */
export interface ApiKey {
  /** Node id. */
  id: string
  /** The name its owner gave it. */
  name: string
  /** The clear part of the key, to recognise it by. */
  prefix: string
  /** What it may do; `*` is everything. */
  scopes: string[]
  /** Node id of the project that it is bound to; null: every project that its person can see. */
  projectId: string | null
  /** Who it acts for. */
  owner: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Whether it is accepted. */
  state: ApiKeyState
  /** When it was made. */
  createdAt: string
  /** Until when it is accepted; null: until it is revoked. */
  expiresAt: string | null
  /** When it was revoked. */
  revokedAt: string | null
  /** When it was used last, to the minute; null: never. */
  lastUsedAt: string | null
  /** Node id of the key that this one replaced. */
  rotatedFromId: string | null
}

/** What `keys.create` takes. */
export interface KeysCreateVariables {
  /** What it is for, to recognise it by: 1 to 100 characters. */
  name: string
  /** What it may do: permissions such as `planner.read`, or `*` for all that its person may do. It gets none that the maker does not have. */
  scopes: readonly string[]
  /** The project that it is bound to: node id, UUID or slug. Absent: every project that its person can see. Default: the client's `projectId`. */
  projectId?: string | null
  /** Until when it is accepted. Absent: until it is revoked, or as long as the key that makes it. */
  expiresAt?: string | null
}

/** What `keys.create` answers. */
export interface KeysCreateData {
  /** The key itself, as requests carry it. It is shown this once; null where `replayed` is true. */
  secret: string | null
  /** True when the request was carried out before, under the same idempotency key: the secret was in that answer, and nobody knows it any more. Rotate the key to get another. */
  replayed: boolean
  /** The key as it is now, without its secret. */
  apiKey: ApiKey
}

/** What `keys.list` takes. */
export interface KeysListVariables {
  /** true: only those that are accepted; false: only those that ended. Default: both. */
  active?: boolean | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `keys.list` answers. */
export interface KeysListData {
  keys: ApiKey[]
  pageInfo: PageInfo
  totalCount: number
}

/** What `keys.get` takes. */
export interface KeysGetVariables {
  /** Node id or UUID. */
  keyId: string
}

/** What `keys.get` answers. */
export type KeysGetData = ApiKey

/** What `keys.rotate` takes. */
export interface KeysRotateVariables {
  /** The key: node id or UUID. */
  keyId: string
  /** How long the old key is still accepted; 0 ends it at once. Default and maximum are the operator's: a day and a week. */
  graceSeconds?: number | null
}

/** What `keys.rotate` answers. */
export interface KeysRotateData {
  /** The key itself, as requests carry it. It is shown this once; null where `replayed` is true. */
  secret: string | null
  /** True when the request was carried out before, under the same idempotency key: the secret was in that answer, and nobody knows it any more. Rotate the key to get another. */
  replayed: boolean
  /** The key as it is now, without its secret. */
  apiKey: ApiKey
}

/** What `keys.revoke` takes. */
export interface KeysRevokeVariables {
  /** The key: node id or UUID. */
  keyId: string
}

/** What `keys.revoke` answers. */
export interface KeysRevokeData {
  /** The key as it is now, without its secret. */
  apiKey: ApiKey
}

/** API keys: make, list, rotate and revoke them. */
export interface KeysGroup {
  /**
   * Makes an API key of the person who asks.
   *
   * The secret is in the answer, this once. `projectId: null` makes a key for all projects that you can see.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.keys.create({ name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'] })
   * ```
   */
  create(variables: KeysCreateVariables, options?: CallOptions): Request<KeysCreateData>

  /**
   * One's own API keys, newest first; a TenantAdmin sees all of the organisation.
   *
   * @example
   * ```ts
   * for await (const key of client.keys.list({ active: true })) console.log(key.prefix, key.name, key.lastUsedAt)
   * ```
   */
  list(variables?: KeysListVariables, options?: CallOptions): ListRequest<KeysListData, KeysListData['keys'][number]>

  /**
   * One API key, without its secret. NOT_FOUND when the request sees no such key.
   *
   * @example
   * ```ts
   * const { data } = await client.keys.get({ keyId: 'key_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  get(variables: KeysGetVariables, options?: CallOptions): Request<KeysGetData>

  /**
   * Replaces a key by a new one with the same name, scopes, project and expiry, which belongs to the person who asks. The old one stays valid for the grace period.
   *
   * The old key is accepted for the grace period, a day by default, so that whatever uses it can be given the new one.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.keys.rotate({ keyId: 'key_01a2008b71a07f2ebe4265f046903171', graceSeconds: 3600 })
   * ```
   */
  rotate(variables: KeysRotateVariables, options?: CallOptions): Request<KeysRotateData>

  /**
   * Revokes a key. Within a second no server accepts it any more.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.keys.revoke({ keyId: 'key_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  revoke(variables: KeysRevokeVariables, options?: CallOptions): Request<KeysRevokeData>
}
