/** What differs between the three plans of a merge, found in one pass. */
import { isEqualRecord } from './equal.ts'
import { differingValues } from './versioned-map.ts'
import type { Merged, Side } from './merge-fields.ts'
import type { FlatPlan, PlanItem } from './types.ts'

/** In which of the inputs an item is, as bits. */
export const IN_BASE = 4
export const IN_LOCAL = 2
export const IN_REMOTE = 1
export const IN_ALL = 7
export const IN_BOTH_SIDES = 3

/** An item as the inputs have it. */
export type Versions = Readonly<Record<keyof Merged<unknown>, PlanItem | undefined>>

export interface Differences {
  /** Items that are not one object in all three inputs: a plan is a large map, and they are asked for often. */
  versions: Map<string, Versions>
  /** Ids of items that differ in any way between the inputs. */
  touched: string[]
  /** For items that are not in all three inputs, or whose parent differs: in which they are. */
  moving: Map<string, number>
  /** Ids of items of the base whose fields a side changed. */
  edited: Record<Side, Set<string>>
}

export function findDifferences({ base, local, remote }: Merged<FlatPlan>): Differences {
  const found: Differences = { versions: new Map(), touched: [], moving: new Map(), edited: { local: new Set(), remote: new Set() } }
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
    found.versions.set(id, { base: item, local: mine, remote: theirs })
    const isInPlace = mine !== undefined && theirs !== undefined && mine.parentId === parentId && theirs.parentId === parentId
    if (!isInPlace) found.moving.set(id, IN_BASE | (mine === undefined ? 0 : IN_LOCAL) | (theirs === undefined ? 0 : IN_REMOTE))
    const isEdited = hasEdited(item, mine, 'local')
    if (hasEdited(item, theirs, 'remote') || isEdited || !isInPlace) found.touched.push(id)
  }
  const enterAdded = (id: string, mine: PlanItem | undefined, theirs: PlanItem | undefined): void => {
    found.versions.set(id, { base: undefined, local: mine, remote: theirs })
    found.moving.set(id, (mine === undefined ? 0 : IN_LOCAL) | (theirs === undefined ? 0 : IN_REMOTE))
    found.touched.push(id)
  }
  for (const item of differingValues(local.items, base.items, remote.items)) if (!base.items.has(item.id)) enterAdded(item.id, item, remote.items.get(item.id))
  for (const item of differingValues(remote.items, base.items, local.items)) if (!base.items.has(item.id) && !local.items.has(item.id)) enterAdded(item.id, undefined, item)
  return found
}

/** Whether a side has new dependencies or moves, or keeps something that the other one deleted and that is not `gone` from the results. */
export function changesGraph({ versions, moving, edited }: Differences, side: Side, isGone: (id: string) => boolean): boolean {
  const addsDependency = (before: PlanItem | undefined, item: PlanItem): boolean =>
    item.fields.dependsOn?.some((other) => before?.fields.dependsOn?.includes(other) !== true) === true
  for (const id of edited[side]) if (addsDependency(versions.get(id)!.base, versions.get(id)![side]!)) return true
  for (const [id, bits] of moving) {
    const { base: before, [side]: item } = versions.get(id)!
    if (item !== undefined && (before === undefined ? addsDependency(before, item) : bits === IN_ALL ? item.parentId !== before.parentId : !isGone(id))) return true
  }
  return false
}
