// Generated from sdk/operations/shared.graphql by `npm run generate`. Do not edit.

export interface PageInfo {
  hasNextPage: boolean
  endCursor: string | null
}

/** How many items a plan has. */
export interface ItemCounts {
  /** Milestones. */
  milestones: number
  /** Steps. */
  steps: number
  /** Microsteps, cancelled ones included. */
  microsteps: number
}

/** Progress rolled up from microsteps; cancelled ones do not count. */
export interface Progress {
  /** Done of total, 0 to 100, one decimal. */
  percent: number
  /** Microsteps that count. */
  total: number
  /** Not begun. */
  todo: number
  /** Being worked on. */
  inProgress: number
  /** Cannot go on. */
  blocked: number
  /** Waiting for review. */
  inReview: number
  /** Finished. */
  done: number
  /** Given up; no part of the total. */
  cancelled: number
}

/** A fault or remark found in a plan. */
export interface PlanProblem {
  /** Stable; match on this. */
  code: string
  /** `error` or `warning`. */
  severity: string
  /** JSON pointer (RFC 6901) of the offending value. */
  pointer: string
  /** What is wrong. */
  message: string
  /** What to do about it. */
  remedy: string
}

/** Two edits that cannot both stand. */
export interface ConflictValue {
  /** `field`, `edit-delete`, `move-delete`, `move-move`, `add-add`, `child-of-deleted` or `cycle`. */
  kind: string
  /** Key of the item; null for the head of the document. */
  id: string | null
  /** The field, where one is in conflict. */
  field: string | null
  /** What it was. */
  base: unknown
  /** What the caller made of it. */
  local: unknown
  /** What it is on the server. */
  remote: unknown
}
