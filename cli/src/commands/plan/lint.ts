/** `br lint`: every problem of the plan, with its place and its remedy. Loads nothing but the validator. */
import { parsePlan } from '@buildrunner/sdk/plans'
import path from 'node:path'
import { text as readStream } from 'node:stream/consumers'
import { examples, type PlanFileOptions } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { findWorkspace, readPlanText } from '../../files/workspace.ts'
import { countProblems, problemLines, problemSummary } from '../../plan/problems.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface LintOptions extends PlanFileOptions {
  strict?: boolean
}

export function define(command: Command): void {
  command.argument('[file]', 'the plan file; - reads stdin (default: the nearest buildrunner/specs/plan.json)').option('--strict', 'warnings fail too')
  examples(command, [
    ['br lint', 'exit code 3 when the plan has errors'],
    ['br lint --strict', 'and when it has warnings'],
    ['git show main:buildrunner/specs/plan.json | br lint -', 'a plan from a pipe'],
    ['br lint --json', 'problems as data'],
  ])
}

export async function run(context: Context, options: LintOptions, [file]: string[]): Promise<number> {
  const { out } = context
  const { text, display } = await source(context, file)
  const { problems } = parsePlan(text)
  const counts = countProblems(problems)
  out.result({ file: display, ...counts, problems }, () => [
    ...problemLines(problems, { path: display, style: out.style, text: out.isTerminal ? text : undefined }),
    `${problemSummary(counts, out.style)} ${out.style.dim(t('in {display}', { display }))}`,
  ])
  return counts.errors > 0 || (options.strict === true && counts.warnings > 0) ? EXIT.planErrors : EXIT.ok
}

async function source(context: Context, file: string | undefined): Promise<{ text: string; display: string }> {
  if (file === '-') return { text: await readStream(context.stdin), display: '(stdin)' }
  const workspace = findWorkspace(context.cwd, file)
  return { text: readPlanText(workspace), display: file === undefined ? workspace.displayPath : path.normalize(file) }
}
