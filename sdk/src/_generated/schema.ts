// Generated from schema/schema.graphql by `npm run generate`. Do not edit.
import type { PlanChange } from '../domain/plans/types.ts'

/** What must be true for an item to be accepted. */
export interface AcceptanceCriterionInput {
  /** How it is verified: `{ kind: "command" | "http" | "file" | "junit" | "coverage" | "manual", ... }`. */
  check?: unknown
  /** Its identity inside the item. Default: the text. */
  id?: string | null
  /** What must be true. */
  text: string
}

/**
 * What can be exported: each is one table.
 *
 * A newer server may answer further values.
 */
export const AnalyticsReport = {
  AGEING: 'AGEING',
  BURN_UP: 'BURN_UP',
  FORECAST: 'FORECAST',
  MICROSTEPS: 'MICROSTEPS',
  STATUS_HISTORY: 'STATUS_HISTORY',
  THROUGHPUT: 'THROUGHPUT',
  TIMELINE: 'TIMELINE',
} as const
/**
 * What can be exported: each is one table.
 *
 * A newer server may answer further values.
 */
export type AnalyticsReport = keyof typeof AnalyticsReport | (string & {})

/**
 * Whether an API key is accepted.
 *
 * A newer server may answer further values.
 */
export const ApiKeyState = {
  /** It is accepted. */
  ACTIVE: 'ACTIVE',
  /** Its time is over, or the grace period after its rotation. */
  EXPIRED: 'EXPIRED',
  /** Somebody revoked it. */
  REVOKED: 'REVOKED',
} as const
/**
 * Whether an API key is accepted.
 *
 * A newer server may answer further values.
 */
export type ApiKeyState = keyof typeof ApiKeyState | (string & {})

/**
 * What somebody said of a change.
 *
 * A newer server may answer further values.
 */
export const ApprovalDecisionKind = {
  GRANTED: 'GRANTED',
  REFUSED: 'REFUSED',
} as const
/**
 * What somebody said of a change.
 *
 * A newer server may answer further values.
 */
export type ApprovalDecisionKind = keyof typeof ApprovalDecisionKind | (string & {})

/**
 * Where an approval stands.
 *
 * A newer server may answer further values.
 */
export const ApprovalStatus = {
  /** It was not decided, or not used, in its time. */
  EXPIRED: 'EXPIRED',
  /** As many agreed as the rule wants: the change can be made once. */
  GRANTED: 'GRANTED',
  /** It waits for decisions. */
  PENDING: 'PENDING',
  /** Somebody refused; it can be asked for anew. */
  REFUSED: 'REFUSED',
} as const
/**
 * Where an approval stands.
 *
 * A newer server may answer further values.
 */
export type ApprovalStatus = keyof typeof ApprovalStatus | (string & {})

/**
 * What an attached link leads to.
 *
 * A newer server may answer further values.
 */
export const AttachmentKind = {
  /** A file. */
  FILE: 'FILE',
  /** Anything else. */
  LINK: 'LINK',
  /** A pull or merge request. */
  PULL_REQUEST: 'PULL_REQUEST',
  /** The result of a test run. */
  TEST_RESULT: 'TEST_RESULT',
} as const
/**
 * What an attached link leads to.
 *
 * A newer server may answer further values.
 */
export type AttachmentKind = keyof typeof AttachmentKind | (string & {})

/**
 * Whose log.
 *
 * A newer server may answer further values.
 */
export const AuditChain = {
  /** The organisation's that the request is made in. */
  ORGANISATION: 'ORGANISATION',
  /** The one of what belongs to no organisation, for the operator of the server; needs platform.audit. */
  PLATFORM: 'PLATFORM',
} as const
/**
 * Whose log.
 *
 * A newer server may answer further values.
 */
export type AuditChain = keyof typeof AuditChain | (string & {})

/**
 * What a check is made with.
 *
 * A newer server may answer further values.
 */
export const CheckKind = {
  COMMAND: 'COMMAND',
  COVERAGE: 'COVERAGE',
  FILE: 'FILE',
  HTTP: 'HTTP',
  JUNIT: 'JUNIT',
  MANUAL: 'MANUAL',
} as const
/**
 * What a check is made with.
 *
 * A newer server may answer further values.
 */
export type CheckKind = keyof typeof CheckKind | (string & {})

/**
 * What came of a check. `ERRORED`: it could not be carried out. `SKIPPED`: it was not, and is evidence of nothing.
 *
 * A newer server may answer further values.
 */
export const CheckOutcome = {
  ERRORED: 'ERRORED',
  FAILED: 'FAILED',
  PASSED: 'PASSED',
  SKIPPED: 'SKIPPED',
} as const
/**
 * What came of a check. `ERRORED`: it could not be carried out. `SKIPPED`: it was not, and is evidence of nothing.
 *
 * A newer server may answer further values.
 */
export type CheckOutcome = keyof typeof CheckOutcome | (string & {})

/**
 * Whether a system that fails is still asked.
 *
 * A newer server may answer further values.
 */
export const CircuitState = {
  /** It is. */
  CLOSED: 'CLOSED',
  /** A few calls are let through on trial. */
  HALF_OPEN: 'HALF_OPEN',
  /** It failed too often in a row, and is left alone for a while. */
  OPEN: 'OPEN',
} as const
/**
 * Whether a system that fails is still asked.
 *
 * A newer server may answer further values.
 */
export type CircuitState = keyof typeof CircuitState | (string & {})

/** A link to attach. */
export interface CommentAttachmentInput {
  /** What it leads to. */
  kind: AttachmentKind
  /** Text of the link, at most 200 characters. */
  title?: string | null
  /** Its address: absolute, http or https, at most 2,000 characters. */
  url: string
}

/**
 * How a conflict is decided.
 *
 * A newer server may answer further values.
 */
export const ConflictStrategy = {
  /** What the replica or file made of it stands. */
  KEEP_LOCAL: 'KEEP_LOCAL',
  /** Neither: what the given changes say. */
  MERGE: 'MERGE',
  /** What is on the server stands. */
  TAKE_REMOTE: 'TAKE_REMOTE',
} as const
/**
 * How a conflict is decided.
 *
 * A newer server may answer further values.
 */
export type ConflictStrategy = keyof typeof ConflictStrategy | (string & {})

/**
 * Where a criterion stands.
 *
 * A newer server may answer further values.
 */
export const CriterionState = {
  /** The newest fresh evidence failed, or the check could not be carried out. */
  FAILED: 'FAILED',
  /** The newest fresh evidence passed. */
  MET: 'MET',
  /** There is no evidence. */
  MISSING: 'MISSING',
  /** There is only evidence that no longer counts. */
  STALE: 'STALE',
} as const
/**
 * Where a criterion stands.
 *
 * A newer server may answer further values.
 */
export type CriterionState = keyof typeof CriterionState | (string & {})

/**
 * When something is mailed. Digests are sent once the hour, or the day (UTC), is over.
 *
 * A newer server may answer further values.
 */
export const EmailFrequency = {
  DIGEST_DAILY: 'DIGEST_DAILY',
  DIGEST_HOURLY: 'DIGEST_HOURLY',
  IMMEDIATE: 'IMMEDIATE',
  OFF: 'OFF',
} as const
/**
 * When something is mailed. Digests are sent once the hour, or the day (UTC), is over.
 *
 * A newer server may answer further values.
 */
export type EmailFrequency = keyof typeof EmailFrequency | (string & {})

/** Hours of work: either `hours`, or all three points. */
export interface EstimateInput {
  /** One number. */
  hours?: number | null
  /** Hours most likely needed. */
  likely?: number | null
  /** Hours if all goes well. */
  optimistic?: number | null
  /** Hours if most goes wrong. */
  pessimistic?: number | null
}

/**
 * The form of an exported file.
 *
 * A newer server may answer further values.
 */
export const ExportFormat = {
  CSV: 'CSV',
  JSON: 'JSON',
} as const
/**
 * The form of an exported file.
 *
 * A newer server may answer further values.
 */
export type ExportFormat = keyof typeof ExportFormat | (string & {})

/**
 * Why a forecast says nothing.
 *
 * A newer server may answer further values.
 */
export const ForecastReason = {
  /** Everything is done. */
  NOTHING_LEFT: 'NOTHING_LEFT',
  /** Fewer than 11 microsteps finished, or fewer than 14 days were measured. */
  TOO_LITTLE_HISTORY: 'TOO_LITTLE_HISTORY',
} as const
/**
 * Why a forecast says nothing.
 *
 * A newer server may answer further values.
 */
export type ForecastReason = keyof typeof ForecastReason | (string & {})

/** A role in a project. */
export interface GivenProjectRoleInput {
  /** The project: node id, UUID or slug. */
  projectId: string
  /** The role. */
  role: ProjectRole
}

/**
 * What a probed system is to the server.
 *
 * A newer server may answer further values.
 */
export const HealthTargetKind = {
  /** The primary database. */
  DATABASE: 'DATABASE',
  /** Answers queries while the primary is away. */
  DATABASE_REPLICA: 'DATABASE_REPLICA',
  /** Holds designs. */
  DESIGN_PROVIDER: 'DESIGN_PROVIDER',
  /** Holds issues. */
  ISSUE_TRACKER: 'ISSUE_TRACKER',
  /** Delivers e-mails. */
  MAIL: 'MAIL',
  /** Serves language models. */
  MODEL_PROVIDER: 'MODEL_PROVIDER',
  /** Shares events, limits and presence between processes. */
  REDIS: 'REDIS',
} as const
/**
 * What a probed system is to the server.
 *
 * A newer server may answer further values.
 */
export type HealthTargetKind = keyof typeof HealthTargetKind | (string & {})

/**
 * How a system answered.
 *
 * A newer server may answer further values.
 */
export const HealthTargetStatus = {
  /** `message` says what is wrong. */
  FAILING: 'FAILING',
  /** The server does not use one. */
  NOT_CONFIGURED: 'NOT_CONFIGURED',
  /** It is well. */
  OK: 'OK',
} as const
/**
 * How a system answered.
 *
 * A newer server may answer further values.
 */
export type HealthTargetStatus = keyof typeof HealthTargetStatus | (string & {})

/**
 * What became of an invitation.
 *
 * A newer server may answer further values.
 */
export const InvitationState = {
  ACCEPTED: 'ACCEPTED',
  EXPIRED: 'EXPIRED',
  OPEN: 'OPEN',
  REVOKED: 'REVOKED',
} as const
/**
 * What became of an invitation.
 *
 * A newer server may answer further values.
 */
export type InvitationState = keyof typeof InvitationState | (string & {})

/**
 * What an item of a plan is.
 *
 * A newer server may answer further values.
 */
export const ItemKind = {
  MICROSTEP: 'MICROSTEP',
  MILESTONE: 'MILESTONE',
  STEP: 'STEP',
} as const
/**
 * What an item of a plan is.
 *
 * A newer server may answer further values.
 */
export type ItemKind = keyof typeof ItemKind | (string & {})

/**
 * Which side of a conflict stands.
 *
 * A newer server may answer further values.
 */
export const Keep = {
  LOCAL: 'LOCAL',
  REMOTE: 'REMOTE',
} as const
/**
 * Which side of a conflict stands.
 *
 * A newer server may answer further values.
 */
export type Keep = keyof typeof Keep | (string & {})

/** A link. */
export interface LinkInput {
  /** Text of the link. */
  title?: string | null
  /** Absolute, or relative to the repository. */
  url: string
}

/**
 * Who a mention means.
 *
 * A newer server may answer further values.
 */
export const MentionKind = {
  /** Everybody of a role: `@role:QA`. */
  ROLE: 'ROLE',
  /** A team: `@team:frontend`. */
  TEAM: 'TEAM',
  /** A person: `@ada`. */
  USER: 'USER',
} as const
/**
 * Who a mention means.
 *
 * A newer server may answer further values.
 */
export type MentionKind = keyof typeof MentionKind | (string & {})

/**
 * What one wants to hear of a subject.
 *
 * A newer server may answer further values.
 */
export const NotificationLevel = {
  MUTED: 'MUTED',
  WATCHING: 'WATCHING',
} as const
/**
 * What one wants to hear of a subject.
 *
 * A newer server may answer further values.
 */
export type NotificationLevel = keyof typeof NotificationLevel | (string & {})

/**
 * How much something wants to be seen.
 *
 * A newer server may answer further values.
 */
export const NotificationPriority = {
  HIGH: 'HIGH',
  LOW: 'LOW',
  NORMAL: 'NORMAL',
  URGENT: 'URGENT',
} as const
/**
 * How much something wants to be seen.
 *
 * A newer server may answer further values.
 */
export type NotificationPriority = keyof typeof NotificationPriority | (string & {})

/**
 * Why somebody is told; with several reasons the weightiest.
 *
 * A newer server may answer further values.
 */
export const NotificationReason = {
  AUTHOR: 'AUTHOR',
  KEY: 'KEY',
  MENTION: 'MENTION',
  PARTICIPATION: 'PARTICIPATION',
  REPLY: 'REPLY',
  ROLE: 'ROLE',
  WATCHING: 'WATCHING',
} as const
/**
 * Why somebody is told; with several reasons the weightiest.
 *
 * A newer server may answer further values.
 */
export type NotificationReason = keyof typeof NotificationReason | (string & {})

/**
 * What a member is in the organisation.
 *
 * A newer server may answer further values.
 */
export const OrganisationRole = {
  MEMBER: 'MEMBER',
  TENANT_ADMIN: 'TENANT_ADMIN',
} as const
/**
 * What a member is in the organisation.
 *
 * A newer server may answer further values.
 */
export type OrganisationRole = keyof typeof OrganisationRole | (string & {})

/**
 * Roles for the operator of the server, across organisations.
 *
 * A newer server may answer further values.
 */
export const PlatformRole = {
  GLOBAL_ADMIN: 'GLOBAL_ADMIN',
  SUPPORT_AGENT: 'SUPPORT_AGENT',
} as const
/**
 * Roles for the operator of the server, across organisations.
 *
 * A newer server may answer further values.
 */
export type PlatformRole = keyof typeof PlatformRole | (string & {})

/**
 * What a rule does where it applies.
 *
 * A newer server may answer further values.
 */
export const PolicyEffect = {
  /** It refuses. */
  BLOCK: 'BLOCK',
  /** It lets pass, and tells others. */
  NOTIFY: 'NOTIFY',
  /** It refuses until others have agreed to this very change. */
  REQUIRE_APPROVAL: 'REQUIRE_APPROVAL',
  /** It lets pass, and says something. */
  WARN: 'WARN',
} as const
/**
 * What a rule does where it applies.
 *
 * A newer server may answer further values.
 */
export type PolicyEffect = keyof typeof PolicyEffect | (string & {})

/** A place in a text that is being edited. */
export interface PresenceCursorInput {
  /** The field of the item, as the clients name it: 1 to 64 letters, digits and `_ . : -`. */
  field: string
  /** In UTF-16 code units from its beginning; 0 or more. */
  offset: number
}

/**
 * How present somebody is.
 *
 * A newer server may answer further values.
 */
export const PresenceStatus = {
  /** Doing something. */
  ACTIVE: 'ACTIVE',
  /** Looking at something else, as where the page is hidden. */
  AWAY: 'AWAY',
  /** There, and has not done anything for a while: by what the client says, or because it said nothing but heartbeats. */
  IDLE: 'IDLE',
} as const
/**
 * How present somebody is.
 *
 * A newer server may answer further values.
 */
export type PresenceStatus = keyof typeof PresenceStatus | (string & {})

/**
 * What has become of a preview.
 *
 * A newer server may answer further values.
 */
export const PreviewStatus = {
  BUILDING: 'BUILDING',
  CANCELLED: 'CANCELLED',
  ERROR: 'ERROR',
  PENDING: 'PENDING',
  READY: 'READY',
} as const
/**
 * What has become of a preview.
 *
 * A newer server may answer further values.
 */
export type PreviewStatus = keyof typeof PreviewStatus | (string & {})

/**
 * How much something matters.
 *
 * A newer server may answer further values.
 */
export const Priority = {
  CRITICAL: 'CRITICAL',
  HIGH: 'HIGH',
  LOW: 'LOW',
  MEDIUM: 'MEDIUM',
} as const
/**
 * How much something matters.
 *
 * A newer server may answer further values.
 */
export type Priority = keyof typeof Priority | (string & {})

/**
 * What somebody is in a project; the documentation has what each may do.
 *
 * A newer server may answer further values.
 */
export const ProjectRole = {
  CONTRIBUTOR: 'CONTRIBUTOR',
  PM: 'PM',
  QA: 'QA',
  TECH_LEAD: 'TECH_LEAD',
  VIEWER: 'VIEWER',
} as const
/**
 * What somebody is in a project; the documentation has what each may do.
 *
 * A newer server may answer further values.
 */
export type ProjectRole = keyof typeof ProjectRole | (string & {})

/**
 * What is said of a result that does not count as it is.
 *
 * A newer server may answer further values.
 */
export const QaNoteCode = {
  /** Not recorded: this criterion is not verified by this kind of check. */
  CHECK_DIFFERS: 'CHECK_DIFFERS',
  /** Recorded, and does not count yet: the criterion on the server says something else. */
  CRITERION_DIFFERS: 'CRITERION_DIFFERS',
  /** Not recorded: a criterion without an id is known by its text, and this one is longer than 500 characters. */
  CRITERION_KEY_TOO_LONG: 'CRITERION_KEY_TOO_LONG',
  /** Recorded, and does not count yet: the plan on the server has no such criterion. */
  CRITERION_UNKNOWN: 'CRITERION_UNKNOWN',
  /** Not recorded: the plan on the server has no such item. */
  ITEM_UNKNOWN: 'ITEM_UNKNOWN',
} as const
/**
 * What is said of a result that does not count as it is.
 *
 * A newer server may answer further values.
 */
export type QaNoteCode = keyof typeof QaNoteCode | (string & {})

/** What came of one criterion's check. */
export interface QaResultInput {
  /** How often it was carried out, 1 to 1,000; 0 of SKIPPED. Default: once. */
  attempts?: number | null
  /** What it was checked with. */
  checkKind: CheckKind
  /** The criterion: its id or, without one, its text. */
  criterion: string
  /** What it demanded: `criterionDigest` of @buildrunner/sdk/quality. */
  criterionDigest: string
  /** Milliseconds, of all attempts together. */
  durationMs: number
  /** Key or id of the item. */
  item: string
  /** One line that says why, at most 500 characters. */
  message?: string | null
  /** What came of it. */
  outcome: CheckOutcome
  /** What it printed, at most 65,536 characters. Secrets are masked by their shapes. */
  output?: string | null
  /** How many of the attempts passed. Default: all or none, as the outcome says. */
  passedAttempts?: number | null
  /** Where more is to be seen: absolute, http or https. */
  url?: string | null
}

/** A run of checks. */
export interface QaRunInput {
  /** The newest ancestors of the commit, no commit before its children (git rev-list --topo-order); at most 100. They tell which earlier evidence is still on the branch. */
  ancestors?: readonly string[] | null
  /** The branch, 1 to 255 characters. */
  branch?: string | null
  /** The commit that was checked: all of its 40 or 64 hex digits. */
  commit?: string | null
  /** Whether the ancestors reach back to the first commit. Default: false. */
  complete?: boolean | null
  /** Whether the working tree held changes that are not committed. Default: false. */
  dirty?: boolean | null
  /** When it ended; left out while results are still to come. */
  finishedAt?: string | null
  /** An id made by the client (UUID or qar_...). The same one again adds to the run. */
  id: string
  /** Where it was made. */
  source: RunSource
  /** When it began. */
  startedAt: string
  /** Where more is to be seen: absolute, http or https. */
  url?: string | null
}

/** A decision about a conflict. */
export interface ResolutionInput {
  /** The field; absent for every conflict of the item. */
  field?: string | null
  /** Key of the item; absent for the head of the document. */
  id?: string | null
  /** Which side stands. */
  keep: Keep
}

/**
 * Where the role that counts in a project comes from.
 *
 * A newer server may answer further values.
 */
export const RoleSource = {
  /** The organisation's default role. */
  DEFAULT: 'DEFAULT',
  /** A TenantAdmin acts as PM in every project. */
  ORGANISATION: 'ORGANISATION',
  /** Given in this project. */
  PROJECT: 'PROJECT',
} as const
/**
 * Where the role that counts in a project comes from.
 *
 * A newer server may answer further values.
 */
export type RoleSource = keyof typeof RoleSource | (string & {})

/**
 * Where a run of checks was made.
 *
 * A newer server may answer further values.
 */
export const RunSource = {
  /** By continuous integration. */
  CI: 'CI',
  /** On somebody's machine. */
  LOCAL: 'LOCAL',
} as const
/**
 * Where a run of checks was made.
 *
 * A newer server may answer further values.
 */
export type RunSource = keyof typeof RunSource | (string & {})

/**
 * What the server can do now.
 *
 * A newer server may answer further values.
 */
export const ServerMode = {
  /** Everything. */
  NORMAL: 'NORMAL',
  /** The primary database is away: queries are answered from its replica, which may be behind, and changes are refused with `READ_ONLY`. It passes by itself. */
  READ_ONLY: 'READ_ONLY',
} as const
/**
 * What the server can do now.
 *
 * A newer server may answer further values.
 */
export type ServerMode = keyof typeof ServerMode | (string & {})

/**
 * Why a session may only do what concerns the person itself.
 *
 * A newer server may answer further values.
 */
export const SessionRestriction = {
  /** The organisation asks for a second factor that was not shown. */
  MFA_REQUIRED: 'MFA_REQUIRED',
  /** The person is a member of no organisation, or not of the one that the session worked in. */
  ORGANISATION_REQUIRED: 'ORGANISATION_REQUIRED',
} as const
/**
 * Why a session may only do what concerns the person itself.
 *
 * A newer server may answer further values.
 */
export type SessionRestriction = keyof typeof SessionRestriction | (string & {})

/**
 * Why evidence no longer counts.
 *
 * A newer server may answer further values.
 */
export const StaleReason = {
  /** The commit that was checked is no longer on its branch. */
  COMMIT_LEFT_BRANCH: 'COMMIT_LEFT_BRANCH',
  /** The text or the check of the criterion is not what it was. */
  CRITERION_CHANGED: 'CRITERION_CHANGED',
  /** The plan has no such criterion any more. */
  CRITERION_REMOVED: 'CRITERION_REMOVED',
} as const
/**
 * Why evidence no longer counts.
 *
 * A newer server may answer further values.
 */
export type StaleReason = keyof typeof StaleReason | (string & {})

/**
 * Where a microstep stands.
 *
 * A newer server may answer further values.
 */
export const Status = {
  BLOCKED: 'BLOCKED',
  CANCELLED: 'CANCELLED',
  DONE: 'DONE',
  IN_PROGRESS: 'IN_PROGRESS',
  IN_REVIEW: 'IN_REVIEW',
  TODO: 'TODO',
} as const
/**
 * Where a microstep stands.
 *
 * A newer server may answer further values.
 */
export type Status = keyof typeof Status | (string & {})

/**
 * How a write of a replica ended.
 *
 * A newer server may answer further values.
 */
export const SyncOutcome = {
  /** The plan said so before, or the same number was pushed and applied before. */
  ALREADY_APPLIED: 'ALREADY_APPLIED',
  /** It stands, whole. */
  APPLIED: 'APPLIED',
  /** Others changed the same since; what is not in conflict stands. */
  CONFLICT: 'CONFLICT',
  /** It cannot stand, and says why. */
  REFUSED: 'REFUSED',
} as const
/**
 * How a write of a replica ended.
 *
 * A newer server may answer further values.
 */
export type SyncOutcome = keyof typeof SyncOutcome | (string & {})

/** What one person did to a plan: all of its changes stand, or none. */
export interface SyncWriteInput {
  /** What undoes it, in the plan as its author saw it: `invertChanges(view, changes)` of `@buildrunner/sdk/plans`. */
  base: PlanChange[]
  /** What was done, normally one change. */
  changes: PlanChange[]
  /** Ascending within the replica, from 1. A number that was pushed before is answered as the first time, and changes nothing. */
  number: number
}

/**
 * What a template is for.
 *
 * A newer server may answer further values.
 */
export const TemplateKind = {
  /** It adds one concern to a project. */
  PACK: 'PACK',
  /** It begins a project. */
  TEMPLATE: 'TEMPLATE',
} as const
/**
 * What a template is for.
 *
 * A newer server may answer further values.
 */
export type TemplateKind = keyof typeof TemplateKind | (string & {})

/**
 * What an organisation has paid for; the operator says what each includes.
 *
 * A newer server may answer further values.
 */
export const Tier = {
  ENTERPRISE: 'ENTERPRISE',
  FREE: 'FREE',
  PRO: 'PRO',
  TEAM: 'TEAM',
} as const
/**
 * What an organisation has paid for; the operator says what each includes.
 *
 * A newer server may answer further values.
 */
export type Tier = keyof typeof Tier | (string & {})

/**
 * What became of a delivery.
 *
 * A newer server may answer further values.
 */
export const WebhookDeliveryStatus = {
  /** It is not tried any more, unless somebody replays it. */
  DEAD: 'DEAD',
  /** The receiver answered 2xx. */
  DELIVERED: 'DELIVERED',
  /** It waits for its first attempt or for another one. */
  PENDING: 'PENDING',
} as const
/**
 * What became of a delivery.
 *
 * A newer server may answer further values.
 */
export type WebhookDeliveryStatus = keyof typeof WebhookDeliveryStatus | (string & {})

/**
 * Why the server disabled a webhook.
 *
 * A newer server may answer further values.
 */
export const WebhookDisabledReason = {
  /** Nothing arrived there for five days. */
  FAILING: 'FAILING',
  /** Its receiver answered 410 Gone. */
  GONE: 'GONE',
} as const
/**
 * Why the server disabled a webhook.
 *
 * A newer server may answer further values.
 */
export type WebhookDisabledReason = keyof typeof WebhookDisabledReason | (string & {})

/**
 * How an event is written for its receiver.
 *
 * A newer server may answer further values.
 */
export const WebhookKind = {
  /** A message to a channel of Discord, by the address of one of its webhooks. */
  DISCORD: 'DISCORD',
  /** A message to a channel of Slack, by the address of one of its incoming webhooks. */
  SLACK: 'SLACK',
  /** JSON, signed after Standard Webhooks: for programs. */
  STANDARD: 'STANDARD',
} as const
/**
 * How an event is written for its receiver.
 *
 * A newer server may answer further values.
 */
export type WebhookKind = keyof typeof WebhookKind | (string & {})
