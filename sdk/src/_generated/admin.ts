// Generated from sdk/operations/admin.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { PlatformRole, Tier } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** Somebody acting as somebody of a lower rank, for a while. */
export interface Impersonation {
  /** Node id. */
  id: string
  /** Node id of the organisation in which they act. */
  organisationId: string
  /** Who really acts. */
  impersonator: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Whom they act as. */
  user: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Why. */
  reason: string
  /** Since when. */
  startedAt: string
  /** It ends by itself then. */
  endsAt: string
  /** When somebody ended it before that; null otherwise. */
  endedAt: string | null
}

/** An organisation, as the operator sees it: how large it is, and nothing of what it holds. */
export interface Tenant {
  /** Node id of the organisation. */
  id: string
  /** The name people see. */
  name: string
  /** Unique; accepted wherever its id is. */
  slug: string
  /** What it has paid for. */
  tier: Tier
  /** Seats beyond those that the tier includes. */
  extraSeats: number
  /** How many members it has. */
  memberCount: number
  /** How many projects it has, archived ones included. */
  projectCount: number
  /** Since when. */
  createdAt: string
}

/** Somebody, and what they may do for the operator. */
export interface PlatformPerson {
  /** Who. */
  person: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** The role; null when it was taken. */
  role: PlatformRole | null
}

/** What `admin.startImpersonation` takes. */
export interface AdminStartImpersonationVariables {
  /** A member of the organisation: node id, UUID or e-mail address. */
  userId: string
  /** Why, 10 to 500 characters. It is kept in the audit log and shown in every answer. */
  reason: string
  /** How long, 1 to the operator's bound. Default: the operator's. */
  minutes?: number | null
  /** In which organisation: node id or slug. Another than the own needs a role on the platform. */
  organisationId?: string | null
}

/** What `admin.startImpersonation` answers. */
export interface AdminStartImpersonationData {
  /** The session that acts as the person: send it as `Authorization: Bearer`. It is shown this once; null when the request was carried out before, under the same idempotency key. */
  token: string | null
  /** The impersonation as it is now. */
  impersonation: Impersonation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `admin.endImpersonation` takes. */
export interface AdminEndImpersonationVariables {
  /** Node id or UUID. Default: the one under which the request is made; that one needs no permission. */
  impersonationId?: string | null
}

/** What `admin.endImpersonation` answers. */
export interface AdminEndImpersonationData {
  /** The impersonation as it is now. */
  impersonation: Impersonation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `admin.listImpersonations` takes. */
export interface AdminListImpersonationsVariables {
  /** Only those in this organisation: node id or slug. */
  organisationId?: string | null
  /** true: only those that go on; false: only those that ended. Default: both. */
  running?: boolean | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `admin.listImpersonations` answers. */
export interface AdminListImpersonationsData {
  impersonations: Impersonation[]
  pageInfo: PageInfo
  totalCount: number
}

/** What `admin.listTenants` takes. */
export interface AdminListTenantsVariables {
  /** Part of a name or slug, in any case. */
  search?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `admin.listTenants` answers. */
export interface AdminListTenantsData {
  tenants: Tenant[]
  pageInfo: PageInfo
  totalCount: number
}

/** What `admin.updateTenant` takes. */
export interface AdminUpdateTenantVariables {
  /** Node id or slug. */
  organisationId: string
  /** What it has paid for. */
  tier?: Tier | null
  /** Seats beyond those that the tier includes, up to what it can have. */
  extraSeats?: number | null
}

/** What `admin.updateTenant` answers. */
export interface AdminUpdateTenantData {
  /** The organisation as it is now. */
  tenant: Tenant
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `admin.listPlatformPeople` takes. */
export interface AdminListPlatformPeopleVariables {
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `admin.listPlatformPeople` answers. */
export interface AdminListPlatformPeopleData {
  people: PlatformPerson[]
  pageInfo: PageInfo
  totalCount: number
}

/** What `admin.setPlatformRole` takes. */
export interface AdminSetPlatformRoleVariables {
  /** Node id, UUID or e-mail address. */
  userId: string
  /** The role. Absent or null takes it away. */
  role?: PlatformRole | null
}

/** What `admin.setPlatformRole` answers. */
export interface AdminSetPlatformRoleData {
  /** Who, and the role as it is now. */
  person: PlatformPerson
}

/** For administrators and for the operator of the server: acting as others, organisations, roles on the platform. */
export interface AdminGroup {
  /**
   * Opens a session that acts as somebody of a lower rank (Member < TenantAdmin < SupportAgent < GlobalAdmin). It ends by itself; credentials cannot be made or changed in it.
   *
   * `token` is the session that acts as the person: a client made with it as `apiKey` does so until it ends.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.admin.startImpersonation({ userId: 'max@example.com', reason: 'Support ticket debugging', minutes: 60 })
   * ```
   */
  startImpersonation(variables: AdminStartImpersonationVariables, options?: CallOptions): Request<AdminStartImpersonationData>

  /**
   * Ends an impersonation and its session: the own one, or any of the organisation.
   *
   * Without an id it ends the one under which the client acts.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.admin.endImpersonation({ impersonationId: 'imp_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  endImpersonation(variables?: AdminEndImpersonationVariables, options?: CallOptions): Request<AdminEndImpersonationData>

  /**
   * Impersonations in the organisation, newest first; for who has a role on the platform those of every organisation.
   *
   * @example
   * ```ts
   * for await (const { impersonator, user, endsAt } of client.admin.listImpersonations({ running: true })) console.log(impersonator.name, 'as', user.name, 'until', endsAt)
   * ```
   */
  listImpersonations(variables?: AdminListImpersonationsVariables, options?: CallOptions): ListRequest<AdminListImpersonationsData, AdminListImpersonationsData['impersonations'][number]>

  /**
   * Every organisation on the server, newest first.
   *
   * @example
   * ```ts
   * for await (const tenant of client.admin.listTenants({ search: 'acme' })) console.log(tenant.name, tenant.tier, tenant.memberCount)
   * ```
   */
  listTenants(variables?: AdminListTenantsVariables, options?: CallOptions): ListRequest<AdminListTenantsData, AdminListTenantsData['tenants'][number]>

  /**
   * Sets tier and extra seats of an organisation. What it uses beyond them stays; it gets no more of it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.admin.updateTenant({ organisationId: 'acme', tier: 'ENTERPRISE', extraSeats: 10 })
   * ```
   */
  updateTenant(variables: AdminUpdateTenantVariables, options?: CallOptions): Request<AdminUpdateTenantData>

  /**
   * Everybody who has a role on the platform, by name.
   *
   * @example
   * ```ts
   * for await (const { person, role } of client.admin.listPlatformPeople({ first: 50 })) console.log(person.name, role)
   * ```
   */
  listPlatformPeople(variables?: AdminListPlatformPeopleVariables, options?: CallOptions): ListRequest<AdminListPlatformPeopleData, AdminListPlatformPeopleData['people'][number]>

  /**
   * Gives somebody a role on the platform, or takes it away. There is always a GlobalAdmin.
   *
   * `role: null` takes the role away.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.admin.setPlatformRole({ userId: 'max@example.com', role: 'SUPPORT_AGENT' })
   * ```
   */
  setPlatformRole(variables: AdminSetPlatformRoleVariables, options?: CallOptions): Request<AdminSetPlatformRoleData>
}
