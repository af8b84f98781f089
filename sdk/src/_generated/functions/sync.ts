// Generated from sdk/operations/sync.graphql by `npm run generate`. Do not edit.
import { call, list, watch } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { SubscribeOptions, Subscription } from '../../subscription.ts'
import type { SyncGetConflictData, SyncGetConflictVariables, SyncGetQueueData, SyncGetQueueVariables, SyncListConflictsData, SyncListConflictsVariables, SyncListEventsData, SyncListEventsVariables, SyncPullData, SyncPullVariables, SyncPushData, SyncPushVariables, SyncResolveConflictData, SyncResolveConflictVariables, SyncWatchQueueData, SyncWatchQueueVariables } from '../sync.ts'
import { sync_getConflict, sync_getQueue, sync_listConflicts, sync_listEvents, sync_pull, sync_push, sync_resolveConflict, sync_watchQueue } from '../operations/sync.ts'

export type * from '../sync.ts'

/**
 * Merges what a replica wrote into the newest plan. Each write is answered for itself: one that is refused or in conflict keeps no other back. Setting the status of microsteps asks for builder.run only.
 *
 * Each write is answered for itself: one that is refused or in conflict keeps no other back. A number that was pushed before is
 * answered as the first time and changes nothing, so that a push whose answer was lost is simply sent again. `base` is what
 * `invertChanges` says of the plan before the write.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data } = await pushSync(client, {
 *   replicaId: '01a2008b-71a0-7f2e-be42-65f046903171',
 *   baseSequence: 2,
 *   writes: [{
 *     number: 1,
 *     changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the handbook' } }],
 *     base: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }],
 *   }],
 * })
 * for (const { number, outcome } of data?.results ?? []) console.log(number, outcome)
 * ```
 */
export function pushSync(client: Client, variables: SyncPushVariables, options?: CallOptions): Request<SyncPushData> {
  return call(client, sync_push, variables, options)
}

/**
 * What happened to a plan since a sequence, or the whole plan where that is not known any more.
 *
 * Either `changes` or `document` is given: the document for a first pull, and where history was cut.
 *
 * @example
 * ```ts
 * const { data } = await pullSync(client, { since: 2 })
 * console.log(data?.sequence, data?.changes ?? data?.document)
 * ```
 */
export function pullSync(client: Client, variables: SyncPullVariables, options?: CallOptions): Request<SyncPullData> {
  return call(client, sync_pull, variables, options)
}

/**
 * Conflicts of a project, newest first.
 *
 * @example
 * ```ts
 * for await (const { id, itemKey, field, local, remote } of listConflicts(client, { open: true })) console.log(id, itemKey, field, local, remote)
 * ```
 */
export function listConflicts(client: Client, variables?: SyncListConflictsVariables, options?: CallOptions): ListRequest<SyncListConflictsData, SyncListConflictsData['conflicts'][number]> {
  return list(client, sync_listConflicts, variables, options)
}

/**
 * One conflict. NOT_FOUND when the key sees no such conflict.
 *
 * @example
 * ```ts
 * const { data } = await getConflict(client, { conflictId: 'cfl_01a2008b71a07f2ebe4265f046903171' })
 * console.log(data?.base, data?.local, data?.remote)
 * ```
 */
export function getConflict(client: Client, variables: SyncGetConflictVariables, options?: CallOptions): Request<SyncGetConflictData> {
  return call(client, sync_getConflict, variables, options)
}

/**
 * Decides which side of a conflict stands. What the same writes conflict with beside it, such as everything that others did in a deleted step, is decided with it.
 *
 * With `dryRun` it says what the decision would do, and which acceptance criteria that concerns. With `MERGE`, `changes` say what
 * to make of the newest plan. A value that was changed since the conflict was found answers `CONFLICT`: read it again.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data } = await resolveConflict(client, { conflictId: 'cfl_01a2008b71a07f2ebe4265f046903171', strategy: 'KEEP_LOCAL' })
 * console.log(data?.changes, data?.affectedCriteria)
 * ```
 */
export function resolveConflict(client: Client, variables: SyncResolveConflictVariables, options?: CallOptions): Request<SyncResolveConflictData> {
  return call(client, sync_resolveConflict, variables, options)
}

/**
 * What the replicas of a project have pushed, in numbers.
 *
 * @example
 * ```ts
 * const { data } = await getQueue(client)
 * console.log(data?.conflicts, data?.refused)
 * ```
 */
export function getQueue(client: Client, variables?: SyncGetQueueVariables, options?: CallOptions): Request<SyncGetQueueData> {
  return call(client, sync_getQueue, variables, options)
}

/**
 * What replicas pushed and how it ended, the last push first. What was applied is kept for 30 days.
 *
 * The last push first. What was applied is kept for 30 days, what was refused for ever.
 *
 * @example
 * ```ts
 * for await (const { number, code, message } of listSyncEvents(client, { outcome: 'REFUSED' })) console.log(number, code, message)
 * ```
 */
export function listSyncEvents(client: Client, variables?: SyncListEventsVariables, options?: CallOptions): ListRequest<SyncListEventsData, SyncListEventsData['events'][number]> {
  return list(client, sync_listEvents, variables, options)
}

/**
 * The numbers of the queue, at once and whenever something was pushed or a conflict was decided.
 *
 * The first message comes at once; then one whenever something was pushed or decided.
 *
 * @example
 * ```ts
 * for await (const { queue } of watchQueue(client)) console.log(queue.conflicts)
 * ```
 */
export function watchQueue(client: Client, variables?: SyncWatchQueueVariables, options?: SubscribeOptions): Subscription<SyncWatchQueueData> {
  return watch(client, sync_watchQueue, variables, options)
}
