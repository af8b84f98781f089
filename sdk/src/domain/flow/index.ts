/**
 * Flow and time: what the history of statuses says about a plan, and what that says about its future. Pure: no I/O, no clock;
 * now is a parameter, and randomness comes from a seed.
 */
export { burnUpSvg, type BurnUpChartOptions } from './burn-up-svg.ts'
export { burnUpOf, type BurnUpDay } from './burn-up.ts'
export * from './forecast.ts'
export { chartPage } from './html.ts'
export { layOutGraph, type GraphLayout, type Place, type Route } from './graph-layout.ts'
export { graphSvg, type GraphChart } from './graph-svg.ts'
export { graphMermaid, timelineMermaid } from './mermaid.ts'
export { graphOf, type GraphEdge, type GraphGroup, type GraphNode, type GraphOptions, type PlanGraph } from './graph.ts'
export { trackMicrosteps, type PlannedMicrostep, type StatusChange, type TrackedMicrostep } from './history.ts'
export * from './metrics.ts'
export * from './tables.ts'
export { timelineSvg, type TimelineChart, type TimelineChartOptions } from './timeline-svg.ts'
export type { ChartOptions } from './svg.ts'
export { timelineOf, type PastMicrostep, type Timeline, type TimelineOptions, type TimelineRow } from './timeline.ts'
export type { WorkingTime } from './working-time.ts'
