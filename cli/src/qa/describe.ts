/** How checks and what came of them read for people. */
import { t } from '../text/text.ts'
import type { CheckOutcome } from '@buildrunner/sdk/quality'
import { oneLine } from '../plan/describe.ts'
import { totalsOf, type RunReport } from './run-checks.ts'
import type { Style } from '../core/style.ts'
import type { Reported } from './report.ts'
import type { Result } from './runner.ts'

/** Of what a failed check printed; all of it goes into reports. */
const SHOWN_LINES = 30

export function outcomeSymbol(outcome: CheckOutcome, style: Style): string {
  switch (outcome) {
    case 'passed':
      return style.green('✓')
    case 'failed':
      return style.red('✗')
    case 'errored':
      return style.yellow('!')
    case 'skipped':
      return style.dim('–')
  }
}

export const durationText = (durationMs: number): string =>
  durationMs < 1000 ? t('{durationMs} ms', { durationMs: Math.round(durationMs) }) : durationMs < 60_000 ? `${(durationMs / 1000).toFixed(1)} s` : t('{durationMs} min {durationMs2} s', { durationMs: Math.floor(durationMs / 60_000), durationMs2: Math.round((durationMs % 60_000) / 1000) })

/** One line; of what did not pass also the end of what it printed. */
export function resultLines({ target, outcome, message, output, durationMs, attempts }: Result, style: Style): string[] {
  const time = attempts === 0 ? '' : `  ${style.dim(durationText(durationMs))}`
  const line = `${outcomeSymbol(outcome, style)} ${style.bold(oneLine(target.item))}  ${oneLine(target.text)}  ${outcome === 'passed' || outcome === 'skipped' ? style.dim(message) : message}${time}`
  if (outcome === 'passed' || outcome === 'skipped' || output.trim() === '') return [line]
  const lines = output.trimEnd().split(/\r\n|\r|\n/)
  const left = lines.length - SHOWN_LINES
  return [line, ...(left > 0 ? [style.dim(`    ${t('… {left, plural, one {# line} other {# lines}} before', { left })}`)] : []), ...lines.slice(-SHOWN_LINES).map((each) => `    ${each}`)]
}

/** How a run ended. */
export function summaryLines({ results, withoutCheck, unchanged, startedAt, finishedAt, state, hasMoved }: RunReport, style: Style): string[] {
  const { passed, failed, errored, skipped } = totalsOf(results)
  const parts = [
    passed > 0 ? style.green(t('{passed} passed', { passed })) : '', failed > 0 ? style.red(t('{failed} failed', { failed })) : '', errored > 0 ? style.yellow(t('{errored} could not be carried out', { errored })) : '',
    skipped > 0 ? t('{skipped} skipped', { skipped }) : '', unchanged > 0 ? style.dim(t('{unchanged} passed before on just these files', { unchanged })) : '',
  ].filter((part) => part !== '')
  const head = results.length + unchanged === 0 ? t('There is nothing to check.') : `${t('{count, plural, one {# check} other {# checks}}', { count: results.length })}: ${parts.join(', ')}  ${style.dim(durationText(finishedAt.getTime() - startedAt.getTime()))}`
  const at = state === null ? [] : [style.dim(`${t('at {commit}', { commit: state.commit.slice(0, 10) })}${state.branch === null ? '' : ` ${t('on {branch}', { branch: oneLine(state.branch) })}`}${state.dirty ? t(', with changes that are not committed') : ''}`)]
  const moved = hasMoved ? [style.yellow(t('Another commit was checked out while checks ran, so these results are of neither.'))] : []
  const bare = withoutCheck > 0 ? [style.dim(t('{withoutCheck, plural, one {# criterion without a check: nothing verifies it} other {# criteria without a check: nothing verifies them}}', { withoutCheck }))] : []
  return [head, ...at, ...moved, ...bare]
}

/** What became of the report to the server. */
export function reportedLines(reported: Reported, style: Style): string[] {
  switch (reported.status) {
    case 'reported': {
      const { recorded, notes, runId } = reported
      const head = `${style.green('✓')} ${t('{recorded, plural, one {# result is evidence} other {# results are evidence}} on the server', { recorded })}  ${style.dim(runId)}`
      return [head, ...notes.map(({ item, criterion, message }) => `${style.yellow('!')} ${style.bold(oneLine(item))}  ${oneLine(criterion)}  ${oneLine(message)}`)]
    }
    case 'not-reported':
      return [style.dim(t('Not reported: {reason}.', { reason: reported.reason }))]
    case 'failed':
      return [`${style.red('✗')} ${t('Not reported: {message}', { message: reported.error.message })}${reported.kept ? ` ${t('The next run sends it.')}` : ''}`, ...(reported.error.remedy === undefined ? [] : [`  ${style.dim(reported.error.remedy)}`])]
  }
}
