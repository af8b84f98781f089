/** `br sync`: bring plan and server together, and send what was queued offline. */
import * as fs from 'node:fs'
import { Option, type Command } from 'commander'
import { append, examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { findWorkspace, PLAN_PATH } from '../../files/workspace.ts'
import { hasStore } from '../../offline/folder.ts'
import { connect } from '../../server/connection.ts'
import { resolveSettings } from '../../server/settings.ts'
import { projectFor } from '../../sync/project.ts'
import { readForSync } from '../../sync/reading.ts'
import { reportLines } from '../../sync/report.ts'
import { syncPlan, type SyncMode, type SyncTask } from '../../sync/sync.ts'
import { msg, t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Connection } from '../../server/connection.ts'

export interface SyncOptions extends PlanFileOptions, ServerOptions {
  push?: boolean
  pull?: boolean
  dryRun?: boolean
  keep?: 'local' | 'remote'
  item?: string[]
  retryFailed?: boolean
}

export function define(command: Command): void {
  command
    .option('--push', 'only send; refused when the server has news')
    .option('--pull', 'only take what is new on the server')
    .option('--dry-run', 'show what would happen; write nothing, here or there')
    .addOption(new Option('--keep <side>', 'decide conflicts').choices(['local', 'remote']))
    .option('--item <id>', 'with --keep: only this conflict, as ID or ID.field (may be repeated)', append)
    .option('--retry-failed', 'and queue what failed anew (br queue status)')
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br sync', 'the plan file, then what was queued offline; exit code 4 when conflicts or failed writes are left'],
    ['br sync --retry-failed', 'what failed is sent again'],
    ['br sync --project my-app   # in a folder without a plan', 'a copy of the project to work on with --offline'],
    ['br sync --project my-app', 'the first time: links the plan to the project'],
    ['br sync --dry-run', 'what would happen'],
    ['br sync --keep remote --item T3.title', 'decide one conflict for the server'],
    ['br sync --keep local', 'decide all others for the file'],
  ])
}

export async function run(context: Context, options: SyncOptions): Promise<number> {
  const mode = modeOf(options)
  const workspace = findWorkspace(context.cwd, options.file)
  if (options.file === undefined && resolveSettings(context, options).projectId !== undefined && !fs.existsSync(workspace.planFile)) return syncQueue(context, options)
  // A plan with errors is refused before anyone is asked for a key.
  context.out.progress(t('Reading the plan…'))
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
    onProgress: (phase) => context.out.progress(t(PHASES[phase])),
  }
  const report = await syncPlan(task, reading)
  const queue = options.dryRun === true || mode === 'pull' ? undefined : await sendQueue(context, options, connection, projectId)
  const { before, ...data } = report
  context.out.result({ ...data, ...(queue !== undefined && { queue: queue.report }) }, () => [...reportLines(report, before, context.out.style), ...(queue?.lines ?? [])])
  return report.conflicts.length > 0 || queue?.needsDecision === true ? EXIT.conflicts : EXIT.ok
}

/** What was queued beside the plan file, comments first of all; most devices have nothing, and load nothing for it. */
async function sendQueue(context: Context, { retryFailed = false }: SyncOptions, connection: Connection, projectId: string) {
  if (!hasStore(context, connection.settings.baseUrl)) return undefined
  const { drainIfQueued, needsDecision, queueLines } = await import('../../offline/drain.ts')
  const report = await drainIfQueued(context, connection, projectId, { retryFailed })
  return report && { report, lines: queueLines(report, context.out.style), needsDecision: needsDecision(report) }
}

/** Without a plan file: this device's copy of the project that is named, and what was queued for it. */
async function syncQueue(context: Context, options: SyncOptions): Promise<number> {
  const other = (['push', 'pull', 'dryRun', 'keep'] as const).find((name) => options[name] !== undefined)
  if (other !== undefined) throw failure('PLAN_NOT_FOUND', { path: PLAN_PATH })
  const connection = await connect(context, options)
  const { id } = await connection.project(connection.settings.projectId!)
  context.out.progress(PHASES.sending)
  const { drainQueue, needsDecision, queueLines } = await import('../../offline/drain.ts')
  const queue = await drainQueue(context, connection, id, { retryFailed: options.retryFailed === true })
  context.out.result({ queue }, () => queueLines(queue, context.out.style))
  return needsDecision(queue) ? EXIT.conflicts : EXIT.ok
}

const PHASES = {
  base: msg('Finding what changed since the last sync…'),
  sending: msg('Merging with the server…'),
  writing: msg('Writing the plan…'),
} as const

function modeOf({ push, pull, keep, item }: SyncOptions): SyncMode {
  if (push === true && pull === true) throw failure('USAGE', { text: t('--push and --pull exclude each other.'), remedy: t('Without both, br sync does both.') })
  if (item !== undefined && keep === undefined) throw failure('USAGE', { text: t('--item needs --keep local or --keep remote.') })
  return push === true ? 'push' : pull === true ? 'pull' : 'both'
}
