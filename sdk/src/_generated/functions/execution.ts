// Generated from sdk/operations/execution.graphql by `npm run generate`. Do not edit.
import { call } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { ExecutionSyncData, ExecutionSyncVariables } from '../execution.ts'
import { execution_sync } from '../operations/execution.ts'

export type * from '../execution.ts'

/**
 * Merges a client's changes with what happened here, in one round trip. What does not conflict is applied on both sides.
 *
 * Without `changes` and `baseSequence` it answers what a first pull would bring.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data } = await syncExecution(client, { dry_run: true })
 * console.log(data?.summary)
 * ```
 */
export function syncExecution(client: Client, variables?: ExecutionSyncVariables, options?: CallOptions): Request<ExecutionSyncData> {
  return call(client, execution_sync, variables, options)
}
