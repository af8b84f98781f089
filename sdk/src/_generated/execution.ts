// Generated from sdk/operations/execution.graphql by `npm run generate`. Do not edit.
import type { PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, Request } from '../request.ts'
import type { ResolutionInput } from './schema.ts'
import type { ConflictValue } from './shared.ts'

/** What `execution.sync` takes. */
export interface ExecutionSyncVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The sequence of the caller's base; 0 when it has none. Default: 0. */
  baseSequence?: number
  /** What x-sync carries beside the sequence while conflicts wait. */
  basePatch?: PlanChange[] | null
  /** Changes from the base to the plan of the caller. */
  changes?: PlanChange[] | null
  /** Decisions about conflicts. */
  resolutions?: readonly ResolutionInput[] | null
  /** Merge and answer, but change nothing. Default: false. */
  dry_run?: boolean
}

/** What `execution.sync` answers. */
export interface ExecutionSyncData {
  /** The sequence to write into x-sync. */
  sequence: number
  /** How many changes were applied here. */
  applied: number
  /** Changes that bring the caller's plan to the merged one. */
  changes: PlanChange[]
  /** Each side keeps its own value until one is chosen. */
  conflicts: ConflictValue[]
  /** What to write into x-sync beside the sequence; empty without a conflict. */
  basePatch: PlanChange[]
  /** The same in numbers. */
  summary: {
    /** Changes that the caller's plan takes over. */
    pulled: number
    /** Changes applied here. */
    pushed: number
    /** Conflicts that wait for a decision. */
    conflicts: number
    /** Sequence of the project's newest event after the write. */
    sequence: number
  }
}

/** Keeping a plan file and the server together. */
export interface ExecutionGroup {
  /**
   * Merges a client's changes with what happened here, in one round trip. What does not conflict is applied on both sides.
   *
   * Without `changes` and `baseSequence` it answers what a first pull would bring.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data } = await client.execution.sync({ dry_run: true })
   * console.log(data?.summary)
   * ```
   */
  sync(variables?: ExecutionSyncVariables, options?: CallOptions): Request<ExecutionSyncData>
}
