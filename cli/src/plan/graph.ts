/** The dependency graph of a plan at one level, as text and for Graphviz. */
import { graphOf, type PlanGraph } from '@buildrunner/sdk/flow'
import { requireItem } from './session.ts'
import { oneLine, statusSymbol } from './describe.ts'
import { t } from '../text/text.ts'
import type { FlatPlan, ItemKind, Status } from '@buildrunner/sdk/plans'
import type { Style } from '../core/style.ts'

export type GraphFormat = 'dot' | 'ascii'

export interface GraphSelection {
  level: ItemKind
  /** Also nodes without edges. */
  all: boolean
  /** Only what lies in this item, with its neighbours. */
  within?: string
}

/** @throws ITEM_NOT_FOUND */
export function selectGraph(plan: FlatPlan, { level, all, within }: GraphSelection): PlanGraph {
  if (within !== undefined) requireItem(plan, within)
  return graphOf(plan, { level, all, ...(within === undefined ? {} : { within }) })
}

export const renderGraph = (graph: PlanGraph, format: GraphFormat, style: Style): string[] => (format === 'dot' ? dot(graph) : ascii(graph, style))

/** As `--json` shows it. */
export const graphData = ({ nodes, edges, groups }: PlanGraph): object => ({
  nodes: nodes.map(({ key: id, title, parent: parentId, status }) => ({ id, title: oneLine(title), parentId, ...(status === null ? {} : { status }) })),
  edges: edges.map(({ from, to }) => ({ from, to })),
  groups: Object.fromEntries(groups.map(({ key, title }) => [key, oneLine(title)])),
})

function grouped({ nodes }: PlanGraph): Map<string | null, PlanGraph['nodes']> {
  const groups = new Map<string | null, PlanGraph['nodes']>()
  for (const node of nodes) {
    const group = groups.get(node.parent)
    if (group === undefined) groups.set(node.parent, [node])
    else group.push(node)
  }
  return groups
}

const DOT_COLOURS: Readonly<Partial<Record<Status, string>>> = { done: ', color="#2f9e44"', blocked: ', color="#c92a2a"' }

function dot(graph: PlanGraph): string[] {
  const text = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  const titles = new Map(graph.groups.map(({ key, title }) => [key, oneLine(title)]))
  const lines = ['digraph plan {', '  rankdir=LR;', '  node [shape=box, style=rounded, fontname="sans-serif"];']
  let group = 0
  for (const [parentId, nodes] of grouped(graph)) {
    const indent = parentId === null ? '  ' : '    '
    if (parentId !== null) lines.push(`  subgraph cluster_${group++} {`, `    label=${text(`${parentId} ${titles.get(parentId) ?? ''}`.trim())};`)
    for (const { key: id, title, status } of nodes)
      lines.push(`${indent}${text(id)} [label=${text(`${id}\n${oneLine(title)}`).replaceAll('\n', '\\n')}${DOT_COLOURS[status ?? 'todo'] ?? ''}];`)
    if (parentId !== null) lines.push('  }')
  }
  for (const { from, to } of graph.edges) lines.push(`  ${text(from)} -> ${text(to)};`)
  return [...lines, '}']
}

/** Beyond this a chain goes on at the left margin: a terminal has only so many columns. */
const MAX_INDENT = 60

/** What comes first stands first; under each node what waits for it. */
function ascii(graph: PlanGraph, style: Style): string[] {
  if (graph.nodes.length === 0) return [style.dim(t('Nothing depends on anything. --all lists every item.'))]
  const byId = new Map(graph.nodes.map((node) => [node.key, node]))
  const next = new Map<string, string[]>()
  for (const { from, to } of graph.edges) next.set(from, [...(next.get(from) ?? []), to])
  const lines: string[] = []
  const shown = new Set<string>()
  const visit = (id: string, indent: string, branch: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const below = next.get(id) ?? []
    const far = indent.length >= MAX_INDENT && below.length > 0 && !shown.has(id)
    const remark = far ? `  ${t('(goes on below)')}` : shown.has(id) && below.length > 0 ? `  ${t('(see above)')}` : ''
    const symbol = node.status === null ? '' : `${statusSymbol(node.status, style)} `
    lines.push(`${style.dim(indent + branch)}${symbol}${style.bold(id)}  ${oneLine(node.title)}${style.dim(remark)}`)
    if (remark !== '') return void (far && roots.push(id))
    shown.add(id)
    const inner = branch === '' ? indent : `${indent}${branch.startsWith('└') ? '   ' : '│  '}`
    below.forEach((child, index) => visit(child, inner, index === below.length - 1 ? '└─ ' : '├─ '))
  }
  const waiting = new Set(graph.edges.map(({ to }) => to))
  const roots = graph.nodes.map(({ key }) => key).filter((key) => !waiting.has(key))
  for (const id of roots) if (!shown.has(id)) visit(id, '', '')
  // Rolled-up edges can make a circle in which everything waits: then the first in the document begins.
  for (const { key } of graph.nodes) if (!shown.has(key) && next.has(key)) visit(key, '', '')
  return lines
}
