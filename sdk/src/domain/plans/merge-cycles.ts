/**
 * Cycles that valid edits of both sides make together.
 *
 * Each result, local and remote, holds its own side's graph, which has no cycle, plus what the other side brings. So on
 * every cycle lies something foreign: a new dependency, or a move into another parent. Taking the foreign edits of a
 * cycle out of this result breaks it; they stay with their own side until the cycle is decided. Of several cycles those
 * made of the fewest new edits go first, so that an edit is only held when it is needed to close a cycle.
 */
import { endOf, eventGraph, startOf, topologicalOrder, type EventGraph } from './graph.ts'
import { dependencyKey, otherSide, type Structure } from './merge-structure.ts'
import type { Side } from './merge-fields.ts'

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

/** Holds or refuses edits until neither result has a cycle. Each round takes at least one edit out of one of them. */
export function breakCycles(structure: Structure): void {
  const frame = frameOf(structure)
  for (;;) {
    // Both are looked at before either is changed, so that it does not matter which side is which.
    const blockages = (['local', 'remote'] as const).flatMap((target) => blockageOf(structure, frame, target) ?? [])
    if (blockages.length === 0) return
    const progress = blockages.map((blockage) => settleBlockage(structure, blockage))
    if (!progress.includes(true)) return
    structure.close()
  }
}

function settleBlockage(structure: Structure, { target, foreign, own, stuck }: Blockage): boolean {
  for (const cycle of foreign) settleCycle(structure, target, cycle)
  if (foreign.length > 0) return true
  // Without foreign edits only a decision can have closed the cycle: a refused move, or the chosen version of an addition.
  const isDecided = own.some((cycle) => decisionOf(structure, cycle) === otherSide(target))
  if (!isDecided && stuck.filter((id) => structure.reopenAddition(id)).length > 0) return true
  for (const cycle of own) refuse(structure, cycle)
  return own.length > 0
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

function blockageOf(structure: Structure, frame: Frame, target: Side): Blockage | undefined {
  const tagged = taggedGraph(structure, frame, target)
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
  const differing = new Set(structure.touched)
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
function taggedGraph(structure: Structure, frame: Frame, target: Side): TaggedGraph {
  const { ids, numbers } = frame
  const parents = frame.parents.slice()
  const dependencies = frame.dependencies.slice()
  const edits = new Map<number, Edit>()
  const events = 2 * ids.length
  for (const id of structure.touched) {
    if (!structure.isIn(id, target)) continue
    const item = numbers.get(id)!
    const parentId = structure.parentIn(id, target)
    const list = structure.dependenciesIn(id, target)
    if (parentId !== null) parents[item] = numbers.get(parentId)!
    dependencies[item] = numbersOf(list, numbers)
    tagEdits(structure, target, { id, item, parent: parents[item]!, list, numbers }, (from, to, edit) => edits.set(edgeKey(from, to, events), edit))
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

/** For each edit of a side that closes a cycle, the edits of one with as few of them as possible; none of that side is in two. */
function editCycles({ ids, graph, edits }: TaggedGraph, open: Uint8Array, side: Side): Edit[][] {
  const events = graph.row.length - 1
  const removed = new Set<Edit>()
  const candidates: { from: number; to: number; edit: Edit; size: number; name: string }[] = []
  for (const [key, edit] of edits) {
    const [from, to] = [Math.floor(key / events), key % events]
    if (edit.side !== side || open[from] === 0 || open[to] === 0) continue
    const path = pathBetween(graph, edits, open, removed, to, from)
    if (path !== undefined) candidates.push({ from, to, edit, size: path.length, name: `${ids[from >> 1]} ${ids[to >> 1]} ${from & 1}` })
  }
  candidates.sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1))
  const cycles: Edit[][] = []
  const gone = new Set<string>()
  for (const { from, to, edit } of candidates) {
    if (removed.has(edit) || gone.has(nameOf(edit))) continue
    const path = pathBetween(graph, edits, open, removed, to, from)
    if (path === undefined) continue
    const cycle = uniqueEdits([edit, ...path])
    cycles.push(cycle)
    for (const other of edits.values()) if (cycle.some((member) => nameOf(member) === nameOf(other)) && other.side === side) removed.add(other)
    for (const member of cycle) if (member.side === side) gone.add(nameOf(member))
  }
  return cycles
}

const nameOf = ({ id, other }: Edit): string => (other === undefined ? id : dependencyKey(id, other))

const uniqueEdits = (edits: readonly Edit[]): Edit[] => [...new Map(edits.map((edit) => [nameOf(edit), edit])).values()]

/**
 * The edits on a way from one event to another that has as few as possible; undefined when there is no way. A
 * breadth-first search with two kinds of edges: those of an edit cost 1, the others nothing.
 */
function pathBetween(graph: EventGraph, edits: ReadonlyMap<number, Edit>, open: Uint8Array, removed: ReadonlySet<Edit>, start: number, end: number): Edit[] | undefined {
  const events = graph.row.length - 1
  const cost = new Map<number, number>([[start, 0]])
  const via = new Map<number, { from: number; edit: Edit | undefined }>()
  const settled = new Set<number>()
  let [current, dearer]: [number[], number[]] = [[start], []]
  for (let level = 0; current.length > 0; level++) {
    while (current.length > 0) {
      const from = current.pop()!
      if (settled.has(from)) continue
      settled.add(from)
      if (from === end) return editsOnPath(via, start, end)
      for (let i = graph.row[from]!; i < graph.row[from + 1]!; i++) {
        const to = graph.edges[i]!
        const edit = edits.get(edgeKey(from, to, events))
        if (open[to] === 0 || (edit !== undefined && removed.has(edit))) continue
        const sum = edit === undefined ? level : level + 1
        if (sum >= (cost.get(to) ?? Infinity)) continue
        cost.set(to, sum)
        via.set(to, { from, edit })
        if (edit === undefined) current.push(to)
        else dearer.push(to)
      }
    }
    ;[current, dearer] = [dearer, []]
  }
  return undefined
}

function editsOnPath(via: ReadonlyMap<number, { from: number; edit: Edit | undefined }>, start: number, end: number): Edit[] {
  const edits: Edit[] = []
  for (let event = end; event !== start; ) {
    const step = via.get(event)!
    if (step.edit !== undefined) edits.push(step.edit)
    event = step.from
  }
  return edits
}
