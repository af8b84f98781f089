/**
 * Cycles that valid edits of both sides make together.
 *
 * Each result, local and remote, holds its own side's graph, which has no cycle, plus what the other side brings. So on
 * every cycle lies something foreign: a new dependency, or a move into another parent. Taking the foreign edits of a
 * cycle out of this result breaks it; they stay with their own side until the cycle is decided. Of several cycles those
 * made of the fewest new edits go first, so that an edit is only held when it is needed to close a cycle.
 */
import { endOf, eventGraph, startOf, topologicalOrder, type EventGraph } from './graph.ts'
import { dependencyKey, type Structure } from './merge-structure.ts'
import { otherSide, type Side } from './merge-fields.ts'

/** An edit that can be part of a cycle: a new dependency, or (without `other`) a move. */
interface Edit {
  side: Side
  id: string
  other?: string
}

/** A result's event graph with the edits that its edges stand for, by `edgeKey`. */
interface TaggedGraph {
  ids: readonly string[]
  graph: EventGraph
  edits: ReadonlyMap<number, Edit>
}

/** The items of all inputs, numbered, and the edges of those that are the same everywhere. */
interface Frame {
  ids: readonly string[]
  numbers: ReadonlyMap<string, number>
  parents: Int32Array
  dependencies: readonly (readonly number[] | undefined)[]
}

/** What stands in the way of a result: cycles with foreign edits, else cycles without, and the items on these. */
interface Blockage {
  target: Side
  foreign: Edit[][]
  own: Edit[][]
  stuck: string[]
}

/**
 * Holds or refuses edits until neither result has a cycle.
 *
 * Where a cycle took several foreign edits out at once, one of them might not be needed any more with all the others in
 * place. So with everything that was not held for granted it is done again, until the same edits are held twice: the next
 * merge, which starts from there, then holds the same.
 */
export function breakCycles(structure: Structure): void {
  const frame = frameOf(structure)
  const isAmbiguous = holdCycles(structure, frame)
  let contested = heldEdits(structure)
  for (let again = isAmbiguous; again; ) {
    structure.releaseHeld()
    again = holdCycles(structure, frame, contested)
    const held = heldEdits(structure)
    again &&= held.size < contested.size
    contested = held
  }
}

const heldEdits = (structure: Structure): ReadonlySet<string> => new Set([...structure.heldDependencies, ...structure.heldPlaces])

/**
 * @param contested the edits that can be held; by default all
 * @returns whether a cycle with several foreign edits was held
 */
function holdCycles(structure: Structure, frame: Frame, contested?: ReadonlySet<string>): boolean {
  let isAmbiguous = false
  for (;;) {
    // Both are looked at before either is changed, so that it does not matter which side is which.
    const blockages = (['local', 'remote'] as const).flatMap((target) => blockageOf(structure, frame, target, contested) ?? [])
    if (blockages.length === 0) return isAmbiguous
    const settled = countSettled(structure)
    const isReopened = blockages.map((blockage) => settleBlockage(structure, blockage)).includes(true)
    isAmbiguous ||= blockages.some(({ target, foreign }) => foreign.some((cycle) => cycle.filter((edit) => edit.side !== target).length > 1))
    // Every round settles something more, or there would be no end.
    if (!isReopened && countSettled(structure) === settled) return isAmbiguous
    structure.close()
  }
}

const countSettled = ({ heldDependencies, heldPlaces, refusedDependencies, refusedPlaces }: Structure): number =>
  heldDependencies.size + heldPlaces.size + refusedDependencies.size + refusedPlaces.size

/** @returns whether a decision was taken back, so that there is something else to look at */
function settleBlockage(structure: Structure, { target, foreign, own, stuck }: Blockage): boolean {
  for (const cycle of foreign) settleCycle(structure, target, cycle)
  if (foreign.length > 0) return false
  // Without foreign edits only a decision can have closed the cycle: a refused move, or the chosen version of an addition.
  const isDecided = own.some((cycle) => decisionOf(structure, cycle) === otherSide(target))
  if (!isDecided && stuck.filter((id) => structure.reopenAddition(id)).length > 0) return true
  for (const cycle of own) refuse(structure, cycle)
  return false
}

/** A decided cycle loses the edits of the other side everywhere; an undecided one only where they are foreign. */
function settleCycle(structure: Structure, target: Side, cycle: readonly Edit[]): void {
  const keep = decisionOf(structure, cycle)
  const losing = keep === undefined ? [] : cycle.filter((edit) => edit.side !== keep)
  if (losing.length > 0) return refuse(structure, losing)
  for (const { id, other, side } of cycle) {
    if (side === target) continue
    if (other === undefined) structure.heldPlaces.add(id)
    else structure.heldDependencies.add(dependencyKey(id, other))
  }
}

function refuse(structure: Structure, edits: readonly Edit[]): void {
  for (const { id, other, side } of edits) {
    if (other === undefined) structure.refusedPlaces.set(id, side)
    else structure.refusedDependencies.add(dependencyKey(id, other))
  }
}

/** A cycle is decided as a whole: by all resolutions that name one of its items, if they agree. */
function decisionOf(structure: Structure, cycle: readonly Edit[]): Side | undefined {
  const decisions = new Set<Side>()
  for (const { id, other } of cycle) {
    const keep = structure.resolve(id, other === undefined ? 'parentId' : 'dependsOn')
    if (keep !== undefined) decisions.add(keep)
  }
  return decisions.size === 1 ? [...decisions][0] : undefined
}

const edgeKey = (from: number, to: number, events: number): number => from * events + to

function blockageOf(structure: Structure, frame: Frame, target: Side, contested?: ReadonlySet<string>): Blockage | undefined {
  const tagged = taggedGraph(structure, frame, target, contested)
  const order = topologicalOrder(tagged.graph)
  if (order.length === tagged.graph.row.length - 1) return undefined
  const open = new Uint8Array(tagged.graph.row.length - 1).fill(1)
  for (const event of order) open[event] = 0
  const foreign = editCycles(tagged, open, otherSide(target))
  if (foreign.length > 0) return { target, foreign, own: [], stuck: [] }
  return { target, foreign, own: editCycles(tagged, open, target), stuck: tagged.ids.filter((_, item) => open[endOf(item)] === 1) }
}

function frameOf(structure: Structure): Frame {
  const { base } = structure.plans
  const ids = [...base.items.keys(), ...structure.moving.filter((id) => !base.items.has(id))]
  const numbers = new Map<string, number>()
  for (let number = 0; number < ids.length; number++) numbers.set(ids[number]!, number)
  const parents = new Int32Array(ids.length).fill(-1)
  const dependencies = new Array<readonly number[] | undefined>(ids.length).fill(undefined)
  const differing = new Set(structure.differences.touched)
  let number = 0
  for (const { id, parentId, fields } of base.items.values()) {
    if (!differing.has(id)) {
      if (parentId !== null) parents[number] = numbers.get(parentId)!
      dependencies[number] = numbersOf(fields.dependsOn, numbers)
    }
    number++
  }
  return { ids, numbers, parents, dependencies }
}

function numbersOf(ids: readonly string[] | undefined, numbers: ReadonlyMap<string, number>): number[] | undefined {
  if (ids === undefined || ids.length === 0) return undefined
  const found: number[] = []
  for (const id of ids) {
    const number = numbers.get(id)
    if (number !== undefined) found.push(number)
  }
  return found
}

/** The graph of one result: the frame, and the items that differ as this result has them. What it lacks has no edges. */
function taggedGraph(structure: Structure, frame: Frame, target: Side, contested?: ReadonlySet<string>): TaggedGraph {
  const { ids, numbers } = frame
  const parents = frame.parents.slice()
  const dependencies = frame.dependencies.slice()
  const edits = new Map<number, Edit>()
  const events = 2 * ids.length
  for (const id of structure.differences.touched) {
    if (!structure.isIn(id, target)) continue
    const item = numbers.get(id)!
    const parentId = structure.parentIn(id, target)
    const list = structure.dependenciesIn(id, target)
    if (parentId !== null) parents[item] = numbers.get(parentId)!
    dependencies[item] = numbersOf(list, numbers)
    tagEdits(structure, target, { id, item, parent: parents[item]!, list, numbers }, (from, to, edit) => {
      if (contested?.has(nameOf(edit)) !== false) edits.set(edgeKey(from, to, events), edit)
    })
  }
  return { ids, graph: eventGraph(parents, dependencies), edits }
}

interface TaggedItem {
  id: string
  item: number
  parent: number
  list: readonly string[]
  numbers: ReadonlyMap<string, number>
}

function tagEdits(structure: Structure, target: Side, { id, item, parent, list, numbers }: TaggedItem, tag: (from: number, to: number, edit: Edit) => void): void {
  const mover = structure.placeSource(id, target)
  if (mover !== undefined && parent >= 0) {
    tag(startOf(item), startOf(parent), { side: mover, id })
    tag(endOf(parent), endOf(item), { side: mover, id })
  }
  for (const other of list) {
    const side = structure.dependencySource(id, other)
    const at = numbers.get(other)
    if (side !== undefined && at !== undefined) tag(startOf(item), endOf(at), { side, id, other })
  }
}

/**
 * For each edit of a side that closes a cycle, the edits of one with as few edits of that side as possible; no edit of
 * the side is in two cycles.
 */
function editCycles(tagged: TaggedGraph, open: Uint8Array, side: Side): Edit[][] {
  const { ids, graph, edits } = tagged
  const events = graph.row.length - 1
  const removed = new Set<Edit>()
  const search: Search = { ...tagged, open, removed, side }
  const count = (path: readonly Edit[]): number => uniqueEdits(path.filter((edit) => edit.side === side)).length
  const isOpen = ([key, edit]: [number, Edit]): boolean => edit.side === side && open[Math.floor(key / events)] === 1 && open[key % events] === 1
  const suspects = [...edits].filter(isOpen)
  const size = open.reduce((sum, flag) => sum + flag, 0)
  if (suspects.length * size > SEARCH_BUDGET) return [uniqueEdits(suspects.map(([, edit]) => edit))]
  const candidates: { from: number; to: number; edit: Edit; size: number; name: string }[] = []
  for (const [key, edit] of suspects) {
    const [from, to] = [Math.floor(key / events), key % events]
    const path = pathBetween(search, to, from)
    if (path !== undefined) candidates.push({ from, to, edit, size: count([edit, ...path]), name: `${ids[from >> 1]} ${ids[to >> 1]} ${from & 1}` })
  }
  candidates.sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1))
  const cycles: Edit[][] = []
  for (const { from, to, edit } of candidates) {
    const path = removed.has(edit) ? undefined : pathBetween(search, to, from)
    if (path === undefined) continue
    const cycle = uniqueEdits([edit, ...path])
    cycles.push(cycle)
    // A move is two edges, and leaves with both.
    const names = new Set(cycle.map(nameOf))
    for (const other of edits.values()) if (other.side === side && names.has(nameOf(other))) removed.add(other)
  }
  return cycles
}

const nameOf = ({ id, other }: Edit): string => (other === undefined ? id : dependencyKey(id, other))

const uniqueEdits = (edits: readonly Edit[]): Edit[] => [...new Map(edits.map((edit) => [nameOf(edit), edit])).values()]

/**
 * Edits times events from which on all suspects count as one cycle: linear, but coarse. Hundreds of edits that all close
 * cycles with each other are no work of people.
 */
const SEARCH_BUDGET = 300_000

/** What a search goes through: the open part of a graph without the edits that are removed. */
interface Search extends TaggedGraph {
  open: Uint8Array
  removed: ReadonlySet<Edit>
  /** The side whose edits are avoided first. */
  side: Side
}

/**
 * The edits on the way from one event to another that has the fewest of the side, and of these the fewest at all;
 * undefined when there is no way. Dijkstra's algorithm; as there are three costs of an edge only, and events are settled
 * in the order of their costs, a plain queue for each of the three is in order by itself.
 */
function pathBetween({ graph, edits, open, removed, side }: Search, start: number, end: number): Edit[] | undefined {
  const events = graph.row.length - 1
  const costs = new Map<number, number>([[start, 0]])
  const via = new Map<number, Step>()
  const queues: Queue[] = [0, 1, edits.size + 1].map((edgeCost) => ({ edgeCost, entries: [], next: 0 }))
  const queueOf = (edit: Edit | undefined): Queue => queues[edit === undefined ? 0 : edit.side === side ? 2 : 1]!
  queues[0]!.entries.push({ event: start, cost: 0 })
  for (let entry = takeCheapest(queues); entry !== undefined; entry = takeCheapest(queues)) {
    const { event: from, cost } = entry
    if (cost > costs.get(from)!) continue
    if (from === end) return editsOnPath(via, start, end)
    for (let i = graph.row[from]!; i < graph.row[from + 1]!; i++) {
      const to = graph.edges[i]!
      if (open[to] === 0) continue
      const edit = edits.get(edgeKey(from, to, events))
      const queue = queueOf(edit)
      const sum = cost + queue.edgeCost
      if (sum >= (costs.get(to) ?? Infinity) || (edit !== undefined && removed.has(edit))) continue
      costs.set(to, sum)
      via.set(to, { from, edit })
      queue.entries.push({ event: to, cost: sum })
    }
  }
  return undefined
}

/** Events that were come to by edges of one cost. */
interface Queue {
  edgeCost: number
  entries: { event: number; cost: number }[]
  next: number
}

function takeCheapest(queues: readonly Queue[]): Queue['entries'][number] | undefined {
  let best: Queue | undefined
  for (const queue of queues) {
    const entry = queue.entries[queue.next]
    if (entry !== undefined && (best === undefined || entry.cost < best.entries[best.next]!.cost)) best = queue
  }
  return best?.entries[best.next++]
}

/** How a search came to an event. */
interface Step {
  from: number
  edit: Edit | undefined
}

function editsOnPath(via: ReadonlyMap<number, Step>, start: number, end: number): Edit[] {
  const edits: Edit[] = []
  for (let event = end; event !== start; ) {
    const step = via.get(event)!
    if (step.edit !== undefined) edits.push(step.edit)
    event = step.from
  }
  return edits
}
