/** Where criteria stand: what counts, what goes stale, and what figures are made of. */
import type { AcceptanceCriterion } from '@buildrunner/sdk/plans'
import { demandOf, judge } from '@buildrunner/sdk/quality'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { newUuid } from '../shared/ids.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { evidenceFacts } from './facts.ts'
import { BUILDS, TESTED, checkedPlan, commit, report, result } from './testing/quality.ts'
import { readVerdicts } from './verdicts.ts'

let workspace: TestWorkspace
let now = new Date('2026-11-20T09:00:00Z')
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock: { now: () => now } })
})

let projects = 0
const newProject = (): Promise<string> => workspace.project(`quality-${++projects}`, checkedPlan())
const pass = (project: string, run: Record<string, unknown> = {}, criteria: readonly AcceptanceCriterion[] = [BUILDS, TESTED]) =>
  report(workspace, project, { run, results: criteria.map((criterion) => result(criterion, 'PASSED')) })

const ITEM = `query ($projectId: ID!, $itemId: ID!) { itemQuality(projectId: $projectId, itemId: $itemId) { total met failed stale missing flaky doneWithoutEvidence criteria { key state staleBecause evidence { commit } } } }`
async function quality(projectId: string, itemId = 'T-1'): Promise<any> {
  const { data, errors } = await workspace.run<any>(ITEM, { projectId, itemId })
  expect(errors).toBeUndefined()
  return data.itemQuality
}
const states = async (project: string): Promise<string[]> => (await quality(project)).criteria.map(({ state, staleBecause }: any) => (staleBecause === null ? state : `${state} ${staleBecause}`))

const UPDATE = 'mutation ($input: UpdateMicrostepInput!) { updateMicrostep(input: $input) { __typename ... on Error { message } } }'
const change = async (projectId: string, acceptanceCriteria: readonly AcceptanceCriterion[]): Promise<void> => {
  const changes = [{ op: 'update', id: 'T-1', set: { acceptanceCriteria } }]
  const { data } = await workspace.run<any>('mutation ($input: ApplyPlanChangesInput!) { applyPlanChanges(input: $input) { __typename ... on Error { message } } }', { input: { projectId, changes } })
  expect(data?.applyPlanChanges.__typename).toBe('ApplyPlanChangesPayload')
}

describe('evidence', () => {
  test('says where each criterion stands, the newest one that counts', async () => {
    const project = await newProject()
    expect(await states(project)).toEqual(['MISSING', 'MISSING'])
    await pass(project)
    expect(await states(project)).toEqual(['MET', 'MET'])
    await report(workspace, project, { results: [result(BUILDS, 'ERRORED'), result(TESTED, 'SKIPPED')] })
    expect(await states(project)).toEqual(['FAILED', 'MET'])
  })

  test('goes stale when its criterion changes, and counts again when it is changed back', async () => {
    const project = await newProject()
    await pass(project)
    await change(project, [{ ...BUILDS, text: 'It builds and runs.' }, { ...TESTED, check: { kind: 'command', run: 'npm run test:all' } }])
    expect(await states(project)).toEqual(['STALE CRITERION_CHANGED', 'STALE CRITERION_CHANGED'])
    await change(project, [{ ...BUILDS, 'x-note': 'the same' }, TESTED])
    expect(await states(project)).toEqual(['MET', 'MET'])
  })

  test('follows an item that is renamed', async () => {
    const project = await newProject()
    await pass(project)
    const { data } = await workspace.run<any>('mutation ($input: ApplyPlanChangesInput!) { applyPlanChanges(input: $input) { __typename } }', { input: { projectId: project, changes: [{ op: 'rename', id: 'T-1', to: 'T-9' }] } })
    expect(data.applyPlanChanges.__typename).toBe('ApplyPlanChangesPayload')
    expect(await quality(project, 'T-9')).toMatchObject({ total: 2, met: 2 })
  })

  test('goes stale when its commit leaves the branch, and counts again when it is back; other branches do not matter', async () => {
    const project = await newProject()
    await pass(project, { commit: commit('a'), ancestors: [commit('0')] }, [BUILDS])
    await pass(project, { commit: commit('b'), ancestors: [commit('a'), commit('0')] }, [TESTED])
    await pass(project, { commit: commit('f'), branch: 'other', ancestors: [commit('0')] }, [])
    expect(await states(project)).toEqual(['MET', 'MET'])
    await pass(project, { commit: commit('c'), ancestors: [commit('a'), commit('0')] }, [])
    expect(await states(project)).toEqual(['MET', 'STALE COMMIT_LEFT_BRANCH'])
    await pass(project, { commit: commit('d'), ancestors: [commit('c'), commit('b'), commit('a')] }, [])
    expect(await states(project)).toEqual(['MET', 'MET'])
    await pass(project, { commit: commit('e'), ancestors: [commit('0')] }, [])
    expect(await states(project)).toEqual(['STALE COMMIT_LEFT_BRANCH', 'STALE COMMIT_LEFT_BRANCH'])
    expect((await quality(project)).criteria[0].evidence.commit).toBe(commit('a'))
  })

  test('of an old commit that is reported late does not move the branch', async () => {
    const project = await newProject()
    await pass(project, { commit: commit('b'), ancestors: [commit('a'), commit('0')] })
    await pass(project, { commit: commit('a'), ancestors: [commit('0')] }, [])
    expect(await states(project)).toEqual(['MET', 'MET'])
  })

  test('is judged as the rules of the SDK judge it, whatever was recorded', async () => {
    const ctx: Context = workspace.context()
    const project = await newProject()
    const [row] = (await workspace.pool.query('SELECT i.id, i.project_id, i.organisation_id FROM plan_items i JOIN projects p ON p.id = i.project_id WHERE p.slug = $1 AND i.key = $2', [project, 'T-1'])).rows
    const { userId } = workspace.actor
    await workspace.pool.query('INSERT INTO qa_commits (project_id, branch, commit, organisation_id, ancestors, sequence, left_sequence) VALUES ($1, $2, $3, $4, $5, 1, 1)', [row.project_id, 'main', commit('1'), row.organisation_id, []])
    const demand = demandOf(BUILDS)
    const one = fc.record({ outcome: fc.constantFrom('passed', 'failed', 'errored', 'skipped'), isNow: fc.boolean(), checkKind: fc.constantFrom('command', 'file'), leftBranch: fc.boolean() })
    await fc.assert(fc.asyncProperty(fc.array(one, { maxLength: 5 }), async (list) => {
      await workspace.pool.query('DELETE FROM evidence WHERE item_id = $1', [row.id])
      const evidence = list.map((facts) => ({ ...facts, id: newUuid(), criterionDigest: facts.isNow ? demand.digest : 'then' })) as any[]
      for (const [index, facts] of evidence.entries()) {
        await workspace.pool.query(
          `INSERT INTO evidence (id, organisation_id, project_id, item_id, item_key, criterion_key, criterion_digest, actor_id, outcome, check_kind, commit, branch, dirty, duration_ms, attempts, passed_attempts, flaky, sequence, created_at)
           VALUES ($1, $2, $3, $4, 'T-1', 'builds', $5, $6, $7::check_outcome, $8::check_kind, $9, 'main', false, 0, 1, 0, false, $10, now())`,
          [facts.id, row.organisation_id, row.project_id, row.id, facts.criterionDigest, userId, facts.outcome, facts.checkKind, commit(facts.leftBranch ? '1' : '2'), index],
        )
      }
      const [verdict] = (await readVerdicts(ctx, [{ uuid: row.id, criteria: [BUILDS] }])).get(row.id)!
      expect(verdict).toMatchObject(judge(demand, evidence.toReversed()))
    }), { numRuns: 40 })
  })
})

describe('the quality of an item', () => {
  test('counts everything in it, and what is done without evidence', async () => {
    const project = await newProject()
    await report(workspace, project, { results: [result(BUILDS, 'PASSED'), result(TESTED, 'FAILED')] })
    expect(await quality(project, 'M-1')).toMatchObject({ total: 3, met: 1, failed: 1, stale: 0, missing: 1, doneWithoutEvidence: 1, criteria: [{ key: 'pretty', state: 'MISSING' }] })
    expect(await quality(project, 'T-2')).toMatchObject({ total: 0, doneWithoutEvidence: 1, criteria: [] })
  })

  test('of every item of a plan takes as many statements as of one', async () => {
    const slugs = [await workspace.project('small', samplePlan(1, 1, 1)), await workspace.project('large', samplePlan(3, 3, 3))]
    const counts: number[] = []
    for (const slug of slugs) {
      workspace.takeStatements()
      const { errors } = await workspace.run(`query ($id: ID!) { plan(projectId: $id) { milestones { quality { met } steps { quality { met } microsteps { quality { total criteria { state evidence { id } } } } } } } }`, { id: slug })
      expect(errors).toBeUndefined()
      counts.push(workspace.takeStatements().filter((text) => !text.includes('set_config')).length)
    }
    expect(counts).toEqual([2, 2])
  })

  test('of every item of a page, with its evidence, takes as many statements as of one', async () => {
    const project = await newProject()
    await pass(project)
    const page = async (first: number): Promise<[number, any[]]> => {
      workspace.takeStatements()
      const { data } = await workspace.run<any>('query ($id: ID!, $first: Int) { project(projectId: $id) { microsteps(first: $first) { nodes { key quality { met total criteria { evidence { outcome run { source } } } } } } } }', { id: project, first })
      return [workspace.takeStatements().filter((text) => !text.includes('set_config')).length, data.project.microsteps.nodes]
    }
    const [[statements], [more, nodes]] = [await page(1), await page(10)]
    expect(more).toBe(statements)
    expect(nodes.map(({ key, quality: { met, total } }) => [key, met, total])).toEqual([['T-1', 2, 2], ['T-2', 0, 0]])
  })

  test('is what policies ask, of the criteria as they will be, in one statement', async () => {
    const project = await newProject()
    await pass(project)
    const { rows } = await workspace.pool.query('SELECT i.id FROM plan_items i JOIN projects p ON p.id = i.project_id WHERE p.slug = $1 AND i.key = $2', [project, 'T-1'])
    const id = rows[0].id as string
    const facts = async (criteria: readonly AcceptanceCriterion[] | null) => (await evidenceFacts(workspace.context(), [{ id, criteria }])).get(id)
    workspace.takeStatements()
    expect(await facts([BUILDS, TESTED])).toEqual({ total: 2, met: 2, stale: 0, passed: true, count: 2 })
    expect(workspace.takeStatements().filter((text) => !text.includes('set_config'))).toHaveLength(1)
    expect(await facts([{ ...BUILDS, text: 'Other.' }, { text: 'New.' }])).toEqual({ total: 2, met: 0, stale: 1, passed: false, count: 1 })
    workspace.takeStatements()
    expect(await facts(null)).toEqual({ total: 0, met: 0, stale: 0, passed: false, count: 0 })
    expect(workspace.takeStatements()).toEqual([])
  })
})

const FIGURE = '{ value count of interval { low high } becauseCount because { itemKey criterion state evidenceId } }'
const SUMMARY = `query ($projectId: ID!, $itemId: ID, $days: Int) { qualitySummary(projectId: $projectId, itemId: $itemId, days: $days) {
  score { value grade formula } compliance ${FIGURE} passRate ${FIGURE} met ${FIGURE} stale ${FIGURE} flaky ${FIGURE} proven ${FIGURE} missing doneWithoutEvidence } }`
async function summary(projectId: string, more: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await workspace.run<any>(SUMMARY, { projectId, ...more })
  expect(errors).toBeUndefined()
  return data.qualitySummary
}

describe('the summary of a project', () => {
  test('has nothing to measure at first', async () => {
    const project = await newProject()
    expect(await summary(project)).toMatchObject({ score: { value: null, grade: null }, compliance: { value: null, of: 0 }, passRate: { value: null, because: [] }, met: { value: 0, count: 0, of: 3 }, missing: 3, doneWithoutEvidence: 1 })
  })

  test('names what every figure is made of, what lowers it first', async () => {
    const project = await newProject()
    await report(workspace, project, { results: [result(BUILDS, 'PASSED'), result(TESTED, 'FAILED', { attempts: 2, passedAttempts: 1 })] })
    await workspace.run(UPDATE, { input: { projectId: project, id: 'T-1', set: {} } })
    await workspace.run('mutation ($p: ID!) { setStatus(input: { projectId: $p, id: "T-1", status: DONE }) { __typename } }', { p: project })
    const found = await summary(project)
    const [failed, passed] = found.passRate.because
    expect([failed, passed]).toEqual([
      { itemKey: 'T-1', criterion: 'It is tested.', state: 'FAILED', evidenceId: expect.stringMatching(/^evd_/) }, { itemKey: 'T-1', criterion: 'builds', state: 'MET', evidenceId: expect.stringMatching(/^evd_/) },
    ])
    expect(found).toMatchObject({
      passRate: { value: 0.5, count: 1, of: 2, becauseCount: 2 },
      met: { count: 1, of: 3, because: [{ criterion: 'pretty', state: 'MISSING', evidenceId: null }, failed, passed] },
      flaky: { count: 1, of: 3, because: [failed] }, stale: { count: 0, because: [] }, doneWithoutEvidence: 2,
    })
    expect(found.passRate.interval.low).toBeCloseTo(0.0945, 3)
    // T-1, S-1 and M-1 are done: their criteria are due
    expect(found.compliance).toMatchObject({ count: 1, of: 3 })
    expect(found.score).toMatchObject({ value: 41.7, grade: 'F' })
    expect(found.proven).toMatchObject({ count: 0, of: 2, because: [failed, { itemKey: 'T-2', criterion: null, state: 'MISSING', evidenceId: null }] })
    expect(await summary(project, { itemId: 'T-2' })).toMatchObject({ passRate: { of: 0 }, proven: { of: 1 }, score: { value: null } })
  })

  test('counts results of the last days only, and refuses what is no number of days', async () => {
    const project = await newProject()
    await pass(project)
    now = new Date(now.getTime() + 10 * 86_400_000)
    expect((await summary(project, { days: 7 })).passRate.of).toBe(0)
    expect((await summary(project, { days: 14 })).passRate.of).toBe(2)
    const { errors } = await workspace.run(SUMMARY, { projectId: project, days: 0 })
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'VALIDATION_FAILED', inputPath: ['days'] })
  })
})

const FLAKY = `query ($projectId: ID!, $first: Int, $after: String) { flakyChecks(projectId: $projectId, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
  nodes { criterion flaky carriedOut rate { value low high } because } } }`

test('flaky checks come with how often they were, and the evidence of both sides', async () => {
  const project = await newProject()
  await report(workspace, project, { results: [result(BUILDS, 'PASSED'), result(TESTED, 'PASSED', { attempts: 3, passedAttempts: 1 })] })
  await report(workspace, project, { results: [result(BUILDS, 'FAILED')] })
  await report(workspace, project, { run: { commit: commit('b') }, results: [result(BUILDS, 'PASSED')] })
  const first = (await workspace.run<any>(FLAKY, { projectId: project, first: 1 })).data.flakyChecks
  expect(first).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [{ criterion: 'builds', flaky: 1, carriedOut: 3 }] })
  expect(first.nodes[0].because).toHaveLength(2)
  expect(first.nodes[0].rate.value).toBeCloseTo(1 / 3)
  const second = (await workspace.run<any>(FLAKY, { projectId: project, first: 1, after: first.pageInfo.endCursor })).data.flakyChecks
  expect(second).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ criterion: 'It is tested.', flaky: 1, carriedOut: 1, because: [expect.stringMatching(/^evd_/)] }] })
  expect(await quality(project)).toMatchObject({ flaky: 2 })
  now = new Date(now.getTime() + 31 * 86_400_000)
  expect(await quality(project)).toMatchObject({ flaky: 0 })
})

const HISTORY = `query ($projectId: ID!, $itemId: ID, $criterion: String, $runId: ID, $outcome: [CheckOutcome!], $flaky: Boolean, $since: DateTime, $first: Int, $after: String) {
  evidence(projectId: $projectId, itemId: $itemId, criterion: $criterion, runId: $runId, outcome: $outcome, flaky: $flaky, since: $since, first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { criterion outcome commit } } }`

test('the history is read by item, criterion, run, outcome and time, page by page', async () => {
  const project = await newProject()
  const { run } = await pass(project)
  now = new Date(now.getTime() + 1_000)
  await report(workspace, project, { run: { commit: commit('b') }, results: [result(BUILDS, 'FAILED')] })
  const read = async (more: Record<string, unknown>): Promise<any> => (await workspace.run<any>(HISTORY, { projectId: project, ...more })).data.evidence
  const shown = async (more: Record<string, unknown>): Promise<string[]> => (await read(more)).nodes.map(({ criterion, outcome }: any) => `${criterion} ${outcome}`).sort()
  expect(await shown({ itemId: 'T-1' })).toEqual(['It is tested. PASSED', 'builds FAILED', 'builds PASSED'])
  expect(await shown({ itemId: 'T-2' })).toEqual([])
  expect(await shown({ itemId: 'T-1', criterion: 'builds' })).toEqual(['builds FAILED', 'builds PASSED'])
  expect(await shown({ runId: run.id })).toEqual(['It is tested. PASSED', 'builds PASSED'])
  expect(await shown({ runId: 'none' })).toEqual([])
  expect(await shown({ outcome: ['FAILED', 'ERRORED'] })).toEqual(['builds FAILED'])
  expect(await shown({ flaky: true })).toEqual([])
  expect(await shown({ since: now.toISOString() })).toEqual(['builds FAILED'])
  const all: string[] = []
  for (let after: string | null = null, more = true; more;) {
    const { nodes, pageInfo }: any = await read({ first: 1, after })
    all.push(...nodes.map(({ outcome }: any) => outcome as string))
    ;({ endCursor: after, hasNextPage: more } = pageInfo)
  }
  expect(all).toEqual(['FAILED', 'PASSED', 'PASSED'])
})
