/**
 * Dependency cycles in linear time, containment included.
 *
 * An item that depends on another waits for all of it, and all of the item waits. So every item has two events, start
 * and end, and a plan is a graph of "waits for" between events:
 *
 *   start(X) waits for start(parent of X) and for end(Y) of every Y that X depends on;
 *   end(X) waits for start(X) and for end(C) of every child C.
 *
 * The plan can be worked on exactly when this graph has no cycle. Containment alone has none, so every cycle holds a
 * dependency, and only the dependencies of a cycle are reported.
 */

/** A dependency: the index of the item that waits, and the index of the item it waits for. */
export type Link = readonly [from: number, to: number]

export interface DependencyCycle {
  /**
   * The dependencies of the circle in order: the target of each link is, holds, or lies in the source of the next one;
   * the last leads back to the first. At most 1,000 are listed.
   */
  links: Link[]
  /** How many dependencies the circle has. */
  length: number
}

const LISTED_LINKS = 1_000

/** Adjacency in compressed rows: event 2i is the start of item i, event 2i + 1 its end. */
function eventGraph(parents: Int32Array, dependencies: readonly (readonly number[])[]): { row: Int32Array; edges: Int32Array } {
  const count = parents.length
  const row = new Int32Array(2 * count + 1)
  for (let item = 0; item < count; item++) {
    const parent = parents[item]!
    row[2 * item + 1] = dependencies[item]!.length + (parent < 0 ? 0 : 1)
    row[2 * item + 2]! += 1
    if (parent >= 0) row[2 * parent + 2]! += 1
  }
  for (let event = 0; event < 2 * count; event++) row[event + 1]! += row[event]!
  const edges = new Int32Array(row[2 * count]!)
  const next = row.slice()
  for (let item = 0; item < count; item++) {
    const parent = parents[item]!
    if (parent >= 0) {
      edges[next[2 * item]!++] = 2 * parent
      edges[next[2 * parent + 1]!++] = 2 * item + 1
    }
    for (const target of dependencies[item]!) edges[next[2 * item]!++] = 2 * target + 1
    edges[next[2 * item + 1]!++] = 2 * item
  }
  return { row, edges }
}

/** Only a dependency leads from a start to an end. */
const isDependency = (from: number, to: number): boolean => (from & 1) === 0 && (to & 1) === 1

/**
 * Finds circles such that cutting one dependency of each leaves none: one depth-first walk, one circle for every edge
 * that leads back onto the walk's own path.
 *
 * @param parents the index of each item's parent, -1 for none
 * @param dependencies for each item the indices it depends on; itself, its ancestors and its descendants left out
 */
export function findCycles(parents: Int32Array, dependencies: readonly (readonly number[])[]): DependencyCycle[] {
  const { row, edges } = eventGraph(parents, dependencies)
  const events = 2 * parents.length
  const [UNSEEN, ON_PATH, FINISHED] = [0, 1, 2]
  const state = new Uint8Array(events)
  const next = row.slice(0, events)
  const path: number[] = []
  const links: Link[] = []
  /** For an event on the path, how many links lead up to it. */
  const linksBefore = new Int32Array(events)
  const cycles: DependencyCycle[] = []
  const reported = new Set<string>()
  let entered = 0
  const enteredAt: number[] = []

  const enter = (event: number) => {
    state[event] = ON_PATH
    linksBefore[event] = links.length
    path.push(event)
  }
  const report = (from: number, to: number) => {
    const first = linksBefore[to]!
    const closing: Link[] = isDependency(from, to) ? [[from >> 1, to >> 1]] : []
    // Two ways through the same containers with the same dependencies are one circle.
    const key = closing.length > 0 ? `${from}>${to}` : `${enteredAt.at(-1)}@${first}`
    if (reported.has(key)) return
    reported.add(key)
    cycles.push({ links: [...links.slice(first, first + LISTED_LINKS), ...closing], length: links.length - first + closing.length })
  }
  for (let root = 0; root < events; root++) {
    if (state[root] !== UNSEEN) continue
    enter(root)
    while (path.length > 0) {
      const from = path.at(-1)!
      const edge = next[from]!
      if (edge === row[from + 1]) {
        state[from] = FINISHED
        path.pop()
        const before = path.at(-1)
        if (before !== undefined && isDependency(before, from)) {
          links.pop()
          enteredAt.pop()
        }
        continue
      }
      next[from] = edge + 1
      const to = edges[edge]!
      if (state[to] === ON_PATH) report(from, to)
      else if (state[to] === UNSEEN) {
        if (isDependency(from, to)) {
          links.push([from >> 1, to >> 1])
          enteredAt.push(entered++)
        }
        enter(to)
      }
    }
  }
  return cycles
}
