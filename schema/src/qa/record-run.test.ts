/** Recording runs: what becomes evidence, what is said of the rest, and what is refused. */
import { beforeAll, describe, expect, test } from 'vitest'
import { newUuid } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { BUILDS, PRETTY, TESTED, checkedPlan, commit, report, result } from './testing/quality.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

let projects = 0
const newProject = (): Promise<string> => workspace.project(`qa-${++projects}`, checkedPlan())

interface Shown { criterion: string; outcome: string; flaky: boolean; stale: string | null; message: string | null; output: string | null; contradicts: { outcome: string } | null }
const EVIDENCE = `query ($projectId: ID!) { evidence(projectId: $projectId, first: 100) { nodes { criterion outcome flaky stale message output contradicts { outcome } } } }`
async function evidenceOf(projectId: string): Promise<Shown[]> {
  const { data, errors } = await workspace.run<{ evidence: { nodes: Shown[] } }>(EVIDENCE, { projectId })
  expect(errors).toBeUndefined()
  return data!.evidence.nodes
}
const events = async (slug: string): Promise<{ kind: string; data: any }[]> =>
  (await workspace.pool.query('SELECT e.kind, e.data FROM runner_events e JOIN projects p ON p.id = e.stream_id WHERE p.slug = $1 AND e.kind <> $2 ORDER BY e.sequence', [slug, 'plan.changed'])).rows.slice(1)

describe('a run', () => {
  test('becomes evidence, one event and one audit record, in two statements', async () => {
    const project = await newProject()
    workspace.takeStatements()
    const recorded = await report(workspace, project, { results: [result(BUILDS, 'PASSED'), result(TESTED, 'FAILED', { message: 'exit code 1', output: '1 failed\n' })] })
    expect(workspace.takeStatements().filter((text) => !text.includes('set_config'))).toHaveLength(3) // read, write, and the run for the answer
    expect(recorded).toMatchObject({ __typename: 'RecordQaRunPayload', recorded: 2, notes: [], run: { passed: 1, failed: 1, errored: 0, skipped: 0 } })
    expect(await evidenceOf(project)).toEqual(expect.arrayContaining([
      { criterion: 'builds', outcome: 'PASSED', flaky: false, stale: null, message: null, output: null, contradicts: null },
      { criterion: 'It is tested.', outcome: 'FAILED', flaky: false, stale: null, message: 'exit code 1', output: '1 failed\n', contradicts: null },
    ]))
    expect(await events(project)).toEqual([{ kind: 'qa.run.recorded', data: { runId: recorded.run.id, source: 'ci', commit: commit('a'), branch: 'main', dirty: false, finished: true, passed: 1, failed: 1, errored: 0, skipped: 0, items: ['T-1'], regressions: [] } }])
    const audit = await workspace.pool.query(`SELECT action, target_type FROM audit_records WHERE action LIKE 'qa.%' ORDER BY created_at DESC LIMIT 1`)
    expect(audit.rows).toEqual([{ action: 'qa.record', target_type: 'qa_run' }])
  })

  test('is sent in parts under one id; what was sent twice is recorded once', async () => {
    const project = await newProject()
    const run = { id: newUuid(), finishedAt: null }
    expect(await report(workspace, project, { run, results: [result(BUILDS, 'PASSED')] })).toMatchObject({ recorded: 1, run: { passed: 1, finishedAt: null } })
    const second = await report(workspace, project, { run, results: [result(BUILDS, 'FAILED'), result(TESTED, 'SKIPPED')] })
    expect(second).toMatchObject({ recorded: 1, run: { passed: 1, failed: 0, skipped: 1, finishedAt: null } })
    const last = await report(workspace, project, { run: { id: run.id } })
    expect(last).toMatchObject({ recorded: 0, run: { passed: 1, skipped: 1, finishedAt: expect.any(String) } })
    const again = await report(workspace, project, { run: { id: run.id }, results: [result(BUILDS, 'PASSED')] })
    expect(again).toMatchObject({ recorded: 0, sequence: last.sequence, run: last.run })
    expect((await evidenceOf(project)).map(({ outcome }) => outcome).sort()).toEqual(['PASSED', 'SKIPPED'])
  })

  test('under one idempotency key is recorded once', async () => {
    const project = await newProject()
    const run = { id: newUuid(), startedAt: '2026-11-20T09:00:00.000Z', finishedAt: '2026-11-20T09:01:00.000Z' }
    const request = { run, results: [result(BUILDS, 'PASSED')], input: { idempotencyKey: newUuid() } }
    const first = await report(workspace, project, request)
    expect(await report(workspace, project, request)).toEqual(first)
    expect(await report(workspace, project, { ...request, results: [] })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  })

  test('keeps the counts right when its parts arrive at the same moment', async () => {
    const project = await newProject()
    const run = { id: newUuid() }
    const answers = await Promise.all([BUILDS, TESTED].map((criterion) => report(workspace, project, { run, results: [result(criterion, 'PASSED')] })))
    expect(answers.map(({ recorded }) => recorded)).toEqual([1, 1])
    expect(await report(workspace, project, { run })).toMatchObject({ run: { passed: 2 } })
  })

  test.each([
    ['another commit', { commit: commit('b') }], ['another branch', { branch: 'next' }], ['another state of the tree', { dirty: true }],
  ])('of %s has an id of its own', async (_name, more) => {
    const project = await newProject()
    const run = { id: newUuid() }
    await report(workspace, project, { run })
    expect(await report(workspace, project, { run: { ...run, ...more } })).toMatchObject({ code: 'ALREADY_EXISTS', path: ['run', 'id'] })
  })

  test('of another project, person or organisation has an id of its own, and stays theirs', async () => {
    const [project, other] = [await newProject(), await newProject()]
    const run = { id: newUuid() }
    await report(workspace, project, { run, results: [result(BUILDS, 'PASSED')] })
    expect(await report(workspace, other, { run })).toMatchObject({ code: 'ALREADY_EXISTS' })
    const { userId } = await addPerson(workspace, { name: 'Quinn' })
    expect(await report(workspace, project, { run, ctx: workspace.context({ ...workspace.actor, userId }) })).toMatchObject({ code: 'ALREADY_EXISTS' })
    const { actor } = await workspace.stranger()
    const theirs = workspace.context(actor)
    await workspace.run('mutation { createProject(input: { name: "theirs", slug: "theirs" }) { __typename } }', {}, theirs)
    expect(await report(workspace, 'theirs', { run, ctx: workspace.context(actor) })).toMatchObject({ code: 'ALREADY_EXISTS' })
    expect((await workspace.pool.query('SELECT passed FROM qa_runs WHERE id = $1', [run.id])).rows).toEqual([{ passed: 1 }])
  })
})

describe('a result', () => {
  test('that does not fit the plan is noted, and the others are recorded', async () => {
    const project = await newProject()
    const long = 'x'.repeat(501)
    const recorded = await report(workspace, project, {
      results: [
        result(BUILDS, 'PASSED'), result(BUILDS, 'PASSED', { item: 'T-99' }), result({ text: 'Unknown.' }, 'PASSED', { checkKind: 'COMMAND' }), result({ ...TESTED, check: { kind: 'command', run: 'make test' } }, 'PASSED'),
        result({ text: long }, 'PASSED', { checkKind: 'COMMAND' }), result(PRETTY, 'PASSED', { item: 'M-1', checkKind: 'COMMAND' }), result({ text: 'Looks.' }, 'PASSED'),
      ],
    })
    expect(recorded).toMatchObject({
      recorded: 3, run: { passed: 3 },
      notes: [
        { item: 'T-99', criterion: 'builds', code: 'ITEM_UNKNOWN' }, { item: 'T-1', criterion: 'Unknown.', code: 'CRITERION_UNKNOWN' }, { item: 'T-1', criterion: 'It is tested.', code: 'CRITERION_DIFFERS' },
        { item: 'T-1', criterion: long, code: 'CRITERION_KEY_TOO_LONG' }, { item: 'M-1', criterion: 'pretty', code: 'CHECK_DIFFERS' }, { item: 'T-1', criterion: 'Looks.', code: 'CHECK_DIFFERS' },
      ],
    })
    expect((await evidenceOf(project)).map(({ criterion, stale }) => [criterion, stale]).sort()).toEqual([['It is tested.', 'CRITERION_CHANGED'], ['Unknown.', 'CRITERION_REMOVED'], ['builds', null]])
  })

  test('that says the opposite of another one of the same code is flaky, and names it; a changed tree proves nothing', async () => {
    const project = await newProject()
    await report(workspace, project, { results: [result(BUILDS, 'PASSED')] })
    await report(workspace, project, { run: { dirty: true }, results: [result(BUILDS, 'FAILED')] })
    expect((await evidenceOf(project))[0]).toMatchObject({ outcome: 'FAILED', flaky: false })
    await report(workspace, project, { run: { commit: commit('b') }, results: [result(BUILDS, 'FAILED')] })
    expect((await evidenceOf(project))[0]).toMatchObject({ outcome: 'FAILED', flaky: false })
    await report(workspace, project, { run: { commit: commit('a') }, results: [result(BUILDS, 'FAILED'), result(TESTED, 'PASSED', { attempts: 3, passedAttempts: 2 })] })
    const [one, other] = await evidenceOf(project)
    expect([one, other]).toEqual(expect.arrayContaining([
      expect.objectContaining({ criterion: 'builds', flaky: true, contradicts: { outcome: 'PASSED' } }), expect.objectContaining({ criterion: 'It is tested.', flaky: true, contradicts: null }),
    ]))
  })

  test('keeps no secret that it printed', async () => {
    const project = await newProject()
    const token = ['ghp', 'aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5'].join('_')
    await report(workspace, project, { results: [result(BUILDS, 'FAILED', { output: `using ${token}\0\ud800`, message: `no access with ${token}`, url: 'https://ada:hush@ci.example/1' })] })
    expect((await evidenceOf(project))[0]).toMatchObject({ output: 'using ***��', message: 'no access with ***' })
    const { rows } = await workspace.pool.query('SELECT (SELECT json_agg(e) FROM evidence e)::text || (SELECT json_agg(r) FROM idempotency_records r)::text || (SELECT json_agg(v) FROM runner_events v)::text AS all')
    expect(rows[0].all).not.toMatch(/ghp_|hush/)
  })

  test('that failed and had passed on this branch is told as a regression', async () => {
    const project = await newProject()
    await report(workspace, project, { results: [result(BUILDS, 'PASSED'), result(TESTED, 'FAILED')] })
    await report(workspace, project, { run: { branch: 'feature', commit: commit('f') }, results: [result(BUILDS, 'FAILED')] })
    await report(workspace, project, { run: { commit: commit('b') }, results: [result(BUILDS, 'ERRORED'), result(TESTED, 'FAILED')] })
    await report(workspace, project, { run: { commit: commit('c') }, results: [result(BUILDS, 'FAILED')] })
    const told = (await events(project)).map(({ data }) => data.regressions.map(({ itemKey, criterion, evidenceId, beforeId }: Record<string, string>) => [itemKey, criterion, evidenceId!.slice(0, 4), beforeId!.slice(0, 4)]))
    expect(told).toEqual([[], [], [['T-1', 'builds', 'evd_', 'evd_']], []])
  })

  test.each<[string, Record<string, unknown>, string[]]>([
    ['a digest that is none', { criterionDigest: 'abc' }, ['results', '0', 'criterionDigest']],
    ['more passed attempts than attempts', { attempts: 1, passedAttempts: 2 }, ['results', '0', 'passedAttempts']],
    ['a pass without a passed attempt', { passedAttempts: 0 }, ['results', '0', 'passedAttempts']],
    ['a failure that always passed', { outcome: 'FAILED', attempts: 2, passedAttempts: 2 }, ['results', '0', 'passedAttempts']],
    ['attempts of what was skipped', { outcome: 'SKIPPED', attempts: 1 }, ['results', '0', 'attempts']],
    ['no attempts', { attempts: 0 }, ['results', '0', 'attempts']],
    ['time that runs back', { durationMs: -1 }, ['results', '0', 'durationMs']],
    ['an output that is too long', { output: 'x'.repeat(65_537) }, ['results', '0', 'output']],
    ['an address that is none', { url: 'javascript:alert(1)' }, ['results', '0', 'url']],
    ['no criterion', { criterion: '' }, ['results', '0', 'criterion']],
  ])('with %s is refused, and nothing is recorded', async (_name, more, path) => {
    const project = await newProject()
    expect(await report(workspace, project, { results: [result(BUILDS, 'PASSED', more)] })).toMatchObject({ code: 'VALIDATION_FAILED', path })
    expect(await evidenceOf(project)).toEqual([])
  })

  test.each<[string, Parameters<typeof report>[2], string[]]>([
    ['a short commit', { run: { commit: 'abc1234' } }, ['run', 'commit']],
    ['an ancestor that is none', { run: { ancestors: ['HEAD~1'] } }, ['run', 'ancestors', '0']],
    ['too many ancestors', { run: { ancestors: Array.from({ length: 101 }, () => commit('b')) } }, ['run', 'ancestors']],
    ['ancestors of no branch', { run: { branch: null, ancestors: [commit('b')] } }, ['run', 'ancestors']],
    ['a branch without a name', { run: { branch: '' } }, ['run', 'branch']],
    ['an end before its beginning', { run: { finishedAt: '2020-01-01T00:00:00Z' } }, ['run', 'finishedAt']],
    ['an id that is none', { run: { id: 'run-1' } }, ['id']],
    ['two results of one criterion', { results: [result(BUILDS, 'PASSED'), result(BUILDS, 'FAILED')] }, ['results', '1']],
    ['too many results', { results: Array.from({ length: 201 }, (_, n) => result({ text: `C${n}` }, 'PASSED')) }, ['results']],
    ['too much output', { results: Array.from({ length: 9 }, (_, n) => result({ text: `C${n}` }, 'PASSED', { output: 'x'.repeat(65_000) })) }, ['results']],
  ])('of a run with %s is refused', async (_name, reported, path) => {
    expect(await report(workspace, await newProject(), reported)).toMatchObject({ code: 'VALIDATION_FAILED', path })
  })
})

test('who may not run checks records nothing, and an archived project takes nothing', async () => {
  const project = await newProject()
  const { userId } = await addPerson(workspace, { name: 'Cora' })
  const ctx = workspace.context({ ...workspace.actor, userId, organisationRole: 'Member', defaultRole: 'Contributor' })
  expect(await report(workspace, project, { ctx })).toMatchObject({ code: 'FORBIDDEN' })
  await workspace.run('mutation ($id: ID!) { archiveProject(input: { projectId: $id }) { __typename } }', { id: project })
  expect(await report(workspace, project, {})).toMatchObject({ code: 'POLICY_REFUSED' })
})
