/**
 * A push: what one replica wrote, merged into the plan, in one transaction with what is remembered of it.
 *
 * Replays: `sync_events` answers a number that comes again as the first time; where its row was pruned the replica's
 * `pruned_to` recognises it, since only what was applied is pruned. What is read of the replica is read after the plan,
 * and every push raises the project's sequence, so that two pushes of the same numbers cannot both be written.
 */
import { hash } from 'node:crypto'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import { MAX_PUSH_BYTES, MAX_PUSH_WRITES, mergeWrites } from '@buildrunner/sdk/sync-merge'
import type { MergedWrites, SyncOutcome, SyncWrite } from '@buildrunner/sdk/sync-merge'
import type { Context } from '../context.ts'
import type { Subject } from '../governance/subjects.ts'
import { changePlan } from '../plans/change-plan.ts'
import type { Along } from '../plans/change-plan.ts'
import { governedHeader, planAsOf } from '../plans/load.ts'
import type { LoadedPlan } from '../plans/load.ts'
import { PolicyError, ValidationError } from '../shared/errors.ts'
import { isUuid } from '../shared/ids.ts'
import { may } from '../shared/permissions.ts'
import { pushedConflict, readReplica } from './replica.ts'
import type { Replica } from './replica.ts'
import { EVENTS, REPLICA, conflictRows, newConflict } from './rows.ts'
import type { ConflictRow, EventRow, NewConflict } from './rows.ts'

export interface PushWrites {
  readonly projectId: string
  /** UUID that the client made. */
  readonly replicaId: string
  readonly baseSequence: number
  readonly writes: readonly SyncWrite[]
}

/** The answer to one write. */
export interface PushResult {
  readonly number: number
  readonly outcome: SyncOutcome
  readonly conflicts: readonly ConflictRow[]
  readonly code: string | null
  readonly message: string | null
  readonly rule: string | null
  /** Of the rule in its policy file; null for a rule of the product. */
  readonly line: number | null
  readonly path: readonly string[]
}

export interface WritesPushed {
  readonly sequence: number
  readonly acknowledged: number
  readonly results: readonly PushResult[]
}

const isStatus = (change: PlanChange): boolean => change.op === 'update' && Object.keys(change.set).length === 1 && 'status' in change.set
/** Untrusted: what is no list of changes asks for the permission of every other write, and is refused by the merge. */
const needsWrite = ({ changes }: SyncWrite): boolean => !Array.isArray(changes) || changes.length === 0 || !changes.every((change) => typeof change === 'object' && change !== null && isStatus(change as PlanChange))

/** @throws ValidationError for what no client of this kind sends */
function checkPush({ replicaId, baseSequence, writes }: PushWrites): void {
  if (!isUuid(replicaId)) throw new ValidationError('The id of a replica is a UUID that its client made.', ['replicaId'])
  if (baseSequence < 0) throw new ValidationError('A sequence is 0 or more.', ['baseSequence'])
  if (writes.length === 0 || writes.length > MAX_PUSH_WRITES) throw new ValidationError(`A push has 1 to ${MAX_PUSH_WRITES} writes; this one has ${writes.length}. Push them in several batches.`, ['writes'])
  const disorder = writes.findIndex(({ number }, index) => number <= (writes[index - 1]?.number ?? 0))
  if (disorder >= 0) throw new ValidationError('Numbers of writes begin at 1 and ascend.', ['writes', String(disorder), 'number'])
  const bytes = Buffer.byteLength(JSON.stringify(writes))
  if (bytes > MAX_PUSH_BYTES) throw new ValidationError(`The writes of a push have at most ${MAX_PUSH_BYTES} bytes as JSON; these have ${bytes}. Push them in several batches.`, ['writes'])
}

/** @throws UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError, ConflictError */
export async function pushWrites(ctx: Context, push: PushWrites): Promise<WritesPushed> {
  checkPush(push)
  const replicaId = push.replicaId.toLowerCase()
  const written = await changePlan<Omit<WritesPushed, 'sequence'>>(ctx, {
    projectRef: push.projectId, action: 'sync.push', permission: push.writes.every(needsWrite) ? 'planner.write' : 'builder.run',
    select: { all: true }, since: push.baseSequence, idempotencyKey: null, request: null, decidesPolicy: true,
    async decide(loaded) {
      const replica = await readReplica(ctx, { projectId: loaded.project.id, replicaId, numbers: push.writes.map(({ number }) => number) })
      return decidePush(ctx, loaded, { ...push, replicaId }, replica)
    },
  })
  return { sequence: written.sequence, ...written.result }
}

async function decidePush(ctx: Context, loaded: LoadedPlan, push: PushWrites, replica: Replica) {
  const digests = new Map(push.writes.map(({ number, changes }) => [number, hash('sha256', JSON.stringify(changes))]))
  const known = new Map(push.writes.flatMap(({ number }) => {
    const answer = answerAgain(replica, number, digests.get(number) as string)
    return answer === undefined ? [] : [[number, answer] as const]
  }))
  const fresh = push.writes.filter(({ number }) => !known.has(number))
  const { merged, refused } = await mergeAllowed(ctx, loaded, push.baseSequence, fresh)
  const found = newConflicts(ctx, push.baseSequence, merged)
  const answers = new Map([...known, ...refused, ...answersOf(ctx, loaded, push.replicaId, merged, found)])
  const results = push.writes.map(({ number }) => answers.get(number) as PushResult)
  const acknowledged = Math.max(replica.acknowledged, ...fresh.map(({ number }) => number))
  const decision = { changes: merged.changes, after: merged.after, validated: true, result: { acknowledged, results } }
  return fresh.length === 0 ? decision : { ...decision, along: remembered(loaded, push, { fresh, answers, digests, acknowledged, found }) }
}

const NOTHING = { conflicts: [], code: null, message: null, rule: null, line: null, path: [] } as const

/** The answer to a number that was pushed before. */
function answerAgain(replica: Replica, number: number, digest: string): PushResult | undefined {
  if (number > replica.acknowledged) return undefined
  const event = replica.events.get(number)
  if (event !== undefined && event.digest !== digest) return refusal(number, 'NUMBER_REUSED', 'The replica used this number for another write. Push this one under a new number.')
  if (event !== undefined) return { ...event, conflicts: replica.conflicts.filter(({ numbers }) => numbers.includes(number)) }
  if (number <= replica.prunedTo) return { ...NOTHING, number, outcome: 'ALREADY_APPLIED' }
  return refusal(number, 'OUT_OF_ORDER', `The replica pushed ${replica.acknowledged} before, and never this one. Push it under a new number.`)
}

const refusal = (number: number, code: string, message: string, rule: string | null = null): PushResult => ({ ...NOTHING, number, outcome: 'REFUSED', code, message, rule })

/** What the policy or a missing permission refuses, whatever the plan is. */
function refusals(ctx: Context, { project }: LoadedPlan, writes: readonly SyncWrite[]): Map<number, PushResult> {
  const decision = ctx.policy.decide('sync.push', { projectArchived: project.archived })
  if (!decision.allowed) return new Map(writes.map(({ number }) => [number, refusal(number, 'POLICY_REFUSED', decision.message, decision.rule)]))
  if (ctx.actor !== null && may(ctx.actor, 'planner.write', project.id)) return new Map()
  const message = 'The permission planner.write is missing: only the status of microsteps may be set. Ask somebody who may give you another role.'
  return new Map(writes.filter(needsWrite).map(({ number }) => [number, refusal(number, 'FORBIDDEN', message)]))
}

/**
 * Merges what may be written. The project's own rules are asked about the merged plan, as they are again when it is written: a write
 * that has a part in what they refuse is refused, and the others are merged without it.
 */
async function mergeAllowed(ctx: Context, loaded: LoadedPlan, baseSequence: number, fresh: readonly SyncWrite[]): Promise<{ merged: MergedWrites; refused: Map<number, PushResult> }> {
  const refused = refusals(ctx, loaded, fresh)
  for (;;) {
    const writes = fresh.filter(({ number }) => !refused.has(number))
    const merged = mergeIn(loaded, baseSequence, writes)
    const stands = merged.changes.length === 0 ? [] : await refusedBy(ctx, loaded, merged)
    if (stands.length === 0) return { merged, refused }
    const known = refused.size
    for (const { number, changes } of writes) {
      const why = stands.find(({ subject }) => hasPartIn(changes, subject.key, [loaded.plan, merged.after]))
      if (why !== undefined) refused.set(number, { ...refusal(number, why.error.code, why.error.message, why.error.rule), line: why.error.line })
    }
    // what no write names came of all of them
    const [first] = stands
    if (refused.size === known) for (const { number } of writes) refused.set(number, { ...refusal(number, first!.error.code, first!.error.message, first!.error.rule), line: first!.error.line })
  }
}

async function refusedBy(ctx: Context, loaded: LoadedPlan, { after, changes }: MergedWrites): Promise<{ subject: Subject; error: PolicyError }[]> {
  const project = governedHeader(loaded.project)
  if (project.policyVersion === null) return []
  const plan = { before: loaded.plan, after, changes, sequence: loaded.project.sequence, isPart: false, uuidOf: (key: string) => loaded.rows.get(key)?.uuid }
  const found = (await ctx.governance.refusals(ctx, 'sync.push', { project, plan })) ?? []
  return found.map(({ subject, refusal: why }) => ({ subject, error: new PolicyError(why) }))
}

/** Whether changes name an item, something that it lies in, or something that lies in it. */
function hasPartIn(changes: readonly PlanChange[], key: string | null, plans: readonly FlatPlan[]): boolean {
  const named = changes.flatMap((change) => (change.op === 'head' ? [null] : change.op === 'add' ? [change.item.id] : change.op === 'rename' ? [change.id, change.to] : [change.id]))
  const liesIn = (plan: FlatPlan, id: string | null | undefined, within: string | null): boolean => typeof id === 'string' && (id === within || liesIn(plan, plan.items.get(id)?.parentId, within))
  return named.some((id) => id === key || plans.some((plan) => liesIn(plan, id, key) || liesIn(plan, key, id)))
}

function mergeIn(loaded: LoadedPlan, baseSequence: number, writes: readonly SyncWrite[]): MergedWrites {
  const remote = loaded.plan
  if (writes.length === 0) return { after: remote, changes: [], results: [], conflicts: [] }
  // where history is cut the base values alone say what the writes were made upon
  const history = baseSequence > 0 && baseSequence < loaded.project.cut_at ? remote : planAsOf(loaded, baseSequence, ['baseSequence'])
  return mergeWrites({ history, remote, writes })
}

const newConflicts = (ctx: Context, baseSequence: number, { conflicts }: MergedWrites): NewConflict[] =>
  conflicts.map(({ conflict, writes }) => newConflict(ctx.clock.now(), { conflict, numbers: writes.map(({ number }) => number), causes: { baseSequence, writes } }))

function answersOf(ctx: Context, loaded: LoadedPlan, replicaId: string, merged: MergedWrites, found: readonly NewConflict[]): [number, PushResult][] {
  const rows = new Map(found.map((one) => [one.conflict, pushedConflict(ctx, loaded, merged.after, replicaId, one)]))
  return merged.results.map(({ number, outcome, conflicts, refusal: why }) => [number, {
    ...NOTHING, number, outcome, conflicts: conflicts.flatMap((conflict) => rows.get(conflict) ?? []), ...(why === null ? {} : { code: why.code, message: why.message, path: why.path }),
  }])
}

interface Remembered {
  readonly fresh: readonly SyncWrite[]
  readonly answers: ReadonlyMap<number, PushResult>
  readonly digests: ReadonlyMap<number, string>
  readonly acknowledged: number
  readonly found: readonly NewConflict[]
}

function remembered({ project }: LoadedPlan, { replicaId, baseSequence }: PushWrites, { fresh, answers, digests, acknowledged, found }: Remembered): Along {
  const count = { applied: 0, conflicts: 0, refused: 0 }
  const events = fresh.map(({ number, changes }): EventRow & { payload: unknown } => {
    const { outcome, code, message, rule, line, path } = answers.get(number) as PushResult
    count[outcome === 'REFUSED' ? 'refused' : outcome === 'CONFLICT' ? 'conflicts' : 'applied']++
    return { number, kind: kindOf(changes), payload: changes ?? null, digest: digests.get(number) as string, outcome, code, message, rule, line, path }
  })
  return {
    kind: 'sync.recorded', target: { type: 'project', id: project.id },
    data: { sync: { replicaId, from: fresh[0]?.number, to: acknowledged, ...count } },
    rows: [
      { ...REPLICA, values: [replicaId, acknowledged, count.applied, count.conflicts, count.refused] },
      { ...EVENTS, values: [replicaId, baseSequence, JSON.stringify(events)] },
      ...conflictRows(replicaId, found),
    ],
  }
}

function kindOf(changes: unknown): string {
  const op: unknown = Array.isArray(changes) ? (changes[0] as { op?: unknown } | undefined)?.op : undefined
  return typeof op === 'string' ? op.slice(0, 20) : 'unknown'
}
