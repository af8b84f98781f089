/** `br plan critical-path`: the chain of work that determines the finish, and what a change would do to it. */
import { criticalPath, STATUSES, whatIf, type CriticalPath, type FlatPlan, type PlanChange, type Slack, type WhatIf } from '@buildrunner/sdk/plans'
import { append, examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { table, truncate, type Style } from '../../core/style.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { number, oneLine } from '../../plan/describe.ts'
import { parseEstimate, requireField } from '../../plan/fields.ts'
import { loadPlan, requireItem } from '../../plan/session.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CriticalPathOptions extends PlanFileOptions {
  whatIf?: string[]
  slack?: boolean
}

export function define(command: Command): void {
  command
    .option('--what-if <id=value>', 'try hours (3 or 2/4/8) or a status for an item; may be repeated, nothing is written', append)
    .option('--slack', 'also list everything that has time to spare')
  planFileOption(command)
  examples(command, [
    ['br plan critical-path', 'what determines the finish'],
    ['br plan critical-path --slack', 'and how late everything else may be'],
    ['br plan critical-path --what-if T4=16', 'if T4 takes 16 hours'],
    ['br plan critical-path --what-if T4=done --what-if T5=1/2/6', 'several changes at once'],
  ])
}

export function run(context: Context, options: CriticalPathOptions): void {
  const { flat } = loadPlan(findWorkspace(context.cwd, options.file))
  const { style, width } = context.out
  if (options.whatIf === undefined) {
    const path = criticalPath(flat)
    context.out.result(path, () => [...pathLines(flat, path, width, style), ...(options.slack === true ? ['', ...slackLines(flat, path, width, style)] : [])])
    return
  }
  const changes = options.whatIf.map((assignment) => parseWhatIf(flat, assignment))
  const answer = whatIf(flat, changes)
  context.out.result({ ...answer, changes }, () => [...comparison(answer, style), '', ...pathLines(flat, answer.after, width, style)])
}

function parseWhatIf(flat: FlatPlan, assignment: string): PlanChange {
  const at = assignment.lastIndexOf('=')
  const [id, value] = [assignment.slice(0, at), assignment.slice(at + 1)]
  if (at < 1) throw failure('INVALID_VALUE', { option: '--what-if', value: assignment, expected: t('an id, = and hours or a status, like T4=16 or T4=done') })
  const { kind } = requireItem(flat, id)
  const isStatus = (STATUSES as readonly string[]).includes(value)
  requireField(kind, isStatus ? 'status' : 'estimate')
  if (isStatus) return { op: 'update', id, set: { status: value } }
  if (!/^[\d./\sh]+$/.test(value)) throw failure('INVALID_VALUE', { option: '--what-if', value, expected: t('hours, or a status ({STATUSES})', { STATUSES: STATUSES.join(', ') }) })
  return { op: 'update', id, set: { estimate: parseEstimate(value) } }
}

function comparison({ before, after, delayHours }: WhatIf, style: Style): string[] {
  const change =
    delayHours === 0 ? style.dim(t('no change')) : delayHours > 0 ? style.red(t('{delayHours} h later', { delayHours: number(delayHours) })) : style.green(t('{value} h earlier', { value: number(-delayHours) }))
  const joined = after.ids.filter((id) => !before.ids.includes(id))
  const left = before.ids.filter((id) => !after.ids.includes(id))
  return [
    `${style.bold(`${number(before.expectedHours)} h`)} → ${style.bold(`${number(after.expectedHours)} h`)}   ${change}`,
    ...table([...(joined.length > 0 ? [[style.yellow(t('now on the path')), joined.join(', ')]] : []), ...(left.length > 0 ? [[style.dim(t('no longer on it')), left.join(', ')]] : [])], { indent: 2 }),
  ]
}

function pathLines(flat: FlatPlan, path: CriticalPath, width: number, style: Style): string[] {
  const lines: string[] = []
  if (path.ids.length === 0) lines.push(style.dim(t('Nothing is left to do.')))
  else {
    const byId = new Map(path.slack.map((entry) => [entry.id, entry]))
    const rows = path.ids.map((id) => row(flat, id, byId.get(id), width, style))
    lines.push(
      `${style.bold(`${number(path.expectedHours)} h`)} ${style.dim(t('expected until everything is finished, along {ids, plural, one {# microstep} other {# microsteps}}', { ids: path.ids.length }))}`,
      '',
      ...table(rows, { right: [2, 3] }),
    )
  }
  if (path.assumed.microsteps > 0)
    lines.push('', style.yellow(t('{microsteps, plural, one {# microstep} other {# microsteps}} without an estimate: {hoursEach} h each assumed.', { microsteps: path.assumed.microsteps, hoursEach: number(path.assumed.hoursEach) })))
  if (path.cyclic.length > 0) lines.push('', style.red(t('Not scheduled, for a cycle: {cyclic}', { cyclic: path.cyclic.join(', ') })))
  return lines
}

function row(flat: FlatPlan, id: string, slack: Slack | undefined, width: number, style: Style): string[] {
  const title = oneLine(flat.items.get(id)?.fields.title ?? '')
  const shown = truncate(title, Number.isFinite(width) ? Math.max(12, width - 40) : 80)
  return [style.bold(id), shown, `${number(slack?.duration ?? 0)} h`, style.dim(`${number(slack?.earliestStart ?? 0)}–${number(slack?.earliestFinish ?? 0)}`)]
}

function slackLines(flat: FlatPlan, { slack, ids }: CriticalPath, width: number, style: Style): string[] {
  const others = slack.filter(({ id }) => !ids.includes(id)).sort((a, b) => a.hours - b.hours)
  if (others.length === 0) return [style.dim(t('Everything left is on the critical path.'))]
  return table(
    others.map((entry) => [
      ...row(flat, entry.id, entry, width, style),
      entry.hours === 0 ? style.yellow(t('none to spare')) : t('{hours} h to spare', { hours: number(entry.hours) }),
    ]),
    { right: [2, 3] },
  )
}
