/** The write path of plans: read, decide, commit as one event; the same rules as on the server, from the same engine. */
import { PlanChangeError, applyChanges, assertPlanChanges, invertChanges } from '../domain/plans/changes.ts'
import { isEqual } from '../domain/plans/equal.ts'
import { validateFlat } from '../domain/plans/graph-rules.ts'
import type { DocumentItem, FlatPlan, PlanChange } from '../domain/plans/types.ts'
import { validateItems } from '../domain/plans/validate-items.ts'
import type { KindedItem } from '../domain/plans/validate-items.ts'
import { archivedIsReadOnly, invalid, refuseProblems, taken } from './refusals.ts'
import { requirePermission, sequenceOf } from './state.ts'
import type { Call, ProjectState, Stamp } from './state.ts'

/** What every write names. */
export interface WriteVariables {
  readonly projectId?: string
  readonly idempotencyKey?: string | null
}

/** What a decision makes of the plan that was read. */
export interface Decision<Result> {
  readonly changes: readonly PlanChange[]
  readonly result: Result
  /** The plan after the changes, where the decision has it already. */
  readonly after?: FlatPlan
  /** Ids that new items shall have, by their keys. */
  readonly ids?: ReadonlyMap<string, string>
  /** What readers of the log are told beside the changes, or without any. */
  readonly data?: object
  /** Keeps what is not of the plan, once it is decided that it is written. */
  readonly keep?: () => void
}

export interface PlanWrite<Result> {
  readonly action: string
  readonly variables: WriteVariables
  /** Decide, but write nothing. */
  readonly dryRun?: boolean
  decide(project: ProjectState): Decision<Result>
}

/** @throws BuildRunnerError what the server would refuse the write with */
export function changePlan<Result>(call: Call, { action, variables, dryRun = false, decide }: PlanWrite<Result>): Result & { sequence: number; project: ProjectState } {
  const { state } = call
  requirePermission(call, 'planner.read')
  const project = state.project(variables.projectId ?? '')
  requirePermission(call, 'planner.write')
  if (project.archivedAt !== null) throw archivedIsReadOnly()
  const key = dryRun ? null : variables.idempotencyKey
  const earlier = state.replayed<Result & { sequence: number }>(key, action, variables)
  if (earlier !== undefined) return { ...earlier, project }
  const decision = decide(project)
  const { changes, data, ids, keep } = decision
  if (dryRun || (changes.length === 0 && data === undefined)) return { ...decision.result, sequence: sequenceOf(project), project }
  const after = decision.after ?? changed(project.plan, changes, ['changes'])
  checkGraph(after, changes)
  keep?.()
  const answer = { ...decision.result, sequence: commit(call, project, { changes, after, ids, data }) }
  state.remember(key, action, variables, answer)
  return { ...answer, project }
}

function commit(call: Call, project: ProjectState, { changes, after, ids, data: more }: Omit<Decision<unknown>, 'result'> & { after: FlatPlan }): number {
  if (changes.length === 0) return call.state.append(call, project, 'sync.recorded', more ?? {})
  const data = { changes, inverse: invertChanges(project.plan, changes), ...more }
  project.stamps = stampItems(call, project, { changes, after, ids })
  if (after.head !== project.plan.head) {
    const { name, description } = (after.head['project'] ?? {}) as { name?: string; description?: string }
    project.name = name ?? project.name
    project.description = description ?? project.description
  }
  project.plan = after
  return call.state.append(call, project, 'plan.changed', data)
}

/** New items get an id; items that changed, or moved, a new time. A renamed item keeps its id. */
function stampItems({ state }: Call, project: ProjectState, { changes, after, ids }: Pick<Decision<unknown>, 'changes' | 'ids'> & { after: FlatPlan }): Map<string, Stamp> {
  const before = keysBefore(changes)
  const moved = new Set(changes.flatMap((change) => (change.op === 'move' ? [change.id] : [])))
  const now = state.now()
  const stamps = new Map<string, Stamp>()
  for (const [key, item] of after.items) {
    const was = before.get(key) ?? key
    const known = project.stamps.get(was)
    const touched = moved.has(key) || !isEqual(project.plan.items.get(was), item)
    stamps.set(key, known === undefined ? { id: ids?.get(key) ?? state.newId(), createdAt: now, updatedAt: now } : touched ? { ...known, updatedAt: now } : known)
  }
  return stamps
}

/** The key an item had before the batch, by the key it has after it. */
function keysBefore(changes: readonly PlanChange[]): Map<string, string> {
  const before = new Map<string, string>()
  for (const change of changes) {
    if (change.op !== 'rename') continue
    before.set(change.to, before.get(change.id) ?? change.id)
    before.delete(change.id)
  }
  return before
}

/** The plan after changes. @throws ValidationError, AlreadyExistsError whose path ends with the change's index */
export const changed = (plan: FlatPlan, changes: readonly PlanChange[], path: readonly string[]): FlatPlan => withChangeErrors(path, () => applyChanges(plan, changes))

/** Reads JSON as plan changes. @throws ValidationError */
export const readChanges = (value: unknown, path: string): PlanChange[] =>
  withChangeErrors([path], () => {
    assertPlanChanges(value)
    return value
  })

export function withChangeErrors<Result>(path: readonly string[], run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof PlanChangeError)) throw error
    const at = [...path, String(error.index)]
    throw error.code === 'duplicate-id' ? taken(error.message, at) : invalid(error.message, at)
  }
}

/** The form of every item that a batch adds or edits. @throws ValidationError */
export function checkItems(after: FlatPlan, changes: readonly PlanChange[], path: readonly string[]): void {
  const edited = [...new Set(changes.flatMap((change) => (change.op === 'update' ? [change.id] : [])))].flatMap((id) => after.items.get(id) ?? [])
  const items: KindedItem[] = [
    ...changes.flatMap((change) => (change.op === 'add' ? [{ kind: change.kind, item: change.item }] : [])),
    ...edited.map(({ id, kind, fields }) => ({ kind, item: { id, ...fields } as DocumentItem })),
  ]
  const problems = validateItems(items).map((problem) => {
    const [, index = '0', ...rest] = problem.pointer.split('/')
    return { ...problem, pointer: `/${items[Number(index)]?.item.id ?? ''}/${rest.join('/')}` }
  })
  refuseProblems(problems, path.length > 0 ? path : (problems[0]?.pointer.split('/').slice(2, 3) ?? []))
}

/** Dangling dependencies and cycles, where a batch can have made them. @throws ValidationError */
export function checkGraph(after: FlatPlan, changes: readonly PlanChange[]): void {
  const touches = changes.some((change) => (change.op === 'update' ? 'dependsOn' in change.set : change.op !== 'head'))
  if (touches) refuseProblems(validateFlat(after), ['changes'])
}
