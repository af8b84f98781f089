/** `br sync`: bring plan and server together. */
import { Option, type Command } from 'commander'
import { append, examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { connect } from '../../server/connection.ts'
import { projectFor } from '../../sync/project.ts'
import { readForSync } from '../../sync/reading.ts'
import { reportLines } from '../../sync/report.ts'
import { syncPlan, type SyncMode, type SyncTask } from '../../sync/sync.ts'
import type { Context } from '../../core/context.ts'

export interface SyncOptions extends PlanFileOptions, ServerOptions {
  push?: boolean
  pull?: boolean
  dryRun?: boolean
  keep?: 'local' | 'remote'
  item?: string[]
}

export function define(command: Command): void {
  command
    .option('--push', 'only send; refused when the server has news')
    .option('--pull', 'only take what is new on the server')
    .option('--dry-run', 'show what would happen; write nothing, here or there')
    .addOption(new Option('--keep <side>', 'decide conflicts').choices(['local', 'remote']))
    .option('--item <id>', 'with --keep: only this conflict, as ID or ID.field (may be repeated)', append)
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br sync', 'exit code 4 when conflicts are left'],
    ['br sync --project my-app', 'the first time: links the plan to the project'],
    ['br sync --dry-run', 'what would happen'],
    ['br sync --keep remote --item T3.title', 'decide one conflict for the server'],
    ['br sync --keep local', 'decide all others for the file'],
  ])
}

export async function run(context: Context, options: SyncOptions): Promise<number> {
  const mode = modeOf(options)
  const workspace = findWorkspace(context.cwd, options.file)
  // A plan with errors is refused before anyone is asked for a key.
  context.out.progress('Reading the plan…')
  const reading = readForSync(workspace)
  const connection = await connect(context, options)
  const projectId = await projectFor(context, connection, workspace, reading.local.plan['x-sync'])
  const task: SyncTask = {
    workspace,
    connection,
    projectId,
    mode,
    dryRun: options.dryRun === true,
    ...(options.keep === undefined ? {} : { keep: { side: options.keep, items: options.item ?? [] } }),
    onProgress: (phase) => context.out.progress(PHASES[phase]),
  }
  const report = await syncPlan(task, reading)
  const { before, ...data } = report
  context.out.result(data, () => reportLines(report, before, context.out.style))
  return report.conflicts.length > 0 ? EXIT.conflicts : EXIT.ok
}

const PHASES = {
  base: 'Finding what changed since the last sync…',
  sending: 'Merging with the server…',
  writing: 'Writing the plan…',
} as const

function modeOf({ push, pull, keep, item }: SyncOptions): SyncMode {
  if (push === true && pull === true) throw failure('USAGE', { text: '--push and --pull exclude each other.', remedy: 'Without both, br sync does both.' })
  if (item !== undefined && keep === undefined) throw failure('USAGE', { text: '--item needs --keep local or --keep remote.' })
  return push === true ? 'push' : pull === true ? 'pull' : 'both'
}
