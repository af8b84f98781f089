/** `br plan timeline`: the plan in time, as text, SVG or Mermaid. */
import { Option, type Command } from 'commander'
import { chartPage, csvOf, timelineMermaid, timelineOf, timelineSvg, timelineTable, type TimelineChart } from '@buildrunner/sdk/flow'
import { collect, examples, planFileOption, serverOptions, type PlanFileOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { bar, padEnd, table, truncate, type Style } from '../../core/style.ts'
import { deliver, outputFileOptions, type OutputFileOptions } from '../../core/write-file.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { oneLine, statusSymbol } from '../../plan/describe.ts'
import { loadPlan, requireItem } from '../../plan/session.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { ItemKind, Status } from '@buildrunner/sdk/plans'

const FORMATS = ['text', 'svg', 'html', 'mermaid', 'csv', 'json'] as const

export interface TimelineOptions extends PlanFileOptions, ServerOptions, OutputFileOptions {
  format: (typeof FORMATS)[number]
  level: ItemKind
  hoursPerDay: string
  workday?: string[]
  server?: boolean
}

export function define(command: Command): void {
  command
    .argument('[id]', 'only this item, and what lies in it')
    .addOption(new Option('--format <format>', 'the form; html has a table beside the chart').choices([...FORMATS]).default('text'))
    .addOption(new Option('--level <level>', 'the deepest level that is shown').choices(['milestone', 'step', 'microstep']).default('microstep'))
    .option('--hours-per-day <hours>', 'hours of work on a working day', '8')
    .option('--workday <days>', 'days that are worked on, 1 for Monday (default: 1,2,3,4,5)', collect)
    .option('--server', "the server's plan, with actual starts and ends")
  outputFileOptions(command)
  planFileOption(command)
  serverOptions(command, { project: true })
  examples(command, [
    ['br plan timeline', 'when what is due, from dependencies and estimates'],
    ['br plan timeline --server --format svg -o timeline.svg', 'as a picture, with what was'],
    ['br plan timeline --format mermaid > timeline.mmd', 'for a markdown page'],
    ['br plan timeline --level milestone --hours-per-day 6', 'milestones, with six hours a day'],
  ])
}

export async function run(context: Context, options: TimelineOptions, [id]: string[]): Promise<void> {
  const timeline = options.server === true || options.project !== undefined ? await fromServer(context, options, id) : fromFile(context, options, id)
  if (context.out.json && options.output === undefined) context.out.result(timeline, () => '')
  else if (options.format === 'text' && options.output === undefined) context.out.lines(textOf(timeline, context.out.width, context.out.style))
  else deliver(context, options, documentOf(context, timeline, options.format))
}

/** @throws INVALID_VALUE */
function workingTime({ hoursPerDay: text, workday }: TimelineOptions): { hoursPerDay: number; workdays?: number[] } {
  const hoursPerDay = Number(text)
  if (!(hoursPerDay > 0 && hoursPerDay <= 24)) throw failure('INVALID_VALUE', { option: '--hours-per-day', value: text, expected: t('hours, more than 0 and at most 24') })
  const bad = workday?.find((day) => !/^[1-7]$/.test(day))
  if (bad !== undefined) throw failure('INVALID_VALUE', { option: '--workday', value: bad, expected: t('a day of the week, 1 for Monday to 7 for Sunday') })
  return { hoursPerDay, ...(workday === undefined ? {} : { workdays: workday.map(Number) }) }
}

function fromFile(context: Context, options: TimelineOptions, id: string | undefined): TimelineChart {
  const { flat } = loadPlan(findWorkspace(context.cwd, options.file))
  if (id !== undefined) requireItem(flat, id)
  return timelineOf(flat, Date.now(), { ...workingTime(options), level: options.level, ...(id === undefined ? {} : { within: id }) })
}

async function fromServer(context: Context, options: TimelineOptions, id: string | undefined): Promise<TimelineChart> {
  const time = workingTime(options)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  return connection.reading(() => connection.client.analytics.getTimeline({ projectId, ...time, level: options.level.toUpperCase() as Uppercase<ItemKind>, within: id }).orThrow())
}

function documentOf({ out }: Context, timeline: TimelineChart, format: TimelineOptions['format']): string {
  switch (format) {
    case 'svg':
      return timelineSvg(timeline)
    case 'html':
      return chartPage(t('Timeline: {title}', { title: timeline.title ?? 'plan' }), timelineSvg(timeline), timelineTable(timeline))
    case 'mermaid':
      return timelineMermaid(timeline)
    case 'csv':
      return csvOf(timelineTable(timeline))
    case 'json':
      return `${JSON.stringify(timeline, null, 2)}\n`
    case 'text':
      return `${textOf(timeline, Number.POSITIVE_INFINITY, out.style).join('\n')}\n`
  }
}

const INDENT = { milestone: '', step: '  ', microstep: '    ' } as const
const dayOf = (moment: string | null): string => (moment === null ? '–' : moment.slice(0, 10))
/** An end at midnight belongs to the day before. */
const lastDay = (moment: string | null): string => (moment === null ? '–' : new Date(Date.parse(moment) - 1).toISOString().slice(0, 10))

function textOf(timeline: TimelineChart, width: number, style: Style): string[] {
  const room = Number.isFinite(width) ? Math.max(16, width - 62) : 60
  const rows = timeline.rows.map((row) => {
    const kind = row.kind.toLowerCase() as ItemKind
    const sign = row.status === null ? '' : `${statusSymbol(row.status.toLowerCase() as Status, style)} `
    const title = truncate(oneLine(`${row.key} ${row.title}`), room - INDENT[kind].length)
    const due = row.dueDate === null ? '' : row.isLate ? style.red(t('due {dueDate}, late', { dueDate: row.dueDate })) : style.dim(t('due {dueDate}', { dueDate: row.dueDate }))
    const remarks = [row.isCritical ? style.yellow(t('critical')) : '', due].filter((remark) => remark !== '').join('  ')
    return [INDENT[kind] + sign + (kind === 'milestone' ? style.bold(title) : title), dayOf(row.start), lastDay(row.finish), bar(row.percent / 100, 8, style), remarks]
  })
  if (rows.length === 0) return [style.dim(t('The plan is empty.'))]
  const lines = table([[style.dim(padEnd('item', 4)), style.dim(t('start')), style.dim(t('finish')), style.dim(t('done')), ''], ...rows])
  if (timeline.assumed > 0) lines.push('', style.yellow(t('{assumed, plural, one {# microstep} other {# microsteps}} without an estimate: 1 h each assumed.', { assumed: timeline.assumed })))
  if (timeline.unscheduled.length > 0) lines.push('', style.red(t('Not scheduled, for a cycle: {unscheduled}', { unscheduled: timeline.unscheduled.join(', ') })))
  return lines
}
