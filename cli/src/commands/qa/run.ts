/** `br qa run`: carries the checks of the plan out, and reports what came of them as evidence. */
import { Option, type Command } from 'commander'
import { CHECK_KINDS } from '@buildrunner/sdk/quality'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import path from 'node:path'
import { collect, examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { EXIT, type ExitCode } from '../../core/exit-codes.ts'
import { createStyle } from '../../core/style.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { reportedLines, resultLines, summaryLines } from '../../qa/describe.ts'
import { FORMATS, junitText, reportData, reportedData, type Format } from '../../qa/formats.ts'
import { defaultJobs, readCount } from '../../qa/jobs.ts'
import { Progress } from '../../qa/progress.ts'
import { reportRun, type Reported } from '../../qa/report.ts'
import { readKinds, runChecks, totalsOf, type RunReport, type RunRequest } from '../../qa/run-checks.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { TrustOptions } from '../../qa/ask-trust.ts'

const PLAIN = createStyle(false)

export interface RunOptions extends PlanFileOptions, ServerOptions, TrustOptions {
  milestone?: string
  kind?: string[]
  changed?: boolean
  jobs?: string
  bail?: boolean
  repeat?: string
  format?: Format
  output?: string
  report: boolean
}

/** Which checks: of what, and of which kinds. */
export const whichChecks = (command: Command): Command =>
  command
    .argument('[ids...]', 'only these items and what lies in them (default: the whole plan)')
    .option('-m, --milestone <id>', 'only this milestone')
    .addOption(new Option('--kind <kinds>', t('only checks of these kinds: {kinds}', { kinds: CHECK_KINDS.join(', ') })).argParser(collect))

export function define(command: Command): void {
  whichChecks(command)
    .option('--changed', 'only what did not pass yet on just these files')
    .option('-j, --jobs <count>', 'how many checks at a time (default: as many as there are processors, at most 8)')
    .option('--bail', 'end everything at the first check that does not pass')
    .option('--repeat <count>', 'carry each command and request out so often, to find what is flaky')
    .addOption(new Option('--format <format>', 'how results are written').choices(FORMATS))
    .option('-o, --output <file>', 'write results to a file (default format by its name: .json, .xml)')
    .option('--no-report', 'tell the server nothing (default: results become evidence there, if the plan is linked to a project)')
    .option('--trust <digest>', 'let the plan do what it says, if this is its digest (br qa trust --show)')
  planFileOption(command)
  serverOptions(command, { project: true })
  examples(command, [
    ['br qa run', 'every check of the plan'],
    ['br qa run T3 --repeat 10', 'is a check of T3 flaky?'],
    ['br qa run --changed --bail', 'before a commit'],
    ['br qa run -o reports/qa.xml', 'also as JUnit XML, for CI'],
  ])
}

export async function run(context: Context, options: RunOptions, ids: string[]): Promise<ExitCode> {
  const { out } = context
  const workspace = findWorkspace(context.cwd, options.file)
  const file = options.output === undefined ? undefined : path.resolve(context.cwd, options.output)
  const format = options.format ?? (file === undefined ? 'text' : formatOf(file))
  const isText = !out.json && (file !== undefined || format === 'text')
  const progress = new Progress(out)
  const report = await runChecks(context, workspace, {
    ...readRequest(options, ids),
    onSelect: (targets) => progress.begin(targets.length),
    onBegin: (targets) => progress.add(targets),
    onResult: (result) => {
      progress.remove(result.target)
      if (isText) out.lines(resultLines(result, out.style))
    },
  }).finally(() => progress.end())
  if (file !== undefined) writeFileAtomic(file, written(report, format), { createFolder: true })
  const reported = options.report ? await reportRun(context, options, workspace, report) : undefined
  if (isText) out.lines(['', ...summaryLines(report, out.style), ...(reported === undefined ? [] : reportedLines(reported, out.style))])
  else if (out.json) out.result({ ...reportData(report), reported: reportedData(reported) }, () => [])
  else out.raw(written(report, format))
  return exitCodeOf(report, reported)
}

/** What a run is asked for. @throws INVALID_VALUE */
export const readRequest = (options: Omit<RunOptions, 'report'>, items: readonly string[]): RunRequest => ({
  items,
  milestone: options.milestone,
  kinds: readKinds(options.kind),
  changed: options.changed === true,
  bail: options.bail === true,
  jobs: readCount('--jobs', options.jobs, defaultJobs()),
  repeat: readCount('--repeat', options.repeat, 1),
  trust: options.trust,
})

/** A check that did not pass weighs more than a server that could not be told. */
function exitCodeOf(report: RunReport, reported: Reported | undefined): ExitCode {
  const { failed, errored } = totalsOf(report.results)
  if (failed + errored > 0) return EXIT.checksFailed
  return reported?.status === 'failed' ? reported.error.exitCode : EXIT.ok
}

/** @throws USAGE */
function formatOf(file: string): Format {
  const format = ({ '.json': 'json', '.xml': 'junit', '.txt': 'text' } as Record<string, Format>)[path.extname(file).toLowerCase()]
  if (format === undefined) throw failure('USAGE', { text: t('The name of {file} does not say in which format to write it.', { file: path.basename(file) }), remedy: t('Pass --format with one of {FORMATS}.', { FORMATS: FORMATS.join(', ') }) })
  return format
}

function written(report: RunReport, format: Format): string {
  if (format === 'junit') return junitText(report)
  if (format === 'json') return `${JSON.stringify(reportData(report), null, 2)}\n`
  return `${[...report.results.flatMap((result) => resultLines(result, PLAIN)), '', ...summaryLines(report, PLAIN)].join('\n')}\n`
}
