// Generated from schema/schema.graphql by `npm run generate`. Do not edit.

export interface AcceptanceCriterionInput {
  check?: unknown
  id?: string | null
  text: string
}

export interface EstimateInput {
  hours?: number | null
  likely?: number | null
  optimistic?: number | null
  pessimistic?: number | null
}

export interface LinkInput {
  title?: string | null
  url: string
}

/** A newer server may answer further values. */
export type Priority =
  | 'CRITICAL'
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | (string & {})

/** A newer server may answer further values. */
export type Status =
  | 'BLOCKED'
  | 'CANCELLED'
  | 'DONE'
  | 'IN_PROGRESS'
  | 'IN_REVIEW'
  | 'TODO'
  | (string & {})
