/** How a sync reads for people. */
import { changeLines, valueText } from '../plan/describe.ts'
import { conflictName } from './resolve.ts'
import { msg, t, translated } from '../text/text.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import { table, type Style } from '../core/style.ts'
import type { ConflictValue } from '@buildrunner/sdk'
import type { SyncReport } from './sync.ts'

const MAX_LINES = 30

export function reportLines(report: SyncReport, before: FlatPlan, style: Style): string[] {
  const { dryRun, conflicts, pulled, pushed, sequence } = report
  const changes = changeLines(pulled, before, style).map((line) => `  ${line}`)
  const shown = changes.length > MAX_LINES ? [...changes.slice(0, MAX_LINES), style.dim(`  ${t('and {changes} more', { changes: changes.length - MAX_LINES })}`)] : changes
  const lines = [summary(report, style), ...shown]
  if (conflicts.length > 0) lines.push('', ...conflicts.flatMap((conflict) => conflictLines(conflict, style)), decisionHint(conflicts, style))
  if (dryRun) lines.push(style.dim(t('Nothing was written (--dry-run).')))
  else if (pulled.length === 0 && pushed === 0 && conflicts.length === 0)
    return [`${style.green('✓')} ${t('file and server are equal {at}', { at: style.dim(t('at {sequence}', { sequence })) })}`]
  return lines
}

function summary({ dryRun, mode, pulled, pushed, conflicts, sequence }: SyncReport, style: Style): string {
  const parts = []
  if (mode !== 'push') parts.push(`${style.cyan('↓')} ${dryRun ? t('{pulled, plural, one {# change} other {# changes}} to take', { pulled: pulled.length }) : t('{pulled, plural, one {# change} other {# changes}} taken', { pulled: pulled.length })}`)
  if (mode !== 'pull') parts.push(`${style.cyan('↑')} ${dryRun ? t('{pushed, plural, one {# change} other {# changes}} to send', { pushed }) : t('{pushed, plural, one {# change} other {# changes}} sent', { pushed })}`)
  if (conflicts.length > 0) parts.push(style.red(t('{count, plural, one {# conflict} other {# conflicts}}', { count: conflicts.length })))
  return `${conflicts.length > 0 ? style.yellow('!') : style.green('✓')} ${parts.join('   ')}   ${style.dim(t('at {sequence}', { sequence }))}`
}

export const KINDS: Readonly<Record<string, string>> = {
  field: msg('changed on both sides'),
  'edit-delete': msg('changed on one side, removed on the other'),
  'move-delete': msg('moved on one side, removed on the other'),
  'move-move': msg('moved to two places'),
  'add-add': msg('added on both sides, with different content'),
  'child-of-deleted': msg('something was added under what the other side removed'),
  cycle: msg('the two edits together make a dependency cycle'),
  comment: msg('a comment, edited here and elsewhere'),
}

function conflictLines(conflict: ConflictValue, style: Style): string[] {
  const value = (side: unknown): string => (side === undefined || side === null ? style.dim(t('(absent)')) : valueText(side))
  return [
    `${style.red('✗')} ${style.bold(conflictName(conflict))}  ${style.dim(translated(KINDS[conflict.kind] ?? conflict.kind))}`,
    ...table(([[t('base'), conflict.base], [t('local'), conflict.local], [t('remote'), conflict.remote]] as const).map(([side, of]) => [style.dim(side), value(of)]), { indent: 4 }),
  ]
}

function decisionHint(conflicts: readonly ConflictValue[], style: Style): string {
  const first = conflicts[0]
  const name = first === undefined ? 'ID' : conflictName(first)
  return style.dim(t('Each side keeps its own until you decide: br sync --keep local --item {name}   or   --keep remote (without --item: all)', { name }))
}
