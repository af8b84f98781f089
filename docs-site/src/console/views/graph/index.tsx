/** Who waits for whom: the dependencies of the plan, with the critical path. */
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { graphOf } from '@buildrunner/sdk/flow'
import type { PlanGraph } from '@buildrunner/sdk/flow'
import type { FlatPlan, ItemKind } from '@buildrunner/sdk/plans'
import { useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import type { Route } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Select } from '../../ui/field.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTitle } from '../../views.tsx'
import { Edges, Nodes, useDrawing } from './drawing.tsx'
import { useGraphText } from './graph-text.ts'
import type { GraphText } from './graph-text.ts'
import '../timeline/timeline.css'
import './graph.css'

const LEVELS: readonly ItemKind[] = ['milestone', 'step', 'microstep']
const ZOOMS: readonly number[] = [0.4, 0.55, 0.75, 1, 1.25]
/** More than this is no picture any more. */
const MAX_NODES = 300
const LARGE_PLAN = 400

export default function GraphPage({ route }: { readonly route: Route }): ReactNode {
  const t = useGraphText()
  const { project } = useOpenProject()
  const { flat } = useProject()
  useTitle(t('title', { project: project.name }))
  const asked = route.query.get('level') as ItemKind | null
  const level = asked !== null && LEVELS.includes(asked) ? asked : flat.items.size > LARGE_PLAN ? 'step' : 'microstep'
  const within = flat.items.has(route.query.get('within') ?? '') ? (route.query.get('within') as string) : undefined
  const graph = useMemo(() => graphOf(flat, { level, ...(within !== undefined && { within }) }), [flat, level, within])
  const [step, setStep] = useState(ZOOMS.indexOf(1))
  const ask = (query: { level?: string; within?: string }): void => go(linkTo('graph', { project: route.project, query: Object.fromEntries(Object.entries({ level, within: within ?? '', ...query }).filter(([, value]) => value !== '')) }), { replace: true })
  return (
    <>
      <div className="page-head"><h1>{t('heading')}</h1></div>
      <div className="timeline-controls">
        <Select label={t('level')} value={level} options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} onChange={(event) => ask({ level: event.target.value })} />
        <Select label={t('within')} value={within ?? ''} options={[{ value: '', label: t('within.all') }, ...milestonesOf(flat)]} onChange={(event) => ask({ within: event.target.value })} />
        {graph.nodes.length > 0 && <Zoom step={step} setStep={setStep} t={t} />}
      </div>
      {graph.nodes.length === 0 ? <Empty title={t('empty')} icon="graph"><p>{t('empty.text')}</p><ButtonLink href={linkTo('plan', { project: route.project })}>{t('toPlan')}</ButtonLink></Empty> : <Chart graph={limited(graph)} zoom={ZOOMS[step] as number} all={graph.nodes.length} project={route.project as string} t={t} />}
    </>
  )
}

const milestonesOf = (plan: FlatPlan): { value: string; label: string }[] => (plan.children.get(null) ?? []).map((id) => ({ value: id, label: plan.items.get(id)?.fields.title ?? id }))

function limited(graph: PlanGraph): PlanGraph {
  if (graph.nodes.length <= MAX_NODES) return graph
  const nodes = graph.nodes.slice(0, MAX_NODES)
  const kept = new Set(nodes.map(({ key }) => key))
  return { ...graph, nodes, edges: graph.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)) }
}

/** @param step place in `ZOOMS` */
function Zoom({ step, setStep, t }: { readonly step: number; setStep(step: number): void; readonly t: GraphText }): ReactNode {
  return (
    <span className="timeline-zoom" role="group" aria-label={t('zoom')}>
      <Button aria-label={t('zoom.out')} disabled={step === 0} onClick={() => setStep(step - 1)}>−</Button>
      <Button aria-label={t('zoom.in')} disabled={step === ZOOMS.length - 1} onClick={() => setStep(step + 1)}>+</Button>
    </span>
  )
}

interface ChartProps {
  readonly graph: PlanGraph
  readonly zoom: number
  /** How many items there are, shown or not. */
  readonly all: number
  readonly project: string
  readonly t: GraphText
}

function Chart({ graph, zoom, all, project, t }: ChartProps): ReactNode {
  const [selected, select] = useState<string>()
  const drawing = useDrawing(graph, zoom)
  const critical = graph.nodes.filter(({ isCritical }) => isCritical)
  const titles = new Map(graph.nodes.map(({ key, title }) => [key, title]))
  return (
    <>
      {all > graph.nodes.length && <Notice tone="info"><p>{t('tooMany', { shown: graph.nodes.length, total: all })}</p></Notice>}
      <Figure
        title={t('figure')}
        summary={t('summary', { nodes: graph.nodes.length, edges: graph.edges.length, critical: critical.length })}
        width={drawing.width}
        height={drawing.height}
        overlay={<Nodes graph={graph} drawing={drawing} zoom={zoom} project={project} selected={selected} select={select} t={t} />}
        table={(
          <DataTable
            caption={t('figure')}
            hideCaption
            rows={graph.edges}
            keyOf={({ from, to }) => `${from} ${to}`}
            columns={[
              { id: 'to', label: t('column.waits'), heading: true, cell: ({ to }) => titles.get(to) ?? to },
              { id: 'from', label: t('column.for'), cell: ({ from }) => titles.get(from) ?? from },
              { id: 'critical', label: t('column.critical'), cell: ({ isCritical }) => (isCritical ? t('yes') : '') },
            ]}
          />
        )}
      >
        <Edges graph={graph} drawing={drawing} zoom={zoom} selected={selected} />
      </Figure>
      <ul className="timeline-legend" aria-hidden="true">
        <li><span className="timeline-key critical" />{t('legend.critical')}</li>
        <li><span className="graph-arrow">→</span>{t('legend.direction')}</li>
      </ul>
    </>
  )
}
