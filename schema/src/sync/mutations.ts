import type { SyncWrite } from '@buildrunner/sdk/sync-merge'
import { builder } from '../builder.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { pushWrites } from './push.ts'
import type { PushResult, WritesPushed } from './push.ts'
import { readConflict } from './reads.ts'
import { resolveConflict } from './resolve.ts'
import type { AffectedCriterion, ConflictResolved } from './resolve.ts'
import { ConflictStrategyEnum, SyncConflict, SyncOutcomeEnum } from './types.ts'

const SyncWriteInput = builder.inputType('SyncWriteInput', {
  description: 'What one person did to a plan: all of its changes stand, or none.',
  fields: (t) => ({
    number: t.int({ required: true, description: 'Ascending within the replica, from 1. A number that was pushed before is answered as the first time, and changes nothing.' }),
    changes: t.field({ type: 'PlanChanges', required: true, description: 'What was done, normally one change.' }),
    base: t.field({ type: 'PlanChanges', required: true, description: 'What undoes it, in the plan as its author saw it: `invertChanges(view, changes)` of `@buildrunner/sdk/plans`.' }),
  }),
})

const PushWritesInput = builder.inputType('PushWritesInput', {
  description: 'What one replica wrote since it last pushed.',
  fields: (t) => ({
    projectId: projectId(t),
    replicaId: t.string({ required: true, description: 'A UUID that the client made for this copy of the project, once.' }),
    baseSequence: t.int({ required: true, description: 'The oldest sequence of the plan that any of the writes was made upon; 0 for none.' }),
    writes: t.field({ type: [SyncWriteInput], required: true, description: 'In the order of their numbers: 2,500 at most, and 1,000,000 bytes as JSON.' }),
    idempotencyKey: t.string({ description: 'Not needed: the numbers of the writes are what makes a repetition safe.' }),
  }),
})

const PushResultType = builder.objectRef<PushResult>('SyncWriteResult').implement({
  description: 'The answer to one write.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: "The write's." }),
    outcome: t.expose('outcome', { type: SyncOutcomeEnum, description: 'How it ended.' }),
    conflicts: t.field({ type: [SyncConflict], description: 'The conflicts that it is part of.', resolve: ({ conflicts }) => [...conflicts] }),
    code: t.exposeString('code', { nullable: true, description: 'Why it was refused; stable.' }),
    message: t.exposeString('message', { nullable: true, description: 'The same for people, with what to do.' }),
    rule: t.exposeString('rule', { nullable: true, description: 'The rule of the policy that refused it.' }),
    line: t.exposeInt('line', { nullable: true, description: "Its line in the project's policy; null for a rule of the product." }),
    path: t.stringList({ description: 'Where in the write the fault lies.', resolve: ({ path }) => [...path] }),
  }),
})

builder.mutationField('pushWrites', (t) =>
  t.field({
    type: builder.objectRef<WritesPushed>('PushWritesPayload').implement({
      description: 'How the writes ended.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', { description: "Sequence of the project's newest event after the push." }),
        acknowledged: f.exposeInt('acknowledged', { description: 'The highest number of the replica that was ever answered.' }),
        results: f.field({ type: [PushResultType], description: 'One for each write, in their order.', resolve: ({ results }) => [...results] }),
      }),
    }),
    description: 'Merges what a replica wrote into the newest plan. Each write is answered for itself: one that is refused or in conflict keeps no other back. Setting the status of microsteps asks for builder.run only.',
    extensions: { permission: 'planner.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'PushWritesResult' } },
    args: { input: t.arg({ type: PushWritesInput, required: true, description: 'The writes.' }) },
    // the shape of each write is checked by the merge, which refuses it alone
    resolve: (_root, { input }, ctx) => pushWrites(ctx, { ...input, writes: input.writes as SyncWrite[] }),
  }),
)

const CriterionType = builder.objectRef<AffectedCriterion>('AffectedCriterion').implement({
  description: 'An acceptance criterion of an item that a decision changes, or that depends on such an item.',
  fields: (t) => ({
    itemKey: t.exposeString('itemKey', { description: 'Key of the item.' }),
    id: t.exposeString('id', { nullable: true, description: 'Its id in the item, where it has one.' }),
    text: t.exposeString('text', { description: 'What must be true.' }),
  }),
})

const ResolveConflictInput = builder.inputType('ResolveConflictInput', {
  description: 'A decision about a conflict.',
  fields: (t) => ({
    conflictId: t.id({ required: true, description: 'The conflict: node id or UUID.' }),
    strategy: t.field({ type: ConflictStrategyEnum, required: true, description: 'What stands.' }),
    changes: t.field({ type: 'PlanChanges', description: 'With MERGE: what to make of the newest plan.' }),
    dryRun: t.boolean({ description: 'True: say what it would do, and do nothing. Default: false.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('resolveConflict', (t) =>
  t.field({
    type: builder.objectRef<ConflictResolved>('ResolveConflictPayload').implement({
      description: 'What the decision does.',
      fields: (f) => ({
        sequence: f.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
        conflict: f.field({ type: SyncConflict, description: 'The conflict as it is now.', resolve: ({ conflictId }, _args, ctx) => readConflict(ctx, encodeNodeId('SyncConflict', conflictId)) }),
        changes: f.field({ type: 'PlanChanges', description: 'What it does to the plan; empty where the server has it already.', resolve: ({ changes }) => changes }),
        affectedCriteria: f.field({ type: [CriterionType], description: 'Acceptance criteria of what it changes, and of what depends on that.', resolve: ({ affectedCriteria }) => [...affectedCriteria] }),
      }),
    }),
    description: 'Decides which side of a conflict stands. What the same writes conflict with beside it, such as everything that others did in a deleted step, is decided with it.',
    extensions: { permission: 'planner.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ResolveConflictResult' } },
    args: { input: t.arg({ type: ResolveConflictInput, required: true, description: 'The decision.' }) },
    resolve: (_root, { input }, ctx) => resolveConflict(ctx, input),
  }),
)
