/** The write path of plans: read, decide, commit. Every change of a plan, from one status to a whole import, passes here. */
import { PlanChangeError, applyChanges, invertChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { AlreadyExistsError, NotFoundError, ValidationError } from '../shared/errors.ts'
import type { Permission } from '../shared/permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RowChange, Write } from '../shared/write.ts'
import { keepWritten, loadCurrentPlan } from './load-current.ts'
import { governedHeader, loadItems } from './load.ts'
import type { ItemSelection, LoadedPlan } from './load.ts'
import { planRowChanges, rowDelta } from './row-changes.ts'
import type { Renames, RowDelta } from './row-changes.ts'
import { readFields, readPlan } from './rows.ts'
import type { StoredItem } from './rows.ts'
import { checkGraph } from './rules.ts'

/** What another domain writes in the same statement. */
export interface Along {
  readonly rows: readonly RowChange[]
  /** What the audit record is about. */
  readonly target: Write['target']
  /** What readers of the log are told beside the changes. */
  readonly data: object
  /** The kind of the event where the plan itself does not change; without it nothing is written then. */
  readonly kind?: string
}

/** What a decision makes of the plan that was read. */
export interface Decision<Result> {
  readonly changes: readonly PlanChange[]
  /** The plan after the changes, when the decision already has it. */
  readonly after?: FlatPlan
  readonly result: Result
  /** True: `after` was validated already. */
  readonly validated?: boolean
  /** UUIDs that new items shall have, by their keys. */
  readonly uuids?: ReadonlyMap<string, string>
  readonly along?: Along
}

export interface PlanWrite<Result> {
  readonly projectRef: string
  readonly action: AuditAction
  /** Default: planner.write. */
  readonly permission?: Permission
  readonly select: ItemSelection
  readonly since?: number
  readonly idempotencyKey: string | null | undefined
  /** What the idempotency key stands for. */
  readonly request: unknown
  /** True: decide, but write nothing. */
  readonly dryRun?: boolean
  /** True: `decide` asks the policy itself, for each part of the request. */
  readonly decidesPolicy?: boolean
  decide(loaded: LoadedPlan): Decision<Result> | Promise<Decision<Result>>
}

export interface PlanWritten<Result> {
  readonly result: Result
  readonly sequence: number
  readonly projectId: string
  /** Null when nothing was written: a dry run, an empty batch, or the answer to a repeated request. */
  readonly written: { loaded: LoadedPlan; after: FlatPlan; delta: RowDelta; at: Date } | null
}

interface Recorded<Result> {
  sequence: number
  result: Result
}

/** A plan that holds just the item that was read: enough to change its fields, not its place. */
function singleItem(items: readonly StoredItem[]): Pick<LoadedPlan, 'plan' | 'rows'> {
  const [row] = items
  const children = new Map([[null, row === undefined ? [] : [row.key]]])
  if (row === undefined) return { plan: { head: {}, items: new Map(), children }, rows: new Map() }
  const item = { id: row.key, kind: row.kind, parentId: null, fields: readFields(row) }
  return { plan: { head: {}, items: new Map([[row.key, item]]), children }, rows: new Map([[row.key, row]]) }
}

/** Key before the batch, by key after it. */
function renamesOf(changes: readonly PlanChange[]): Renames {
  const before = new Map<string, string>()
  for (const change of changes) {
    if (change.op !== 'rename') continue
    before.set(change.to, before.get(change.id) ?? change.id)
    before.delete(change.id)
  }
  return { before: (key) => before.get(key) ?? key }
}

/** Turns a change that cannot be made into the error its author understands. */
function explain(error: PlanChangeError, path: readonly string[]): Error {
  const at = [...path, String(error.index)]
  if (error.code === 'duplicate-id') return new AlreadyExistsError(error.message, at)
  return new ValidationError(error.message, at)
}

/** Runs pure plan rules; what is wrong with the changes becomes a validation error at `path`. */
export function withChangeErrors<Result>(path: readonly string[], run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof PlanChangeError ? explain(error, path) : error
  }
}

function headOf(loaded: LoadedPlan, after: FlatPlan): { json: string; name: string; description: string | null } | null {
  if (after.head === loaded.plan.head) return null
  const project = (after.head['project'] ?? {}) as { name?: string; description?: string }
  return { json: JSON.stringify(after.head), name: project.name ?? loaded.project.name, description: project.description ?? loaded.project.description }
}

/** A change of one item is about that item, every other one about the project. */
const targetOf = ({ updates, inserts, deletes }: RowDelta, projectId: string): Write['target'] =>
  updates.length === 1 && inserts.length + deletes.length === 0 ? { type: 'plan_item', id: (updates[0] as { id: string }).id } : { type: 'project', id: projectId }

/** Members of an object as they follow others in JSON. */
const membersOf = (data: object | undefined): string => (data === undefined ? '' : `,${JSON.stringify(data).slice(1, -1)}`)

async function commit<Result>(ctx: Context, write: PlanWrite<Result>, loaded: LoadedPlan, decision: Decision<Result>): Promise<PlanWritten<Result> | null> {
  const { project, plan } = loaded
  const changes = decision.changes
  const after = decision.after ?? withChangeErrors(['changes'], () => applyChanges(plan, changes))
  if (decision.validated !== true) checkGraph(after, changes, ['changes'])
  const now = ctx.clock.now()
  const renames = renamesOf(changes)
  const delta = rowDelta(loaded, after, renames, now, decision.uuids)
  const forward = JSON.stringify(changes)
  const inverse = JSON.stringify(invertChanges(plan, changes))
  const alone = changes.length === 0 ? decision.along : undefined
  const recorded: Recorded<Result> = { sequence: project.sequence + 1, result: decision.result }
  const sequence = await commitWrite(ctx, {
    action: write.action,
    target: decision.along?.target ?? targetOf(delta, project.id),
    organisationId: project.organisation_id,
    stream: { id: project.id, expected: project.sequence },
    at: now,
    governed: {
      project: governedHeader(project),
      plan: { before: plan, after, changes, sequence: project.sequence, isPart: 'ref' in write.select, uuidOf: (key) => loaded.rows.get(key)?.uuid },
    },
    event: alone?.kind === undefined
      ? { kind: 'plan.changed', version: 1, data: `{"changes":${forward},"inverse":${inverse}${membersOf(decision.along?.data)}}` }
      : { kind: alone.kind, version: 1, data: JSON.stringify(alone.data) },
    before: alone === undefined ? inverse : null,
    after: alone === undefined ? forward : null,
    rows: [...(alone === undefined ? planRowChanges(delta, changes, headOf(loaded, after)) : []), ...(decision.along?.rows ?? [])],
    idempotency: idempotentRequest(write.idempotencyKey, write.action, write.request),
    result: recorded,
  })
  if (sequence === null) return null
  const written = { loaded, after, delta, at: now }
  if ('all' in write.select && alone === undefined) keepWritten(ctx, written, renames, sequence)
  return { result: decision.result, sequence, projectId: project.id, written }
}

/** What a write is decided upon: the whole plan, or the part of it that `select` names. */
async function load<Result>(ctx: Context, { projectRef, select, since, idempotencyKey }: PlanWrite<Result>): Promise<LoadedPlan> {
  const options = { permission: 'planner.read', since, idempotencyKey } as const
  if ('all' in select) return loadCurrentPlan(ctx, projectRef, options)
  const { project, items, parentKey } = await loadItems(ctx, projectRef, { ...options, select })
  return { project, parentKey, ...('ref' in select ? singleItem(items) : readPlan(items, project.plan_head)) }
}

/**
 * Reads the plan (or the part of it that `select` names), lets `decide` say what changes, and commits that as one
 * event. An empty batch writes nothing.
 *
 * @throws the errors of `authorise`, `loadItems` and `decide`; ValidationError when the plan would not be valid.
 */
export async function changePlan<Result>(ctx: Context, write: PlanWrite<Result>): Promise<PlanWritten<Result>> {
  const request = idempotentRequest(write.idempotencyKey, write.action, write.request)
  return retryOnRace(write.projectRef, async () => {
    const loaded = await load(ctx, write)
    const { project } = loaded
    authorise(ctx, write.permission ?? 'planner.write', { id: project.id, kind: 'project', ref: write.projectRef, path: ['projectId'] }, write.action, { projectArchived: project.archived && write.decidesPolicy !== true })
    const earlier = replayed<Recorded<Result>>(request, project)
    if (earlier !== null) return { ...earlier, projectId: project.id, written: null }
    if ('ref' in write.select && loaded.rows.size === 0) throw new NotFoundError('plan item', write.select.ref, ['id'])
    const decision = await write.decide(loaded)
    if (write.dryRun === true || (decision.changes.length === 0 && decision.along?.kind === undefined)) return { result: decision.result, sequence: project.sequence, projectId: project.id, written: null }
    return commit(ctx, write, loaded, decision)
  })
}
