// Generated from sdk/operations/execution.graphql by `npm run generate`. Do not edit.
import type { PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, Operation, Request } from '../request.ts'
import { ConflictValueFragment, FailureFragment, PlanProblemFragment } from './shared.ts'
import type { ConflictValue } from './shared.ts'

/** What `execution.sync` takes. */
export interface ExecutionSyncVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  /** Default: 0. */
  baseSequence?: number
  basePatch?: PlanChange[] | null
  /** Default: []. */
  changes?: PlanChange[]
  resolutions?: unknown
  dry_run?: boolean | null
}

/** What `execution.sync` answers. */
export interface ExecutionSyncData {
  sequence: number
  /** How many changes were applied here. */
  applied: number
  /** Changes that bring the caller's plan to the merged one. */
  changes: PlanChange[]
  conflicts: ConflictValue[]
  basePatch: PlanChange[]
  summary: {
    pulled: number
    pushed: number
    conflicts: number
    sequence: number
  }
}

export const execution_sync: Operation = { text: ['mutation execution_sync($projectId:ID!$baseSequence:Int=0$basePatch:PlanChanges$changes:PlanChanges=[]$resolutions:JSON$dry_run:Boolean$idempotencyKey:String){syncPlan(input:{projectId:$projectId baseSequence:$baseSequence basePatch:$basePatch changes:$changes resolutions:$resolutions dryRun:$dry_run idempotencyKey:$idempotencyKey}){__typename ...Failure ...on SyncPlanPayload{sequence applied changes conflicts{...ConflictValue}basePatch summary{pulled pushed conflicts sequence}}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment] }

/** Keeping a plan file and the server together. */
export interface ExecutionGroup {
  /**
   * Merges a client's changes since `baseSequence` with what happened on the server, in one round trip.
   *
   * Without `changes` and `baseSequence` it answers what a first pull would bring.
   *
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data } = await client.execution.sync({ dry_run: true })
   * console.log(data?.summary)
   * ```
   */
  sync(variables?: ExecutionSyncVariables, options?: CallOptions): Request<ExecutionSyncData>
}

export const execution = {
  sync: execution_sync,
} satisfies Record<keyof ExecutionGroup, Operation>
