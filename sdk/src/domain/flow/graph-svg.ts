/** The dependency graph as a chart: what comes first on the left, what waits for it to the right. */
import { layOutGraph, type Place, type Route } from './graph-layout.ts'
import { BOLD, chart, escapeText, fit, legend, px, statusName, statusSign, STATUS_FILL, STATUS_TEXT, wrap, type ChartOptions } from './svg.ts'
import type { GraphNode, PlanGraph } from './graph.ts'

/** A graph as it is drawn: as {@link graphOf} gives it, or the API. */
export type GraphChart = Omit<PlanGraph, 'nodes'> & { nodes: readonly (Omit<GraphNode, 'status' | 'kind'> & { status: string | null; kind: string })[] }

const MARGIN = 24
const NODE = { width: 224, height: 60 } as const
const GAP = { x: 64, y: 16 } as const
const HEADER = 76
const LEGEND = 44
/** Nodes that are joined to nothing stand below the others, so many beside each other. */
const LONE_COLUMNS = 5

interface Placed {
  readonly node: GraphChart['nodes'][number]
  readonly x: number
  /** The middle. */
  readonly y: number
}

const left = ({ layer }: Pick<Place, 'layer'>): number => MARGIN + layer * (NODE.width + GAP.x)
const middle = ({ y }: Pick<Place, 'y'>): number => HEADER + NODE.height / 2 + y * (NODE.height + GAP.y)

function box({ node, x, y }: Placed, groups: ReadonlyMap<string, string>): string {
  const top = y - NODE.height / 2
  const status = node.status === null ? null : statusName(node.status)
  const textX = x + (status === null ? 14 : 28)
  const room = NODE.width - (textX - x) - 10
  const place = node.parent === null ? '' : (groups.get(node.parent) ?? '')
  const detail = place === '' ? `${node.key} · ${Math.round(node.percent)} % done` : `${node.key} · ${place}`
  const stroke = node.isCritical ? 'stroke="var(--br-critical)" stroke-width="2"' : 'stroke="var(--br-todo-line)" stroke-width="1"'
  const words = [node.key, node.title, status === null ? `${Math.round(node.percent)} % done` : STATUS_TEXT[status], place === '' ? '' : `in ${place}`, node.isCritical ? 'critical' : ''].filter(Boolean).join(' · ')
  const bar = status === null
    ? `<rect x="${px(x + 14)}" y="${px(top + NODE.height - 8)}" width="${NODE.width - 28}" height="3" rx="1.5" fill="var(--br-todo)"/><rect x="${px(x + 14)}" y="${px(top + NODE.height - 8)}" width="${px(((NODE.width - 28) * node.percent) / 100)}" height="3" rx="1.5" class="br-fill-done"/>`
    : `<path d="M${px(x + 5)} ${px(top + 0.5)}H${px(x + 6)}V${px(top + NODE.height - 0.5)}H${px(x + 5)}A5 5 0 0 1 ${px(x)} ${px(top + NODE.height - 5)}V${px(top + 5)}A5 5 0 0 1 ${px(x + 5)} ${px(top + 0.5)}z" class="${STATUS_FILL[status]}" stroke="none"/>`
  const lines = wrap(node.title, 12 * BOLD, room)
  const base = y + (lines.length === 1 ? -3 : -10) - (status === null ? 3 : 0)
  return `<g><title>${escapeText(words)}</title><rect x="${px(x)}" y="${px(top)}" width="${NODE.width}" height="${NODE.height}" rx="6" fill="var(--br-node)" ${stroke}/>${bar}${
    status === null ? '' : statusSign(status, x + 17, base - 4)}${lines.map((text, at) => `<text x="${px(textX)}" y="${px(base + at * 15)}" class="br-strong">${escapeText(text)}</text>`).join('')}<text x="${px(textX)}" y="${px(base + lines.length * 15 + 1)}" class="br-muted br-small">${escapeText(fit(detail, 11, room))}</text></g>`
}

/** A smooth line through the bends, level where it leaves and where it arrives. */
function line({ path, isBack }: Route, isCritical: boolean): string {
  const points = path.map((place, at) => (at === 0 ? { x: left(place) + NODE.width, y: middle(place) } : { x: left(place) - (at === path.length - 1 ? 7 : 0), y: middle(place) }))
  let d = `M${px(points[0]!.x)} ${px(points[0]!.y)}`
  for (const [at, to] of points.entries()) {
    if (at === 0) continue
    const isLast = at === points.length - 1
    const from = points[at - 1]!
    // a bend is as wide as a node: the line runs level below or above it
    const start = at === 1 ? from.x : from.x + NODE.width
    if (at > 1) d += `H${px(start)}`
    const half = (to.x - start) / 2
    d += `C${px(start + half)} ${px(from.y)} ${px(to.x - half)} ${px(to.y)} ${px(to.x)} ${px(to.y)}`
    if (isLast) break
  }
  const end = isBack ? points[0]! : points.at(-1)!
  const tip = isBack ? `M${px(end.x)} ${px(end.y)}l8-4v8z` : `M${px(end.x + 7)} ${px(end.y)}l-8-4v8z`
  return `<path d="${d}" class="br-edge${isCritical ? ' br-critical' : ''}"${isBack ? ' stroke-dasharray="5 4"' : ''}/><path d="${tip}" class="br-fill-${isCritical ? 'critical' : 'edge'}"/>`
}

function place(graph: GraphChart): { placed: Placed[]; routes: readonly Route[]; numbers: number[]; width: number; bottom: number } {
  const joined = new Set(graph.edges.flatMap(({ from, to }) => [from, to]))
  const numbers = [...graph.nodes.keys()].filter((at) => joined.has(graph.nodes[at]!.key))
  const at = new Map(numbers.map((number, index) => [graph.nodes[number]!.key, index]))
  const { places, routes, layers, height } = layOutGraph(numbers.length, graph.edges.map(({ from, to }) => [at.get(from)!, at.get(to)!] as const))
  const placed = places.map((each, index): Placed => ({ node: graph.nodes[numbers[index]!]!, x: left(each), y: middle(each) }))
  const lone = graph.nodes.filter(({ key }) => !joined.has(key))
  const below = numbers.length === 0 ? 0 : height + 1.4
  lone.forEach((node, index) => placed.push({ node, x: left({ layer: index % LONE_COLUMNS }), y: middle({ y: below + Math.floor(index / LONE_COLUMNS) }) }))
  const columns = Math.max(numbers.length === 0 ? 1 : layers, Math.min(LONE_COLUMNS, lone.length))
  const bottom = Math.max(HEADER, ...placed.map(({ y }) => y + NODE.height / 2))
  return { placed, routes, numbers, width: Math.max(560, left({ layer: columns }) - GAP.x + MARGIN), bottom }
}

/**
 * A dependency graph as SVG.
 *
 * @example
 * const svg = graphSvg(graphOf(plan, { level: 'milestone', all: true }))
 */
export function graphSvg(graph: GraphChart, options: ChartOptions = {}): string {
  const { placed, routes, numbers, width, bottom } = place(graph)
  const groups = new Map(graph.groups.map(({ key, title }) => [key, title]))
  const critical = new Set(graph.edges.flatMap(({ from, to, isCritical }) => (isCritical ? [`${from}\n${to}`] : [])))
  const keyAt = (index: number): string => graph.nodes[numbers[index]!]!.key
  const isCritical = ({ from, to, isBack }: Route): boolean => critical.has(isBack ? `${keyAt(to)}\n${keyAt(from)}` : `${keyAt(from)}\n${keyAt(to)}`)
  const lines = routes.toSorted((a, b) => Number(isCritical(a)) - Number(isCritical(b))).map((route) => line(route, isCritical(route)))
  const counts = `${graph.nodes.length} ${graph.nodes.length === 1 ? 'item' : 'items'}, ${graph.edges.length} ${graph.edges.length === 1 ? 'dependency' : 'dependencies'}`
  const statuses = [...new Set(graph.nodes.flatMap(({ status }) => (status === null ? [] : [statusName(status)])))]
  const entries = statuses.map((status) => ({ sign: (x: number, y: number) => statusSign(status, x, y), text: STATUS_TEXT[status] }))
  if (graph.nodes.some((node) => node.isCritical)) entries.push({ sign: (x, y) => `<path d="M${px(x - 8)} ${px(y)}h16" class="br-edge br-critical"/>`, text: 'critical path' })
  const body = [
    `<text x="${MARGIN}" y="36" class="br-heading">${escapeText(fit(graph.title ?? 'Dependencies', 18, width - 2 * MARGIN))}</text><text x="${MARGIN}" y="57" class="br-muted">${counts}, from left to right</text>`,
    lines.join('\n'), placed.map((each) => box(each, groups)).join('\n'), legend(entries, MARGIN, bottom + 34),
  ].join('\n')
  const waits = graph.edges.slice(0, 40).map(({ from, to }) => `${to} waits for ${from}`).join('; ')
  const summary = `${counts}. ${waits}${graph.edges.length > 40 ? `; and ${graph.edges.length - 40} more` : ''}.`
  return chart(body, { ...options, width, height: bottom + LEGEND + 8, title: `Dependencies: ${graph.title ?? 'plan'}`, summary })
}
