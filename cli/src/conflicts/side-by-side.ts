/** A conflict as three columns: base, local, remote. */
import { displayWidth, padEnd, type Style } from '../core/style.ts'
import { KINDS } from '../sync/report.ts'
import { oneLine } from '../plan/describe.ts'
import { placeOf, type OpenConflict } from './conflict.ts'
import { t, translated } from '../text/text.ts'

const COLUMNS = ['base', 'local', 'remote'] as const
const MAX_WIDTH = 120
const MIN_COLUMN = 12

/** Lines of at most `width` columns; what a side changed is in colour. */
export function sideBySide(conflict: OpenConflict, width: number, style: Style): string[] {
  const column = Math.max(MIN_COLUMN, Math.floor((Math.min(width, MAX_WIDTH) - 7) / COLUMNS.length))
  const baseLines = new Set(valueLines(conflict.base))
  const cells = COLUMNS.map((side) =>
    valueLines(conflict[side]).flatMap((line) => wrap(line, column).map((text) => ({ text, isNew: side !== 'base' && !baseLines.has(line) }))),
  )
  const height = Math.max(...cells.map((lines) => lines.length))
  const cell = (lines: (typeof cells)[number], line: number): string => {
    const { text, isNew } = lines[line] ?? { text: '', isNew: false }
    return (isNew ? style.yellow(text) : text) + ' '.repeat(Math.max(0, column - displayWidth(text)))
  }
  return [
    heading(conflict, style),
    ` ${COLUMNS.map((name) => style.bold(padEnd(name, column))).join(' │ ')}`.trimEnd(),
    ` ${COLUMNS.map(() => '─'.repeat(column)).join('─┼─')}`,
    ...Array.from({ length: height }, (_, line) => ` ${cells.map((lines) => cell(lines, line)).join(' │ ')}`.trimEnd()),
  ]
}

export function heading(conflict: OpenConflict, style: Style): string {
  const { id, source, itemTitle, kind, by } = conflict
  const facts = [translated(KINDS[kind] ?? kind), ...(by === null ? [] : [t('edit of {by}', { by })]), ...(source === 'file' ? [] : [id])]
  return `${style.red('✗')} ${style.bold(placeOf(conflict))}${itemTitle === null ? '' : `  ${oneLine(itemTitle)}`}  ${style.dim(facts.join('  '))}`
}

/** A value as lines: a text as it is, a list by its elements, an item by its fields. */
export function valueLines(value: unknown): string[] {
  if (value === null || value === undefined) return ['(absent)']
  if (typeof value === 'string') return value.split('\n')
  if (Array.isArray(value)) return value.length === 0 ? ['(none)'] : value.flatMap((element) => valueLines(element).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`))
  if (typeof value !== 'object') return [String(value)]
  return Object.entries(value).flatMap(([name, inner]) => {
    const lines = valueLines(inner)
    return lines.length === 1 ? [`${name}: ${lines[0]}`] : [`${name}:`, ...lines.map((line) => `  ${line}`)]
  })
}

/** Breaks plain text into lines of at most `width` columns, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && displayWidth(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    for (const character of word) {
      if (displayWidth(line + character) > width && character !== ' ') {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line.trimEnd()]
}
