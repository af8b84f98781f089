/** What is different in a plan, for those who look on. */
import { isEqualRecord } from '@buildrunner/sdk/plans'
import type { FlatPlan } from '@buildrunner/sdk/plans'

/** Ids of items that are new, that moved to another parent, or that say something else; and how many are gone. */
export function changedItems(before: FlatPlan, after: FlatPlan): { changed: string[]; removed: number } {
  const changed: string[] = []
  let known = 0
  for (const [id, item] of after.items) {
    const was = before.items.get(id)
    if (was !== undefined) known++
    if (was === item) continue
    if (was === undefined || was.parentId !== item.parentId || !isEqualRecord(was.fields, item.fields)) changed.push(id)
  }
  return { changed, removed: before.items.size - known }
}
