/** Figures as tables: what stands beside a chart, and what is exported as CSV and JSON. */
import { DAY_MS } from './calendar.ts'
import type { BurnUpDay } from './burn-up.ts'
import type { Forecast } from './forecast.ts'
import type { StatusChange, TrackedMicrostep } from './history.ts'
import type { PlanGraph } from './graph.ts'
import type { FlowMetrics } from './metrics.ts'
import type { TimelineChart } from './timeline-svg.ts'

/** A value in a table; times are RFC 3339, days of the calendar `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null

/** Rows of values under named columns. */
export interface DataTable {
  /** Names of the columns, in snake_case. */
  columns: string[]
  /** Values in the order of the columns. */
  rows: Cell[][]
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000)
const daysBetween = (from: number | null, to: number | null): number | null => (from === null || to === null ? null : round((to - from) / DAY_MS))

/** Every microstep there is or was, with its times; days are elapsed days. */
export function microstepTable(items: readonly TrackedMicrostep[]): DataTable {
  return {
    columns: ['key', 'title', 'milestone', 'phase', 'status', 'created_at', 'started_at', 'finished_at', 'removed_at', 'lead_days', 'cycle_days'],
    rows: items.map(({ key, title, milestone, phase, status, createdAt, startedAt, finishedAt, removedAt }) => [
      key, title, milestone, phase, status, iso(createdAt), iso(startedAt), iso(finishedAt), iso(removedAt), daysBetween(createdAt, finishedAt), daysBetween(startedAt, finishedAt),
    ]),
  }
}

/** What finished in each week and phase. */
export function throughputTable({ throughput }: FlowMetrics): DataTable {
  return {
    columns: ['week', 'is_whole', 'phase', 'finished'],
    rows: throughput.flatMap(({ week, isWhole, byPhase }): Cell[][] => (byPhase.length === 0 ? [[week, isWhole, null, 0]] : byPhase.map(({ phase, finished }) => [week, isWhole, phase, finished]))),
  }
}

/** Scope and done at the end of each day. */
export function burnUpTable(days: readonly BurnUpDay[]): DataTable {
  return {
    columns: ['day', 'scope', 'done', 'added', 'finished', 'dropped'],
    rows: days.map(({ day, scope, done, added, finished, dropped }) => [day, scope, done, added.length, finished.length, dropped.length]),
  }
}

/** Work in progress, the oldest first. */
export function ageingTable({ ageing }: FlowMetrics): DataTable {
  return {
    columns: ['key', 'title', 'status', 'started_at', 'age_days', 'percentile'],
    rows: ageing.map(({ key, title, status, startedAt, age, percentile }) => [key, title, status, startedAt, round(age), round(percentile)]),
  }
}

/** When the plan, and each milestone with something left, will be done; the plan's row has no key. */
export function forecastTable({ remaining, percentiles, milestones }: Forecast): DataTable {
  const dates = (list: Forecast['percentiles']): Cell[] => [50, 70, 85, 95].map((percent) => list.find((entry) => entry.percent === percent)?.date ?? null)
  return {
    columns: ['key', 'title', 'remaining', 'due_date', 'on_time_percent', 'p50', 'p70', 'p85', 'p95'],
    rows: [[null, null, remaining, null, null, ...dates(percentiles)], ...milestones.map((each): Cell[] => [each.key, each.title, each.remaining, each.dueDate, round(each.onTime), ...dates(each.percentiles)])],
  }
}

/** Every row of a timeline. */
export function timelineTable({ rows }: Pick<TimelineChart, 'rows'>): DataTable {
  return {
    columns: ['key', 'title', 'kind', 'parent', 'status', 'percent', 'hours', 'start', 'finish', 'has_started', 'has_finished', 'is_critical', 'slack_hours', 'due_date', 'is_late', 'assignee'],
    rows: rows.map((row) => [
      row.key, row.title, row.kind, row.parent, row.status, round(row.percent), round(row.hours), row.start, row.finish, row.hasStarted, row.hasFinished, row.isCritical, round(row.slackHours),
      row.dueDate, row.isLate, row.assignee,
    ]),
  }
}

/** Every dependency of a graph. */
export function graphTable({ nodes, edges }: Pick<PlanGraph, 'edges'> & { nodes: readonly Pick<PlanGraph['nodes'][number], 'key' | 'title'>[] }): DataTable {
  const titles = new Map(nodes.map(({ key, title }) => [key, title]))
  return {
    columns: ['from', 'from_title', 'to', 'to_title', 'is_critical'],
    rows: edges.map(({ from, to, isCritical }) => [from, titles.get(from) ?? null, to, titles.get(to) ?? null, isCritical]),
  }
}

/** Every change of a status, oldest first. */
export function historyTable(changes: readonly StatusChange[]): DataTable {
  return { columns: ['at', 'key', 'from', 'to', 'id'], rows: changes.map(({ at, key, from, to, id }) => [at, key, from, to, id]) }
}

/** Rows as objects, for JSON. */
export const recordsOf = ({ columns, rows }: DataTable): Record<string, Cell>[] => rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))

/** What a spreadsheet takes for a formula, and what lets text end a cell. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const NEEDS_QUOTES = /[",\r\n]|^[ \t]|[ \t]$/

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A table as CSV (RFC 4180, UTF-8). Text that a spreadsheet would run as a formula is preceded by an apostrophe; numbers are not.
 *
 * @see OWASP, "CSV Injection"
 */
export const csvOf = ({ columns, rows }: DataTable): string => [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
