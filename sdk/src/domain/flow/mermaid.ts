/** Timeline and graph in Mermaid's language, for markdown pages. Verified against Mermaid 11. */
import { DAY_MS, dayOf, dayText, parseDay } from './calendar.ts'
import { statusName } from './svg.ts'
import { lastDay } from './time-axis.ts'
import type { GraphChart } from './graph-svg.ts'
import type { TimelineChart } from './timeline-svg.ts'
import type { Status } from '../plans/types.ts'

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** A flow chart takes any text between quotes, when what means something there is an entity. */
const quoted = (text: string): string => `"${oneLine(text).replace(/[&"<>#`\\]/g, (character) => `#${character.charCodeAt(0)};`)}"`

/** A Gantt chart has no quotes: what ends a name or begins a comment there is written as what looks like it. */
const LOOKALIKES: Readonly<Record<string, string>> = { ':': '∶', ';': '⁏', '#': '＃', '%': '％', '{': '❴', '}': '❵', '<': '‹', '>': '›', ',': '‚' }
/** Words that begin a statement; before one an invisible word joiner makes it a name. */
const KEYWORD = /^(gantt|title|section|date|excludes|includes|axisFormat|tickInterval|todayMarker|week|click|inclusiveEndDates|topAxis|acc|vert|call|href)/i
const unquoted = (text: string): string => oneLine(text).replace(/[:;#%{}<>,]/g, (character) => LOOKALIKES[character]!).replace(KEYWORD, '\u2060$1')

const CLASSES: readonly (readonly [Status, string])[] = [
  ['done', 'fill:#d3f9d8,stroke:#2b8a57,color:#1b2027'], ['in_progress', 'fill:#d6e6ff,stroke:#2f6fde,color:#1b2027'], ['in_review', 'fill:#e9defb,stroke:#8250df,color:#1b2027'],
  ['blocked', 'fill:#ffe0e0,stroke:#cf2f3a,color:#1b2027'], ['cancelled', 'fill:#f1f3f5,stroke:#8593a3,color:#59636e,stroke-dasharray:3 2'],
]

/** A dependency graph as a Mermaid flow chart. Ids may hold any character, so nodes are numbered, and keys stand in the labels. */
export function graphMermaid(graph: GraphChart): string {
  const names = new Map(graph.nodes.map(({ key }, index) => [key, `n${index}`]))
  const lines = ['flowchart LR']
  const known = new Set(CLASSES.map(([status]) => status))
  const draw = (node: GraphChart['nodes'][number], indent: string): void => {
    const status = node.status === null ? undefined : statusName(node.status)
    lines.push(`${indent}${names.get(node.key)}[${quoted(`${node.key} ${node.title}`)}]${status !== undefined && known.has(status) ? `:::${status}` : ''}`)
  }
  const grouped = new Set(graph.groups.map(({ key }) => key))
  for (const node of graph.nodes) if (node.parent === null || !grouped.has(node.parent)) draw(node, '  ')
  for (const [index, { key, title }] of graph.groups.entries()) {
    const members = graph.nodes.filter(({ parent }) => parent === key)
    lines.push(`  subgraph g${index}[${quoted(`${key} ${title}`)}]`)
    for (const node of members) draw(node, '    ')
    lines.push('  end')
  }
  const critical: number[] = []
  for (const [index, { from, to, isCritical }] of graph.edges.entries()) {
    lines.push(`  ${names.get(from)} --> ${names.get(to)}`)
    if (isCritical) critical.push(index)
  }
  for (const [status, style] of CLASSES) lines.push(`  classDef ${status} ${style}`)
  if (critical.length > 0) lines.push(`  linkStyle ${critical.join(',')} stroke:#d9730d,stroke-width:2px`)
  return `${lines.join('\n')}\n`
}

const GANTT_TAGS: Readonly<Partial<Record<Status, string>>> = { done: 'done', in_progress: 'active', in_review: 'active' }

/** A timeline as a Mermaid Gantt chart: milestones are its sections, each with what lies in it and when it is due. */
export function timelineMermaid(timeline: TimelineChart): string {
  const lines = ['gantt', `  title ${unquoted(timeline.title ?? 'Timeline')}`, '  dateFormat YYYY-MM-DD', '  axisFormat %d %b']
  const leaves = timeline.rows.some(({ kind }) => kind.toLowerCase() === 'microstep') ? 'microstep' : timeline.rows.some(({ kind }) => kind.toLowerCase() === 'step') ? 'step' : 'milestone'
  for (const [index, row] of timeline.rows.entries()) {
    const kind = row.kind.toLowerCase()
    const name = unquoted(`${row.key} ${row.title}`)
    if (kind === 'milestone') {
      lines.push(`  section ${name}`)
      if (row.dueDate !== null) lines.push(`    Due ${unquoted(row.key)} :milestone, ${row.isLate ? 'crit, ' : ''}d${index}, ${dayText(parseDay(row.dueDate))}, 0d`)
    }
    if (kind !== leaves || row.start === null || row.finish === null) continue
    const status = row.status === null ? (row.hasFinished ? 'done' : row.hasStarted ? 'in_progress' : 'todo') : statusName(row.status)
    const tags = [GANTT_TAGS[status], row.isCritical ? 'crit' : undefined].filter((tag) => tag !== undefined)
    const start = dayOf(Date.parse(row.start))
    const days = Math.max(1, lastDay(Math.max(Date.parse(row.finish), start * DAY_MS + 1)) - start + 1)
    lines.push(`    ${name} :${[...tags, `t${index}`, dayText(start), `${days}d`].join(', ')}`)
  }
  return `${lines.join('\n')}\n`
}
