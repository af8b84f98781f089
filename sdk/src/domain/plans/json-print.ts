/** How a JSON text is written, and new text in the same manner. */
import type { JsonText, Member } from './json-text.ts'

/** The habits of a file. */
export interface JsonStyle {
  /** False where the whole text stands on one line. */
  multiline: boolean
  eol: string
  /** One level of indentation. */
  unit: string
  /** What stands between key and value: `: ` or `:`. */
  colon: string
  /** What stands behind the comma of an inline list: a blank or nothing. */
  gap: string
  /** Whether lists of texts and numbers stand on one line. */
  inlineLists: boolean
}

const DEFAULT_UNIT = '  '

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, offset))![0]
}

/** Reads the habits from the top of the document and from its first list of texts. */
export function detectStyle(json: JsonText): JsonStyle {
  const { text, root } = json
  const first = json.container(root).members[0]
  const lead = first === undefined ? '' : text.slice(root + 1, first.keyStart)
  const multiline = lead.includes('\n') || first === undefined
  const colon = first === undefined ? ': ' : /\s*:\s*$/.exec(text.slice(first.keyStart, first.start))![0]
  const list = /\[(\s*)"/.exec(text)
  return {
    multiline,
    eol: /\r?\n/.exec(text)?.[0] ?? '\n',
    unit: multiline && first !== undefined ? indentAt(text, first.keyStart).slice(indentAt(text, root).length) || DEFAULT_UNIT : DEFAULT_UNIT,
    colon,
    gap: /\s$/.test(colon) ? ' ' : '',
    inlineLists: list !== null && !list[1]!.includes('\n'),
  }
}

/** Entries of an object that is printed; values that are undefined are left out, as by `JSON.stringify`. */
const entriesOf = (value: object): [string, unknown][] => Object.entries(value).filter(([, inner]) => inner !== undefined)
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

/** Puts printed parts between brackets, one a line. */
export function printLines(brackets: '[]' | '{}', parts: readonly string[], indent: string, style: JsonStyle): string {
  if (parts.length === 0) return brackets
  if (!style.multiline) return brackets[0] + parts.join(',' + style.gap) + brackets[1]
  const inner = style.eol + indent + style.unit
  return brackets[0] + inner + parts.join(',' + inner) + style.eol + indent + brackets[1]
}

/** Prints a value that begins on a line with the given indentation. */
export function printValue(value: unknown, indent: string, style: JsonStyle): string {
  if (isScalar(value)) return JSON.stringify(value) ?? 'null'
  const inner = indent + style.unit
  if (Array.isArray(value)) {
    if (style.inlineLists && value.every(isScalar)) return printInline(value, style, '')
    return printLines('[]', value.map((element) => printValue(element, inner, style)), indent, style)
  }
  return printLines('{}', entriesOf(value as object).map(([key, each]) => JSON.stringify(key) + style.colon + printValue(each, inner, style)), indent, style)
}

/** Prints a value on one line. @param pad what stands inside the braces of an object */
export function printInline(value: unknown, style: JsonStyle, pad: string): string {
  if (isScalar(value)) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((element) => printInline(element, style, pad)).join(',' + style.gap)}]`
  const entries = entriesOf(value as object).map(([key, each]) => JSON.stringify(key) + style.colon + printInline(each, style, pad))
  return entries.length === 0 ? '{}' : `{${pad}${entries.join(',' + style.gap)}${pad}}`
}

/** How to print an object beside a sibling that stands on one line; undefined where the sibling takes several lines. */
export function inlinePadOf(json: JsonText, sibling: Member | undefined): string | undefined {
  if (sibling === undefined || json.text[sibling.start] !== '{' || json.text.slice(sibling.start, sibling.end).includes('\n')) return undefined
  const first = json.container(sibling.start).members[0]
  return first && json.text.slice(sibling.start + 1, first.keyStart)
}

/** Moves text to another indentation. Line breaks of JSON stand only between its values, so each begins a line. */
export function reindent(text: string, from: string, to: string): string {
  return from === to ? text : text.replaceAll('\n' + from, '\n' + to)
}

