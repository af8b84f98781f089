/** `br analytics`: how fast work goes, when it will be done, what has been in progress for long. */
import { Argument, Option, type Command } from 'commander'
import { burnUpSvg, burnUpTable, chartPage } from '@buildrunner/sdk/flow'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { deliver, outputFileOptions, type OutputFileOptions } from '../../core/write-file.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { ageingLines, burnUpLines, flowLines, forecastLines, historyLines } from './describe.ts'
import { t } from '../../text/text.ts'
import type { AnalyticsReport } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'

/** Each report, and its table where it is exported. */
const REPORTS = { flow: 'MICROSTEPS', throughput: 'THROUGHPUT', forecast: 'FORECAST', ageing: 'AGEING', burnup: 'BURN_UP', history: 'STATUS_HISTORY' } as const satisfies Record<string, AnalyticsReport>
type Report = keyof typeof REPORTS
const FORMATS = ['text', 'json', 'csv', 'svg', 'html'] as const
const HISTORY_LIMIT = 100

export interface AnalyticsOptions extends ServerOptions, OutputFileOptions {
  format: (typeof FORMATS)[number]
  from?: string
  growth?: boolean
}

export function define(command: Command): void {
  command
    .addArgument(new Argument('[report]', 'what to show').choices(Object.keys(REPORTS)).default('flow'))
    .argument('[id]', 'with history: only this microstep')
    .addOption(new Option('--format <format>', 'the form; svg and html of the burn-up alone').choices([...FORMATS]).default('text'))
    .option('--from <day>', 'first day, as YYYY-MM-DD (default: the Monday of 12 weeks ago)')
    .option('--growth', 'forecast: the plan goes on growing as it did')
  outputFileOptions(command)
  serverOptions(command, { project: true })
  examples(command, [
    ['br analytics', 'lead time, cycle time, throughput'],
    ['br analytics forecast', 'when it will be done, with which certainty'],
    ['br analytics ageing', 'what has been in progress for long'],
    ['br analytics burnup --format svg -o burnup.svg', 'scope, done and forecast as a picture'],
    ['br analytics throughput --format csv -o weeks.csv', 'for a spreadsheet'],
  ])
}

export async function run(context: Context, options: AnalyticsOptions, [name, id]: string[]): Promise<void> {
  const report = name as Report
  check(options, report, id)
  const connection = await connect(context, options)
  const query = { projectId: await projectHere(context, connection), from: options.from }
  if (options.format === 'csv') {
    const { content } = await connection.reading(() => connection.client.analytics.export({ ...query, report: REPORTS[report], format: 'CSV' }).orThrow())
    deliver(context, options, content)
    return
  }
  if (options.format === 'svg' || options.format === 'html') {
    deliver(context, options, await drawn(connection, query, options))
    return
  }
  const { data, lines } = await read(context, connection, { ...query, report, id, growth: options.growth })
  if (options.format === 'json' || options.output !== undefined) deliver(context, options, `${JSON.stringify(data, null, 2)}\n`)
  else context.out.result(data, lines)
}

/** @throws INVALID_VALUE, USAGE */
function check({ format, from }: AnalyticsOptions, report: Report, id: string | undefined): void {
  if (from !== undefined && !/^\d{4}-\d\d-\d\d$/.test(from)) throw failure('INVALID_VALUE', { option: '--from', value: from, expected: t('a day, as YYYY-MM-DD') })
  if ((format === 'svg' || format === 'html') && report !== 'burnup') throw failure('USAGE', { text: t('--format {format} draws the burn-up: br analytics burnup --format {format}. br plan timeline and br plan graph draw as well.', { format }) })
  if (id !== undefined && report !== 'history') throw failure('USAGE', { text: t('{id}: only history is of one microstep.', { id }) })
}

interface Query {
  projectId: string
  from: string | undefined
}

async function drawn({ client, reading }: Connection, { projectId, from }: Query, { format, growth }: AnalyticsOptions): Promise<string> {
  const [flow, forecast, project] = await reading(() =>
    Promise.all([client.analytics.getFlow({ projectId, from }).orThrow(), client.analytics.getForecast({ projectId, growth }).orThrow(), client.projects.get({ projectId }).orThrow()]),
  )
  const svg = burnUpSvg(flow.burnUp, { title: project.name, forecast })
  return format === 'svg' ? svg : chartPage(`Burn-up: ${project.name}`, svg, burnUpTable(flow.burnUp))
}

interface Shown {
  data: object
  lines: () => string[]
}

async function read({ out: { style, width } }: Context, { client, reading }: Connection, query: Query & { report: Report; id: string | undefined; growth: boolean | undefined }): Promise<Shown> {
  const { projectId, from, report, id, growth } = query
  switch (report) {
    case 'forecast': {
      const forecast = await reading(() => client.analytics.getForecast({ projectId, growth }).orThrow())
      return { data: forecast, lines: () => forecastLines(forecast, style) }
    }
    case 'history': {
      const changes = await reading(() => client.analytics.listStatusHistory({ projectId, item: id, first: HISTORY_LIMIT }).toArray({ limit: HISTORY_LIMIT }))
      return { data: { changes }, lines: () => historyLines(changes, style) }
    }
    case 'flow':
    case 'throughput':
    case 'ageing':
    case 'burnup': {
      const flow = await reading(() => client.analytics.getFlow({ projectId, from }).orThrow())
      const lines = { flow: flowLines, throughput: flowLines, ageing: ageingLines, burnup: burnUpLines }[report]
      return { data: report === 'ageing' ? { ageing: flow.ageing } : report === 'burnup' ? { burnUp: flow.burnUp } : flow, lines: () => lines(flow, style, width) }
    }
  }
}
