/** How a sync reads for people. */
import { changeLines, plural, valueText } from '../plan/describe.ts'
import { conflictName } from './resolve.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { Style } from '../core/style.ts'
import type { ConflictValue } from '@buildrunner/sdk'
import type { SyncReport } from './sync.ts'

const MAX_LINES = 30

export function reportLines(report: SyncReport, before: FlatPlan, style: Style): string[] {
  const { dryRun, conflicts, pulled, pushed, sequence } = report
  const changes = changeLines(pulled, before, style).map((line) => `  ${line}`)
  const shown = changes.length > MAX_LINES ? [...changes.slice(0, MAX_LINES), style.dim(`  and ${changes.length - MAX_LINES} more`)] : changes
  const lines = [summary(report, style), ...shown]
  if (conflicts.length > 0) lines.push('', ...conflicts.flatMap((conflict) => conflictLines(conflict, style)), decisionHint(conflicts, style))
  if (dryRun) lines.push(style.dim('Nothing was written (--dry-run).'))
  else if (pulled.length === 0 && pushed === 0 && conflicts.length === 0)
    return [`${style.green('✓')} file and server are equal ${style.dim(`at ${sequence}`)}`]
  return lines
}

function summary({ dryRun, mode, pulled, pushed, conflicts, sequence }: SyncReport, style: Style): string {
  const parts = []
  if (mode !== 'push') parts.push(`${style.cyan('↓')} ${plural(pulled.length, 'change')} ${dryRun ? 'to take' : 'taken'}`)
  if (mode !== 'pull') parts.push(`${style.cyan('↑')} ${plural(pushed, 'change')} ${dryRun ? 'to send' : 'sent'}`)
  if (conflicts.length > 0) parts.push(style.red(plural(conflicts.length, 'conflict')))
  return `${conflicts.length > 0 ? style.yellow('!') : style.green('✓')} ${parts.join('   ')}   ${style.dim(`at ${sequence}`)}`
}

export const KINDS: Readonly<Record<string, string>> = {
  field: 'changed on both sides',
  'edit-delete': 'changed on one side, removed on the other',
  'move-delete': 'moved on one side, removed on the other',
  'move-move': 'moved to two places',
  'add-add': 'added on both sides, with different content',
  'child-of-deleted': 'something was added under what the other side removed',
  cycle: 'the two edits together make a dependency cycle',
  comment: 'a comment, edited here and elsewhere',
}

function conflictLines(conflict: ConflictValue, style: Style): string[] {
  const value = (side: unknown): string => (side === undefined || side === null ? style.dim('(absent)') : valueText(side))
  return [
    `${style.red('✗')} ${style.bold(conflictName(conflict))}  ${style.dim(KINDS[conflict.kind] ?? conflict.kind)}`,
    `    ${style.dim('base  ')}  ${value(conflict.base)}`,
    `    ${style.dim('local ')}  ${value(conflict.local)}`,
    `    ${style.dim('remote')}  ${value(conflict.remote)}`,
  ]
}

function decisionHint(conflicts: readonly ConflictValue[], style: Style): string {
  const first = conflicts[0]
  const name = first === undefined ? 'ID' : conflictName(first)
  return style.dim(`Each side keeps its own until you decide: br sync --keep local --item ${name}   or   --keep remote (without --item: all)`)
}
