/** Figures as files: CSV for spreadsheets, JSON for programs. */
import { ageingTable, burnUpTable, csvOf, forecastTable, historyTable, microstepTable, recordsOf, throughputTable, timelineTable } from '@buildrunner/sdk/flow'
import type { DataTable } from '@buildrunner/sdk/flow'
import type { Context } from '../context.ts'
import { flowIn, forecastIn, readHistory, timelineIn } from './reads.ts'
import type { History } from './reads.ts'

/** What can be exported: each is one table. */
export const REPORTS = ['microsteps', 'throughput', 'burn_up', 'ageing', 'forecast', 'timeline', 'status_history'] as const
export type Report = (typeof REPORTS)[number]
export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

const TABLES: Readonly<Record<Report, (ctx: Context, history: History, from: string | null | undefined) => DataTable>> = {
  microsteps: (_ctx, { items }) => microstepTable(items),
  throughput: (ctx, history, from) => throughputTable(flowIn(ctx, history, from)),
  burn_up: (ctx, history, from) => burnUpTable(flowIn(ctx, history, from).burnUp),
  ageing: (ctx, history, from) => ageingTable(flowIn(ctx, history, from)),
  forecast: (ctx, history) => forecastTable(forecastIn(ctx, history, {})),
  timeline: (ctx, history) => timelineTable(timelineIn(ctx, history, {})),
  status_history: (_ctx, { changes }) => historyTable(changes),
}

export interface ExportArgs {
  readonly projectId: string
  readonly report: Report
  readonly format: ExportFormat
  readonly from?: string | null
}

export interface ExportedFile {
  readonly fileName: string
  readonly contentType: string
  readonly content: string
}

export async function exportAnalytics(ctx: Context, { projectId, report, format, from }: ExportArgs): Promise<ExportedFile> {
  const history = await readHistory(ctx, projectId)
  const { slug, sequence } = history.loaded.project
  const table = TABLES[report](ctx, history, from)
  const asOf = ctx.clock.now().toISOString()
  const fileName = `${slug}-${report.replace('_', '-')}-${asOf.slice(0, 10)}.${format}`
  if (format === 'csv') return { fileName, contentType: 'text/csv; charset=utf-8; header=present', content: csvOf(table) }
  return { fileName, contentType: 'application/json', content: JSON.stringify({ project: slug, report, asOf, sequence, columns: table.columns, rows: recordsOf(table) }) }
}
