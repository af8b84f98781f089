// Generated from sdk/operations/analytics.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { AnalyticsExportData, AnalyticsExportVariables, AnalyticsGetFlowData, AnalyticsGetFlowVariables, AnalyticsGetForecastData, AnalyticsGetForecastVariables, AnalyticsGetGraphData, AnalyticsGetGraphVariables, AnalyticsGetTimelineData, AnalyticsGetTimelineVariables, AnalyticsListStatusHistoryData, AnalyticsListStatusHistoryVariables } from '../analytics.ts'
import { analytics_export, analytics_getFlow, analytics_getForecast, analytics_getGraph, analytics_getTimeline, analytics_listStatusHistory } from '../operations/analytics.ts'

export type * from '../analytics.ts'

/**
 * Lead time, cycle time, throughput, ageing work and the burn-up of a project. What a plan was imported with is no change of status, and counts in no figure of time.
 *
 * Every figure comes with the microsteps behind it. Weeks begin on Monday, days and weeks are those of UTC.
 *
 * @example
 * ```ts
 * const { data } = await getFlow(client)
 * console.log(data?.cycleTime.p85, 'days in five of six cases,', data?.perWeek, 'a week')
 * ```
 */
export function getFlow(client: Client, variables?: AnalyticsGetFlowVariables, options?: CallOptions): Request<AnalyticsGetFlowData> {
  return call(client, analytics_getFlow, variables, options)
}

/**
 * When a project will be done: a Monte Carlo simulation over the microsteps that finished on each day. It needs 11 microsteps finished within at least 14 days.
 *
 * Where too little was measured it says so: `reason` is then not null, and `message` names what is missing.
 *
 * @example
 * ```ts
 * const { data } = await getForecast(client)
 * console.log(data?.message ?? data?.percentiles.find(({ percent }) => percent === 85)?.date)
 * ```
 */
export function getForecast(client: Client, variables?: AnalyticsGetForecastVariables, options?: CallOptions): Request<AnalyticsGetForecastData> {
  return call(client, analytics_getForecast, variables, options)
}

/**
 * The plan in time. What is left begins as early as its dependencies allow, as if everybody had as many hands as they like; for how fast work really goes see `forecast`.
 *
 * `timelineSvg` of `@buildrunner/sdk/flow` draws it.
 *
 * @example
 * ```ts
 * const { data } = await getTimeline(client, { level: 'STEP' })
 * for (const { key, start, finish } of data?.rows ?? []) console.log(key, start, finish)
 * ```
 */
export function getTimeline(client: Client, variables?: AnalyticsGetTimelineVariables, options?: CallOptions): Request<AnalyticsGetTimelineData> {
  return call(client, analytics_getTimeline, variables, options)
}

/**
 * The dependency graph of a plan at one level.
 *
 * `graphSvg` and `graphMermaid` of `@buildrunner/sdk/flow` draw it.
 *
 * @example
 * ```ts
 * const { data } = await getGraph(client, { level: 'MILESTONE', all: true })
 * for (const { from, to } of data?.edges ?? []) console.log(to, 'waits for', from)
 * ```
 */
export function getGraph(client: Client, variables?: AnalyticsGetGraphVariables, options?: CallOptions): Request<AnalyticsGetGraphData> {
  return call(client, analytics_getGraph, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * for await (const { itemKey, from, to, at } of listStatusHistory(client, { item: 'T-12' })) console.log(at, itemKey, from, to)
 * ```
 */
export function listStatusHistory(client: Client, variables?: AnalyticsListStatusHistoryVariables, options?: CallOptions): ListRequest<AnalyticsListStatusHistoryData, AnalyticsListStatusHistoryData['changes'][number]> {
  return list(client, analytics_listStatusHistory, variables, options)
}

/**
 * Figures as a file. In CSV, text that a spreadsheet would run as a formula is preceded by an apostrophe.
 *
 * @example
 * ```ts
 * const { data } = await exportAnalytic(client, { report: 'THROUGHPUT', format: 'JSON' })
 * console.log(data?.content)
 * ```
 */
export function exportAnalytic(client: Client, variables?: AnalyticsExportVariables, options?: CallOptions): Request<AnalyticsExportData> {
  return call(client, analytics_export, variables, options)
}
