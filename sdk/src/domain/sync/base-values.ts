/**
 * Base values of a write: one group of changes for each of its changes, from the last to the first, as `invertChanges`
 * makes them. A value without its base value could neither be merged nor be seen to conflict, so that such a write is
 * refused as a whole.
 */
import type { PlanChange } from '../plans/types.ts'
import type { SyncWrite } from './types.ts'

const sameKeys = (a: object, b: object): boolean => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => Object.hasOwn(b, key))

/** Whether a change has the form of what undoes another one. */
function undoes(undo: PlanChange | undefined, change: PlanChange): boolean {
  if (undo === undefined) return false
  switch (change.op) {
    case 'add': return undo.op === 'remove' && undo.id === change.item.id
    case 'update': return undo.op === 'update' && undo.id === change.id && sameKeys(undo.set, change.set)
    case 'move': return undo.op === 'move' && undo.id === change.id
    case 'remove': return undo.op === 'add' && undo.item.id === change.id
    case 'rename': return undo.op === 'rename' && undo.id === change.to && undo.to === change.id
    case 'head': return undo.op === 'head' && sameKeys(undo.set, change.set)
  }
}

/** A dependency that dangled before a rename is set again when it is undone. */
const repairs = (undo: PlanChange | undefined): boolean => undo?.op === 'update' && sameKeys(undo.set, { dependsOn: null })

/** The base values of each change, in the order of the changes; undefined when they are not those of these changes. */
export function baseValues({ changes, base }: SyncWrite): (readonly PlanChange[])[] | undefined {
  const groups: PlanChange[][] = []
  let at = 0
  for (const [index, change] of [...changes.entries()].reverse()) {
    if (!undoes(base[at], change)) return undefined
    const start = at++
    const next = changes[index - 1]
    if (change.op === 'rename') while (repairs(base[at]) && !(next?.op === 'update' && undoes(base[at], next))) at++
    groups.push(base.slice(start, at))
  }
  return at === base.length ? groups.reverse() : undefined
}
