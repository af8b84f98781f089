/** `br plan show`: the plan as a tree, or everything about one item. */
import { Option, type Command } from 'commander'
import { progressOf, STATUSES, type FlatPlan, type PlanItem } from '@buildrunner/sdk/plans'
import { collect, examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { bar, displayWidth, padEnd, truncate, type Style } from '../../core/style.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { estimateText, number, oneLine, paintStatus, STATUS_WORDS, statusOf, statusSymbol, valueText, kindWord } from '../../plan/describe.ts'
import { itemData } from '../../plan/data.ts'
import { loadPlan, requireItem } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

export interface ShowOptions extends PlanFileOptions {
  status?: string[]
  label?: string[]
  assignee?: string
  depth?: string
}

export function define(command: Command): void {
  command
    .argument('[id]', 'one item; without it the whole plan')
    .addOption(new Option('--status <statuses>', t('only microsteps with one of: {statuses}', { statuses: STATUSES.join(', ') })).argParser(collect))
    .option('--label <labels>', 'only items with one of these labels', collect)
    .option('--assignee <name>', 'only items of this person')
    .option('--depth <depth>', '1 = milestones, 2 = and steps, 3 = everything (default)')
  planFileOption(command)
  examples(command, [
    ['br plan show', 'the whole plan'],
    ['br plan show --depth 2', 'milestones and steps'],
    ['br plan show --status in_progress,blocked', 'what is under way'],
    ['br plan show T3', 'one item with all its fields'],
  ])
}

export function run(context: Context, options: ShowOptions, [id]: string[]): void {
  const { plan, flat } = loadPlan(findWorkspace(context.cwd, options.file))
  const { out } = context
  if (id !== undefined) {
    const item = requireItem(flat, id)
    out.result(itemData(flat, item), () => itemLines(flat, item, out.style))
    return
  }
  const shown = select(flat, options)
  const lines = (): string[] => [out.style.bold(oneLine(plan.project.name)), ...treeLines(flat, shown, out.width, out.style)]
  out.result({ project: plan.project, items: [...flat.items.values()].filter((item) => shown.has(item.id)).map((item) => itemData(flat, item)) }, lines)
}

/** The ids to show: what matches, and what it lies in. */
function select(flat: FlatPlan, options: ShowOptions): Set<string> {
  const depth = options.depth === undefined ? 3 : Number(options.depth)
  if (![1, 2, 3].includes(depth)) throw failure('INVALID_VALUE', { option: '--depth', value: options.depth ?? '', expected: '1, 2 or 3' })
  for (const status of options.status ?? [])
    if (!(STATUSES as readonly string[]).includes(status))
      throw failure('INVALID_VALUE', { option: '--status', value: status, expected: t('one of {STATUSES}', { STATUSES: STATUSES.join(', ') }) })
  const level = { milestone: 1, step: 2, microstep: 3 } as const
  const filtered = options.status !== undefined || options.label !== undefined || options.assignee !== undefined
  const shown = new Set<string>()
  for (const item of flat.items.values()) {
    if (filtered && !matches(item, options)) continue
    for (let each: PlanItem | undefined = item; each !== undefined; each = each.parentId === null ? undefined : flat.items.get(each.parentId)) {
      if (level[each.kind] <= depth) shown.add(each.id)
    }
  }
  return shown
}

const matches = (item: PlanItem, { status, label, assignee }: ShowOptions): boolean =>
  (status === undefined || (item.kind === 'microstep' && status.includes(statusOf(item)))) &&
  (label === undefined || item.fields.labels?.some((each) => label.includes(each)) === true) &&
  (assignee === undefined || item.fields.assignee === assignee)

function treeLines(flat: FlatPlan, shown: ReadonlySet<string>, width: number, style: Style): string[] {
  const lines: string[] = []
  const visit = (ids: readonly string[], indent: string): void => {
    for (const id of ids) {
      const item = flat.items.get(id)
      if (item === undefined || !shown.has(id)) continue
      if (item.kind === 'milestone') lines.push('')
      lines.push(treeLine(flat, item, indent, width, style))
      visit(flat.children.get(id) ?? [], `${indent}  `)
    }
  }
  visit(flat.children.get(null) ?? [], '')
  return lines.length === 0 ? ['', style.dim(t('Nothing to show.'))] : lines
}

function treeLine(flat: FlatPlan, item: PlanItem, indent: string, width: number, style: Style): string {
  const title = oneLine(item.fields.title)
  const fit = (used: number): string => (Number.isFinite(width) ? truncate(title, Math.max(10, width - used)) : title)
  if (item.kind === 'microstep') {
    const details = [
      item.fields.estimate === undefined ? '' : estimateText(item.fields.estimate),
      item.fields.assignee ?? '',
      ...(item.fields.labels ?? []).map((label) => `#${label}`),
    ]
      .filter((part) => part !== '')
      .join(' ')
    const head = `${indent}${statusSymbol(statusOf(item), style)} ${style.bold(item.id)}  `
    const tail = details === '' ? '' : `  ${details}`
    const text = fit(displayWidth(head) + displayWidth(tail))
    return `${head}${paintStatus(statusOf(item), text, style)}${style.dim(tail)}`
  }
  const progress = progressOf(flat, item.id)
  const figures = progress.total === 0 ? '' : ` ${number(progress.percent)} %`
  const head = `${indent}${style.bold(item.id)}  `
  const gauge = progress.total === 0 || item.kind === 'step' ? '' : `  ${bar(progress.percent / 100, 10, style)}`
  const text = fit(displayWidth(head) + displayWidth(gauge) + figures.length + 1)
  return `${head}${item.kind === 'milestone' ? style.bold(text) : text}${gauge}${gauge === '' ? ' ' : ''}${style.dim(figures)}`
}

function itemLines(flat: FlatPlan, item: PlanItem, style: Style): string[] {
  const { fields } = item
  const rows: [string, string][] = [[t('kind'), kindWord(item.kind)]]
  const row = (name: string, value: string | undefined): void => void (value !== undefined && value !== '' && rows.push([name, value]))
  if (item.parentId !== null) row(t('in'), `${item.parentId}  ${style.dim(oneLine(flat.items.get(item.parentId)?.fields.title ?? ''))}`)
  if (item.kind === 'microstep') row(t('status'), paintStatus(statusOf(item), t(STATUS_WORDS[statusOf(item)]), style))
  else {
    const { percent, total, done } = progressOf(flat, item.id)
    row(t('progress'), `${bar(percent / 100, 20, style)} ${number(percent)} %  ${style.dim(t('{done} of {total, plural, one {# microstep} other {# microsteps}} done', { done, total }))}`)
  }
  row(t('estimate'), fields.estimate === undefined ? undefined : estimateText(fields.estimate))
  for (const id of fields.dependsOn ?? [])
    row(rows.at(-1)?.[0] === t('depends on') ? '' : t('depends on'), `${id}  ${style.dim(oneLine(flat.items.get(id)?.fields.title ?? ''))}`)
  for (const [name, value] of Object.entries(fields)) {
    if (!['title', 'status', 'estimate', 'dependsOn', 'acceptanceCriteria'].includes(name)) row(name, valueText(value))
  }
  const width = Math.max(...rows.map(([name]) => displayWidth(name)))
  const lines = [`${style.bold(item.id)}  ${style.bold(oneLine(fields.title))}`, ...rows.map(([name, value]) => `  ${style.dim(padEnd(name, width))}  ${value}`)]
  if (fields.acceptanceCriteria !== undefined)
    lines.push(
      '',
      style.dim(`  ${t('acceptance criteria')}`),
      ...fields.acceptanceCriteria.map(({ text, check }) => `  ☐ ${oneLine(text)}${check === undefined ? '' : style.dim(`  ${check.kind}`)}`),
    )
  const children = flat.children.get(item.id) ?? []
  if (children.length > 0) lines.push('', ...children.map((child) => treeLine(flat, flat.items.get(child) as PlanItem, '  ', Number.POSITIVE_INFINITY, style)))
  return lines
}
