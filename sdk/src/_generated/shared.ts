// Generated from sdk/operations/shared.graphql by `npm run generate`. Do not edit.

export interface PageInfo {
  hasNextPage: boolean
  endCursor: string | null
}

export interface ItemCounts {
  milestones: number
  steps: number
  microsteps: number
}

/** Progress rolled up from microsteps; cancelled ones do not count. */
export interface Progress {
  percent: number
  total: number
  todo: number
  inProgress: number
  blocked: number
  inReview: number
  done: number
  cancelled: number
}

export interface PlanProblem {
  code: string
  severity: string
  pointer: string
  message: string
  remedy: string
}

export interface ConflictValue {
  kind: string
  id: string | null
  field: string | null
  base: unknown
  local: unknown
  remote: unknown
}

export const FailureFragment = 'fragment Failure on Error{code message path ...on ForbiddenError{permission}...on PolicyError{rule line}...on ValidationError{problems{...PlanProblem}}...on ConflictError{conflicts{...ConflictValue}}}'

export const PageInfoFragment = 'fragment PageInfo on PageInfo{hasNextPage endCursor}'

export const ItemCountsFragment = 'fragment ItemCounts on ItemCounts{milestones steps microsteps}'

export const ProgressFragment = 'fragment Progress on Progress{percent total todo inProgress blocked inReview done cancelled}'

export const PlanProblemFragment = 'fragment PlanProblem on PlanProblem{code severity pointer message remedy}'

export const ConflictValueFragment = 'fragment ConflictValue on ConflictValue{kind id field base local remote}'
