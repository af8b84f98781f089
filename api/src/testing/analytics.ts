/** Every operation of flow and time over REST, once. */
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

export async function walkAnalytics(call: CallRest): Promise<void> {
  await call('PUT /api/projects/website/microsteps/T-12/status', { body: { status: 'in_progress' } })
  const flow = (await call('GET /api/analytics/flow?project_id=website')).body
  expect(flow).toMatchObject({ per_week: 0, lead_time: { count: 0, p85: null }, ageing: [{ key: 'T-12', status: 'in_progress', percentile: null }] })
  expect((await call('GET /api/analytics/forecast?project_id=website')).body).toMatchObject({ reason: 'too_little_history', percentiles: [] })
  expect((await call('GET /api/analytics/timeline?project_id=website&level=milestone&workdays=1&workdays=2')).body).toMatchObject({ workdays: [1, 2], rows: [{ kind: 'milestone' }, {}] })
  expect((await call('GET /api/analytics/graph?project_id=website&level=milestone&all=true')).body).toMatchObject({ nodes: [{ kind: 'milestone' }, {}] })
  expect((await call('GET /api/analytics/status-history?project_id=website&item=T-12&limit=1')).body).toMatchObject({ changes: [{ item_key: 'T-12', to: 'in_progress', by: { name: 'Ada' } }] })
  const csv = await call('GET /api/analytics/export?format=csv&project_id=website')
  expect([csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual(['text/csv; charset=utf-8; header=present', expect.stringMatching(/^attachment; filename="website-microsteps-\d{4}-\d\d-\d\d\.csv"$/)])
  expect(csv.body).toMatch(/^key,title,milestone,phase,status,.*\r\n/)
  expect((await call('GET /api/analytics/export?format=csv&project_id=website', { headers: { 'if-none-match': csv.headers.get('etag') ?? '' } })).status).toBe(304)
  expect((await call('GET /api/analytics/export?format=json&report=timeline&project_id=website')).body).toMatchObject({ project: 'website', report: 'timeline', rows: expect.arrayContaining([expect.objectContaining({ key: 'T-12' })]) })
}
