/** `br queue status`: what waits for the server, and what failed. Asks no server. */
import * as fs from 'node:fs'
import { examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { eachQueue, queueOf, type ProjectQueue } from '../../offline/queues.ts'
import { changeLines, oneLine } from '../../plan/describe.ts'
import { loadPlan } from '../../plan/session.ts'
import { resolveSettings } from '../../server/settings.ts'
import { patchOf } from '../../sync/base.ts'
import { unsyncedChanges } from '../../sync/unsynced.ts'
import { t } from '../../text/text.ts'
import type { QueueItem } from '@buildrunner/sdk/offline'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'
import type { Command } from 'commander'

export type StatusOptions = PlanFileOptions & ServerOptions

/** What the plan file has that the server does not. */
interface FileQueue {
  plan: string
  projectId: string
  /** Null when the cache of the last sync is not here: br plan diff asks the server. */
  changes: PlanChange[] | null
  openConflicts: boolean
}

export function define(command: Command): void {
  planFileOption(serverOptions(command, { project: true }))
  examples(command, [
    ['br queue status', 'changes of the plan file, and what was queued offline; one line each'],
    ['br queue status --json | jq "[.projects[].items[] | select(.state == \\"failed\\")]"', 'what needs you'],
  ])
}

export async function run(context: Context, options: StatusOptions): Promise<void> {
  const { baseUrl, projectId } = resolveSettings(context, options)
  const workspace = findWorkspace(context.cwd, options.file)
  const loaded = options.file !== undefined || fs.existsSync(workspace.planFile) ? loadPlan(workspace) : undefined
  const mark = loaded?.plan['x-sync']
  const since = loaded !== undefined && mark !== undefined ? unsyncedChanges(workspace, mark, loaded.flat, baseUrl) : null
  const file: FileQueue | null =
    mark === undefined ? null : { plan: workspace.displayPath, projectId: mark.projectId, changes: since?.changes ?? null, openConflicts: patchOf(mark).length > 0 }
  const projects = await eachQueue(context, baseUrl, projectId ?? mark?.projectId, queueOf)
  const { style } = context.out
  context.out.result({ file, projects }, () => {
    const lines = [...(file === null ? [] : fileLines(file, since?.before, style)), ...projects.flatMap((queue) => queueLines(queue, style))]
    return lines.length === 0 ? `${style.green('✓')} ${t('nothing waits here')}` : lines
  })
}

function fileLines({ plan, changes, openConflicts }: FileQueue, before: FlatPlan | undefined, style: Style): string[] {
  const count = changes === null ? style.dim(t('changes since the last sync are not known here (br plan diff asks the server)')) : changes.length === 0 ? `${style.green('✓')} ${t('nothing to send')}` : t('{count, plural, one {# change} other {# changes}}', { count: changes.length })
  return [
    `${style.bold(plan)}  ${count}${openConflicts ? `  ${style.red(t('conflicts are open'))} (br conflicts list)` : ''}`,
    ...(before === undefined ? [] : changeLines(changes ?? [], before, style).map((line) => `  ${line}`)),
  ]
}

function queueLines({ name, items, conflicts }: ProjectQueue, style: Style): string[] {
  const failed = items.filter(({ state }) => state === 'failed').length
  const facts = [t('{items} waiting', { items: items.length - failed }), ...(failed > 0 ? [style.red(t('{failed} failed', { failed }))] : []), ...(conflicts > 0 ? [style.red(t('{count, plural, one {# conflict} other {# conflicts}}', { count: conflicts }))] : [])]
  return [
    `${style.bold(oneLine(name))}  ${facts.join('  ')}`,
    ...items.map(({ id, label, state, error, attempts }) => {
      const sign = state === 'failed' ? style.red('✗') : style.dim('↑')
      return `  ${sign} ${style.dim(id.slice(0, 8))}  ${oneLine(label)}${error === null ? '' : `  ${style.dim(reasonOf(error, attempts))}`}`
    }),
  ]
}

function reasonOf({ code, message, rule, line }: NonNullable<QueueItem['error']>, attempts: number): string {
  const said = { code, message: oneLine(message) }
  if (rule !== undefined && line !== undefined) return t('{code}: {message} (rule {rule}, line {line})', { ...said, rule, line })
  return attempts > 1 ? t('{code}: {message} ({attempts} attempts)', { ...said, attempts }) : t('{code}: {message}', said)
}
