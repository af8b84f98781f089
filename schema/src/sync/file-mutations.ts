/** The sync of a plan's file. */
import type { Resolution } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { ConflictValue } from '../shared/plan-values.ts'
import { syncPlan } from './service.ts'
import type { SyncResult } from './service.ts'

type Synced = SyncResult & { sequence: number }

const SyncSummary = builder.objectRef<Synced>('SyncSummary').implement({
  description: 'A sync in numbers.',
  fields: (t) => ({
    pulled: t.int({ description: "Changes that the caller's plan takes over.", resolve: (synced) => synced.changes.length }),
    pushed: t.int({ description: 'Changes applied here.', resolve: (synced) => synced.applied }),
    conflicts: t.int({ description: 'Conflicts that wait for a decision.', resolve: (synced) => synced.conflicts.length }),
    sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
  }),
})

const SyncPlanPayload = builder.objectRef<Synced>('SyncPlanPayload').implement({
  description: 'The outcome of a sync.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'The sequence to write into x-sync.' }),
    applied: t.exposeInt('applied', { description: 'How many changes were applied here.' }),
    changes: t.field({ type: 'PlanChanges', description: "Changes that bring the caller's plan to the merged one.", resolve: (synced) => synced.changes }),
    conflicts: t.field({ type: [ConflictValue], description: 'Each side keeps its own value until one is chosen.', resolve: (synced) => [...synced.conflicts] }),
    basePatch: t.field({ type: 'PlanChanges', description: 'What to write into x-sync beside the sequence; empty without a conflict.', resolve: (synced) => synced.basePatch }),
    summary: t.field({ type: SyncSummary, description: 'The same in numbers.', resolve: (synced) => synced }),
  }),
})

const KeepEnum = builder.enumType('Keep', { description: 'Which side of a conflict stands.', values: { LOCAL: { value: 'local' }, REMOTE: { value: 'remote' } } as const })

const ResolutionInput = builder.inputType('ResolutionInput', {
  description: 'A decision about a conflict.',
  fields: (t) => ({
    id: t.string({ description: 'Key of the item; absent for the head of the document.' }),
    field: t.string({ description: 'The field; absent for every conflict of the item.' }),
    keep: t.field({ type: KeepEnum, required: true, description: 'Which side stands.' }),
  }),
})

const SyncPlanInput = builder.inputType('SyncPlanInput', {
  description: "A client's changes since the sequence it last saw.",
  fields: (t) => ({
    projectId: projectId(t),
    baseSequence: t.int({ defaultValue: 0, description: "The sequence of the caller's base; 0 when it has none." }),
    basePatch: t.field({ type: 'PlanChanges', description: 'What x-sync carries beside the sequence while conflicts wait.' }),
    changes: t.field({ type: 'PlanChanges', description: 'Changes from the base to the plan of the caller.' }),
    resolutions: t.field({ type: [ResolutionInput], description: 'Decisions about conflicts.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Merge and answer, but change nothing.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('syncPlan', (t) =>
  t.field({
    type: SyncPlanPayload,
    description: "Merges a client's changes with what happened here, in one round trip. What does not conflict is applied on both sides.",
    extensions: { permission: 'planner.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'SyncPlanResult' } },
    args: { input: t.arg({ type: SyncPlanInput, required: true, description: 'The changes and what they are based on.' }) },
    resolve: (_root, { input }, ctx) =>
      syncPlan(ctx, input, {
        baseSequence: input.baseSequence ?? 0, basePatch: input.basePatch ?? [], changes: input.changes ?? [], dryRun: input.dryRun ?? false,
        resolutions: (input.resolutions ?? []) as Resolution[],
      }),
  }),
)
