/** Plans with checks, and reports of them, for tests. */
import type { AcceptanceCriterion, Plan } from '@buildrunner/sdk/plans'
import { criterionDigest, criterionKey } from '@buildrunner/sdk/quality'
import { newUuid } from '../../shared/ids.ts'
import type { TestWorkspace } from '../../testing/workspace.ts'

/** Criteria of the microstep `T-1`. */
export const BUILDS: AcceptanceCriterion = { id: 'builds', text: 'It builds.', check: { kind: 'command', run: 'npm run build' } }
export const TESTED: AcceptanceCriterion = { text: 'It is tested.', check: { kind: 'command', run: 'npm test' } }
export const PRETTY: AcceptanceCriterion = { id: 'pretty', text: 'It is pretty.', check: { kind: 'manual', by: 'QA' } }

/** A milestone of one step with two microsteps: `T-1` with two checks, `T-2` done without any criteria. */
export const checkedPlan = (): Plan => ({
  version: 1, project: { name: 'Checked' },
  milestones: [{
    id: 'M-1', title: 'First', phase: 'QA', acceptanceCriteria: [PRETTY],
    steps: [{ id: 'S-1', title: 'Step', microsteps: [{ id: 'T-1', title: 'One', status: 'in_progress', acceptanceCriteria: [BUILDS, TESTED] }, { id: 'T-2', title: 'Two', status: 'done' }] }],
  }],
})

/** A commit's name. */
export const commit = (digit: string): string => digit.repeat(40)

const RECORD = `mutation ($input: RecordQaRunInput!) { recordQaRun(input: $input) { __typename
  ... on Error { code message path } ... on RecordQaRunPayload { sequence recorded notes { item criterion code } run { id passed failed errored skipped finishedAt } } } }`

export interface Recorded {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly path?: readonly string[]
  readonly sequence: number
  readonly recorded: number
  readonly notes: readonly { item: string; criterion: string; code: string }[]
  readonly run: { id: string; passed: number; failed: number; errored: number; skipped: number; finishedAt: string | null }
}

export type Result = Readonly<Record<string, unknown>>

/** A result of a criterion of `T-1`. */
export const result = (criterion: AcceptanceCriterion, outcome: string, more: Result = {}): Result => ({
  item: 'T-1', criterion: criterionKey(criterion), criterionDigest: criterionDigest(criterion), checkKind: criterion.check?.kind.toUpperCase() ?? 'MANUAL', outcome, durationMs: 5, ...more,
})

export interface Reported {
  readonly run?: Result
  readonly results?: readonly Result[]
  readonly input?: Result
  readonly ctx?: ReturnType<TestWorkspace['context']>
}

/** Reports a run of `project`. Default: of nothing, on the first commit of main, by CI. */
export async function report(workspace: TestWorkspace, project: string, { run, results = [], input, ctx }: Reported): Promise<Recorded> {
  const at = workspace.services.clock.now().toISOString()
  const answer = await workspace.run<{ recordQaRun: Recorded }>(RECORD, {
    input: { projectId: project, run: { id: newUuid(), source: 'CI', commit: commit('a'), branch: 'main', startedAt: at, finishedAt: at, ...run }, results, ...input },
  }, ctx)
  if (answer.data?.recordQaRun === undefined) throw new Error(JSON.stringify(answer.errors))
  return answer.data.recordQaRun
}
