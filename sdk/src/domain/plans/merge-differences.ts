/** What differs between the three plans of a merge, found in one pass. */
import { isEqualRecord } from './equal.ts'
import { differingValues } from './layered-map.ts'
import type { Merged, Side } from './merge-fields.ts'
import type { FlatPlan, PlanItem } from './types.ts'

/** In which of the inputs an item is, as bits. */
export const IN_BASE = 4
export const IN_LOCAL = 2
export const IN_REMOTE = 1
export const IN_ALL = 7
export const IN_BOTH_SIDES = 3

export interface Differences {
  /** Ids of items that differ in any way between the inputs. */
  touched: string[]
  /** For items that are not in all three inputs, or whose parent differs: in which they are. */
  moving: Map<string, number>
  /** Ids of items of the base whose fields a side changed. */
  edited: Record<Side, Set<string>>
}

export function findDifferences({ base, local, remote }: Merged<FlatPlan>): Differences {
  const found: Differences = { touched: [], moving: new Map(), edited: { local: new Set(), remote: new Set() } }
  const hasEdited = (item: PlanItem, version: PlanItem | undefined, side: Side): boolean => {
    if (version === undefined || isEqualRecord(item.fields, version.fields)) return false
    found.edited[side].add(item.id)
    return true
  }
  for (const item of differingValues(base.items, local.items, remote.items)) {
    const { id, parentId } = item
    const mine = local.items.get(id)
    const theirs = remote.items.get(id)
    if (mine === item && theirs === item) continue
    const isInPlace = mine !== undefined && theirs !== undefined && mine.parentId === parentId && theirs.parentId === parentId
    if (!isInPlace) found.moving.set(id, IN_BASE | (mine === undefined ? 0 : IN_LOCAL) | (theirs === undefined ? 0 : IN_REMOTE))
    const isEdited = hasEdited(item, mine, 'local')
    if (hasEdited(item, theirs, 'remote') || isEdited || !isInPlace) found.touched.push(id)
  }
  const enterAdded = (id: string, bits: number): void => {
    found.moving.set(id, bits)
    found.touched.push(id)
  }
  for (const { id } of differingValues(local.items, base.items, remote.items)) if (!base.items.has(id)) enterAdded(id, IN_LOCAL | (remote.items.has(id) ? IN_REMOTE : 0))
  for (const { id } of differingValues(remote.items, base.items, local.items)) if (!base.items.has(id) && !local.items.has(id)) enterAdded(id, IN_REMOTE)
  return found
}

const NONE: readonly string[] = []

/** Whether a side has new dependencies or moves, or keeps something that the other one deleted and that is not `gone` from the results. */
export function changesGraph(plans: Merged<FlatPlan>, { moving, edited }: Differences, side: Side, isGone: (id: string) => boolean): boolean {
  const { base } = plans
  const { items } = plans[side]
  const addsDependency = (id: string): boolean => {
    const before = base.items.get(id)?.fields.dependsOn ?? NONE
    return items.get(id)!.fields.dependsOn?.some((other) => !before.includes(other)) === true
  }
  for (const id of edited[side]) if (addsDependency(id)) return true
  for (const [id, bits] of moving) {
    const [before, item] = [base.items.get(id), items.get(id)]
    if (item !== undefined && (before === undefined ? addsDependency(id) : bits === IN_ALL ? item.parentId !== before.parentId : !isGone(id))) return true
  }
  return false
}
