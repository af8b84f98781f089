/**
 * The rules that hold between items: unique ids, dependencies that exist, no circles. They need no text and no zod, so
 * that a merge, a change and the server can ask them of a plan that is already well-formed.
 */
import { findCycles, type DependencyCycle } from './cycles.ts'
import { isSameOrder } from './equal.ts'
import { CHILD_KIND } from './flat.ts'
import { VersionedMap, differingKeys } from './versioned-map.ts'
import { toProblem, type Finding, type Path } from './problems.ts'
import { nearest } from './suggest.ts'
import type { FlatPlan, ItemKind, PlanProblem } from './types.ts'

/** One item as these rules see it. In a list of nodes every parent stands before its children. */
export interface GraphNode {
  /** Empty for an item without an id, which then is only a parent. */
  id: string
  kind: ItemKind
  /** The index of the parent in the list; -1 for a milestone. */
  parent: number
  /** The place among the parent's children. */
  position: number
  /** What the document says; what is no text is skipped, because the schemas report it. */
  dependsOn: readonly unknown[]
  status?: unknown
}

const LIST_KEY = { milestone: 'milestones', step: 'steps', microstep: 'microsteps' } as const
const NO_DEPENDENCIES: readonly unknown[] = []
/** Beyond this many unknown ids a suggestion for each would cost more than it helps. */
const SUGGESTIONS = 50
const LISTED_MEMBERS = 12

/** The path of a node in the document. */
export function pathOf(nodes: readonly GraphNode[], index: number): Path {
  const path: (string | number)[] = []
  for (let node = nodes[index]; node !== undefined; node = nodes[node.parent]) path.unshift(LIST_KEY[node.kind], node.position)
  return path
}

/** One dependency of the document. */
interface Edge {
  from: number
  to: number
  /** The place in `dependsOn`. */
  place: number
}

const isWithin = (nodes: readonly GraphNode[], index: number, ancestor: number): boolean => {
  for (let at = nodes[index]!.parent; at >= 0; at = nodes[at]!.parent) if (at === ancestor) return true
  return false
}

function indexIds(nodes: readonly GraphNode[], findings: Finding[]): Map<string, number> {
  const byId = new Map<string, number>()
  nodes.forEach((node, index) => {
    if (node.id === '') return
    const first = byId.get(node.id)
    if (first === undefined) byId.set(node.id, index)
    else {
      findings.push({
        code: 'duplicate-id',
        path: [...pathOf(nodes, index), 'id'],
        message: `The id "${node.id}" is already taken by another ${nodes[first]!.kind}`,
        remedy: 'Give one of the two another id; ids are unique in the whole plan.',
        first: [...pathOf(nodes, first), 'id'],
      })
    }
  })
  return byId
}

function groupBy(values: Iterable<string>, keyOf: (value: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return groups
}

/** Suggests ids that differ in letters only: a number in an id tells items apart, so `T-8` is never meant by `T-9`. */
function idSuggester(byId: ReadonlyMap<string, number>): (id: string) => string | undefined {
  const digitsOf = (id: string) => id.replace(/\D/g, '')
  let groups: Map<string, string[]> | undefined
  let left = SUGGESTIONS
  return (id) => {
    if (left-- <= 0) return undefined
    groups ??= groupBy(byId.keys(), digitsOf)
    return nearest(id, groups.get(digitsOf(id)) ?? [])
  }
}

type Refuse = (code: Finding['code'], message: string, remedy: string) => void

function resolveDependencies(nodes: readonly GraphNode[], byId: ReadonlyMap<string, number>, findings: Finding[]): Edge[] {
  const suggest = idSuggester(byId)
  const edges: Edge[] = []
  /** For each item the last one that was seen to depend on it: a dependency that is listed twice is judged once. */
  const seenFrom = new Int32Array(nodes.length).fill(-1)
  for (let from = 0; from < nodes.length; from++) {
    const { dependsOn } = nodes[from]!
    for (let place = 0; place < dependsOn.length; place++) {
      const id = dependsOn[place]
      if (typeof id !== 'string') continue
      const to = byId.get(id)
      if (to !== undefined) {
        if (seenFrom[to] === from) continue
        seenFrom[to] = from
      }
      if (to !== undefined && isPossible(nodes, from, to)) {
        edges.push({ from, to, place })
        continue
      }
      const ids = [nodes[from]!.id, id]
      const refuse: Refuse = (code, message, remedy) => void findings.push({ code, path: [...pathOf(nodes, from), 'dependsOn', place], message, remedy, ids })
      if (to === undefined) refuseUnknown(nodes[from]!.id, id, suggest(id), refuse)
      else refuseImpossible(nodes, from, to, refuse)
    }
  }
  return edges
}

function refuseUnknown(id: string, dependency: string, meant: string | undefined, refuse: Refuse): void {
  const otherwise = 'add the item, or remove the dependency.'
  const remedy = meant === undefined ? `Correct the id, ${otherwise}` : `Did you mean "${meant}"? Otherwise ${otherwise}`
  refuse('unknown-dependency', `"${id}" depends on "${dependency}", but no item has that id.`, remedy)
}

/** False for what can never be: an item that waits for itself, for what holds it, or for what it holds. */
const isPossible = (nodes: readonly GraphNode[], from: number, to: number): boolean =>
  nodes[from]!.id !== nodes[to]!.id && (nodes[from]!.kind === nodes[to]!.kind || (!isWithin(nodes, from, to) && !isWithin(nodes, to, from)))

function refuseImpossible(nodes: readonly GraphNode[], from: number, to: number, refuse: Refuse): void {
  const { id } = nodes[from]!
  const other = nodes[to]!
  if (id === other.id) refuse('self-dependency', `"${id}" depends on itself.`, 'Remove this dependency.')
  else if (isWithin(nodes, from, to)) {
    const message = `"${id}" depends on "${other.id}", the ${other.kind} it lies in, which cannot end before it does.`
    refuse('depends-on-parent', message, 'Remove this dependency, or depend on a sibling.')
  } else {
    const message = `"${id}" depends on "${other.id}", which lies in it and so cannot end before it starts.`
    refuse('depends-on-child', message, 'Remove this dependency: a parent always waits for its children.')
  }
}

/** "a" waits for "M2", which holds "b", which waits for "a". */
function describeCycle(nodes: readonly GraphNode[], cycle: DependencyCycle): string {
  const { links } = cycle
  let text = `"${nodes[links[0]![0]]!.id}"`
  for (const [index, [, to]] of links.entries()) {
    if (index === LISTED_MEMBERS) return `${text}, and so on through ${cycle.length - index} more`
    const next = links[(index + 1) % links.length]![0]
    text += `${index === 0 ? '' : ', which'} waits for "${nodes[to]!.id}"`
    if (next !== to) text += `, which ${isWithin(nodes, next, to) ? 'holds' : 'lies in'} "${nodes[next]!.id}"`
  }
  return text
}

function cycleFindings(nodes: readonly GraphNode[], edges: readonly Edge[]): Finding[] {
  // Where nothing waits for what stands behind it, the plan can be worked on in the order of the document.
  if (edges.every(({ from, to }) => to < from)) return []
  const dependencies: number[][] = Array.from({ length: nodes.length })
  const none: number[] = []
  dependencies.fill(none)
  for (const { from, to } of edges) {
    if (dependencies[from] === none) dependencies[from] = [to]
    else dependencies[from]!.push(to)
  }
  const parents = Int32Array.from(nodes, (node) => node.parent)
  return findCycles(parents, dependencies).map((cycle) => {
    // Named from the member that the document names first, so that the message does not depend on the walk.
    const first = cycle.links.reduce((least, [from], index) => (from < cycle.links[least]![0] ? index : least), 0)
    const links = [...cycle.links.slice(first), ...cycle.links.slice(0, first)]
    const [from, to] = links[0]!
    const place = nodes[from]!.dependsOn.indexOf(nodes[to]!.id)
    return {
      code: 'dependency-cycle',
      path: [...pathOf(nodes, from), 'dependsOn', place],
      message: `Items wait for each other in a circle: ${describeCycle(nodes, { links, length: cycle.length })}.`,
      remedy: 'Remove one of these dependencies.',
      ids: [...new Set(links.flat())].map((index) => nodes[index]!.id),
    }
  })
}

const FINISHED: ReadonlySet<unknown> = new Set(['done', 'cancelled'])
const BEGUN: ReadonlySet<unknown> = new Set(['in_progress', 'in_review', 'done'])

function unfinishedFindings(nodes: readonly GraphNode[], edges: readonly Edge[]): Finding[] {
  const total = new Int32Array(nodes.length)
  const finished = new Int32Array(nodes.length)
  const begun = new Int32Array(nodes.length)
  for (let index = nodes.length - 1; index >= 0; index--) {
    const { kind, parent, status } = nodes[index]!
    if (kind === 'microstep') {
      total[index] = 1
      finished[index] = FINISHED.has(status) ? 1 : 0
      begun[index] = BEGUN.has(status) ? 1 : 0
    }
    if (parent < 0) continue
    total[parent]! += total[index]!
    finished[parent]! += finished[index]!
    begun[parent]! += begun[index]!
  }
  const findings: Finding[] = []
  for (const { from, to, place } of edges) {
    if (begun[from] === 0 || finished[to] === total[to]) continue
    const [item, dependency] = [nodes[from]!, nodes[to]!]
    const has = item.kind === 'microstep' ? `is ${item.status}` : 'has begun'
    const unfinished = total[to]! - finished[to]!
    const lacks = dependency.kind === 'microstep' ? `is ${dependency.status ?? 'todo'}` : `has ${unfinished} of ${total[to]} microsteps unfinished`
    findings.push({
      code: 'unfinished-dependency',
      path: [...pathOf(nodes, from), 'dependsOn', place],
      message: `"${item.id}" ${has}, but it depends on "${dependency.id}", which ${lacks}.`,
      remedy: 'Finish the dependency, correct a status, or remove the dependency.',
    })
  }
  return findings
}

/** All findings of the graph rules, in the order of the rules. Linear in items and dependencies. */
export function graphFindings(nodes: readonly GraphNode[]): Finding[] {
  const { errors, edges } = graphErrors(nodes)
  return [...errors, ...unfinishedFindings(nodes, edges)]
}

function graphErrors(nodes: readonly GraphNode[]): { errors: Finding[]; edges: Edge[] } {
  const findings: Finding[] = []
  const byId = indexIds(nodes, findings)
  const edges = resolveDependencies(nodes, byId, findings)
  return { errors: [...findings, ...cycleFindings(nodes, edges)], edges }
}

function graphNodes(plan: FlatPlan): GraphNode[] {
  const nodes: GraphNode[] = []
  const visit = (ids: readonly string[], parent: number) =>
    ids.forEach((id, position) => {
      const item = plan.items.get(id)
      if (item === undefined) return
      nodes.push({ id, kind: item.kind, parent, position, dependsOn: item.fields.dependsOn ?? NO_DEPENDENCIES, status: item.fields.status })
      const children = plan.children.get(id)
      if (children !== undefined) visit(children, nodes.length - 1)
    })
  visit(plan.children.get(null) ?? [], -1)
  return nodes
}

/**
 * Asks the graph rules of a well-formed plan, as after a merge or a change: dependencies that exist, no circles. Linear
 * in items and dependencies.
 *
 * @returns problems without line and column; pointers are those of the plan in document form
 */
export function validateFlat(plan: FlatPlan): PlanProblem[] {
  return graphFindings(graphNodes(plan)).map((finding) => toProblem(finding))
}

/** A broken rule between items, with the items it is about. */
export interface GraphFault {
  code: string
  /** For a circle, the ends of its dependencies. */
  ids: readonly string[]
  message: string
}

/**
 * Whether all that an item depends on stands before it and has ended where it begins. Such a plan, as people write it, breaks
 * no rule between items; one that does not may break none either.
 */
export function isInOrder(plan: FlatPlan): boolean {
  const items = VersionedMap.of(plan.items)
  const ended = new Uint8Array(items.places)
  const hasEnded = (id: string): boolean => ended[items.placeOf(id)] === 1
  const visit = (id: string): boolean => {
    const place = items.placeOf(id)
    const item = items.at(place)
    // an item that is listed twice is no plan
    if (item === undefined || ended[place] === 1 || item.fields.dependsOn?.every(hasEnded) === false) return false
    if (CHILD_KIND[item.kind] !== undefined && plan.children.get(id)?.every(visit) === false) return false
    ended[place] = 1
    return true
  }
  return (plan.children.get(null) ?? []).every(visit)
}

/** Whether two plans have the same items in the same parents with the same dependencies: they break the same rules. */
export function hasSameGraph(a: FlatPlan, b: FlatPlan): boolean {
  for (const id of differingKeys(a.items, b.items)) {
    const [one, other] = [a.items.get(id), b.items.get(id)]
    if (one === other) continue
    if (one?.kind !== other?.kind || one?.parentId !== other?.parentId || !isSameOrder(one?.fields.dependsOn ?? [], other?.fields.dependsOn ?? [])) return false
  }
  return true
}

/** The errors of `validateFlat` by the items they are about. */
export function graphFaults(plan: FlatPlan): GraphFault[] {
  if (isInOrder(plan)) return []
  return graphErrors(graphNodes(plan)).errors.flatMap(({ code, ids, message, remedy }) => (ids === undefined ? [] : [{ code, ids, message: `${message} ${remedy}` }]))
}
