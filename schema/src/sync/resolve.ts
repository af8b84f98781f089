/** Deciding about a conflict: the parts of the writes that led to it are merged again, with the decision. */
import { isEqual } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange, PlanConflict } from '@buildrunner/sdk/plans'
import { decideWrites } from '@buildrunner/sdk/sync-merge'
import type { Context } from '../context.ts'
import { changePlan } from '../plans/change-plan.ts'
import { planAsOf } from '../plans/load.ts'
import type { LoadedPlan } from '../plans/load.ts'
import { applyReadChanges, readChanges } from '../plans/reads.ts'
import { checkChangedItems, checkGraph } from '../plans/rules.ts'
import { statement } from '../shared/database.ts'
import { ConflictError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { readConflict } from './reads.ts'
import { settleRows } from './rows.ts'
import type { Causes, Strategy } from './rows.ts'

export interface ResolveConflict {
  readonly conflictId: string
  readonly strategy: Strategy
  /** Of `merge`: what to make of the newest plan. */
  readonly changes?: unknown
  readonly dryRun?: boolean | null
  readonly idempotencyKey?: string | null | undefined
}

export interface AffectedCriterion {
  readonly itemKey: string
  readonly id: string | null
  readonly text: string
}

export interface ConflictResolved {
  readonly conflictId: string
  readonly sequence: number
  /** What the decision does to the plan. */
  readonly changes: readonly PlanChange[]
  /** Of the items that it changes, and of those that depend on them. */
  readonly affectedCriteria: readonly AffectedCriterion[]
}

interface Open {
  id: string
  kind: PlanConflict['kind']
  item_key: string | null
  field: string | null
  remote: unknown
  resolved: boolean
  causes: Causes
}

/** The conflict, and the other open ones of the same replica, or of the same person's files. */
const OPEN = statement<Open>(
  'sync:conflict:open',
  `SELECT o.id, o.kind, o.item_key, o.field, o.remote, o.resolved_at IS NOT NULL AS resolved, o.causes FROM conflict_logs c
   JOIN conflict_logs o ON o.project_id = c.project_id AND o.replica_id IS NOT DISTINCT FROM c.replica_id AND o.user_id = c.user_id
   WHERE c.id = $1::uuid AND c.project_id = $2::uuid AND (o.resolved_at IS NULL OR o.id = c.id)`,
)
const MOVED_ON = statement('sync:conflict:moved', 'UPDATE conflict_logs SET remote = $2::json WHERE id = $1::uuid AND resolved_at IS NULL')

/**
 * @throws ConflictError when it was decided meanwhile, or the value on the server is not the one it tells of any more: the
 * conflict is brought up to date then, and can be read and decided again.
 */
export async function resolveConflict(ctx: Context, input: ResolveConflict): Promise<ConflictResolved> {
  if ((input.strategy === 'merge') !== (input.changes != null)) throw new ValidationError('Give changes with the strategy MERGE, and with no other one.', ['changes'])
  const found = await readConflict(ctx, input.conflictId)
  const own = (await open(ctx, found.id, found.projectId)).find(({ id }) => id === found.id)
  if (own === undefined) throw new NotFoundError('conflict', input.conflictId, ['conflictId'])
  const written = await changePlan<Omit<ConflictResolved, 'sequence'>>(ctx, {
    projectRef: found.projectId, action: 'conflict.resolve', select: { all: true }, since: own.causes.baseSequence, dryRun: input.dryRun === true,
    idempotencyKey: input.dryRun === true ? null : input.idempotencyKey, request: input,
    decide: async (loaded) => decide(ctx, loaded, input, await open(ctx, found.id, found.projectId), found.id),
  })
  return { ...written.result, sequence: written.sequence }
}

const open = (ctx: Context, id: string, projectId: string): Promise<Open[]> => ctx.db.query(OPEN, [id, projectId])

async function decide(ctx: Context, loaded: LoadedPlan, input: ResolveConflict, rows: readonly Open[], id: string) {
  const own = rows.find((row) => row.id === id) as Open
  if (own.resolved) throw new ConflictError('Somebody has decided about this conflict meanwhile. Read it again.')
  const { baseSequence, writes } = own.causes
  const remote = loaded.plan
  const history = baseSequence > 0 && baseSequence < loaded.project.cut_at ? remote : planAsOf(loaded, baseSequence, [])
  const { conflicts, merged } = decideWrites({ history, remote, writes, keep: input.strategy === 'keep_local' ? 'local' : 'remote' })
  await requireCurrent(ctx, own, conflicts)
  const refused = input.strategy === 'keep_local' ? merged.results.find(({ refusal }) => refusal !== null) : undefined
  if (refused?.refusal != null) throw new ValidationError(`This side can no longer be kept: ${refused.refusal.message} Take the other one, or merge by hand.`, ['strategy'])
  const { changes, after } = input.strategy === 'merge' ? byHand(remote, input.changes) : merged
  const settled = input.strategy === 'merge' ? [own] : rows.filter((row) => row === own || conflicts.some((conflict) => isSame(row, conflict)))
  const name = encodeNodeId('SyncConflict', id)
  return {
    changes, after, validated: true, result: { conflictId: id, changes, affectedCriteria: criteriaOf(remote, after, changes, own.item_key) },
    along: {
      kind: 'conflict.resolved', target: { type: 'conflict', id }, data: changes.length === 0 ? { conflictId: name, strategy: input.strategy } : { resolved: { conflictId: name, strategy: input.strategy } },
      rows: settleRows(settled.map((row) => ({ id: row.id, strategy: input.strategy, resolution: row === own ? changes : null }))),
    },
  }
}

const isSame = (row: Pick<Open, 'kind' | 'item_key' | 'field'>, conflict: PlanConflict): boolean => row.kind === conflict.kind && row.item_key === conflict.id && row.field === (conflict.field ?? null)

/** A decision is about the values that its author saw. */
async function requireCurrent(ctx: Context, own: Open, conflicts: readonly PlanConflict[]): Promise<void> {
  const now = conflicts.filter((conflict) => isSame(own, conflict))
  const [first] = now
  if (first === undefined || now.some(({ remote }) => isEqual(remote ?? null, own.remote))) return
  await ctx.db.query(MOVED_ON, [own.id, JSON.stringify(first.remote ?? null)])
  throw new ConflictError('The value on the server was changed since the conflict was found. Read the conflict again and decide about what is there now.', [first])
}

function byHand(remote: FlatPlan, input: unknown): { changes: readonly PlanChange[]; after: FlatPlan } {
  const changes = readChanges(input, ['changes'])
  const after = applyReadChanges(remote, changes, ['changes'])
  checkChangedItems(after, changes, ['changes'])
  checkGraph(after, changes, ['changes'])
  return { changes, after }
}

/** Items that changes name, and what depends on them or lies in them. */
function criteriaOf(before: FlatPlan, after: FlatPlan, changes: readonly PlanChange[], key: string | null): AffectedCriterion[] {
  const named = new Set(changes.flatMap((change) => (change.op === 'head' ? [] : change.op === 'add' ? [change.item.id] : change.op === 'rename' ? [change.id, change.to] : [change.id])))
  if (key !== null) named.add(key)
  const affected = new Set<string>()
  for (const plan of [before, after]) {
    const lies = (id: string | null | undefined): boolean => typeof id === 'string' && (named.has(id) || lies(plan.items.get(id)?.parentId))
    for (const item of plan.items.values()) if (lies(item.id) || item.fields.dependsOn?.some((id) => named.has(id)) === true) affected.add(item.id)
  }
  return [...affected].flatMap((itemKey) => {
    const criteria = (after.items.get(itemKey) ?? before.items.get(itemKey))?.fields.acceptanceCriteria ?? []
    return criteria.map(({ id, text }) => ({ itemKey, id: id ?? null, text }))
  })
}
