import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 7, 9)
let workspace: TestWorkspace
let now = START
const later = (days: number): void => void (now += days * DAY)

const status = async (id: string, to: string): Promise<void> => {
  const { data } = await workspace.run<any>('mutation ($input: SetStatusInput!) { setStatus(input: $input) { __typename } }', { input: { projectId: 'flow', id, status: to } })
  expect(data?.setStatus.__typename).toBe('SetStatusPayload')
}

/** 24 microsteps; twelve of the first milestone are done, one a day and a day each; one is in progress, one was taken out when it was done. */
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => new Date(now) } })
  await workspace.project('flow', samplePlan(2, 2, 6))
  for (const step of [1, 2]) {
    for (let k = 1; k <= 6; k++) {
      await status(`m1.s${step}.k${k}`, 'IN_PROGRESS')
      later(1)
      await status(`m1.s${step}.k${k}`, 'DONE')
    }
  }
  await status('m2.s1.k1', 'IN_PROGRESS')
  later(3)
  await workspace.run('mutation ($input: ApplyPlanChangesInput!) { applyPlanChanges(input: $input) { __typename } }', { input: { projectId: 'flow', changes: [{ op: 'remove', id: 'm1.s2.k6' }, { op: 'rename', id: 'm1.s1.k1', to: 'first' }] } })
})

const ask = async (query: string, variables: Record<string, unknown> = {}): Promise<any> => {
  const { data, errors } = await workspace.run<any>(query, variables)
  expect(errors).toBeUndefined()
  return data
}

describe('figures of a project', () => {
  test('flow is read in two statements, with what finished by week and phase', async () => {
    workspace.takeStatements()
    const { flowMetrics } = await ask(`{ flowMetrics(projectId: "flow", from: "2026-09-07") { sequence from to leadTime { count p50 items { key days } } cycleTime { count mean p95 } neverStarted
      throughput { week isWhole finished byPhase { phase finished } keys } perWeek ageing { key status age percentile } burnUp { day scope done finished } } }`)
    expect(workspace.takeStatements()).toHaveLength(2)
    expect(flowMetrics).toMatchObject({
      sequence: 28, from: '2026-09-07', to: '2026-09-22', neverStarted: [], perWeek: 6, cycleTime: { count: 12, mean: 1, p95: 1 }, leadTime: { count: 12, p50: 6 },
      throughput: [
        { week: '2026-09-07', isWhole: true, finished: 6, byPhase: [{ phase: 'build', finished: 6 }], keys: ['first', 'm1.s1.k2', 'm1.s1.k3', 'm1.s1.k4', 'm1.s1.k5', 'm1.s1.k6'] },
        { week: '2026-09-14', isWhole: true, finished: 6, byPhase: [{ phase: 'build', finished: 6 }] }, { week: '2026-09-21', isWhole: false, finished: 0 },
      ],
      ageing: [{ key: 'm2.s1.k1', status: 'IN_PROGRESS', age: 3, percentile: 100 }],
    })
    expect(flowMetrics.leadTime.items[0]).toEqual({ key: 'm1.s2.k6', days: 12 })
    expect(flowMetrics.burnUp).toHaveLength(16)
    expect([flowMetrics.burnUp[0], flowMetrics.burnUp.at(-1)]).toEqual([{ day: '2026-09-07', scope: 24, done: 0, finished: [] }, { day: '2026-09-22', scope: 23, done: 11, finished: [] }])
  })

  test('the forecast rests upon what was measured, or says that it cannot', async () => {
    const query = 'query ($project: ID!, $simulations: Int) { forecast(projectId: $project, simulations: $simulations) { reason message remaining simulations history { days finished grown } percentiles { percent days date } milestones { key remaining onTime percentiles { percent } } } }'
    const { forecast } = await ask(query, { project: 'flow', simulations: 2000 })
    expect(forecast).toMatchObject({ reason: null, remaining: 12, simulations: 2000, history: { days: 15, finished: 12, grown: 0 }, milestones: [{ key: 'm2', remaining: 12, onTime: 100 }] })
    // twelve in fifteen days: twelve more take about as long
    expect(forecast.percentiles[0].days).toBeGreaterThanOrEqual(14)
    expect(forecast.percentiles[0].days).toBeLessThanOrEqual(16)
    await workspace.project('fresh', samplePlan())
    expect((await ask(query, { project: 'fresh' })).forecast).toMatchObject({ reason: 'TOO_LITTLE_HISTORY', message: expect.stringContaining('Cannot say'), simulations: 0, percentiles: [] })
    const { errors } = await workspace.run<any>(query, { project: 'flow', simulations: 5 })
    const refused = errors?.[0]?.originalError as Error & { code?: string; inputPath?: string[] }
    expect([refused.code, refused.inputPath, refused.message]).toEqual(['VALIDATION_FAILED', ['simulations'], 'simulations is 100 to 100000; 5 is not.'])
  })

  test('the timeline has actual times of what was, and scheduled ones of what is to come', async () => {
    const { timeline } = await ask('{ timeline(projectId: "flow") { title asOf finish rows { key kind status start finish hasStarted hasFinished isCritical } } }')
    const row = (key: string) => timeline.rows.find((each: any) => each.key === key)
    expect(timeline).toMatchObject({ title: 'Sample', asOf: '2026-09-22T09:00:00.000Z' })
    expect(row('first')).toMatchObject({ kind: 'MICROSTEP', status: 'DONE', start: '2026-09-07T09:00:00.000Z', finish: '2026-09-08T09:00:00.000Z', hasFinished: true })
    expect(row('m2.s1.k1')).toMatchObject({ start: '2026-09-19T09:00:00.000Z', hasStarted: true, hasFinished: false, isCritical: true })
    expect(row('m2.s2.k2').start >= row('m2.s2.k1').finish).toBe(true)
    const { timeline: steps } = await ask('{ timeline(projectId: "flow", level: STEP, within: "m2", workdays: [1]) { workdays rows { key } } }')
    expect(steps).toEqual({ workdays: [1], rows: [{ key: 'm2' }, { key: 'm2.s1' }, { key: 'm2.s2' }] })
    for (const [args, code] of [['within: "nope"', 'NOT_FOUND'], ['workdays: []', 'VALIDATION_FAILED'], ['hoursPerDay: 25', 'VALIDATION_FAILED']]) {
      expect((await workspace.run<any>(`{ timeline(projectId: "flow", ${args}) { asOf } }`)).errors?.[0]?.originalError).toMatchObject({ code: code })
    }
  })

  test('the graph has what waits for what, in one statement', async () => {
    workspace.takeStatements()
    const { planGraph } = await ask('{ planGraph(projectId: "flow", within: "m2.s1") { title nodes { key parent isCritical } edges { from to } groups { key title } } }')
    expect(workspace.takeStatements()).toHaveLength(1)
    expect(planGraph).toMatchObject({ title: 'Sample', groups: [{ key: 'm2.s1', title: 'Step 1 of 2' }], edges: [1, 2, 3, 4, 5].map((k) => ({ from: `m2.s1.k${k}`, to: `m2.s1.k${k + 1}` })) })
  })

  test('the history is paged, newest first, of all microsteps or of one, under the keys of today', async () => {
    const page = async (args: string) => (await ask(`{ project(projectId: "flow") { statusHistory(${args}) { nodes { sequence itemKey title from to by { name } at } pageInfo { hasNextPage endCursor startCursor hasPreviousPage } } } }`)).project.statusHistory
    const first = await page('first: 2')
    expect(first.nodes).toMatchObject([{ sequence: 28, itemKey: 'm1.s2.k6', title: 'Microstep 6', from: 'DONE', to: null, by: { name: 'Ada' } }, { itemKey: 'm2.s1.k1', to: 'IN_PROGRESS' }])
    const all = [...first.nodes]
    for (let at = first; at.pageInfo.hasNextPage; ) all.push(...(at = await page(`first: 7, after: "${at.pageInfo.endCursor}"`)).nodes)
    expect(all.map(({ sequence }: any) => sequence)).toEqual([28, ...Array.from({ length: 25 }, (_, index) => 27 - index)])
    expect((await page('last: 2')).nodes.map(({ sequence }: any) => sequence)).toEqual([4, 3])
    expect((await page('first: 5, item: "first"')).nodes).toMatchObject([{ from: 'IN_PROGRESS', to: 'DONE' }, { from: 'TODO', to: 'IN_PROGRESS' }])
    expect((await page('first: 5, item: "m1.s2.k6"')).nodes).toHaveLength(3)
  })

  test('every report is a table in CSV, and the same in JSON', async () => {
    const file = async (report: string, format: string) => (await ask('query ($report: AnalyticsReport!, $format: ExportFormat!) { analyticsExport(projectId: "flow", report: $report, format: $format) { fileName contentType content } }', { report, format })).analyticsExport
    for (const [report, rows] of [['MICROSTEPS', 24], ['THROUGHPUT', 13], ['BURN_UP', 86], ['AGEING', 1], ['FORECAST', 2], ['TIMELINE', 29], ['STATUS_HISTORY', 26]] as const) {
      const [csv, json] = [await file(report, 'CSV'), await file(report, 'JSON')]
      expect(csv).toMatchObject({ fileName: `flow-${report.toLowerCase().replace('_', '-')}-2026-09-22.csv`, contentType: expect.stringMatching(/^text\/csv/) })
      const table = JSON.parse(json.content)
      expect(table).toMatchObject({ project: 'flow', report: report.toLowerCase(), sequence: 28 })
      expect([report, table.rows.length, csv.content.split('\r\n').length - 2]).toEqual([report, rows, rows])
      expect(csv.content.split('\r\n')[0]).toBe(table.columns.join(','))
    }
    expect((await file('MICROSTEPS', 'CSV')).content).toContain('m1.s2.k6,Microstep 6,,build,done,2026-09-07T09:00:00.000Z,2026-09-18T09:00:00.000Z,2026-09-19T09:00:00.000Z,2026-09-22T09:00:00.000Z,12,1\r\n')
  })
})

test('another organisation finds no project, and who may not read plans is refused', async () => {
  const { actor } = await workspace.stranger()
  for (const query of ['flowMetrics(projectId: "flow") { to }', 'forecast(projectId: "flow") { asOf }', 'timeline(projectId: "flow") { asOf }', 'planGraph(projectId: "flow") { title }', 'analyticsExport(projectId: "flow") { content }']) {
    expect((await workspace.run<any>(`{ ${query} }`, {}, workspace.context(actor))).errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' })
    expect((await workspace.run<any>(`{ ${query} }`, {}, workspace.context({ ...workspace.actor, scopes: new Set(['comments.read']) }))).errors?.[0]?.originalError).toMatchObject({ code: 'FORBIDDEN' })
  }
})
