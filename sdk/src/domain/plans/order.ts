/**
 * Three-way merge of ordered sets: sibling lists, labels, dependencies, criteria. Order is never a conflict.
 *
 * What no side moved keeps the order of the base and is the backbone. Everything else, moved or inserted, follows the
 * nearest member of the backbone that precedes it in the list of the side it comes from. So when only one side changed
 * the order, the result has exactly that side's order. Where both put something in the same place, ids decide, never the
 * names of the sides: swapping them gives the same list.
 */
import { isSameOrder } from './equal.ts'
import { stayingOf } from './increasing.ts'

/** The place before the whole backbone. */
const FRONT = -1

interface Run {
  /** What each side puts behind this member of the backbone, in the side's order. */
  local: string[]
  remote: string[]
}

/**
 * @param isMember which ids the result holds; each is in at least one of the lists, and no list holds an id twice
 * @returns the members of all three lists in one order
 */
export function mergeOrder(base: readonly string[], local: readonly string[], remote: readonly string[], isMember: (id: string) => boolean): string[] {
  if (isSameOrder(base, local) && isSameOrder(base, remote)) return base.filter(isMember)
  const inBase = base.filter(isMember)
  const inLocal = local.filter(isMember)
  const inRemote = remote.filter(isMember)
  const localSet = new Set(inLocal)
  const remoteSet = new Set(inRemote)
  if (isSameOrder(inBase, inLocal) && inBase.every((id) => remoteSet.has(id))) return inRemote
  if (isSameOrder(inBase, inRemote) && inBase.every((id) => localSet.has(id))) return inLocal
  const unmovedLocal = stayingOf(inBase, inLocal)
  const unmovedRemote = stayingOf(inBase, inRemote)
  const backbone = inBase.filter((id) => (!localSet.has(id) || unmovedLocal.has(id)) && (!remoteSet.has(id) || unmovedRemote.has(id)))
  const localPlaces = placesOf(inLocal, backbone, unmovedLocal)
  const remotePlaces = placesOf(inRemote, backbone, unmovedRemote)
  const runs = new Map<number, Run>()
  fillRuns(runs, 'local', localPlaces, remotePlaces)
  fillRuns(runs, 'remote', remotePlaces, localPlaces)
  const merged: string[] = []
  for (let place = FRONT; place < backbone.length; place++) {
    if (place !== FRONT) merged.push(backbone[place]!)
    const run = runs.get(place)
    if (run !== undefined) appendRun(merged, run)
  }
  return merged
}

/** For what a side moved or inserted: behind which member of the backbone it stands there. */
function placesOf(list: readonly string[], backbone: readonly string[], unmoved: ReadonlySet<string>): Map<string, number> {
  const index = new Map(backbone.map((id, i) => [id, i]))
  const places = new Map<string, number>()
  let place = FRONT
  for (const id of list) {
    const at = index.get(id)
    if (at !== undefined) place = at
    else if (!unmoved.has(id)) places.set(id, place)
  }
  return places
}

/** What both sides put somewhere, in different places, stands in the first of the two. */
function fillRuns(runs: Map<number, Run>, side: 'local' | 'remote', own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): void {
  for (const [id, place] of own) {
    if ((other.get(id) ?? place) < place) continue
    let run = runs.get(place)
    if (run === undefined) runs.set(place, (run = { local: [], remote: [] }))
    run[side].push(id)
  }
}

function appendRun(merged: string[], { local, remote }: Run): void {
  const shared = sharedOrder(local, remote)
  const places = new Set(shared)
  const [localParts, remoteParts] = [splitBy(local, places), splitBy(remote, places)]
  for (const id of [undefined, ...shared]) {
    if (id !== undefined) merged.push(id)
    const parts = [localParts.get(id) ?? [], remoteParts.get(id) ?? []].sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
    merged.push(...parts[0]!, ...parts[1]!)
  }
}

/** What both runs hold, in the order of the run that is first by its ids. */
function sharedOrder(local: readonly string[], remote: readonly string[]): string[] {
  if (local.length === 0 || remote.length === 0) return []
  const inRemote = new Set(remote)
  const inLocal = new Set(local)
  const one = local.filter((id) => inRemote.has(id))
  const two = remote.filter((id) => inLocal.has(id))
  const differing = one.findIndex((id, i) => id !== two[i])
  return differing < 0 || one[differing]! < two[differing]! ? one : two
}

/** The run cut behind each shared id; what stands before the first is under undefined. */
function splitBy(run: readonly string[], shared: ReadonlySet<string>): Map<string | undefined, string[]> {
  const parts = new Map<string | undefined, string[]>()
  let place: string | undefined
  for (const id of run) {
    if (shared.has(id)) {
      place = id
      continue
    }
    const part = parts.get(place)
    if (part === undefined) parts.set(place, [id])
    else part.push(id)
  }
  return parts
}
