/** `br plan diff`: what changed since the last sync, against the server, or against another plan file. */
import { describeChanges, diffPlans, flattenPlan, type FlatPlan, type Plan } from '@buildrunner/sdk/plans'
import { examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { findWorkspace, readTextFile } from '../../files/workspace.ts'
import { changeLines } from '../../plan/describe.ts'
import { loadPlan, parseLoaded, type LoadedPlan } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Workspace } from '../../files/workspace.ts'
import type { Command } from 'commander'

export interface DiffOptions extends PlanFileOptions, ServerOptions {
  base?: boolean
  remote?: boolean
}

export function define(command: Command): void {
  command
    .argument('[file]', 'another plan file, to compare from')
    .option('--base', 'from the last sync to the file (the default)')
    .option('--remote', 'from the server, as it is now, to the file')
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br plan diff', 'what you changed since the last sync'],
    ['br plan diff --remote', 'how the file differs from the server'],
    ['br plan diff old.json', 'from another file to this plan'],
    ['git show main:buildrunner/specs/plan.json > old.json; br plan diff old.json', 'from another branch'],
  ])
}

export async function run(context: Context, options: DiffOptions, [file]: string[]): Promise<void> {
  if ([options.base, options.remote, file !== undefined].filter((chosen) => chosen === true).length > 1)
    throw failure('USAGE', { text: t('--base, --remote and a file exclude each other.') })
  const workspace = findWorkspace(context.cwd, options.file)
  const loaded = loadPlan(workspace)
  const [from, name] =
    file !== undefined ? [parseLoaded(readTextFile(context.cwd, file), file).flat, file] : await serverSide(context, options, workspace, loaded)
  const changes = diffPlans(from, loaded.flat)
  const { style } = context.out
  context.out.result({ from: name, changes, difference: describeChanges(from, loaded.flat) }, () =>
    changes.length === 0
      ? `${style.green('✓')} ${`${t('no difference')} ${style.dim(t('from {name}', { name }))}`}`
      : [style.dim(t('from {name} to {displayPath}', { name, displayPath: workspace.displayPath })), ...changeLines(changes, from, style)],
  )
}

async function serverSide(context: Context, options: DiffOptions, workspace: Workspace, { plan }: LoadedPlan): Promise<[FlatPlan, string]> {
  const { connect } = await import('../../server/connection.ts')
  const { projectFor } = await import('../../sync/project.ts')
  const { findBase } = await import('../../sync/base.ts')
  const mark = plan['x-sync']
  if (options.remote !== true && mark === undefined)
    throw failure('USAGE', {
      text: t('The plan was never synced: there is no base to compare with.'),
      remedy: t('Name a file (br plan diff old.json), or pass --remote with --project.'),
    })
  const connection = await connect(context, options)
  const projectId = await projectFor(context, connection, workspace, mark)
  if (options.remote === true) {
    const { document, sequence } = await connection.ask(connection.client.planning.getDocument({ projectId }))
    return [flattenPlan(document as Plan), t('the server at {sequence}', { sequence })]
  }
  const base = await findBase({ connection, projectId, mark, stateFile: workspace.stateFile })
  return [base.flat, t('the last sync ({sequence})', { sequence: base.sequence })]
}
