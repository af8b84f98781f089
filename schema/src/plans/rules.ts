/** What the server checks of plans that clients send, with the engine's own rules. */
import { hasErrors, validateFlat, validateItems, validatePlan } from '@buildrunner/sdk/plans'
import type { DocumentItem, FlatPlan, KindedItem, Plan, PlanChange, PlanProblem } from '@buildrunner/sdk/plans'
import { isInOrder } from '../../../sdk/src/domain/plans/graph-rules.ts'
import { ValidationError } from '../shared/errors.ts'

function refuse(problems: readonly PlanProblem[], path: readonly string[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (first === undefined) return
  const more = errors.length > 1 ? ` (${errors.length - 1} more problems are listed.)` : ''
  throw new ValidationError(`${first.message} ${first.remedy}${more}`, path, problems)
}

/** A whole document. Warnings come back with the plan. @throws ValidationError */
export function checkDocument(document: unknown, path: readonly string[]): { plan: Plan; problems: PlanProblem[] } {
  const problems = validatePlan(document)
  if (hasErrors(problems)) refuse(problems, path)
  return { plan: document as Plan, problems }
}

/** The form of every item that a batch adds or edits. @throws ValidationError whose path names the change */
export function checkChangedItems(after: FlatPlan, changes: readonly PlanChange[], path: readonly string[]): void {
  const items: KindedItem[] = []
  const edited = new Set<string>()
  for (const change of changes) {
    if (change.op === 'add') items.push({ kind: change.kind, item: change.item })
    if (change.op === 'update') edited.add(change.id)
  }
  for (const id of edited) {
    const item = after.items.get(id)
    if (item !== undefined) items.push({ kind: item.kind, item: { id, ...item.fields } as DocumentItem })
  }
  if (items.length === 0) return
  const problems = validateItems(items)
  if (!hasErrors(problems)) return
  const named = problems.map((problem) => {
    const [, index = '0', ...rest] = problem.pointer.split('/')
    return { ...problem, pointer: `/${items[Number(index)]?.item.id ?? ''}/${rest.join('/')}` }
  })
  const field = named[0]?.pointer.split('/').slice(2, 3) ?? []
  refuse(named, path.length === 0 ? field : path)
}

const touchesGraph = (change: PlanChange): boolean => (change.op === 'update' ? 'dependsOn' in change.set : change.op !== 'head')

/** The graph after a batch: dangling dependencies, cycles. A batch that leaves it alone cannot break it. @throws ValidationError */
export function checkGraph(after: FlatPlan, changes: readonly PlanChange[], path: readonly string[]): void {
  if (changes.some(touchesGraph) && !isInOrder(after)) refuse(validateFlat(after), path)
}

