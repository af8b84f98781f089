import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { conflictsByUuid, personOf } from './reads.ts'
import type { QueueState, ReplicaState, SyncEvent } from './reads.ts'
import type { ConflictRow } from './rows.ts'

export const SyncOutcomeEnum = builder.enumType('SyncOutcome', {
  description: 'How a write of a replica ended.',
  values: {
    APPLIED: { description: 'It stands, whole.' },
    ALREADY_APPLIED: { description: 'The plan said so before, or the same number was pushed and applied before.' },
    CONFLICT: { description: 'Others changed the same since; what is not in conflict stands.' },
    REFUSED: { description: 'It cannot stand, and says why.' },
  } as const,
})

export const ConflictStrategyEnum = builder.enumType('ConflictStrategy', {
  description: 'How a conflict is decided.',
  values: {
    KEEP_LOCAL: { value: 'keep_local', description: 'What the replica or file made of it stands.' },
    TAKE_REMOTE: { value: 'take_remote', description: 'What is on the server stands.' },
    MERGE: { value: 'merge', description: 'Neither: what the given changes say.' },
  } as const,
})

export const SyncConflict = builder.objectRef<ConflictRow>('SyncConflict')
builder.node(SyncConflict, {
  description: 'Two edits that could not both stand. The plan has the one of the server until somebody decides.',
  id: { resolve: (conflict) => conflict.id },
  isTypeOf: (value) => 'autoResolved' in (value as object),
  loadMany: (uuids, ctx) => conflictsByUuid(ctx, uuids),
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (conflict) => encodeNodeId('Project', conflict.projectId) }),
    kind: t.exposeString('kind', { description: '`field`, `edit-delete`, `move-delete`, `move-move`, `add-add`, `child-of-deleted` or `cycle`.' }),
    itemKey: t.exposeString('itemKey', { nullable: true, description: 'Key of the item; null for the head of the document.' }),
    itemTitle: t.exposeString('itemTitle', { nullable: true, description: 'Its title now; null where the plan does not have it.' }),
    field: t.exposeString('field', { nullable: true, description: 'The field, where one is in conflict.' }),
    base: t.expose('base', { type: 'JSON', nullable: true, description: 'What it was.' }),
    local: t.expose('local', { type: 'JSON', nullable: true, description: 'What the replica or file made of it.' }),
    remote: t.expose('remote', { type: 'JSON', nullable: true, description: 'What it was on the server when the conflict was found.' }),
    replicaId: t.exposeString('replicaId', { nullable: true, description: 'The replica that wrote it; null for a file.' }),
    numbers: t.intList({ description: 'The writes of the replica that led to it.', resolve: ({ numbers }) => [...numbers] }),
    number: t.int({ nullable: true, description: 'The last of them; null for a file.', resolve: ({ numbers }) => numbers.at(-1) }),
    by: t.field({ type: PersonType, nullable: true, description: 'Whose write it was.', resolve: ({ byId }, _args, ctx) => personOf(ctx, byId) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was found.' }),
    strategy: t.expose('strategy', { type: ConflictStrategyEnum, nullable: true, description: 'How it was decided; null while it waits, and where it ended by itself.' }),
    resolution: t.expose('resolution', { type: 'PlanChanges', nullable: true, description: 'The changes that the decision made.' }),
    autoResolved: t.exposeBoolean('autoResolved', { description: 'It ended without a decision: later edits no longer conflict.' }),
    resolvedBy: t.field({ type: PersonType, nullable: true, description: 'Who decided.', resolve: ({ resolvedById }, _args, ctx) => (resolvedById === null ? null : personOf(ctx, resolvedById)) }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null while it waits.' }),
  }),
})

export const SyncEventType = builder.objectRef<SyncEvent>('SyncEvent').implement({
  description: 'A write of a replica, and how it ended.',
  fields: (t) => ({
    replicaId: t.exposeString('replicaId', { description: 'The replica.' }),
    number: t.exposeInt('number', { description: "The write's number, ascending within the replica." }),
    kind: t.exposeString('kind', { description: 'The operation of its first change: `update`, `add`, ...' }),
    changes: t.field({ type: 'PlanChanges', nullable: true, description: 'What was written, as it was sent.', resolve: ({ payload }) => payload as never }),
    outcome: t.expose('outcome', { type: SyncOutcomeEnum, description: 'How it ended.' }),
    code: t.exposeString('code', { nullable: true, description: 'Why it was refused.' }),
    message: t.exposeString('message', { nullable: true, description: 'The same for people.' }),
    rule: t.exposeString('rule', { nullable: true, description: 'The rule of the policy that refused it.' }),
    sequence: t.exposeInt('sequence', { description: "Number of the event in the project's stream that recorded it." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was pushed.' }),
  }),
})

const ReplicaType = builder.objectRef<ReplicaState>('SyncReplica').implement({
  description: "One device's copy of one project.",
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID that its client made.' }),
    user: t.field({ type: PersonType, nullable: true, description: 'Whose it is.', resolve: ({ userId }, _args, ctx) => personOf(ctx, userId) }),
    acknowledged: t.exposeInt('acknowledged', { description: 'The highest number that was answered.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'When it last pushed something new.' }),
  }),
})

export const SyncQueue = builder.objectRef<QueueState>('SyncQueue').implement({
  description: 'What the replicas of a project have pushed, in numbers.',
  fields: (t) => ({
    applied: t.exposeInt('applied', { description: 'Writes that stand.' }),
    conflicts: t.exposeInt('conflicts', { description: 'Conflicts that wait for a decision.' }),
    refused: t.exposeInt('refused', { description: 'Writes that were refused.' }),
    replicas: t.field({ type: [ReplicaType], description: 'The replicas, the last seen first; 100 at most.', resolve: ({ replicas }) => [...replicas] }),
  }),
})
