/** `br qa watch`: carries checks out, and again when files change, until Ctrl-C. */
import * as fs from 'node:fs'
import { examples, planFileOption } from '../../core/command.ts'
import { CliError } from '../../core/errors.ts'
import { findWorkspace, type Workspace } from '../../files/workspace.ts'
import { resultLines, summaryLines } from '../../qa/describe.ts'
import { reportData } from '../../qa/formats.ts'
import { runChecks, type RunRequest } from '../../qa/run-checks.ts'
import { TreeWatcher } from '../../qa/watch-files.ts'
import { readRequest, whichChecks, type RunOptions } from './run.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  whichChecks(command)
    .option('-j, --jobs <count>', 'how many checks at a time (default: as many as there are processors, at most 8)')
    .option('--bail', 'end a round at the first check that does not pass')
    .option('--trust <digest>', 'let the plan do what it says, while this is its digest')
  planFileOption(command)
  examples(command, [
    ['br qa watch T3', 'while you work on an item'],
    ['br qa watch --json', 'one JSON object a line, for each round'],
  ])
}

export async function run(context: Context, options: Omit<RunOptions, 'report'>, ids: string[]): Promise<never> {
  const workspace = findWorkspace(context.cwd, options.file)
  const request = readRequest(options, ids)
  const watcher = await TreeWatcher.open(fs.realpathSync(workspace.root), context.env)
  // What changes while checks run may be a person's work, or the checks' own: such a file causes one more round, and that one no other.
  for (let known: ReadonlySet<string> = new Set(); ; ) {
    const hasRun = await round(context, workspace, request)
    const changed = await watcher.takeChanged()
    const isNews = [...changed].some((file) => !hasRun || !known.has(file))
    known = hasRun ? changed : new Set()
    if (!isNews) await watcher.next()
  }
}

/** What is wrong with the plan, or not agreed to, is said; the next change may mend it. @returns whether checks were carried out */
async function round(context: Context, workspace: Workspace, request: RunRequest): Promise<boolean> {
  const { out } = context
  try {
    const report = await runChecks(context, workspace, { ...request, onResult: (result) => out.lines(resultLines(result, out.style)) })
    if (out.json) out.raw(`${JSON.stringify(reportData(report))}\n`)
    else out.lines(['', ...summaryLines(report, out.style), '', out.style.dim(t('Waiting for changes; Ctrl-C ends it.'))])
    return true
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    out.error(error)
    return false
  }
}
