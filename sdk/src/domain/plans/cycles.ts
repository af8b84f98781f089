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
import { eventGraph } from './graph.ts'

/** A dependency: the index of the item that waits, and the index of the item it waits for. */
export type Link = readonly [from: number, to: number]

/** Items that wait for each other in a circle. */
export interface DependencyCycle {
  /**
   * The dependencies of the circle in order: the target of each link is, holds, or lies in the source of the next one;
   * the last leads back to the first. Of more than 100 the first 99 and the last are listed.
   */
  links: Link[]
  /** How many dependencies the circle has. */
  length: number
}

const LISTED_LINKS = 100
/** Enough for plans that are meant; it keeps a hostile one linear. */
const ROUNDS = 20

/** Only a dependency leads from a start to an end. */
const isDependency = (from: number, to: number): boolean => (from & 1) === 0 && (to & 1) === 1

/**
 * Finds circles such that without the last link of each no circle is left; none is named twice.
 *
 * @remarks One round names one circle for every edge that leads back onto the path of its walk. A circle that a round
 * did not see, because another led through the same items, is found by the next, without the links of the first.
 * @param parents the index of each item's parent, -1 for none
 * @param dependencies for each item the indices it depends on; itself, its ancestors and its descendants left out
 */
export function findCycles(parents: Int32Array, dependencies: readonly (readonly number[])[]): DependencyCycle[] {
  const cycles: DependencyCycle[] = []
  let remaining = dependencies
  for (let round = 0; round < ROUNDS; round++) {
    const found = new Walk(parents, remaining).cycles
    if (found.length === 0) break
    cycles.push(...found)
    const cut = new Set(found.map(({ links }) => links.at(-1)!.join('>')))
    remaining = remaining.map((targets, from) => (targets.some((to) => cut.has(`${from}>${to}`)) ? targets.filter((to) => !cut.has(`${from}>${to}`)) : targets))
  }
  return cycles
}

const UNSEEN = 0
const ON_PATH = 1
const FINISHED = 2

/** One depth-first walk over all events, without recursion. */
class Walk {
  readonly cycles: DependencyCycle[] = []
  readonly #row: Int32Array
  readonly #edges: Int32Array
  readonly #next: Int32Array
  readonly #state: Uint8Array
  readonly #path: number[] = []
  /** The dependencies on the path, each with a number of its own. */
  readonly #links: { link: Link; serial: number }[] = []
  /** For an event on the path, how many links lead up to it. */
  readonly #linksBefore: Int32Array
  readonly #reported = new Set<string>()
  #serial = 0

  constructor(parents: Int32Array, dependencies: readonly (readonly number[])[]) {
    const { row, edges } = eventGraph(parents, dependencies)
    this.#row = row
    this.#edges = edges
    this.#next = row.slice()
    this.#state = new Uint8Array(2 * parents.length)
    this.#linksBefore = new Int32Array(2 * parents.length)
    // From an end, a circle closes with a dependency of its own and is seen in this round; every start lies behind an end.
    for (let end = 1; end < this.#state.length; end += 2) if (this.#state[end] === UNSEEN) this.#walkFrom(end)
  }

  #walkFrom(root: number): void {
    this.#enter(root)
    for (let from = this.#path.at(-1); from !== undefined; from = this.#path.at(-1)) {
      const edge = this.#next[from]!++
      if (edge < this.#row[from + 1]!) this.#follow(from, this.#edges[edge]!)
      else this.#leave(from)
    }
  }

  #enter(event: number): void {
    this.#state[event] = ON_PATH
    this.#linksBefore[event] = this.#links.length
    this.#path.push(event)
  }

  #leave(event: number): void {
    this.#state[event] = FINISHED
    this.#path.pop()
    const before = this.#path.at(-1)
    if (before !== undefined && isDependency(before, event)) this.#links.pop()
  }

  #follow(from: number, to: number): void {
    const link: Link | undefined = isDependency(from, to) ? [from >> 1, to >> 1] : undefined
    if (this.#state[to] === ON_PATH) this.#report(to, link)
    else if (this.#state[to] === UNSEEN) {
      if (link !== undefined) this.#links.push({ link, serial: this.#serial++ })
      this.#enter(to)
    }
  }

  #report(to: number, closing: Link | undefined): void {
    const first = this.#linksBefore[to]!
    const last = closing ?? this.#links.at(-1)!.link
    // Two ways through the same containers with the same dependencies are one circle.
    const name = closing === undefined ? `${this.#links.at(-1)!.serial} from ${first}` : closing.join('>')
    if (this.#reported.has(name)) return
    this.#reported.add(name)
    const links = this.#links.slice(first, first + LISTED_LINKS - 1).map(({ link }) => link)
    if (links.at(-1) !== last) links.push(last)
    this.cycles.push({ links, length: this.#links.length - first + (closing === undefined ? 0 : 1) })
  }
}
