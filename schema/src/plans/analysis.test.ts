import { beforeAll, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('demo', samplePlan(1, 2, 2))
  await workspace.run('mutation { a: setStatus(input: { projectId: "demo", id: "m1.s1.k1", status: DONE }) { __typename } }')
})

test('the analysis names what can start, what waits for what, and what decides the end', async () => {
  const { data, errors } = await workspace.run<any>(`{ planAnalysis(projectId: "demo") { sequence ready waves progress { percent total done } hours { done total assumed }
    parts { key progress { done total } hours { total } } blocked { key reasons { kind key message } } criticalPath { keys expectedHours assumedMicrosteps slack { key hours duration } } } }`)
  expect(errors).toBeUndefined()
  const each = 13 / 6
  expect(data.planAnalysis).toMatchObject({
    sequence: 3, ready: ['m1.s1.k2', 'm1.s2.k1'], waves: [['m1.s1.k2', 'm1.s2.k1'], ['m1.s2.k2']], progress: { percent: 25, total: 4, done: 1 },
    hours: { done: expect.closeTo(each), total: expect.closeTo(4 * each), assumed: 0 }, parts: [{ key: 'm1', progress: { done: 1, total: 4 } }],
    blocked: [{ key: 'm1.s2.k2', reasons: [{ kind: 'dependency', key: 'm1.s2.k1' }] }],
    criticalPath: { keys: ['m1.s2.k1', 'm1.s2.k2'], expectedHours: expect.closeTo(2 * each), assumedMicrosteps: 0 },
  })
  expect(data.planAnalysis.criticalPath.slack.find((slack: any) => slack.key === 'm1.s1.k2').hours).toBeCloseTo(each)
})

test('what-if answers the path before and after, and changes nothing', async () => {
  const query = 'query ($changes: PlanChanges!) { planWhatIf(projectId: "demo", changes: $changes) { before { keys } after { keys expectedHours } delayHours } plan(projectId: "demo") { sequence } }'
  const { data } = await workspace.run<any>(query, { changes: [{ op: 'update', id: 'm1.s1.k2', set: { estimate: 100 } }] })
  expect(data).toMatchObject({ planWhatIf: { before: { keys: ['m1.s2.k1', 'm1.s2.k2'] }, after: { keys: ['m1.s1.k2'], expectedHours: 100 } }, plan: { sequence: 3 } })
  const bad = await workspace.run<any>(query, { changes: [{ op: 'update', id: 'nope', set: { estimate: 1 } }] })
  expect(bad.errors?.[0]?.message).toContain('nope')
})
