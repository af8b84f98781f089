// Generated from schema/schema.graphql by `npm run generate`. Do not edit.

/** What must be true for an item to be accepted. */
export interface AcceptanceCriterionInput {
  /** How it is verified: `{ kind: "command" | "http" | "file" | "manual", ... }`. */
  check?: unknown
  /** Its identity inside the item. Default: the text. */
  id?: string | null
  /** What must be true. */
  text: string
}

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
