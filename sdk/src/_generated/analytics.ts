// Generated from sdk/operations/analytics.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { AnalyticsReport, ExportFormat, ForecastReason, ItemKind, Status } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** How long microsteps took, in days of 24 hours, nights and weekends included; null where there are none. */
export interface TimeDistribution {
  /** How many microsteps. */
  count: number
  /** Arithmetic mean. */
  mean: number | null
  /** Half of them took at most so long. */
  p50: number | null
  /** 70 percent of them took at most so long. */
  p70: number | null
  /** 85 percent of them took at most so long. */
  p85: number | null
  /** 95 percent of them took at most so long. */
  p95: number | null
  /** Of which it is made, the last to end first. */
  items: Array<{
    /** Its key. */
    key: string
    /** One line. */
    title: string
    /** When the time began. */
    from: string
    /** When it ended. */
    to: string
    /** Elapsed time in days of 24 hours. */
    days: number
  }>
}

/** So many percent of the simulations had ended by then. */
export interface ForecastPercentile {
  /** 50, 70, 85 or 95. */
  percent: number
  /** The day; null when it lies more than ten years ahead. */
  date: string | null
  /** Days from today; null as above. */
  days: number | null
}

/** What `analytics.getFlow` takes. */
export interface AnalyticsGetFlowVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** First day of the range, which ends today. Default: the Monday of 12 weeks ago. */
  from?: string | null
}

/** What `analytics.getFlow` answers. */
export interface AnalyticsGetFlowData {
  /** Sequence of the project's newest event. */
  sequence: number
  /** First day. */
  from: string
  /** Last day: today (UTC). */
  to: string
  /** From coming into the plan to the finish. */
  leadTime: TimeDistribution
  /** From the first start of work to the finish. */
  cycleTime: TimeDistribution
  /** Keys of what finished without ever having been started: it has no cycle time. */
  neverStarted: string[]
  /** Weeks of the range, the oldest first. */
  throughput: Array<{
    /** Its Monday (UTC). */
    week: string
    /** False for a week that the range covers in part. */
    isWhole: boolean
    /** How many microsteps finished. */
    finished: number
    /** The same by phase. */
    byPhase: Array<{
      /** Phase of the milestone; null for milestones without one. */
      phase: string | null
      /** How many microsteps finished. */
      finished: number
    }>
    /** Keys of what finished, in the order in which it did. */
    keys: string[]
  }>
  /** Microsteps a week, as the mean of whole weeks; null when the range holds none. */
  perWeek: number | null
  /** Work in progress, the oldest first. */
  ageing: Array<{
    /** Its key. */
    key: string
    /** One line. */
    title: string
    /** Where it stands. */
    status: Status
    /** When work on it started. */
    startedAt: string
    /** Days since. */
    age: number
    /** Percent of the finished microsteps that took at most so long from start to finish; null when there are none. */
    percentile: number | null
  }>
  /** Scope and done, day by day. */
  burnUp: Array<{
    /** The day. */
    day: string
    /** Microsteps in the plan, without the cancelled ones. */
    scope: number
    /** How many of them were done. */
    done: number
    /** Keys of what became done on this day. */
    finished: string[]
    /** Keys of what came into the scope. */
    added: string[]
    /** Keys of what left it: cancelled, or taken out of the plan. */
    dropped: string[]
  }>
}

/** What `analytics.getForecast` takes. */
export interface AnalyticsGetForecastVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** How many futures are played, 100 to 100,000. Default: 10,000. */
  simulations?: number | null
  /** Days of the past that are drawn from, 14 to 730. Default: 90. */
  historyDays?: number | null
  /** Whether the plan goes on growing as it did. Default: no. */
  growth?: boolean | null
  /** The same seed and the same history give the same forecast. Default: 1. */
  seed?: number | null
}

/** What `analytics.getForecast` answers. */
export interface AnalyticsGetForecastData {
  /** Sequence of the project's newest event. */
  sequence: number
  /** Today (UTC). */
  asOf: string
  /** Why it says nothing; null when it does. */
  reason: ForecastReason | null
  /** The same in words. */
  message: string | null
  /** Microsteps that are left. */
  remaining: number
  /** How many futures were played; 0 when nothing can be said. */
  simulations: number
  /** What it rests upon. */
  history: {
    /** First day. */
    from: string
    /** Last day: yesterday, for today is not over. */
    to: string
    /** How many days that are. */
    days: number
    /** Microsteps that finished in them. */
    finished: number
    /** Microsteps that came into the plan in them, less those that left it unfinished. */
    grown: number
    /** Keys of what finished, in the order in which it did. */
    keys: string[]
  }
  /** When everything will be done; empty when nothing can be said. */
  percentiles: ForecastPercentile[]
  /** Milestones with something left, in the order of the plan. */
  milestones: Array<{
    /** Its key. */
    key: string
    /** One line. */
    title: string
    /** Microsteps that are left in it. */
    remaining: number
    /** When it is due. */
    dueDate: string | null
    /** Percent of the simulations in which it was done by then; null without a due date, or when nothing can be said. */
    onTime: number | null
    /** When it will be done; empty when nothing can be said. */
    percentiles: ForecastPercentile[]
  }>
}

/** What `analytics.getTimeline` takes. */
export interface AnalyticsGetTimelineVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The deepest level that is shown. Default: microsteps. */
  level?: ItemKind | null
  /** Only this item (key), and what lies in it. */
  within?: string | null
  /** Hours of work on a working day, up to 24. Default: 8. */
  hoursPerDay?: number | null
  /** Days of the week that are worked on: 1 for Monday to 7. Default: Monday to Friday. */
  workdays?: readonly number[] | null
}

/** What `analytics.getTimeline` answers. */
export interface AnalyticsGetTimelineData {
  /** Sequence of the project's newest event. */
  sequence: number
  /** Name of the project. */
  title: string | null
  /** Now. */
  asOf: string
  /** When the first row begins; null when no row has a time. */
  start: string | null
  /** When the last row ends; null as above. */
  finish: string | null
  /** Hours of work on a working day. */
  hoursPerDay: number
  /** Days of the week that are worked on, 1 for Monday. */
  workdays: number[]
  /** How many unfinished microsteps have no estimate, and were taken for one hour each. */
  assumed: number
  /** Keys of microsteps that cannot be scheduled, for they are on a dependency cycle or wait for one. */
  unscheduled: string[]
  /** Items in document order. */
  rows: Array<{
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
    /** Milestones only. */
    phase: string | null
    /** Who does it. */
    assignee: string | null
    /** Share of its microsteps that are done, 0 to 100. */
    percent: number
    /** Expected hours, done and left; cancelled microsteps left out. */
    hours: number
    /** When it began or begins; null when that is not known, or cannot be said. */
    start: string | null
    /** When it ended or ends; null as above. */
    finish: string | null
    /** True: work on it has started, and `start` is when. */
    hasStarted: boolean
    /** True: nothing is left of it. */
    hasFinished: boolean
    /** True: if it takes longer, everything ends later. */
    isCritical: boolean
    /** Hours that it can be late without delaying the end; null when nothing of it is left. */
    slackHours: number | null
    /** Milestones only. */
    dueDate: string | null
    /** True: it ends, or ended, after the day it is due. */
    isLate: boolean
    /** Keys of what it depends on itself. */
    dependsOn: string[]
  }>
}

/** What `analytics.getGraph` takes. */
export interface AnalyticsGetGraphVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Milestones, steps or microsteps; dependencies below roll up. Default: microsteps. */
  level?: ItemKind | null
  /** Only what lies in this item (key), with its neighbours. */
  within?: string | null
  /** Also items without any dependency. Default: no. */
  all?: boolean | null
}

/** What `analytics.getGraph` answers. */
export interface AnalyticsGetGraphData {
  /** Sequence of the project's newest event. */
  sequence: number
  /** Name of the project. */
  title: string | null
  /** In document order. */
  nodes: Array<{
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
  }>
  /** In the order of what waits. */
  edges: Array<{
    /** Key of what has to be finished first. */
    from: string
    /** Key of what waits for it. */
    to: string
    /** True: both are on the critical path. */
    isCritical: boolean
  }>
  /** In document order. */
  groups: Array<{
    /** Its key. */
    key: string
    /** One line. */
    title: string
  }>
}

/** What `analytics.listStatusHistory` takes. */
export interface AnalyticsListStatusHistoryVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only those of this microstep: key or node id. */
  item?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `analytics.listStatusHistory` answers. */
export interface AnalyticsListStatusHistoryData {
  changes: Array<{
    /** Sequence of the event that tells of it. */
    sequence: number
    /** Node id of the microstep. */
    itemId: string
    /** Its key: that of today, or the last it had. */
    itemKey: string
    /** One line. */
    title: string
    /** What it was. */
    from: Status
    /** What it became; null when it was taken out of the plan. */
    to: Status | null
    /** Who did it. */
    by: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }
    /** When. */
    at: string
  }>
  pageInfo: PageInfo
}

/** What `analytics.export` takes. */
export interface AnalyticsExportVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Which table. Default: MICROSTEPS. */
  report?: AnalyticsReport
  /** The form of the file. Default: CSV. */
  format?: ExportFormat
  /** First day of the range, for reports that have one. Default: the Monday of 12 weeks ago. */
  from?: string | null
}

/** What `analytics.export` answers. */
export interface AnalyticsExportData {
  /** A name for it. */
  fileName: string
  /** Its media type. */
  contentType: string
  /** What is in it. */
  content: string
}

/** Flow and time: how fast work went, when it will be done, and what waits for what. */
export interface AnalyticsGroup {
  /**
   * Lead time, cycle time, throughput, ageing work and the burn-up of a project. What a plan was imported with is no change of status, and counts in no figure of time.
   *
   * Every figure comes with the microsteps behind it. Weeks begin on Monday, days and weeks are those of UTC.
   *
   * @example
   * ```ts
   * const { data } = await client.analytics.getFlow()
   * console.log(data?.cycleTime.p85, 'days in five of six cases,', data?.perWeek, 'a week')
   * ```
   */
  getFlow(variables?: AnalyticsGetFlowVariables, options?: CallOptions): Request<AnalyticsGetFlowData>

  /**
   * When a project will be done: a Monte Carlo simulation over the microsteps that finished on each day. It needs 11 microsteps finished within at least 14 days.
   *
   * Where too little was measured it says so: `reason` is then not null, and `message` names what is missing.
   *
   * @example
   * ```ts
   * const { data } = await client.analytics.getForecast()
   * console.log(data?.message ?? data?.percentiles.find(({ percent }) => percent === 85)?.date)
   * ```
   */
  getForecast(variables?: AnalyticsGetForecastVariables, options?: CallOptions): Request<AnalyticsGetForecastData>

  /**
   * The plan in time. What is left begins as early as its dependencies allow, as if everybody had as many hands as they like; for how fast work really goes see `forecast`.
   *
   * `timelineSvg` of `@buildrunner/sdk/flow` draws it.
   *
   * @example
   * ```ts
   * const { data } = await client.analytics.getTimeline({ level: 'STEP' })
   * for (const { key, start, finish } of data?.rows ?? []) console.log(key, start, finish)
   * ```
   */
  getTimeline(variables?: AnalyticsGetTimelineVariables, options?: CallOptions): Request<AnalyticsGetTimelineData>

  /**
   * The dependency graph of a plan at one level.
   *
   * `graphSvg` and `graphMermaid` of `@buildrunner/sdk/flow` draw it.
   *
   * @example
   * ```ts
   * const { data } = await client.analytics.getGraph({ level: 'MILESTONE', all: true })
   * for (const { from, to } of data?.edges ?? []) console.log(to, 'waits for', from)
   * ```
   */
  getGraph(variables?: AnalyticsGetGraphVariables, options?: CallOptions): Request<AnalyticsGetGraphData>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * for await (const { itemKey, from, to, at } of client.analytics.listStatusHistory({ item: 'T-12' })) console.log(at, itemKey, from, to)
   * ```
   */
  listStatusHistory(variables?: AnalyticsListStatusHistoryVariables, options?: CallOptions): ListRequest<AnalyticsListStatusHistoryData, AnalyticsListStatusHistoryData['changes'][number]>

  /**
   * Figures as a file. In CSV, text that a spreadsheet would run as a formula is preceded by an apostrophe.
   *
   * @example
   * ```ts
   * const { data } = await client.analytics.export({ report: 'THROUGHPUT', format: 'JSON' })
   * console.log(data?.content)
   * ```
   */
  export(variables?: AnalyticsExportVariables, options?: CallOptions): Request<AnalyticsExportData>
}
