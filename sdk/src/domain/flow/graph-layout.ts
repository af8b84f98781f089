/**
 * Places the nodes of a dependency graph in layers from left to right.
 *
 * In four steps: dependencies that close a circle are turned round (rolled up to steps or milestones they can), every node stands in
 * the layer behind the last one that it waits for, the order in each layer is improved by sweeps that put nodes next to what they are
 * joined to, and heights are then balanced. A dependency that skips layers passes through a bend in each.
 *
 * @see Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE SMC 11(2), 1981
 */

/** Where a node stands: the middle of its left side is at `layer` and `y`. */
export interface Place {
  /** From 0, at the left. */
  readonly layer: number
  /** In heights of a node with its gap. */
  readonly y: number
}

/** A dependency with the bends on its way. */
export interface Route {
  /** Number of the node that comes first. */
  readonly from: number
  /** Number of the node that waits for it. */
  readonly to: number
  /** True: it was turned round, and closes a circle. */
  readonly isBack: boolean
  /** Places from start to end, both included. */
  readonly path: readonly Place[]
}

/** Where everything stands. */
export interface GraphLayout {
  /** By number of the node. */
  readonly places: readonly Place[]
  /** In the order of the edges. */
  readonly routes: readonly Route[]
  /** How many there are. */
  readonly layers: number
  /** From 0 to the lowest middle. */
  readonly height: number
}

const ORDER_SWEEPS = 8
const HEIGHT_SWEEPS = 12

/** Edges, those turned that close a circle, found by walking the graph in depth. */
function withoutCircles(count: number, edges: readonly (readonly [number, number])[]): { from: number; to: number; isBack: boolean }[] {
  const out = Array.from({ length: count }, (): number[] => [])
  for (const [index, [from]] of edges.entries()) out[from]!.push(index)
  const state = new Uint8Array(count)
  const isBack = new Uint8Array(edges.length)
  for (let root = 0; root < count; root++) {
    if (state[root] !== 0) continue
    const stack = [{ node: root, next: 0 }]
    state[root] = 1
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const index = out[top.node]![top.next++]
      if (index === undefined) {
        state[top.node] = 2
        stack.pop()
        continue
      }
      const to = edges[index]![1]
      if (state[to] === 1) isBack[index] = 1
      else if (state[to] === 0) {
        state[to] = 1
        stack.push({ node: to, next: 0 })
      }
    }
  }
  return edges.map(([from, to], index) => (isBack[index] === 1 ? { from: to, to: from, isBack: true } : { from, to, isBack: false }))
}

/** The layer of each node: one behind the last that it waits for; what nothing waits for it stands next to what waits for it. */
function layersOf(count: number, edges: readonly { from: number; to: number }[]): Int32Array {
  const layer = new Int32Array(count)
  const waiting = new Int32Array(count)
  const out = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of edges) {
    waiting[to]!++
    out[from]!.push(to)
  }
  const order = Array.from(waiting.keys()).filter((node) => waiting[node] === 0)
  for (const node of order) {
    for (const to of out[node]!) {
      layer[to] = Math.max(layer[to]!, layer[node]! + 1)
      if (--waiting[to]! === 0) order.push(to)
    }
  }
  const hasSource = new Uint8Array(count)
  for (const { to } of edges) hasSource[to] = 1
  for (const node of order.toReversed()) {
    const next = out[node]!
    if (hasSource[node] === 0 && next.length > 0) layer[node] = Math.min(...next.map((to) => layer[to]!)) - 1
  }
  return layer
}

/** Points in layers: nodes first, then bends. */
interface Net {
  readonly layers: number[][]
  readonly before: number[][]
  readonly after: number[][]
  readonly chains: number[][]
}

function netOf(layer: Int32Array, edges: readonly { from: number; to: number }[]): Net {
  const layers = Array.from({ length: Math.max(0, ...layer) + 1 }, (): number[] => [])
  for (const [node, at] of layer.entries()) layers[at]!.push(node)
  const [before, after] = [Array.from(layer, (): number[] => []), Array.from(layer, (): number[] => [])]
  let points = layer.length
  const join = (a: number, b: number): void => {
    after[a]!.push(b)
    before[b]!.push(a)
  }
  const chains = edges.map(({ from, to }) => {
    const chain = [from]
    for (let at = layer[from]! + 1; at < layer[to]!; at++) {
      layers[at]!.push(points)
      before.push([])
      after.push([])
      join(chain.at(-1)!, points)
      chain.push(points++)
    }
    join(chain.at(-1)!, to)
    return [...chain, to]
  })
  return { layers, before, after, chains }
}

/** Sorts layers by the mean place of what their points are joined to, forth and back in turn. */
function order({ layers, before, after }: Net): void {
  const place = new Float64Array(before.length)
  const number = (points: readonly number[]): void => points.forEach((point, at) => void (place[point] = at))
  layers.forEach(number)
  for (let sweep = 0; sweep < ORDER_SWEEPS; sweep++) {
    const isForth = sweep % 2 === 0
    for (const points of isForth ? layers : layers.toReversed()) {
      const mean = new Map(points.map((point) => {
        const joined = (isForth ? before : after)[point]!
        return [point, joined.length === 0 ? place[point]! : joined.reduce((sum, other) => sum + place[other]!, 0) / joined.length]
      }))
      points.sort((a, b) => mean.get(a)! - mean.get(b)! || place[a]! - place[b]!)
      number(points)
    }
  }
}

/**
 * Heights nearest to the wanted ones (least squares) that keep the order and the room between points: by pooling neighbours that
 * would violate it.
 *
 * @see Ayer et al., "An Empirical Distribution Function for Sampling with Incomplete Information", 1955: pool adjacent violators
 */
function keepApart(wanted: readonly number[], gaps: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = []
  let offset = 0
  const offsets = wanted.map((_, at) => (offset += at === 0 ? 0 : gaps[at]!))
  for (const [at, value] of wanted.entries()) {
    blocks.push({ sum: value - offsets[at]!, count: 1 })
    for (let last = blocks.at(-1)!, previous = blocks.at(-2); previous !== undefined && previous.sum / previous.count > last.sum / last.count; last = blocks.at(-1)!, previous = blocks.at(-2)) {
      blocks.splice(-2, 2, { sum: previous.sum + last.sum, count: previous.count + last.count })
    }
  }
  let at = 0
  return blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count + offsets[at++]!))
}

/** A bend needs less room than a node. */
const BEND = 0.4

function heights({ layers, before, after }: Net, nodes: number): Float64Array {
  const y = new Float64Array(before.length)
  const gapsOf = (points: readonly number[]): number[] => points.map((point, at) => (at === 0 ? 0 : point < nodes && points[at - 1]! < nodes ? 1 : point < nodes || points[at - 1]! < nodes ? (1 + BEND) / 2 : BEND))
  const gaps = layers.map(gapsOf)
  layers.forEach((points, at) => keepApart(points.map(() => 0), gaps[at]!).forEach((value, index) => void (y[points[index]!] = value)))
  for (let sweep = 0; sweep < HEIGHT_SWEEPS; sweep++) {
    const isForth = sweep % 2 === 0
    for (let step = 0; step < layers.length; step++) {
      const at = isForth ? step : layers.length - 1 - step
      const points = layers[at]!
      const wanted = points.map((point) => {
        const near = (isForth ? before : after)[point]!
        const joined = near.length > 0 ? near : (isForth ? after : before)[point]!
        return joined.length === 0 ? y[point]! : joined.reduce((sum, other) => sum + y[other]!, 0) / joined.length
      })
      keepApart(wanted, gaps[at]!).forEach((value, index) => void (y[points[index]!] = value))
    }
  }
  const top = y.reduce((least, value) => Math.min(least, value), 0)
  return y.map((value) => value - top)
}

/**
 * Places a graph: what waits for something stands to the right of it.
 *
 * @param count - of nodes, which are numbered from 0.
 * @param edges - each once, as numbers of nodes: what comes first, what waits for it.
 */
export function layOutGraph(count: number, edges: readonly (readonly [number, number])[]): GraphLayout {
  const acyclic = withoutCircles(count, edges)
  const layer = layersOf(count, acyclic)
  const net = netOf(layer, acyclic)
  order(net)
  const y = heights(net, count)
  const places = Array.from(layer, (at, node): Place => ({ layer: at, y: y[node]! }))
  const routes = acyclic.map(({ from, to, isBack }, index): Route => ({ from, to, isBack, path: net.chains[index]!.map((point, step) => ({ layer: layer[from]! + step, y: y[point]! })) }))
  return { places, routes, layers: net.layers.length, height: y.reduce((most, value) => Math.max(most, value), 0) }
}
