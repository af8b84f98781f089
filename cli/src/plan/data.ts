/** Items as `--json` shows them. */
import { progressOf, type FlatPlan, type PlanItem, type ProgressFigures } from '@buildrunner/sdk/plans'
import { statusOf } from './describe.ts'

/** Identity, place, fields; a microstep's status is always named, other items carry their progress. */
export function itemData(flat: FlatPlan, item: PlanItem): Record<string, unknown> {
  const rolled = item.kind === 'microstep' ? { status: statusOf(item) } : { progress: figuresOf(flat, item.id) }
  return { id: item.id, kind: item.kind, parentId: item.parentId, ...item.fields, ...rolled }
}

function figuresOf(flat: FlatPlan, id: string): ProgressFigures {
  const { of: _, ...figures } = progressOf(flat, id)
  return figures
}
