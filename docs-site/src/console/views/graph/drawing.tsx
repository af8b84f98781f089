/** The drawing of the dependencies: lines below, and the items above them, where they can be chosen. */
import { useMemo } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { layOutGraph } from '@buildrunner/sdk/flow'
import type { GraphLayout, GraphNode, Place, PlanGraph } from '@buildrunner/sdk/flow'
import { linkTo } from '../../routes.ts'
import { StatusIcon } from '../../ui/status-icon.tsx'
import type { GraphText } from './graph-text.ts'

/** Pixels at zoom 1. */
const NODE = { width: 190, height: 44 } as const
const STEP = { x: 250, y: 60 } as const
const MARGIN = 16

export interface Drawing {
  readonly layout: GraphLayout
  readonly width: number
  readonly height: number
  at(place: Place): { readonly x: number; readonly y: number }
}

export function useDrawing({ nodes, edges }: PlanGraph, zoom: number): Drawing {
  const layout = useMemo(() => {
    const numbers = new Map(nodes.map(({ key }, index) => [key, index]))
    return layOutGraph(nodes.length, edges.map(({ from, to }) => [numbers.get(from) as number, numbers.get(to) as number] as const))
  }, [nodes, edges])
  return {
    layout,
    width: Math.ceil(zoom * (2 * MARGIN + Math.max(0, layout.layers - 1) * STEP.x + NODE.width)),
    height: Math.ceil(zoom * (2 * MARGIN + layout.height * STEP.y + NODE.height)),
    at: ({ layer, y }) => ({ x: zoom * (MARGIN + layer * STEP.x), y: zoom * (MARGIN + NODE.height / 2 + y * STEP.y) }),
  }
}

export function Edges({ graph, drawing: { layout, at }, zoom, selected }: { readonly graph: PlanGraph; readonly drawing: Drawing; readonly zoom: number; readonly selected: string | undefined }): ReactNode {
  return layout.routes.map(({ path, isBack }, index) => {
    const edge = graph.edges[index]
    const points = path.map(at)
    const isNear = edge !== undefined && (edge.from === selected || edge.to === selected)
    const d = points.slice(1).reduce((line, point, step) => {
      const before = points[step] as { x: number; y: number }
      const x = before.x + (step === 0 ? NODE.width * zoom : 0)
      const middle = (x + point.x) / 2
      return `${line}${step === 0 ? `M${x} ${before.y}` : ''}C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`
    }, '')
    return <path key={`${edge?.from} ${edge?.to}`} d={d} className="graph-edge" data-critical={edge?.isCritical || undefined} data-near={isNear || undefined} data-back={isBack || undefined} />
  })
}

interface NodesProps {
  readonly graph: PlanGraph
  readonly drawing: Drawing
  readonly zoom: number
  readonly project: string
  readonly selected: string | undefined
  select(key: string): void
  readonly t: GraphText
}

/** Arrow keys go along the dependencies: left to what comes first, right to what waits, up and down beside it. */
export function Nodes({ graph, drawing, zoom, project, selected, select, t }: NodesProps): ReactNode {
  const { nodes, edges } = graph
  const { places } = drawing.layout
  const active = nodes.some(({ key }) => key === selected) ? selected : nodes[0]?.key
  const move = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const next = neighbourOf({ nodes, edges, places }, index, event.key)
    if (next === undefined) return
    event.preventDefault()
    select(next)
    event.currentTarget.parentElement?.parentElement?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next)}"]`)?.focus()
  }
  return (
    <ul className="graph-nodes" aria-label={t('items')}>
      {nodes.map((node, index) => {
        const place = places[index]
        if (place === undefined) return null
        const { x, y } = drawing.at(place)
        return (
          <li key={node.key} style={{ transform: `translate(${x}px, ${y - (NODE.height * zoom) / 2}px) scale(${zoom})` }}>
            <a href={linkTo('plan', { project, rest: [node.key] })} data-key={node.key} data-critical={node.isCritical || undefined} data-selected={node.key === selected || undefined} tabIndex={node.key === active ? 0 : -1} onFocus={() => select(node.key)} onKeyDown={(event) => move(event, index)}>
              {node.status !== null && <StatusIcon status={node.status} />}
              <span className="graph-title">{node.title}</span>
              <span className="visually-hidden">, {describeNode(node, edges, t)}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

export function describeNode({ key, percent, isCritical }: GraphNode, edges: PlanGraph['edges'], t: GraphText): string {
  const first = edges.filter(({ to }) => to === key).length
  const waiting = edges.filter(({ from }) => from === key).length
  return [t('node.percent', { share: percent / 100 }), t('node.first', { count: first }), t('node.waiting', { count: waiting }), isCritical && t('node.critical')].filter((part) => part !== false).join(', ')
}

/** The nearest item in a direction; along a dependency to the left and right. */
export function neighbourOf({ nodes, edges, places }: Pick<PlanGraph, 'nodes' | 'edges'> & { readonly places: readonly Place[] }, index: number, key: string): string | undefined {
  const node = nodes[index]
  const here = places[index]
  if (node === undefined || here === undefined) return undefined
  const nearest = (wanted: (other: number) => boolean): string | undefined => {
    const others = [...nodes.keys()].filter((other) => other !== index && wanted(other)).sort((a, b) => far(a) - far(b))
    return nodes[others[0] ?? -1]?.key
  }
  const far = (other: number): number => Math.abs((places[other] as Place).y - here.y)
  const joined = new Set(edges.flatMap(({ from, to }) => (key === 'ArrowLeft' && to === node.key ? [from] : key === 'ArrowRight' && from === node.key ? [to] : [])))
  const place = (other: number): Place => places[other] as Place
  switch (key) {
    case 'ArrowLeft': case 'ArrowRight': return nearest((other) => joined.has((nodes[other] as GraphNode).key))
    case 'ArrowUp': return nearest((other) => place(other).layer === here.layer && place(other).y < here.y)
    case 'ArrowDown': return nearest((other) => place(other).layer === here.layer && place(other).y > here.y)
    default: return undefined
  }
}
