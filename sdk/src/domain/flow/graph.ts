/** The dependency graph of a plan at one level. */
import { depthOf, liesIn, percentAt, rollUp } from './roll-up.ts'
import { criticalPath } from '../plans/critical-path.ts'
import { PlanIndex, statusOf } from '../plans/plan-index.ts'
import type { FlatPlan, ItemKind, Status } from '../plans/types.ts'

/** What of a plan is drawn. */
export interface GraphOptions {
  /**
   * Milestones, steps or microsteps; dependencies below the level are those of the items that they lie in.
   * @defaultValue 'microstep'
   */
  level?: ItemKind
  /** Only what lies in this item, with its neighbours. */
  within?: string
  /**
   * Also items without any dependency.
   * @defaultValue false
   */
  all?: boolean
}

/** One item. */
export interface GraphNode {
  /** Its key. */
  key: string
  /** One line. */
  title: string
  /** What it is. */
  kind: ItemKind
  /** Key of what it lies in; null for a milestone. */
  parent: string | null
  /** Microsteps only. */
  status: Status | null
  /** Share of its microsteps that are done, 0 to 100. */
  percent: number
  /** True: it, or something in it, is on the critical path. */
  isCritical: boolean
}

/** One dependency. */
export interface GraphEdge {
  /** Key of what has to be finished first. */
  from: string
  /** Key of what waits for it. */
  to: string
  /** True: both are on the critical path. */
  isCritical: boolean
}

/** What nodes lie in. */
export interface GraphGroup {
  /** Its key. */
  key: string
  /** One line. */
  title: string
}

/** Who waits for whom. */
export interface PlanGraph {
  /** Name of the project; null when the plan names none. */
  title: string | null
  /** In document order. */
  nodes: GraphNode[]
  /** In the order of what waits. */
  edges: GraphEdge[]
  /** In document order. */
  groups: GraphGroup[]
}

/** Whether an item is on the critical path, or something in it is. */
function criticalItems(index: PlanIndex): Uint8Array {
  const isCritical = new Uint8Array(index.items.length)
  for (const id of criticalPath(index).ids) for (let at = index.numbers.get(id)!; at >= 0; at = index.parents[at]!) isCritical[at] = 1
  return isCritical
}

/** By item number that of its ancestor at the level; an item above the level (a step that others wait for) stays itself. */
const shownAt = (index: PlanIndex, level: ItemKind): number[] => {
  const shown: number[] = []
  for (const [number, { kind }] of index.items.entries()) shown.push(depthOf(kind) > depthOf(level) ? shown[index.parents[number]!]! : number)
  return shown
}

/**
 * The dependency graph of a plan.
 *
 * @throws {RangeError} when the plan has no item `within`.
 */
export function graphOf(plan: FlatPlan, { level = 'microstep', within, all = false }: GraphOptions = {}): PlanGraph {
  const index = new PlanIndex(plan)
  const container = within === undefined ? -1 : index.numbers.get(within)
  if (container === undefined) throw new RangeError(`no item ${within}`)
  const isInside = (number: number): boolean => container < 0 || liesIn(index, number, container)
  const shown = shownAt(index, level)
  const critical = criticalItems(index)
  const edges = new Map<string, GraphEdge>()
  const wanted = new Set<number>()
  for (const [number, dependencies] of index.dependencies.entries()) {
    const to = shown[number]!
    for (const dependency of dependencies ?? []) {
      const from = shown[dependency]!
      if (from === to || !(isInside(number) || isInside(dependency))) continue
      wanted.add(from).add(to)
      const edge = { from: index.items[from]!.id, to: index.items[to]!.id, isCritical: critical[from] === 1 && critical[to] === 1 }
      edges.set(`${from} ${to}`, edge)
    }
  }
  if (all) for (const [number, { kind }] of index.items.entries()) if (kind === level && isInside(number)) wanted.add(number)
  const sums = rollUp(index, {})
  const numbers = [...wanted].sort((a, b) => a - b)
  const nodes = numbers.map((number): GraphNode => {
    const item = index.items[number]!
    return {
      key: item.id, title: item.fields.title, kind: item.kind, parent: item.parentId, status: item.kind === 'microstep' ? statusOf(item) : null,
      percent: percentAt(sums, number), isCritical: critical[number] === 1,
    }
  })
  const parents = new Set(nodes.map(({ parent }) => parent))
  const groups = index.items.flatMap(({ id, fields }) => (parents.has(id) ? [{ key: id, title: fields.title }] : []))
  const project = plan.head['project'] as { name?: string } | undefined
  return { title: project?.name ?? null, nodes, edges: [...edges.values()], groups }
}
