/** The dependency graph of a plan at one level, and its three written forms. */
import { requireItem } from './session.ts'
import { oneLine, statusOf, statusSymbol } from './describe.ts'
import type { FlatPlan, ItemKind, PlanItem, Status } from '@buildrunner/sdk/plans'
import type { Style } from '../core/style.ts'

export type GraphFormat = 'mermaid' | 'dot' | 'ascii'

export interface PlanGraph {
  nodes: { id: string; title: string; parentId: string | null; status?: Status }[]
  /** `to` waits for `from`. */
  edges: { from: string; to: string }[]
  /** Titles of the parents that nodes are grouped by. */
  groups: Record<string, string>
}

export interface GraphSelection {
  level: ItemKind
  /** Also nodes without edges. */
  all: boolean
  /** Only what lies in this item, with its neighbours. */
  within?: string
}

const DEPTH: Readonly<Record<ItemKind, number>> = { milestone: 0, step: 1, microstep: 2 }

/** @throws ITEM_NOT_FOUND */
export function selectGraph(plan: FlatPlan, { level, all, within }: GraphSelection): PlanGraph {
  const inside = within === undefined ? undefined : requireItem(plan, within)
  // An item above the level stays itself (a step that others wait for); one below is drawn as its ancestor at the level.
  const shownAs = (item: PlanItem): PlanItem => {
    let shown = item
    while (DEPTH[shown.kind] > DEPTH[level] && shown.parentId !== null) shown = plan.items.get(shown.parentId) as PlanItem
    return shown
  }
  const edges = new Map<string, { from: string; to: string }>()
  for (const item of plan.items.values()) {
    const to = shownAs(item).id
    for (const dependency of item.fields.dependsOn ?? []) {
      const target = plan.items.get(dependency)
      const from = target === undefined ? undefined : shownAs(target).id
      if (from === undefined || from === to) continue
      if (inside === undefined || liesIn(plan, item, inside.id) || liesIn(plan, target as PlanItem, inside.id)) edges.set(`${from}\n${to}`, { from, to })
    }
  }
  const wanted = new Set([...edges.values()].flatMap(({ from, to }) => [from, to]))
  if (all) for (const item of plan.items.values()) if (item.kind === level && (inside === undefined || liesIn(plan, item, inside.id))) wanted.add(item.id)
  const nodes = inDocumentOrder(plan).filter((item) => wanted.has(item.id))
  const groups: Record<string, string> = {}
  for (const { parentId } of nodes) if (parentId !== null) groups[parentId] = oneLine(plan.items.get(parentId)?.fields.title ?? '')
  return { nodes: nodes.map(nodeOf), edges: [...edges.values()], groups }
}

const nodeOf = (item: PlanItem): PlanGraph['nodes'][number] => ({
  id: item.id,
  title: oneLine(item.fields.title),
  parentId: item.parentId,
  ...(item.kind === 'microstep' ? { status: statusOf(item) } : {}),
})

function liesIn(plan: FlatPlan, item: PlanItem, id: string): boolean {
  for (let each: PlanItem | undefined = item; each !== undefined; each = each.parentId === null ? undefined : plan.items.get(each.parentId))
    if (each.id === id) return true
  return false
}

function inDocumentOrder(plan: FlatPlan): PlanItem[] {
  const out: PlanItem[] = []
  const visit = (ids: readonly string[]): void => {
    for (const id of ids) {
      const item = plan.items.get(id)
      if (item !== undefined) out.push(item)
      visit(plan.children.get(id) ?? [])
    }
  }
  visit(plan.children.get(null) ?? [])
  return out
}

export function renderGraph(graph: PlanGraph, format: GraphFormat, style: Style): string[] {
  return format === 'mermaid' ? mermaid(graph) : format === 'dot' ? dot(graph) : ascii(graph, style)
}

function grouped({ nodes }: PlanGraph): Map<string | null, PlanGraph['nodes']> {
  const groups = new Map<string | null, PlanGraph['nodes']>()
  for (const node of nodes) {
    const group = groups.get(node.parentId)
    if (group === undefined) groups.set(node.parentId, [node])
    else group.push(node)
  }
  return groups
}

/** Ids may hold any character, so nodes are numbered and ids stand in the labels. */
const numbering = ({ nodes }: PlanGraph): Map<string, string> => new Map(nodes.map(({ id }, index) => [id, `n${index}`]))

const MERMAID_CLASSES = [
  'classDef done fill:#d3f9d8,stroke:#2f9e44,color:#1b1e23',
  'classDef active fill:#d0ebff,stroke:#1971c2,color:#1b1e23',
  'classDef blocked fill:#ffe3e3,stroke:#c92a2a,color:#1b1e23',
  'classDef cancelled fill:#f1f3f5,stroke:#868e96,color:#495057',
]
const MERMAID_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '#': '&num;', '`': '&#96;' }
const CLASS_OF: Readonly<Partial<Record<Status, string>>> = {
  done: 'done',
  in_progress: 'active',
  in_review: 'active',
  blocked: 'blocked',
  cancelled: 'cancelled',
}

function mermaid(graph: PlanGraph): string[] {
  const names = numbering(graph)
  const text = (value: string): string => `"${value.replace(/[&"<>#`]/g, (character) => MERMAID_ENTITIES[character] ?? character)}"`
  const lines = ['flowchart LR']
  let group = 0
  for (const [parentId, nodes] of grouped(graph)) {
    const indent = parentId === null ? '  ' : '    '
    if (parentId !== null) lines.push(`  subgraph g${group++}[${text(`${parentId} ${graph.groups[parentId] ?? ''}`.trim())}]`)
    for (const { id, title, status } of nodes)
      lines.push(
        `${indent}${names.get(id)}[${text(`${id} ${title}`)}]${status !== undefined && CLASS_OF[status] !== undefined ? `:::${CLASS_OF[status]}` : ''}`,
      )
    if (parentId !== null) lines.push('  end')
  }
  for (const { from, to } of graph.edges) lines.push(`  ${names.get(from)} --> ${names.get(to)}`)
  return [...lines, ...MERMAID_CLASSES.map((definition) => `  ${definition}`)]
}

const DOT_COLOURS: Readonly<Partial<Record<Status, string>>> = { done: ', color="#2f9e44"', blocked: ', color="#c92a2a"' }

function dot(graph: PlanGraph): string[] {
  const text = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  const lines = ['digraph plan {', '  rankdir=LR;', '  node [shape=box, style=rounded, fontname="sans-serif"];']
  let group = 0
  for (const [parentId, nodes] of grouped(graph)) {
    const indent = parentId === null ? '  ' : '    '
    if (parentId !== null) lines.push(`  subgraph cluster_${group++} {`, `    label=${text(`${parentId} ${graph.groups[parentId] ?? ''}`.trim())};`)
    for (const { id, title, status } of nodes)
      lines.push(`${indent}${text(id)} [label=${text(`${id}\n${title}`).replaceAll('\n', '\\n')}${DOT_COLOURS[status ?? 'todo'] ?? ''}];`)
    if (parentId !== null) lines.push('  }')
  }
  for (const { from, to } of graph.edges) lines.push(`  ${text(from)} -> ${text(to)};`)
  return [...lines, '}']
}

/** Beyond this a chain goes on at the left margin: a terminal has only so many columns. */
const MAX_INDENT = 60

/** What comes first stands first; under each node what waits for it. */
function ascii(graph: PlanGraph, style: Style): string[] {
  if (graph.nodes.length === 0) return [style.dim('Nothing depends on anything. --all lists every item.')]
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  const next = new Map<string, string[]>()
  for (const { from, to } of graph.edges) next.set(from, [...(next.get(from) ?? []), to])
  const lines: string[] = []
  const shown = new Set<string>()
  const visit = (id: string, indent: string, branch: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const below = next.get(id) ?? []
    const far = indent.length >= MAX_INDENT && below.length > 0 && !shown.has(id)
    const remark = far ? '  (goes on below)' : shown.has(id) && below.length > 0 ? '  (see above)' : ''
    const symbol = node.status === undefined ? '' : `${statusSymbol(node.status, style)} `
    lines.push(`${style.dim(indent + branch)}${symbol}${style.bold(id)}  ${node.title}${style.dim(remark)}`)
    if (remark !== '') return void (far && roots.push(id))
    shown.add(id)
    const inner = branch === '' ? indent : `${indent}${branch.startsWith('└') ? '   ' : '│  '}`
    below.forEach((child, index) => visit(child, inner, index === below.length - 1 ? '└─ ' : '├─ '))
  }
  const waiting = new Set(graph.edges.map(({ to }) => to))
  const roots = graph.nodes.filter(({ id }) => !waiting.has(id)).map(({ id }) => id)
  for (const id of roots) if (!shown.has(id)) visit(id, '', '')
  // Rolled-up edges can make a circle in which everything waits: then the first in the document begins.
  for (const { id } of graph.nodes) if (!shown.has(id) && next.has(id)) visit(id, '', '')
  return lines
}
