/** Items as `--json` shows them. */
import { progressOf, type FlatPlan, type PlanItem } from '@buildrunner/sdk/plans'
import { statusOf } from './describe.ts'

/** Identity, place, fields; a microstep's status is always named, other items carry their progress. */
export function itemData(flat: FlatPlan, item: PlanItem): Record<string, unknown> {
  const rolled = item.kind === 'microstep' ? { status: statusOf(item) } : { progress: progressOf(flat, item.id) }
  return { id: item.id, kind: item.kind, parentId: item.parentId, ...item.fields, ...rolled }
}
