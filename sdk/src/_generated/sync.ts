// Generated from sdk/operations/sync.graphql by `npm run generate`. Do not edit.
import type { Plan, PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { SubscribeOptions, Subscription } from '../subscription.ts'
import type { ConflictStrategy, SyncOutcome, SyncWriteInput } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** Two edits that could not both stand. The plan has the one of the server until somebody decides. */
export interface SyncConflict {
  id: string
  /** Node id of the project. */
  projectId: string
  /** `field`, `edit-delete`, `move-delete`, `move-move`, `add-add`, `child-of-deleted` or `cycle`. */
  kind: string
  /** Key of the item; null for the head of the document. */
  itemKey: string | null
  /** Its title now; null where the plan does not have it. */
  itemTitle: string | null
  /** The field, where one is in conflict. */
  field: string | null
  /** What it was. */
  base: unknown
  /** What the replica or file made of it. */
  local: unknown
  /** What it was on the server when the conflict was found. */
  remote: unknown
  /** The replica that wrote it; null for a file. */
  replicaId: string | null
  /** The last of them; null for a file. */
  number: number | null
  /** Whose write it was. */
  by: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
  /** When it was found. */
  createdAt: string
  /** How it was decided; null while it waits, and where it ended by itself. */
  strategy: ConflictStrategy | null
  /** The changes that the decision made. */
  resolution: PlanChange[] | null
  /** It ended without a decision: later edits no longer conflict. */
  autoResolved: boolean
  /** Who decided. */
  resolvedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
  /** When it ended; null while it waits. */
  resolvedAt: string | null
}

/** The answer to one write. */
export interface SyncWriteResult {
  /** The write's. */
  number: number
  /** How it ended. */
  outcome: SyncOutcome
  /** The conflicts that it is part of. */
  conflicts: SyncConflict[]
  /** Why it was refused; stable. */
  code: string | null
  /** The same for people, with what to do. */
  message: string | null
  /** The rule of the policy that refused it. */
  rule: string | null
  /** Its line in the project's policy; null for a rule of the product. */
  line: number | null
  /** Where in the write the fault lies. */
  path: string[]
}

/** What the replicas of a project have pushed, in numbers. */
export interface SyncQueue {
  /** Writes that stand. */
  applied: number
  /** Conflicts that wait for a decision. */
  conflicts: number
  /** Writes that were refused. */
  refused: number
  /** The replicas, the last seen first; 100 at most. */
  replicas: Array<{
    /** The UUID that its client made. */
    id: string
    /** The highest number that was answered. */
    acknowledged: number
    /** When it last pushed something new. */
    lastSeenAt: string
    /** Whose it is. */
    user: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    } | null
  }>
}

/** What `sync.push` takes. */
export interface SyncPushVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** A UUID that the client made for this copy of the project, once. */
  replicaId: string
  /** The oldest sequence of the plan that any of the writes was made upon; 0 for none. */
  baseSequence: number
  /** In the order of their numbers: 2,500 at most, and 1,000,000 bytes as JSON. */
  writes: readonly SyncWriteInput[]
}

/** What `sync.push` answers. */
export interface SyncPushData {
  /** Sequence of the project's newest event after the push. */
  sequence: number
  /** The highest number of the replica that was ever answered. */
  acknowledged: number
  /** One for each write, in their order. */
  results: SyncWriteResult[]
}

/** What `sync.pull` takes. */
export interface SyncPullVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The sequence of the plan that the caller has; 0 for none. */
  since: number
}

/** What `sync.pull` answers. */
export interface SyncPullData {
  /** Where the caller stands with it: the next pull names it. */
  sequence: number
  /** To be applied in order; null where a document is given instead. */
  changes: PlanChange[] | null
  /** The whole plan: for a first pull, and where history was cut; null otherwise. */
  document: Plan | null
  /** Keys of items on which comments were written, changed, resolved or deleted since. */
  commentedItems: string[]
}

/** What `sync.listConflicts` takes. */
export interface SyncListConflictsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** True: only those that wait for a decision; false: only those that ended. Default: all. */
  open?: boolean | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `sync.listConflicts` answers. */
export interface SyncListConflictsData {
  /** How many match, on all pages. */
  totalCount: number
  pageInfo: PageInfo
  conflicts: SyncConflict[]
}

/** What `sync.getConflict` takes. */
export interface SyncGetConflictVariables {
  /** Node id or UUID. */
  conflictId: string
}

/** What `sync.getConflict` answers. */
export type SyncGetConflictData = SyncConflict

/** What `sync.resolveConflict` takes. */
export interface SyncResolveConflictVariables {
  /** The conflict: node id or UUID. */
  conflictId: string
  /** What stands. */
  strategy: ConflictStrategy
  /** With MERGE: what to make of the newest plan. */
  changes?: PlanChange[] | null
  /** True: say what it would do, and do nothing. Default: false. */
  dryRun?: boolean | null
}

/** What `sync.resolveConflict` answers. */
export interface SyncResolveConflictData {
  /** Sequence of the project's newest event after the write. */
  sequence: number
  /** The conflict as it is now. */
  conflict: SyncConflict
  /** What it does to the plan; empty where the server has it already. */
  changes: PlanChange[]
  /** Acceptance criteria of what it changes, and of what depends on that. */
  affectedCriteria: Array<{
    /** Key of the item. */
    itemKey: string
    /** Its id in the item, where it has one. */
    id: string | null
    /** What must be true. */
    text: string
  }>
}

/** What `sync.getQueue` takes. */
export interface SyncGetQueueVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `sync.getQueue` answers. */
export type SyncGetQueueData = SyncQueue

/** What `sync.listEvents` takes. */
export interface SyncListEventsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only those of this replica. */
  replicaId?: string | null
  /** Only those: REFUSED for what did not get in. */
  outcome?: SyncOutcome | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `sync.listEvents` answers. */
export interface SyncListEventsData {
  /** How many match, on all pages. */
  totalCount: number
  pageInfo: PageInfo
  events: Array<{
    /** The replica. */
    replicaId: string
    /** The write's number, ascending within the replica. */
    number: number
    /** The operation of its first change: `update`, `add`, ... */
    kind: string
    /** What was written, as it was sent. */
    changes: PlanChange[] | null
    /** How it ended. */
    outcome: SyncOutcome
    /** Why it was refused. */
    code: string | null
    /** The same for people. */
    message: string | null
    /** The rule of the policy that refused it. */
    rule: string | null
    /** Number of the event in the project's stream that recorded it. */
    sequence: number
    /** When it was pushed. */
    createdAt: string
  }>
}

/** What `sync.watchQueue` takes. */
export interface SyncWatchQueueVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `sync.watchQueue` answers. */
export interface SyncWatchQueueData {
  /** Number of the newest event in the project's stream that it counts. */
  sequence: number
  /** The numbers as they are now. */
  queue: SyncQueue
}

/** What was written offline, and the conflicts that came of it. */
export interface SyncGroup {
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
   * const { data } = await client.sync.push({
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
  push(variables: SyncPushVariables, options?: CallOptions): Request<SyncPushData>

  /**
   * What happened to a plan since a sequence, or the whole plan where that is not known any more.
   *
   * Either `changes` or `document` is given: the document for a first pull, and where history was cut.
   *
   * @example
   * ```ts
   * const { data } = await client.sync.pull({ since: 2 })
   * console.log(data?.sequence, data?.changes ?? data?.document)
   * ```
   */
  pull(variables: SyncPullVariables, options?: CallOptions): Request<SyncPullData>

  /**
   * Conflicts of a project, newest first.
   *
   * @example
   * ```ts
   * for await (const { id, itemKey, field, local, remote } of client.sync.listConflicts({ open: true })) console.log(id, itemKey, field, local, remote)
   * ```
   */
  listConflicts(variables?: SyncListConflictsVariables, options?: CallOptions): ListRequest<SyncListConflictsData, SyncListConflictsData['conflicts'][number]>

  /**
   * One conflict. NOT_FOUND when the key sees no such conflict.
   *
   * @example
   * ```ts
   * const { data } = await client.sync.getConflict({ conflictId: 'cfl_01a2008b71a07f2ebe4265f046903171' })
   * console.log(data?.base, data?.local, data?.remote)
   * ```
   */
  getConflict(variables: SyncGetConflictVariables, options?: CallOptions): Request<SyncGetConflictData>

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
   * const { data } = await client.sync.resolveConflict({ conflictId: 'cfl_01a2008b71a07f2ebe4265f046903171', strategy: 'KEEP_LOCAL' })
   * console.log(data?.changes, data?.affectedCriteria)
   * ```
   */
  resolveConflict(variables: SyncResolveConflictVariables, options?: CallOptions): Request<SyncResolveConflictData>

  /**
   * What the replicas of a project have pushed, in numbers.
   *
   * @example
   * ```ts
   * const { data } = await client.sync.getQueue()
   * console.log(data?.conflicts, data?.refused)
   * ```
   */
  getQueue(variables?: SyncGetQueueVariables, options?: CallOptions): Request<SyncGetQueueData>

  /**
   * What replicas pushed and how it ended, the last push first. What was applied is kept for 30 days.
   *
   * The last push first. What was applied is kept for 30 days, what was refused for ever.
   *
   * @example
   * ```ts
   * for await (const { number, code, message } of client.sync.listEvents({ outcome: 'REFUSED' })) console.log(number, code, message)
   * ```
   */
  listEvents(variables?: SyncListEventsVariables, options?: CallOptions): ListRequest<SyncListEventsData, SyncListEventsData['events'][number]>

  /**
   * The numbers of the queue, at once and whenever something was pushed or a conflict was decided.
   *
   * The first message comes at once; then one whenever something was pushed or decided.
   *
   * @example
   * ```ts
   * for await (const { queue } of client.sync.watchQueue()) console.log(queue.conflicts)
   * ```
   */
  watchQueue(variables?: SyncWatchQueueVariables, options?: SubscribeOptions): Subscription<SyncWatchQueueData>
}
