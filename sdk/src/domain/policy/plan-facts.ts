/** Facts that follow from a plan alone. Pure; what is linear in the plan is worked out once for each plan. */
import { expectedHours } from '../plans/estimate.ts'
import { PlanIndex, hoursOf, isFinished, statusOf } from '../plans/plan-index.ts'
import { Readiness } from '../plans/readiness.ts'
import type { FlatPlan, PlanItem } from '../plans/types.ts'
import type { CostFacts, ItemBeforeFacts, PlanFacts } from './facts.ts'

/** Hours are those of estimates; a microstep without one counts as the analysis of plans counts it. */
interface Totals extends PlanFacts {
  readonly plannedHours: number
}

const totals = new WeakMap<FlatPlan, Totals>()
const readiness = new WeakMap<FlatPlan, Readiness>()

function totalsOf(plan: FlatPlan): Totals {
  const known = totals.get(plan)
  if (known !== undefined) return known
  let [microsteps, done, counted, plannedHours, remainingHours] = [0, 0, 0, 0, 0]
  for (const item of plan.items.values()) {
    if (item.kind !== 'microstep') continue
    const status = statusOf(item)
    const hours = hoursOf(item, {})
    microsteps++
    if (status === 'cancelled') continue
    counted++
    plannedHours += hours
    if (status === 'done') done++
    if (!isFinished(status)) remainingHours += hours
  }
  const made = { items: plan.items.size, microsteps, done, progress: counted === 0 ? 0 : done / counted, remainingHours, plannedHours }
  totals.set(plan, made)
  return made
}

/** What `plan` is in conditions. */
export function planFacts(plan: FlatPlan): PlanFacts {
  const { plannedHours: _, ...facts } = totalsOf(plan)
  return facts
}

/** What `cost` is in conditions. Cancelled microsteps cost nothing. */
export function costFacts(before: FlatPlan, after: FlatPlan): CostFacts {
  const { plannedHours, remainingHours } = totalsOf(after)
  return { plannedHours, remainingHours, addedHours: plannedHours - totalsOf(before).plannedHours }
}

function parentsOf(plan: FlatPlan, item: PlanItem): PlanItem[] {
  const parents: PlanItem[] = []
  for (let parent = plan.items.get(item.parentId ?? ''); parent !== undefined; parent = plan.items.get(parent.parentId ?? '')) parents.unshift(parent)
  return parents
}

function openDependencies(plan: FlatPlan, items: readonly PlanItem[]): number {
  let known = readiness.get(plan)
  if (known === undefined) readiness.set(plan, (known = new Readiness(new PlanIndex(plan))))
  const { index } = known
  return new Set(items.flatMap(({ id }) => (known.openOf(index.numbers.get(id) as number)).map((open) => open.id))).size
}

/** What of an item follows from its place. */
function placeFacts(plan: FlatPlan, item: PlanItem): Pick<ItemBeforeFacts, 'phase' | 'dueDate' | 'path' | 'openDependencies'> {
  const parents = parentsOf(plan, item)
  const { phase, dueDate } = (parents[0] ?? item).fields
  return { phase, dueDate, path: parents.map(({ fields }) => fields.title), openDependencies: openDependencies(plan, [...parents, item]) }
}

/**
 * What `item` and `before` are in conditions, but for what evidence and comments say.
 *
 * @param plan that holds the item; null where no rule asks for its place
 */
export function itemFacts(item: PlanItem, plan: FlatPlan | null): ItemBeforeFacts {
  const { id, kind, fields } = item
  const here = plan?.items.get(id)
  return {
    id, kind, title: fields.title, status: kind === 'microstep' ? statusOf(item) : undefined, assignee: fields.assignee, priority: fields.priority, labels: fields.labels, dependsOn: fields.dependsOn,
    estimateHours: fields.estimate === undefined ? undefined : expectedHours(fields.estimate), criteria: { total: fields.acceptanceCriteria?.length ?? 0 },
    ...(plan !== null && here !== undefined && placeFacts(plan, here)),
  }
}
