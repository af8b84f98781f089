/** The critical path method over the event graph: times forward from the start, and back from the end. */
import { endOf, topologicalOrder } from './graph.ts'
import type { PlanIndex } from './plan-index.ts'

/** Times in the unit of the durations, counted from now. */
export interface Schedule {
  /** The earliest time of each event; NaN for events on a cycle or behind one. */
  earliest: Float64Array
  /** The latest time of each event that does not delay the end of everything. */
  latest: Float64Array
  /** For each event the one it waits for longest; -1 for one that can happen at once. */
  critical: Int32Array
  /** When everything is finished. */
  finish: number
}

/**
 * @param durationOf how long a microstep takes, by its number; asked for unfinished microsteps only
 * @see Kelley and Walker, "Critical-path planning and scheduling", 1959
 */
export function scheduleOf(index: PlanIndex, durationOf: (number: number) => number): Schedule {
  const graph = index.openGraph()
  const { row, edges } = graph
  const order = topologicalOrder(graph)
  const events = row.length - 1
  const duration = new Float64Array(events)
  for (let number = 0; number < index.items.length; number++) if (index.isUnfinishedMicrostep(number)) duration[endOf(number)] = durationOf(number)
  const earliest = new Float64Array(events).fill(NaN)
  const critical = new Int32Array(events).fill(-1)
  let finish = 0
  for (const event of order) {
    let ready = 0
    // What is finished has happened already, whatever it once waited for.
    const end = index.isSettled(event >> 1) ? row[event]! : row[event + 1]!
    for (let i = row[event]!; i < end; i++) {
      const before = edges[i]!
      if (earliest[before]! > ready || critical[event]! < 0) critical[event] = before
      ready = Math.max(ready, earliest[before]!)
    }
    earliest[event] = ready + duration[event]!
    finish = Math.max(finish, earliest[event]!)
  }
  const latest = new Float64Array(events).fill(finish)
  for (let at = order.length - 1; at >= 0; at--) {
    const event = order[at]!
    if (index.isSettled(event >> 1)) continue
    for (let i = row[event]!; i < row[event + 1]!; i++) latest[edges[i]!] = Math.min(latest[edges[i]!]!, latest[event]! - duration[event]!)
  }
  return { earliest, latest, critical, finish }
}

/** The chain of events that leads to an event without any time to spare, first to last. */
export function criticalChain({ critical }: Schedule, last: number): number[] {
  const chain: number[] = []
  for (let event = last; event >= 0; event = critical[event]!) chain.push(event)
  return chain.reverse()
}

