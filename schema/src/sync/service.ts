/** Use cases of sync that reach into other domains. */
import { EMPTY_PLAN, mergePlans } from '@buildrunner/sdk/plans'
import type { PlanChange, PlanConflict, Resolution } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { watchEvents } from '../events/service.ts'
import { changePlan } from '../plans/change-plan.ts'
import { planAsOf } from '../plans/load.ts'
import type { LoadedPlan } from '../plans/load.ts'
import { applyReadChanges, readChanges } from '../plans/reads.ts'
import { checkChangedItems, checkGraph } from '../plans/rules.ts'
import type { WriteOptions } from '../plans/service.ts'
import { ValidationError } from '../shared/errors.ts'
import { fileConflictRows } from './file-conflicts.ts'

export interface QueueMessage {
  readonly projectId: string
  readonly sequence: number
}

/** Events after which the queue's numbers may differ. */
const KINDS = ['plan.changed', 'sync.*', 'conflict.*']

const concernsQueue = (data: unknown): boolean => typeof data === 'object' && data !== null && ('sync' in data || 'resolved' in data || 'conflictId' in data)

/** One message at once, then one for every push and decision. It ends as `watchEvents` does. */
export async function watchQueue(ctx: Context, projectId: string): Promise<AsyncIterableIterator<QueueMessage, void, undefined>> {
  const events = await watchEvents(ctx, projectId, { kinds: KINDS })
  let first = true
  const messages: AsyncIterableIterator<QueueMessage, void, undefined> = {
    [Symbol.asyncIterator]: () => messages,
    async next() {
      for (;;) {
        const { value, done } = await events.next()
        if (done === true) return { value: undefined, done }
        const concerns = first || (value.event !== null && concernsQueue(value.event.data))
        first = false
        if (concerns) return { value: { projectId, sequence: value.sequence }, done: false }
      }
    },
    // not a generator: one that nobody has asked for a message yet would not end what it reads from
    async return() {
      await events.return()
      return { value: undefined, done: true }
    },
  }
  return messages
}

export interface SyncRequest {
  readonly baseSequence: number
  readonly basePatch: unknown
  readonly changes: unknown
  readonly resolutions: readonly Resolution[]
  readonly dryRun: boolean
}

export interface SyncResult {
  readonly applied: number
  readonly changes: readonly PlanChange[]
  readonly conflicts: readonly PlanConflict[]
  readonly basePatch: readonly PlanChange[]
}

/**
 * Merges a client's changes since its base with what happened here, in one read and one write. What does not conflict
 * is applied; the answer brings the caller's plan to the same state.
 */
export async function syncPlan(ctx: Context, options: WriteOptions, sync: SyncRequest): Promise<SyncResult & { sequence: number }> {
  const changes = readChanges(sync.changes, ['changes'])
  const basePatch = readChanges(sync.basePatch, ['basePatch'])
  if (sync.baseSequence < 0) throw new ValidationError('A sequence is 0 or more.', ['baseSequence'])
  const bringsNothing = changes.length + basePatch.length + sync.resolutions.length === 0
  const written = await changePlan<SyncResult>(ctx, {
    projectRef: options.projectId, action: 'plan.sync', permission: bringsNothing ? 'planner.read' : 'planner.write', select: { all: true }, since: sync.baseSequence, idempotencyKey: sync.dryRun ? null : options.idempotencyKey,
    request: { ...options, ...sync, changes, basePatch }, dryRun: sync.dryRun,
    decide: (loaded) => mergeIn(ctx, loaded, sync, changes, basePatch),
  })
  return { ...written.result, sequence: written.sequence }
}

async function mergeIn(ctx: Context, loaded: LoadedPlan, sync: SyncRequest, changes: readonly PlanChange[], basePatch: readonly PlanChange[]) {
  const past = planAsOf(loaded, sync.baseSequence, ['baseSequence'])
  const base = basePatch.length === 0 ? past : applyReadChanges(past, basePatch, ['basePatch'])
  const local = applyReadChanges(base, changes, ['changes'])
  checkChangedItems(local, changes, ['changes'])
  checkGraph(local, changes, ['changes'])
  const remote = loaded.plan
  // nothing happened here since the caller's base, and nothing is left over: the caller's plan is the merged one
  const alone = base === remote || (base === EMPTY_PLAN && remote.items.size === 0 && Object.keys(remote.head).length === 0)
  if (alone) return { changes, after: local, validated: true, result: { applied: changes.length, changes: [], conflicts: [], basePatch: [] } }
  const { resolutions } = sync
  const merge = mergePlans({ base, local, remote, resolutions })
  // without a conflict, and none left over from an earlier sync, there is nothing to keep
  const rows = merge.conflicts.length + basePatch.length + resolutions.length === 0 ? []
    : await fileConflictRows(ctx, { projectId: loaded.project.id, baseSequence: sync.baseSequence, base, remote, changes, conflicts: merge.conflicts, resolutions })
  return {
    changes: merge.toRemote, after: merge.remote,
    ...(rows.length > 0 && { along: { kind: 'sync.recorded', target: { type: 'project', id: loaded.project.id }, rows, data: { sync: { conflicts: merge.conflicts.length } } } }),
    result: { applied: merge.toRemote.length, changes: merge.toLocal, conflicts: merge.conflicts, basePatch: merge.basePatch },
  }
}
