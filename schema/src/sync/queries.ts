import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { pullChanges } from './pull.ts'
import type { ChangesPulled } from './pull.ts'
import { readConflict, readConflicts, readQueue, readSyncEvents } from './reads.ts'
import { watchQueue } from './service.ts'
import type { QueueMessage } from './service.ts'
import { SyncConflict, SyncEventType, SyncOutcomeEnum, SyncQueue } from './types.ts'

const totalCount = { description: 'How many match, on all pages.', resolve: totalCountOf } as const
const permission = 'planner.read'
const project = { required: true, description: 'Node id, UUID or slug.' } as const

const PullChangesType = builder.objectRef<ChangesPulled>('ChangesPulled').implement({
  description: 'What happened to a plan since a sequence.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: 'Where the caller stands with it: the next pull names it.' }),
    changes: t.field({ type: 'PlanChanges', nullable: true, description: 'To be applied in order; null where a document is given instead.', resolve: ({ changes }) => changes }),
    document: t.field({ type: 'PlanDocument', nullable: true, description: 'The whole plan: for a first pull, and where history was cut; null otherwise.', resolve: ({ document }) => document }),
    commentedItems: t.stringList({ description: 'Keys of items on which comments were written, changed, resolved or deleted since.', resolve: ({ commentedItems }) => [...commentedItems] }),
  }),
})

builder.queryField('pullChanges', (t) =>
  t.field({
    type: PullChangesType,
    nullable: true,
    description: 'What happened to a plan since a sequence, or the whole plan where that is not known any more.',
    extensions: { permission },
    args: { projectId: t.arg.id(project), since: t.arg.int({ required: true, description: 'The sequence of the plan that the caller has; 0 for none.' }) },
    resolve: (_root, { projectId, since }, ctx) => pullChanges(ctx, projectId, since),
  }),
)

builder.queryField('syncConflicts', (t) =>
  t.connection(
    {
      type: SyncConflict,
      description: 'Conflicts of a project, newest first.',
      extensions: { permission },
      args: { projectId: t.arg.id(project), open: t.arg.boolean({ description: 'True: only those that wait for a decision; false: only those that ended. Default: all.' }) },
      resolve: paged(readConflicts),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('syncConflict', (t) =>
  t.field({
    type: SyncConflict,
    nullable: true,
    description: 'One conflict. NOT_FOUND when the key sees no such conflict.',
    extensions: { permission },
    args: { conflictId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, { conflictId }, ctx) => readConflict(ctx, conflictId),
  }),
)

builder.queryField('syncEvents', (t) =>
  t.connection(
    {
      type: SyncEventType,
      description: 'What replicas pushed and how it ended, the last push first. What was applied is kept for 30 days.',
      extensions: { permission },
      args: {
        projectId: t.arg.id(project), replicaId: t.arg.string({ description: 'Only those of this replica.' }),
        outcome: t.arg({ type: SyncOutcomeEnum, description: 'Only those: REFUSED for what did not get in.' }),
      },
      resolve: paged(readSyncEvents),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('syncQueue', (t) =>
  t.field({
    type: SyncQueue,
    nullable: true,
    description: 'What the replicas of a project have pushed, in numbers.',
    extensions: { permission },
    args: { projectId: t.arg.id(project) },
    resolve: (_root, { projectId }, ctx) => readQueue(ctx, projectId),
  }),
)

const QueueMessageType = builder.objectRef<QueueMessage>('SyncQueueMessage').implement({
  description: 'Something was pushed, or decided. The first message comes at once, and tells where the subscriber stands.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Number of the newest event in the project's stream that it counts." }),
    queue: t.field({ type: SyncQueue, description: 'The numbers as they are now.', resolve: ({ projectId }, _args, ctx) => readQueue(ctx, projectId) }),
  }),
})

builder.subscriptionField('syncQueueChanges', (t) =>
  t.field({
    type: QueueMessageType,
    // the numbers read the same for everybody who may follow the project: they are read once for all of them
    extensions: { shared: true, permission },
    description: 'The numbers of the queue, at once and whenever something was pushed or a conflict was decided.',
    args: { projectId: t.arg.id(project) },
    subscribe: (_root, { projectId }, ctx) => watchQueue(ctx, projectId),
    resolve: (message) => message,
  }),
)
