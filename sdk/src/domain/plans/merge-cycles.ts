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

/** A plan's event graph with the edits that its edges stand for, by `edgeKey`. */
interface TaggedGraph {
  ids: readonly string[]
  graph: EventGraph
  edits: ReadonlyMap<number, Edit>
}

const LIMIT = 10_000

/** Holds or refuses edits until neither result has a cycle; needs both sides to have edits that can close one. */
export function breakCycles(structure: Structure): void {
  for (let round = 0; round < LIMIT; round++) {
    const found = (['local', 'remote'] as const).map((target) => ({ target, ...cyclesIn(structure, target) }))
    const isBroken = found.every(({ cycles, stuck }) => cycles.length === 0 && stuck.length === 0)
    if (isBroken) return
    for (const { target, cycles, stuck } of found) {
      for (const cycle of cycles) settleCycle(structure, target, cycle)
      if (cycles.length === 0 && stuck.filter((id) => structure.reopenAddition(id)).length === 0 && stuck.length > 0) return
    }
    structure.close()
  }
}

/** A decided cycle loses the edits of the other side everywhere; an undecided one only where they are foreign. */
function settleCycle(structure: Structure, target: Side, cycle: readonly Edit[]): void {
  const keep = decisionOf(structure, cycle)
  const losing = keep === undefined ? [] : cycle.filter((edit) => edit.side !== keep)
  if (keep !== undefined && losing.length > 0) {
    for (const { id, other, side } of losing) {
      if (other === undefined) structure.refusedPlaces.set(id, side)
      else structure.refusedDependencies.add(dependencyKey(id, other))
    }
    return
  }
  for (const { id, other, side } of cycle) {
    if (side === target) continue
    if (other === undefined) structure.heldPlaces.add(id)
    else structure.heldDependencies.add(dependencyKey(id, other))
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

function cyclesIn(structure: Structure, target: Side): { cycles: Edit[][]; stuck: string[] } {
  const tagged = taggedGraph(structure, target)
  const order = topologicalOrder(tagged.graph)
  if (order.length === tagged.graph.row.length - 1) return { cycles: [], stuck: [] }
  const open = new Uint8Array(tagged.graph.row.length - 1).fill(1)
  for (const event of order) open[event] = 0
  const cycles = editCycles(tagged, open, otherSide(target))
  const stuck = cycles.length > 0 ? [] : tagged.ids.filter((_, item) => open[endOf(item)] === 1)
  return { cycles, stuck }
}

/** The graph of one result. Only what differs between the inputs is asked of the structure; the rest is as it was. */
function taggedGraph(structure: Structure, target: Side): TaggedGraph {
  const ids: string[] = []
  const index = new Map<string, number>()
  const differing = new Set(structure.touched)
  const enter = (id: string): void => {
    index.set(id, ids.length)
    ids.push(id)
  }
  for (const id of structure.plans.base.items.keys()) if (!differing.has(id) || structure.isIn(id, target)) enter(id)
  for (const id of structure.moving) if (!structure.plans.base.items.has(id) && structure.isIn(id, target)) enter(id)
  const parents = new Int32Array(ids.length)
  const dependencies: (number[] | undefined)[] = new Array<undefined>(ids.length)
  const edits = new Map<number, Edit>()
  const events = 2 * ids.length
  ids.forEach((id, item) => {
    const before = differing.has(id) ? undefined : structure.plans.base.items.get(id)
    const parentId = before === undefined ? structure.parentIn(id, target) : before.parentId
    parents[item] = parentId === null ? -1 : index.get(parentId)!
    const list = before === undefined ? structure.dependenciesIn(id, target) : before.fields.dependsOn
    if (list !== undefined && list.length > 0) dependencies[item] = list.flatMap((other) => index.get(other) ?? [])
    if (before === undefined) tagEdits(structure, target, id, item, parents[item]!, list ?? [], index, (from, to, edit) => edits.set(edgeKey(from, to, events), edit))
  })
  return { ids, graph: eventGraph(parents, dependencies), edits }
}

function tagEdits(
  structure: Structure, target: Side, id: string, item: number, parent: number, list: readonly string[],
  index: ReadonlyMap<string, number>, tag: (from: number, to: number, edit: Edit) => void,
): void {
  const mover = structure.placeSource(id, target)
  if (mover !== undefined && parent >= 0) {
    tag(startOf(item), startOf(parent), { side: mover, id })
    tag(endOf(parent), endOf(item), { side: mover, id })
  }
  for (const other of list) {
    const side = structure.dependencySource(id, other)
    const at = index.get(other)
    if (side !== undefined && at !== undefined) tag(startOf(item), endOf(at), { side, id, other })
  }
}

/** For each foreign edit that closes a cycle, the edits of one with as few of them as possible; no edit is in two. */
function editCycles({ ids, graph, edits }: TaggedGraph, open: Uint8Array, foreign: Side): Edit[][] {
  const events = graph.row.length - 1
  const removed = new Set<Edit>()
  const candidates: { from: number; to: number; edit: Edit; size: number; name: string }[] = []
  for (const [key, edit] of edits) {
    const [from, to] = [Math.floor(key / events), key % events]
    if (edit.side !== foreign || open[from] === 0 || open[to] === 0) continue
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
    for (const other of edits.values()) if (cycle.some((member) => nameOf(member) === nameOf(other)) && other.side === foreign) removed.add(other)
    for (const member of cycle) if (member.side === foreign) gone.add(nameOf(member))
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
