/** `br plan next`: the microsteps that can be worked on now, the most urgent first, and why. */
import { criticalPath, PRIORITIES, readySet, type FlatPlan, type PlanItem } from '@buildrunner/sdk/plans'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { displayWidth, truncate, type Style } from '../../core/style.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { estimateText, number, oneLine, statusOf, statusSymbol } from '../../plan/describe.ts'
import { loadPlan } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface NextOptions extends PlanFileOptions {
  limit: string
  assignee?: string
  label?: string
}

interface ReadyItem {
  id: string
  title: string
  parentId: string | null
  status: string
  /** Hours that it may be late without delaying the end; 0 on a critical path. */
  slackHours: number
  /** Microsteps that wait for it directly, or for what it lies in. */
  unblocks: number
  /** What it waited for, all finished. */
  after: string[]
  item: PlanItem
}

export function define(command: Command): void {
  command.option('--limit <count>', 'show so many', '10').option('--assignee <name>', 'only of this person').option('--label <label>', 'only with this label')
  planFileOption(command)
  examples(command, [
    ['br plan next', 'the ten most urgent'],
    ['br plan next --assignee ann --limit 3', 'of one person'],
    ['br plan edit "$(br plan next --json | jq -r .ready[0].id)" --status in_progress', 'start the first'],
  ])
}

export function run(context: Context, options: NextOptions): void {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1) throw failure('INVALID_VALUE', { option: '--limit', value: options.limit, expected: 'a count' })
  const { flat } = loadPlan(findWorkspace(context.cwd, options.file))
  const all = rank(flat).filter(
    ({ item }) =>
      (options.assignee === undefined || item.fields.assignee === options.assignee) &&
      (options.label === undefined || item.fields.labels?.includes(options.label) === true),
  )
  const shown = all.slice(0, limit)
  const { style, width } = context.out
  context.out.result({ ready: shown.map(({ item, ...entry }) => ({ ...item.fields, ...entry })), total: all.length }, () => {
    if (all.length === 0) return style.dim(t('Nothing is ready. br status shows what is blocked or under way.'))
    const more = all.length - shown.length
    return [...shown.flatMap((entry) => entryLines(entry, width, style)), ...(more > 0 ? [style.dim(t('and {more} more (--limit)', { more }))] : [])]
  })
}

/** No slack first, then priority, then how much waits for it, then document order. */
function rank(flat: FlatPlan): ReadyItem[] {
  const slack = new Map(criticalPath(flat).slack.map(({ id, hours }) => [id, hours]))
  const waiting = waitingCounts(flat)
  const urgency = (item: PlanItem): number => (item.fields.priority === undefined ? 0.5 : PRIORITIES.indexOf(item.fields.priority))
  const entries = readySet(flat).flatMap((id): ReadyItem[] => {
    const item = flat.items.get(id)
    if (item === undefined) return []
    return [
      {
        id,
        title: item.fields.title,
        parentId: item.parentId,
        status: statusOf(item),
        slackHours: slack.get(id) ?? 0,
        unblocks: waiting.get(id) ?? 0,
        after: waitedFor(flat, item),
        item,
      },
    ]
  })
  const isCritical = (entry: ReadyItem): number => (entry.slackHours === 0 ? 0 : 1)
  return entries.sort((a, b) => isCritical(a) - isCritical(b) || urgency(b.item) - urgency(a.item) || b.unblocks - a.unblocks)
}

/** Its own dependencies and those of what it lies in. */
function waitedFor(flat: FlatPlan, item: PlanItem): string[] {
  const ids: string[] = []
  for (let each: PlanItem | undefined = item; each !== undefined; each = each.parentId === null ? undefined : flat.items.get(each.parentId))
    ids.push(...(each.fields.dependsOn ?? []))
  return [...new Set(ids)]
}

/** For each item, how many items name it as a dependency. */
function waitingCounts(flat: FlatPlan): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of flat.items.values()) for (const id of item.fields.dependsOn ?? []) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function entryLines({ id, title, status, slackHours, unblocks, after, item }: ReadyItem, width: number, style: Style): string[] {
  const head = `${statusSymbol(status as 'todo', style)} ${style.bold(id)}  `
  const details = [item.fields.estimate === undefined ? '' : estimateText(item.fields.estimate), item.fields.priority ?? '', item.fields.assignee ?? '']
    .filter((part) => part !== '')
    .join('  ')
  const tail = details === '' ? '' : `  ${details}`
  const text = Number.isFinite(width) ? truncate(oneLine(title), Math.max(10, width - displayWidth(head) - displayWidth(tail))) : oneLine(title)
  const reasons = [
    after.length === 0 ? t('waits for nothing') : t('{count, plural, one {{after} is} other {{after} are}} finished', { count: after.length, after: after.join(', ') }),
    slackHours === 0 ? style.yellow(t('on the critical path')) : t('{slackHours} h to spare', { slackHours: number(slackHours) }),
    ...(unblocks > 0 ? [t('{unblocks, plural, one {# item waits} other {# items wait}} for it', { unblocks })] : []),
  ]
  return [`${head}${text}${style.dim(tail)}`, `    ${reasons.map((reason) => (reason.startsWith('\x1b') ? reason : style.dim(reason))).join(style.dim(' · '))}`]
}
