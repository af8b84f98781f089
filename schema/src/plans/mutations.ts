/** Whole plans: import, batches of changes, sync. */
import type { Resolution } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import { ItemCounts } from '../projects/types.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { ConflictValue, PlanProblemType } from '../shared/plan-values.ts'
import { applyPlanChanges, importPlan, syncPlan } from './service.ts'
import type { PlanImported, SyncResult } from './service.ts'

const sequenceOf = "Sequence of the project's newest event after the write."

const ImportPlanPayload = builder.objectRef<PlanImported & { sequence: number }>('ImportPlanPayload').implement({
  description: 'What was imported.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: sequenceOf }),
    counts: t.field({ type: ItemCounts, description: 'How many items the plan has.', resolve: (imported) => imported.counts }),
    problems: t.field({ type: [PlanProblemType], description: 'Warnings about the document.', resolve: (imported) => [...imported.problems] }),
  }),
})

const ImportPlanInput = builder.inputType('ImportPlanInput', {
  description: 'A plan document for a project.',
  fields: (t) => ({
    projectId: projectId(t),
    document: t.field({ type: 'PlanDocument', required: true, description: 'The plan.' }),
    replace: t.boolean({ defaultValue: false, description: 'Replace the plan that is there; refused otherwise when it is not empty.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('importPlan', (t) =>
  t.field({
    type: ImportPlanPayload,
    description: 'Brings a whole plan into a project.',
    extensions: { permission: 'planner.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ImportPlanResult' } },
    args: { input: t.arg({ type: ImportPlanInput, required: true, description: 'The plan.' }) },
    resolve: (_root, { input }, ctx) => importPlan(ctx, input, input.document, input.replace ?? false),
  }),
)

const ApplyPlanChangesPayload = builder.objectRef<{ sequence: number; applied: number }>('ApplyPlanChangesPayload').implement({
  description: 'What was applied.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: sequenceOf }),
    applied: t.exposeInt('applied', { description: 'How many changes were applied.' }),
  }),
})

const ApplyPlanChangesInput = builder.inputType('ApplyPlanChangesInput', {
  description: 'A batch of changes, applied together or not at all.',
  fields: (t) => ({
    projectId: projectId(t),
    expectedSequence: t.int({ description: 'Refused with CONFLICT when given and the project is at another sequence.' }),
    changes: t.field({ type: 'PlanChanges', required: true, description: 'The changes, applied in order.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('applyPlanChanges', (t) =>
  t.field({
    type: ApplyPlanChangesPayload,
    description: 'Applies a batch of changes to the newest plan.',
    extensions: { permission: 'planner.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ApplyPlanChangesResult' } },
    args: { input: t.arg({ type: ApplyPlanChangesInput, required: true, description: 'The batch.' }) },
    resolve: (_root, { input }, ctx) => applyPlanChanges(ctx, input, input.changes, input.expectedSequence),
  }),
)

type Synced = SyncResult & { sequence: number }

const SyncSummary = builder.objectRef<Synced>('SyncSummary').implement({
  description: 'A sync in numbers.',
  fields: (t) => ({
    pulled: t.int({ description: "Changes that the caller's plan takes over.", resolve: (synced) => synced.changes.length }),
    pushed: t.int({ description: 'Changes applied here.', resolve: (synced) => synced.applied }),
    conflicts: t.int({ description: 'Conflicts that wait for a decision.', resolve: (synced) => synced.conflicts.length }),
    sequence: t.exposeInt('sequence', { description: sequenceOf }),
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
