/** The drawing of a timeline: bars in time, and beside them the items that can be chosen. */
import type { ReactNode } from 'react'
import type { TimelineRow } from '@buildrunner/sdk/flow'
import { Axis } from './axis.ts'
import type { TimelineText } from './timeline-text.ts'

export const ROW = 32
const HEAD = 42
const LABELS = 260
const LABELS_NARROW = 132
/** With more rows than this, only dependencies on the critical path are drawn. */
const MAX_ROWS_WITH_LINES = 120

export interface ChartInput {
  readonly rows: readonly TimelineRow[]
  readonly asOf: number
  /** Pixels. */
  readonly perDay: number
  readonly isNarrow: boolean
  readonly language: string
}

export interface Chart {
  readonly axis: Axis
  readonly labels: number
  readonly width: number
  readonly height: number
}

const momentsOf = ({ start, finish, dueDate }: TimelineRow): number[] => [start, finish, dueDate === null ? null : `${dueDate}T23:59:59Z`].flatMap((moment) => (moment === null ? [] : [Date.parse(moment)]))

/** First and last moment of everything that is shown, now among them. */
export function rangeOf(rows: readonly TimelineRow[], asOf: number): [number, number] {
  let [from, to] = [asOf, asOf]
  for (const row of rows) {
    for (const moment of momentsOf(row)) {
      from = Math.min(from, moment)
      to = Math.max(to, moment)
    }
  }
  return [from - 86_400_000, to + 86_400_000 * 2]
}

export function chartOf({ rows, asOf, perDay, isNarrow }: ChartInput): Chart {
  const [from, to] = rangeOf(rows, asOf)
  const labels = isNarrow ? LABELS_NARROW : LABELS
  const axis = new Axis(from, to, labels, perDay)
  return { axis, labels, width: Math.ceil(axis.right) + 24, height: HEAD + rows.length * ROW + 8 }
}

const middle = (index: number): number => HEAD + ROW * (index + 0.5)

export function Bars({ input, chart, t }: { readonly input: ChartInput; readonly chart: Chart; readonly t: TimelineText }): ReactNode {
  const { rows, asOf, language } = input
  const { axis, height } = chart
  const today = axis.x(asOf)
  return (
    <>
      {axis.ticks(language).map(({ x, text, isMajor }) => (
        <g key={x}>
          <path d={`M${x} ${isMajor ? 18 : 24}V${height}`} className="timeline-line" />
          <text x={x + 4} y={32} className="timeline-tick">{text}</text>
        </g>
      ))}
      <Lines rows={rows} axis={axis} />
      {rows.map((row, index) => <Bar key={row.key} row={row} y={middle(index)} axis={axis} done={t('row.done')} />)}
      <path d={`M${today} 4V${height}`} className="timeline-today" />
      <text x={today + 4} y={13} className="timeline-today-text">{t('today')}</text>
    </>
  )
}

function Bar({ row, y, axis, done }: { readonly row: TimelineRow; readonly y: number; readonly axis: Axis; readonly done: string }): ReactNode {
  const { start, finish, kind, percent, isCritical, isLate, dueDate, hasFinished, status } = row
  const due = dueDate === null ? undefined : axis.x(Date.parse(`${dueDate}T23:59:59Z`))
  const from = start === null ? undefined : axis.x(Date.parse(start))
  const to = finish === null || from === undefined ? undefined : Math.max(from + 3, axis.x(Date.parse(finish)))
  const half = kind === 'microstep' ? 8 : 5
  return (
    <>
      {from !== undefined && to !== undefined && (
        <>
          <rect x={from} y={y - half} width={to - from} height={2 * half} rx="3" className="timeline-bar" data-kind={kind} data-status={hasFinished ? 'done' : (status ?? 'todo')} />
          {kind !== 'microstep' && percent > 0 && <rect x={from} y={y - half} width={((to - from) * percent) / 100} height={2 * half} rx="3" className="timeline-bar" data-status="done" />}
          {isCritical && <path d={`M${from} ${y + half + 3}H${to}`} className="timeline-critical" />}
        </>
      )}
      {from === undefined && hasFinished && <text x={axis.left + 8} y={y + 4} className="timeline-tick">✓ {done}</text>}
      {due !== undefined && <path d={`M${due} ${y - 8}l7 8-7 8-7-8z`} className="timeline-due" data-late={isLate || undefined} />}
    </>
  )
}

/** Who waits for whom, among what is shown. */
function Lines({ rows, axis }: { readonly rows: readonly TimelineRow[]; readonly axis: Axis }): ReactNode {
  const at = new Map(rows.map((row, index) => [row.key, index]))
  const isFew = rows.length <= MAX_ROWS_WITH_LINES
  return rows.flatMap((row, index) => row.dependsOn.map((key) => {
    const other = at.get(key)
    const first = other === undefined ? undefined : rows[other]
    if (other === undefined || !first?.finish || !row.start) return null
    const isCritical = first.isCritical && row.isCritical
    if (!isFew && !isCritical) return null
    const [x1, y1, x2, y2] = [axis.x(Date.parse(first.finish)), middle(other), axis.x(Date.parse(row.start)), middle(index)]
    const bend = Math.max(x1 + 6, Math.min(x2 - 6, x1 + 12))
    return <path key={`${key} ${row.key}`} d={`M${x1} ${y1}H${bend}V${y2}H${x2}`} className="timeline-edge" data-critical={isCritical || undefined} />
  }))
}

interface LabelsProps {
  readonly rows: readonly TimelineRow[]
  readonly width: number
  readonly selected: string | undefined
  select(key: string): void
  /** What an item is in time, in words. */
  describe(row: TimelineRow): string
  readonly t: TimelineText
}

const INDENT = { milestone: 0, step: 12, microstep: 24 } as const

/** Stays in sight while the drawing moves below it. */
export function Labels({ rows, width, selected, select, describe, t }: LabelsProps): ReactNode {
  return (
    <ul className="timeline-labels" style={{ inlineSize: width, paddingBlockStart: HEAD }} aria-label={t('items')}>
      {rows.map((row) => (
        <li key={row.key} style={{ blockSize: ROW, paddingInlineStart: INDENT[row.kind] }}>
          <button type="button" data-kind={row.kind} aria-pressed={row.key === selected} title={row.title} onClick={() => select(row.key)}>
            {row.isCritical && <span className="timeline-star" aria-hidden="true">◆</span>}
            <span>{row.title}</span>
            <span className="visually-hidden">, {describe(row)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
