// Generated from sdk/operations/analytics.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const analytics_getFlow: Operation = { name: 'analytics_getFlow', kind: 'query', projectId: 'required' }
export const analytics_getForecast: Operation = { name: 'analytics_getForecast', kind: 'query', projectId: 'required' }
export const analytics_getTimeline: Operation = { name: 'analytics_getTimeline', kind: 'query', projectId: 'required' }
export const analytics_getGraph: Operation = { name: 'analytics_getGraph', kind: 'query', projectId: 'required' }
export const analytics_listStatusHistory: Operation = { name: 'analytics_listStatusHistory', kind: 'query', projectId: 'required', depth: 2, items: 'changes' }
export const analytics_export: Operation = { name: 'analytics_export', kind: 'query', projectId: 'required' }

export const analytics = {
  getFlow: analytics_getFlow,
  getForecast: analytics_getForecast,
  getTimeline: analytics_getTimeline,
  getGraph: analytics_getGraph,
  listStatusHistory: analytics_listStatusHistory,
  export: analytics_export,
}
