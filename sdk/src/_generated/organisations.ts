// Generated from sdk/operations/organisations.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Request } from '../request.ts'
import type { ProjectRole, Tier } from './schema.ts'

/** A customer: projects, members and keys belong to it. */
export interface Organisation {
  id: string
  /** Unique; part of addresses. */
  slug: string
  /** The name people see. */
  name: string
  /** What it has paid for. */
  tier: Tier
  /** What a member is in projects that give them no role of their own; null: those do not exist for them. */
  defaultRole: ProjectRole | null
  /** True: sessions without a second factor see nothing of it. */
  requireMfa: boolean
  /** How long audit records are kept whole, in days; null: as long as the operator says. */
  auditRetentionDays: number | null
  /** What the tier allows, and how much of it is used. */
  limits: {
    /** Seats. */
    seats: {
      /** What the tier includes. */
      included: number
      /** With the extra ones: so many can be taken. */
      total: number
      /** So many the tier can have with extra ones. */
      max: number
      /** Taken by members. */
      used: number
      /** Kept for open invitations. */
      reserved: number
    }
    /** Members with and without a seat; open invitations are not among them. */
    members: {
      /** So many there are. */
      used: number
      /** So many there can be; null: no limit. */
      max: number | null
    }
    /** Projects in use; archived ones do not count. */
    projects: {
      /** So many there are. */
      used: number
      /** So many there can be; null: no limit. */
      max: number | null
    }
    /** What the tier brings. */
    features: string[]
    /** Cost that one key or session may spend in a minute. */
    pointsPerMinute: number
  }
}

/** What whoever asks may do in an organisation. */
export interface OrganisationPermissions {
  /** projects.create: Create a project. */
  projectsCreate: boolean
  /** organisation.read: See the organisation, its limits and its settings. */
  organisationRead: boolean
  /** organisation.write: Change the settings of the organisation. */
  organisationWrite: boolean
  /** members.read: See members and teams. */
  membersRead: boolean
  /** members.write: Invite and remove members, change their roles, manage teams. */
  membersWrite: boolean
  /** keys.read: See own API keys; a TenantAdmin sees all. */
  keysRead: boolean
  /** keys.write: Create, rotate and revoke own API keys. */
  keysWrite: boolean
  /** keys.manage: Rotate and revoke other people's API keys. */
  keysManage: boolean
  /** notifications.read: Read own notifications, and what one watches. */
  notificationsRead: boolean
  /** notifications.write: Mark own notifications read; watch, mute, and choose what is mailed. */
  notificationsWrite: boolean
  /** templates.read: Read the templates of the organisation, and make plans of them. */
  templatesRead: boolean
  /** templates.write: Publish templates; new versions and deprecations of what somebody else began are for a TenantAdmin. */
  templatesWrite: boolean
  /** audit.read: Search the audit log; read its checkpoints and proofs. */
  auditRead: boolean
  /** audit.export: Read all of the audit log as it is stored: to verify it, and to export it. */
  auditExport: boolean
  /** audit.erase: Erase personal data from the audit log. */
  auditErase: boolean
  /** graphql.text: Send documents of its own where only trusted ones are executed. */
  graphqlText: boolean
}

/** What `organisations.get` answers. */
export type OrganisationsGetData = Organisation & {
  /** What whoever asks may do in it. */
  viewerCan: OrganisationPermissions
}

/** What `organisations.update` takes. */
export interface OrganisationsUpdateVariables {
  /** Display name, 1 to 200 characters. */
  name?: string | null
  /** a-z, 0-9 and dashes. */
  slug?: string | null
  /** What a member is in projects that give them no role of their own; null: those do not exist for them. */
  defaultRole?: ProjectRole | null
  /** true: sessions without a second factor see nothing of it. Refused to whoever has none. */
  requireMfa?: boolean | null
  /** How long audit records are kept whole: 30 to 2557 days (7 years); null: as long as the operator says. */
  auditRetentionDays?: number | null
}

/** What `organisations.update` answers. */
export interface OrganisationsUpdateData {
  /** The organisation as it is now. */
  organisation: Organisation
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `organisations.leave` answers. */
export interface OrganisationsLeaveData {
  /** Node id of the user. */
  userId: string
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** The organisation that the key or session belongs to: settings, and what its tier allows. */
export interface OrganisationsGroup {
  /**
   * The organisation that the key or session belongs to.
   *
   * @example
   * ```ts
   * const { data } = await client.organisations.get()
   * console.log(data?.limits.seats.used, data?.viewerCan.membersWrite)
   * ```
   */
  get(variables?: Record<string, never>, options?: CallOptions): Request<OrganisationsGetData>

  /**
   * Changes settings of the organisation.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PlanLimitError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.organisations.update({ defaultRole: 'VIEWER', auditRetentionDays: 365 })
   * ```
   */
  update(variables?: OrganisationsUpdateVariables, options?: CallOptions): Request<OrganisationsUpdateData>

  /**
   * Ends one's own membership, with its keys and sessions.
   *
   * One's keys and sessions in the organisation end with it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.organisations.leave()
   * ```
   */
  leave(variables?: Record<string, never>, options?: CallOptions): Request<OrganisationsLeaveData>
}
