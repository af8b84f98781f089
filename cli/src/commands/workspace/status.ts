/** `br status`: progress, the link to the server, and what is not synced yet. Asks no server. */
import * as fs from 'node:fs'
import { blockedItems, progressOf, readySet, type ProgressFigures } from '@buildrunner/sdk/plans'
import { examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { bar, table, truncate, type Style } from '../../core/style.ts'
import { findWorkspace, type Workspace } from '../../files/workspace.ts'
import { countKinds, number, oneLine } from '../../plan/describe.ts'
import { loadPlan, type LoadedPlan } from '../../plan/session.ts'
import { resolveSettings, type Settings } from '../../server/settings.ts'
import { patchOf } from '../../sync/base.ts'
import { unsyncedChanges } from '../../sync/unsynced.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export type StatusOptions = PlanFileOptions & ServerOptions

interface Link {
  projectId: string
  sequence: number
  /** Changes since the last sync; null when the cache of that sync is not here. */
  unsynced: number | null
  /** A conflict waits for a decision. */
  openConflicts: boolean
}

export function define(command: Command): void {
  planFileOption(serverOptions(command, { project: false }))
  examples(command, [
    ['br status', 'progress by milestone, and the link to the server'],
    ['br status --json | jq .progress.percent', 'one figure for a script'],
  ])
}

export function run(context: Context, options: StatusOptions): void {
  const workspace = findWorkspace(context.cwd, options.file)
  const settings = resolveSettings(context, options)
  const signedIn = settings.apiKey !== undefined
  const server = { baseUrl: settings.baseUrl, baseUrlFrom: settings.baseUrlFrom, signedIn, ...(signedIn ? { apiKeyFrom: settings.apiKeyFrom } : {}) }
  if (!fs.existsSync(workspace.planFile)) {
    context.out.result({ plan: null, ...server }, () => [
      context.out.style.dim(t('No plan here. br init creates one.')),
      '',
      ...serverLines(settings, context.out.style),
    ])
    return
  }
  const loaded = loadPlan(workspace)
  const { plan, flat, problems } = loaded
  const link = linkOf(workspace, loaded, settings)
  const { of: parts, ...progress } = progressOf(flat)
  const milestones = parts.map(({ id, kind: _, ...figures }) => ({ id, title: flat.items.get(id)?.fields.title ?? '', progress: figures }))
  const [ready, blocked] = [readySet(flat).length, blockedItems(flat).length]
  const data = {
    plan: workspace.displayPath,
    project: plan.project,
    counts: countKinds(flat),
    progress,
    milestones,
    ready,
    blocked,
    warnings: problems.length,
    link,
    ...server,
  }
  context.out.result(data, () => {
    const { style, width } = context.out
    const figures = [t('{ready} ready', { ready: style.green(String(ready)) }), t('{blocked} blocked', { blocked: blocked > 0 ? style.red(String(blocked)) : '0' }), t('{inProgress} in progress', { inProgress: progress.inProgress })]
    return [
      `${style.bold(oneLine(plan.project.name))}  ${style.dim(workspace.displayPath)}`,
      '',
      ...progressLines(milestones, progress, width, style),
      '',
      [...figures, ...(problems.length > 0 ? [`${style.yellow(t('{count, plural, one {# warning} other {# warnings}}', { count: problems.length }))} (br lint)`] : [])].join('   '),
      '',
      ...linkLines(link, style),
      ...serverLines(settings, style),
    ]
  })
}

function linkOf(workspace: Workspace, { plan, flat }: LoadedPlan, { baseUrl }: Settings): Link | null {
  const mark = plan['x-sync']
  if (mark === undefined) return null
  return {
    projectId: mark.projectId,
    sequence: mark.sequence,
    unsynced: unsyncedChanges(workspace, mark, flat, baseUrl)?.changes.length ?? null,
    openConflicts: patchOf(mark).length > 0,
  }
}

function progressLines(
  milestones: readonly { id: string; title: string; progress: ProgressFigures }[],
  all: ProgressFigures,
  width: number,
  style: Style,
): string[] {
  if (milestones.length === 0) return [style.dim(t('No milestones yet. br plan add "First milestone"'))]
  const titleWidth = Number.isFinite(width) ? Math.max(12, Math.min(48, width - 52)) : 48
  const row = (id: string, title: string, progress: ProgressFigures): string[] => [
    style.bold(id),
    truncate(oneLine(title), titleWidth),
    bar(progress.percent / 100, 20, style),
    `${number(progress.percent)} %`,
    style.dim(t('{done} of {total}', { done: progress.done, total: progress.total })),
  ]
  const rows = milestones.map(({ id, title, progress }) => row(id, title, progress))
  return table(milestones.length > 1 ? [...rows, row('', 'all', all)] : rows, { right: [3] })
}

function linkLines(link: Link | null, style: Style): string[] {
  if (link === null) return [`${style.dim(`${t('link')}  `)}  ${t('none {value}', { value: style.dim(t('(br projects create NAME --link, or br sync --project ID)')) })}`]
  const unsynced =
    link.unsynced === null
      ? style.dim(t('changes since are not known here (br plan diff asks the server)'))
      : link.unsynced === 0
        ? style.green(t('nothing to send'))
        : style.yellow(t('{unsynced, plural, one {# change} other {# changes}} to send', { unsynced: link.unsynced }))
  return [
    `${style.dim(`${t('link')}  `)}  ${t('{projectId} at {sequence}', { projectId: link.projectId, sequence: link.sequence })}   ${unsynced}${link.openConflicts ? `   ${style.red(t('conflicts are open'))} (br sync)` : ''}`,
  ]
}

function serverLines({ baseUrl, baseUrlFrom, apiKey, apiKeyFrom }: Settings, style: Style): string[] {
  const key = apiKey === undefined ? `${style.yellow(t('not signed in'))} ${style.dim(t('(br login)'))}` : style.dim(t('key from {apiKeyFrom}', { apiKeyFrom }))
  return [`${style.dim(t('server'))}  ${baseUrl} ${style.dim(t('from {baseUrlFrom}', { baseUrlFrom }))}   ${key}`]
}
