/** Whole plans: import, batches of changes. */
import { builder } from '../builder.ts'
import { ItemCounts } from '../projects/types.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { PlanProblemType } from '../shared/plan-values.ts'
import { applyPlanChanges, importPlan } from './service.ts'
import type { PlanImported } from './service.ts'

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
