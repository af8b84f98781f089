/** What a run found, for other programs: JSON and JUnit XML. */
import { junitXml } from '@buildrunner/sdk/quality'
import { totalsOf, type RunReport } from './run-checks.ts'
import type { Reported } from './report.ts'
import type { Result } from './runner.ts'

export const FORMATS = ['text', 'json', 'junit'] as const
export type Format = (typeof FORMATS)[number]

const resultData = ({ target, outcome, message, output, durationMs, attempts, passedAttempts }: Result): Record<string, unknown> => ({
  item: target.item,
  title: target.title,
  criterion: target.criterion,
  text: target.text,
  kind: target.check.kind,
  outcome,
  message,
  durationMs,
  attempts,
  passedAttempts,
  output,
})

export const reportData = ({ id, state, hasMoved, startedAt, finishedAt, results, withoutCheck, unchanged }: RunReport): Record<string, unknown> => ({
  run: { id, commit: state?.commit ?? null, branch: state?.branch ?? null, dirty: state?.dirty ?? false, hasMoved, startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() },
  totals: totalsOf(results),
  withoutCheck,
  unchanged,
  results: results.map(resultData),
})

export const junitText = ({ project, results }: RunReport): string =>
  junitXml(project, results.map(({ target, outcome, message, output, durationMs }) => ({ suite: `${target.item} ${target.title}`, name: target.text, outcome, durationMs, message, output })))

/** Null where nothing was to be reported. */
export function reportedData(reported: Reported | undefined): Record<string, unknown> | null {
  if (reported === undefined) return null
  return reported.status === 'failed' ? { status: 'failed', error: reported.error.toReport(), kept: reported.kept } : { ...reported }
}
