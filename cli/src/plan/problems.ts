/** How problems of a plan read for people. */
import { t } from '../text/text.ts'
import type { PlanProblem } from '@buildrunner/sdk/plans'
import { displayWidth, type Style } from '../core/style.ts'

export interface ProblemsOptions {
  /** The path that `path:line:column` begins with. */
  path: string
  style: Style
  /** The source, for a frame of the line; without it no frames are drawn. */
  text?: string | undefined
}

/** One problem after another: place, severity, code, message, remedy, and the line it stands on. */
export function problemLines(problems: readonly PlanProblem[], { path, style, text }: ProblemsOptions): string[] {
  const source = text === undefined ? undefined : text.split(/\r\n|\n|\r/)
  return problems.flatMap((problem) => {
    const place =
      problem.line === undefined ? `${path}${problem.pointer === '' ? '' : ` ${problem.pointer}`}` : `${path}:${problem.line}:${problem.column ?? 1}`
    const severity = problem.severity === 'error' ? style.red(t('error')) : style.yellow(t('warning'))
    const lines = [`${style.bold(place)}  ${severity} ${style.dim(problem.code)}  ${problem.message}`]
    if (source !== undefined && problem.line !== undefined) lines.push(...frame(source, problem.line, problem.column ?? 1, style))
    lines.push(`  ${style.dim(problem.remedy)}`)
    return lines
  })
}

/** The line with a caret under the column; long lines are cut around it. */
function frame(source: readonly string[], line: number, column: number, style: Style): string[] {
  const whole = source[line - 1]
  if (whole === undefined) return []
  const start = Math.max(0, column - 61)
  const shown = whole.slice(start, start + 100).replaceAll('\t', ' ')
  const gutter = String(line)
  const caret = ' '.repeat(displayWidth(shown.slice(0, column - 1 - start)))
  return [`  ${style.dim(`${gutter} │`)} ${shown}`, `  ${style.dim(`${' '.repeat(gutter.length)} │`)} ${caret}${style.red('^')}`]
}

export function countProblems(problems: readonly PlanProblem[]): { errors: number; warnings: number } {
  const errors = problems.reduce((sum, problem) => sum + (problem.severity === 'error' ? 1 : 0), 0)
  return { errors, warnings: problems.length - errors }
}

export function problemSummary({ errors, warnings }: { errors: number; warnings: number }, style: Style): string {
  const parts = [errors > 0 ? style.red(t('{count, plural, one {# error} other {# errors}}', { count: errors })) : '', warnings > 0 ? style.yellow(t('{count, plural, one {# warning} other {# warnings}}', { count: warnings })) : ''].filter(
    (part) => part !== '',
  )
  return parts.length === 0 ? `${style.green('✓')} ${t('no problems')}` : `${errors > 0 ? style.red('✗') : style.yellow('!')} ${parts.join(', ')}`
}
