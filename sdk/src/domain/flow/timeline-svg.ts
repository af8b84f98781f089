/** The timeline as a chart: items below each other, time to the right. */
import { DAY_MS, dayOf, parseDay } from './calendar.ts'
import { BOLD, chart, escapeText, fit, legend, measure, px, statusName, statusSign, STATUS_FILL, STATUS_TEXT, type ChartOptions } from './svg.ts'
import { AXIS_HEIGHT, TimeAxis, lastDay, longDay, shortDay } from './time-axis.ts'
import type { Timeline, TimelineRow } from './timeline.ts'
import type { Status } from '../plans/types.ts'

/** How a timeline is drawn. */
export interface TimelineChartOptions extends ChartOptions {
  /**
   * Pixels from side to side.
   * @defaultValue 1200
   */
  width?: number
}

/** A timeline as it is drawn: as {@link timelineOf} gives it, or the API. */
export type TimelineChart = Omit<Timeline, 'rows'> & { rows: readonly (Omit<TimelineRow, 'status' | 'kind'> & { status: string | null; kind: string })[] }

const MARGIN = 24
const ROW = 26
const HEADER = 74
const LEGEND = 44
/** With more dependencies than this only those on the critical path are drawn: the others would be one dark spot. */
const MAX_EDGES = 150

interface Placed {
  row: TimelineChart['rows'][number]
  kind: TimelineRow['kind']
  status: Status | null
  /** The middle. */
  y: number
  /** Left and right end of the bar; undefined without times. */
  bar: { from: number; to: number } | undefined
}

interface Layout {
  width: number
  labels: number
  top: number
  bottom: number
  axis: TimeAxis | null
  rows: Placed[]
}

/** Times from the first to the last that something stands at, today among them. */
function rangeOf({ rows, asOf }: TimelineChart): [number, number] | null {
  const moments = rows.flatMap(({ start, finish, dueDate }) => [start, finish, dueDate === null ? null : `${dueDate}T23:59:59Z`]).filter((moment) => moment !== null).map((moment) => Date.parse(moment))
  if (moments.length === 0) return null
  const now = Date.parse(asOf)
  const [from, to] = moments.reduce(([low, high], moment) => [Math.min(low, moment), Math.max(high, moment)], [now, now])
  const padding = Math.max(DAY_MS, (to - from) * 0.03)
  return [from - padding / 2, to + padding]
}

function layOut(timeline: TimelineChart, width: number): Layout {
  const labels = Math.min(380, Math.max(240, width * 0.3))
  const range = rangeOf(timeline)
  const left = MARGIN + labels
  const axis = range === null ? null : new TimeAxis(range[0], range[1], left, width - MARGIN - left)
  const top = HEADER + AXIS_HEIGHT
  const rows = timeline.rows.map((row, index): Placed => {
    const times = row.start === null || row.finish === null || axis === null ? undefined : { from: axis.x(Date.parse(row.start)), to: axis.x(Date.parse(row.finish)) }
    return {
      row, kind: row.kind.toLowerCase() as Placed['kind'], status: row.status === null ? null : statusName(row.status), y: top + ROW * (index + 0.5),
      bar: times && { from: times.from, to: Math.max(times.from + 3, times.to) },
    }
  })
  return { width, labels, top, bottom: top + ROW * timeline.rows.length, axis, rows }
}

const INDENT = { milestone: 0, step: 14, microstep: 28 } as const

function label({ row, kind, status, y }: Placed, width: number): string {
  const x = MARGIN + INDENT[kind]
  const isMilestone = kind === 'milestone'
  const after = kind === 'microstep' ? '' : `${Math.round(row.percent)}%`
  const key = fit(row.key, 11, 110)
  const keyWidth = measure(key, 11) + 8
  const from = x + (status === null ? 0 : 18)
  const title = fit(row.title, isMilestone ? 12 * BOLD : 12, width - (from - MARGIN) - keyWidth - (after === '' ? 14 : 54))
  const style = isMilestone ? 'br-strong' : status === 'cancelled' ? 'br-muted' : ''
  return [
    status === null ? '' : statusSign(status, x + 6, y),
    `<text x="${px(from)}" y="${px(y + 4)}"><tspan class="br-muted br-small">${escapeText(key)}</tspan><tspan dx="8" class="${style}">${escapeText(title)}</tspan></text>`,
    after === '' ? '' : `<text x="${px(MARGIN + width - 14)}" y="${px(y + 4)}" text-anchor="end" class="br-muted br-small br-number">${after}</text>`,
  ].join('')
}

/** A milestone or step: a bar with feet, filled as far as it is done. */
function summaryBar({ row, kind, y, bar }: Placed): string {
  if (bar === undefined) return ''
  const [height, foot] = kind === 'milestone' ? [8, 5] : [5, 0]
  const [x, width] = [bar.from, bar.to - bar.from]
  const top = y - (height + foot) / 2
  const done = (width * row.percent) / 100
  const feet = foot === 0 ? '' : `<path d="M${px(x)} ${px(top + height - 1)}h6l-6 ${foot + 1}zM${px(x + width)} ${px(top + height - 1)}h-6l6 ${foot + 1}z" fill="var(--br-muted)"/>`
  return `<rect x="${px(x)}" y="${px(top)}" width="${px(width)}" height="${height}" rx="1.5" fill="var(--br-edge)"/>${feet}${
    done === 0 ? '' : `<rect x="${px(x)}" y="${px(top)}" width="${px(done)}" height="${height}" rx="1.5" class="br-fill-done"/>`}`
}

/** A microstep: solid as far as time has passed over it, paler for what is to come. */
function workBar({ row, status, y, bar }: Placed, now: number): string {
  if (bar === undefined || status === null) return ''
  const [x, width, top] = [bar.from, bar.to - bar.from, y - 7]
  const rect = (from: number, to: number, rest: string): string => `<rect x="${px(from)}" y="${px(top)}" width="${px(to - from)}" height="14" rx="3" ${rest}/>`
  const critical = row.isCritical ? `<rect x="${px(x - 1.5)}" y="${px(top - 1.5)}" width="${px(width + 3)}" height="17" rx="4.5" fill="none" stroke="var(--br-critical)" stroke-width="1.75"/>` : ''
  if (status === 'todo' || row.hasFinished || now <= x) return rect(x, x + width, `class="${STATUS_FILL[status]}"`) + critical
  const until = Math.min(now, x + width)
  return rect(x, x + width, `class="${STATUS_FILL[status]}" fill-opacity="0.35"`) + rect(x, until, `class="${STATUS_FILL[status]}"`) + critical
}

function dueMark({ row, y }: Placed, axis: TimeAxis): string {
  if (row.dueDate === null) return ''
  const x = axis.x((parseDay(row.dueDate) + 1) * DAY_MS)
  return `<path d="M${px(x)} ${px(y - 7)}l6 7-6 7-6-7z" class="${row.isLate ? 'br-late' : 'br-fill-edge'}" stroke="var(--br-bg)" stroke-width="1"/>`
}

/** What a pointer that rests upon a row is told. */
function tooltip({ row, status }: Placed): string {
  const [start, finish] = [row.start, row.finish].map((moment) => (moment === null ? null : Date.parse(moment)))
  const parts = [`${row.key} ${row.title}`]
  if (status !== null) parts.push(STATUS_TEXT[status])
  else parts.push(`${Math.round(row.percent)} % done`)
  if (start != null && finish != null) parts.push(`${longDay(dayOf(start))} to ${longDay(lastDay(finish))}`)
  if (row.dueDate !== null) parts.push(`due ${longDay(parseDay(row.dueDate))}${row.isLate ? ', late' : ''}`)
  if (row.isCritical) parts.push('critical')
  else if (row.slackHours !== null) parts.push(`${Math.round(row.slackHours * 10) / 10} h to spare`)
  return parts.join(' · ')
}

/** Lines from the end of what comes first to the start of what waits for it. */
function arrows(rows: readonly Placed[]): string {
  const byKey = new Map(rows.map((placed) => [placed.row.key, placed]))
  const edges = rows.flatMap((to) => to.row.dependsOn.flatMap((key) => {
    const from = byKey.get(key)
    return from?.bar === undefined || to.bar === undefined ? [] : [{ from, to, isCritical: from.row.isCritical && to.row.isCritical }]
  }))
  const shown = edges.length > MAX_EDGES ? edges.filter(({ isCritical }) => isCritical) : edges
  return shown.toSorted((a, b) => Number(a.isCritical) - Number(b.isCritical)).map(({ from, to, isCritical }) => {
    const [x1, y1, x2, y2] = [from.bar!.to, from.y, to.bar!.from, to.y]
    const down = y2 > y1 ? 1 : -1
    const colour = isCritical ? 'critical' : 'edge'
    // where there is no room between the two, around by the gap between the rows
    const path = x2 - x1 >= 14 ? `M${px(x1)} ${px(y1)}H${px(x2 - 9)}V${px(y2)}H${px(x2 - 4)}` : `M${px(x1)} ${px(y1)}h5V${px(y2 - down * ROW / 2)}H${px(x2 - 9)}V${px(y2)}h5`
    return `<path d="${path}" class="br-edge${isCritical ? ' br-critical' : ''}"/><path d="M${px(x2)} ${px(y2)}l-6-3.5v7z" class="br-fill-${colour}"/>`
  }).join('')
}

function header(timeline: TimelineChart, width: number): string {
  const microsteps = timeline.rows.filter(({ kind }) => kind.toLowerCase() === 'microstep')
  const done = microsteps.filter(({ status }) => status !== null && statusName(status) === 'done').length
  const facts = [`As of ${longDay(dayOf(Date.parse(timeline.asOf)))}`]
  if (timeline.finish !== null) facts.push(`scheduled to end on ${longDay(lastDay(Date.parse(timeline.finish)))}`)
  if (microsteps.length > 0) facts.push(`${done} of ${microsteps.length} microsteps done`)
  if (timeline.assumed > 0) facts.push(`${timeline.assumed} without an estimate`)
  if (timeline.unscheduled.length > 0) facts.push(`${timeline.unscheduled.length} not scheduled, for a dependency cycle`)
  return `<text x="${MARGIN}" y="36" class="br-heading">${escapeText(fit(timeline.title ?? 'Timeline', 18, width - 2 * MARGIN))}</text><text x="${MARGIN}" y="57" class="br-muted">${escapeText(facts.join(' · '))}</text>`
}

function today({ axis, top, bottom }: Layout, asOf: string): string {
  const now = Date.parse(asOf)
  const x = axis!.x(now)
  const text = `Today, ${shortDay(dayOf(now))}`
  const isRight = x + measure(text, 11) + 8 < axis!.x(axis!.to * DAY_MS)
  return `<path d="M${px(x)} ${top - 2}V${px(bottom + 16)}" class="br-today"/><text x="${px(isRight ? x + 5 : x - 5)}" y="${px(bottom + 15)}"${isRight ? '' : ' text-anchor="end"'} class="br-today-text br-small">${text}</text>`
}

/** What the chart says, in words. */
function summaryOf(timeline: TimelineChart): string {
  const day = (moment: string): string => longDay(dayOf(Date.parse(moment)))
  const critical = timeline.rows.filter(({ isCritical, kind }) => isCritical && kind.toLowerCase() === 'microstep').map(({ key }) => key)
  const late = timeline.rows.filter(({ isLate }) => isLate).map(({ key }) => key)
  return [
    `${timeline.rows.length} items as of ${day(timeline.asOf)}.`,
    timeline.start === null ? 'No item has a time.' : `From ${day(timeline.start)} to ${longDay(lastDay(Date.parse(timeline.finish!)))}.`,
    critical.length === 0 ? '' : `Critical: ${critical.slice(0, 20).join(', ')}${critical.length > 20 ? ` and ${critical.length - 20} more` : ''}.`,
    late.length === 0 ? '' : `Late: ${late.join(', ')}.`,
  ].filter(Boolean).join(' ')
}

function legendOf({ rows }: Layout, x: number, y: number): string {
  const statuses = [...new Set(rows.map(({ status }) => status))].filter((status) => status !== null)
  const entries = statuses.map((status) => ({ sign: (at: number, level: number) => statusSign(status, at, level), text: STATUS_TEXT[status] }))
  if (rows.some(({ row }) => row.isCritical)) entries.push({ sign: (at, level) => `<rect x="${px(at - 7)}" y="${px(level - 5)}" width="14" height="10" rx="3" fill="none" stroke="var(--br-critical)" stroke-width="1.75"/>`, text: 'critical path' })
  const diamond = (style: string) => (at: number, level: number): string => `<path d="M${px(at)} ${px(level - 6)}l5 6-5 6-5-6z" class="${style}"/>`
  if (rows.some(({ row }) => row.dueDate !== null && !row.isLate)) entries.push({ sign: diamond('br-fill-edge'), text: 'due' })
  if (rows.some(({ row }) => row.isLate)) entries.push({ sign: diamond('br-late'), text: 'due, and missed' })
  return legend(entries, x, y)
}

/**
 * A timeline as SVG.
 *
 * @example
 * const svg = timelineSvg(timelineOf(plan, Date.now()))
 */
export function timelineSvg(timeline: TimelineChart, options: TimelineChartOptions = {}): string {
  const layout = layOut(timeline, options.width ?? 1200)
  const { rows, axis, top, bottom, labels, width } = layout
  const now = axis?.x(Date.parse(timeline.asOf)) ?? 0
  const lines = rows.flatMap(({ kind, y }, index) => (kind === 'milestone' && index > 0 ? [`<path d="M${MARGIN} ${px(y - ROW / 2)}H${width - MARGIN}" class="br-grid"/>`] : []))
  const drawn = rows.map((placed) => `<g><title>${escapeText(tooltip(placed))}</title>${label(placed, labels)}${placed.kind === 'microstep' ? workBar(placed, now) : summaryBar(placed)}${axis === null ? '' : dueMark(placed, axis)}</g>`)
  const body = [
    header(timeline, width),
    axis?.draw(top, bottom, timeline.workdays) ?? `<text x="${MARGIN}" y="${HEADER + 20}" class="br-muted">No item has a time.</text>`,
    ...lines, arrows(rows), drawn.join('\n'),
    axis === null ? '' : today(layout, timeline.asOf),
    legendOf(layout, MARGIN, bottom + 34),
  ].join('\n')
  return chart(body, { ...options, width, height: bottom + LEGEND + 8, title: `Timeline: ${timeline.title ?? 'plan'}`, summary: summaryOf(timeline) })
}
