/**
 * The event graph of a plan: what has to happen before what.
 *
 * Every item has two events. The start of an item waits for the start of its parent and for the end of everything the
 * item depends on; its end waits for its own start and for the end of each child. A dependency on a milestone is thus a
 * dependency on all its microsteps by way of one node, never a product of the two.
 */

/** Adjacency in compressed rows; event 2i is the start of item i, event 2i + 1 its end. */
export interface EventGraph {
  /** `edges[row[e]]` up to `edges[row[e + 1]]` are the events that event e waits for. */
  readonly row: Int32Array
  readonly edges: Int32Array
}

export const startOf = (item: number): number => 2 * item
export const endOf = (item: number): number => 2 * item + 1

/**
 * @param parents the index of each item's parent, -1 for none
 * @param dependencies for each item the indices it depends on; undefined for none
 * @param isAwaited whether the end of an item's parent waits for the end of the item; by default always
 */
export function eventGraph(parents: Int32Array, dependencies: readonly (readonly number[] | undefined)[], isAwaited: (item: number) => boolean = () => true): EventGraph {
  const count = parents.length
  const row = new Int32Array(2 * count + 1)
  for (let item = 0; item < count; item++) {
    const parent = parents[item]!
    row[startOf(item) + 1] = (dependencies[item]?.length ?? 0) + (parent < 0 ? 0 : 1)
    row[endOf(item) + 1]! += 1
    if (parent >= 0 && isAwaited(item)) row[endOf(parent) + 1]! += 1
  }
  for (let event = 0; event < 2 * count; event++) row[event + 1]! += row[event]!
  const edges = new Int32Array(row[2 * count]!)
  const next = row.slice()
  for (let item = 0; item < count; item++) {
    const parent = parents[item]!
    if (parent >= 0) {
      edges[next[startOf(item)]!++] = startOf(parent)
      if (isAwaited(item)) edges[next[endOf(parent)]!++] = endOf(item)
    }
    for (const target of dependencies[item] ?? []) edges[next[startOf(item)]!++] = endOf(target)
    edges[next[endOf(item)]!++] = startOf(item)
  }
  return { row, edges }
}

/**
 * The events in an order in which each stands behind everything it waits for.
 *
 * @returns fewer events than there are when the graph has cycles: those on a cycle, or that wait for one, are missing
 * @see Kahn, "Topological sorting of large networks", 1962
 */
export function topologicalOrder({ row, edges }: EventGraph): Int32Array {
  const count = row.length - 1
  const waiting = new Int32Array(count)
  const rowBack = new Int32Array(count + 1)
  for (let i = 0; i < edges.length; i++) rowBack[edges[i]! + 1]!++
  for (let event = 0; event < count; event++) rowBack[event + 1]! += rowBack[event]!
  const back = new Int32Array(edges.length)
  const next = rowBack.slice()
  const order = new Int32Array(count)
  let length = 0
  for (let event = 0; event < count; event++) {
    waiting[event] = row[event + 1]! - row[event]!
    if (waiting[event] === 0) order[length++] = event
    for (let i = row[event]!; i < row[event + 1]!; i++) back[next[edges[i]!]!++] = event
  }
  for (let done = 0; done < length; done++) {
    const event = order[done]!
    for (let i = rowBack[event]!; i < rowBack[event + 1]!; i++) if (--waiting[back[i]!]! === 0) order[length++] = back[i]!
  }
  return order.subarray(0, length)
}
