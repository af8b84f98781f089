/**
 * How text stands in our markdown: as itself wherever that can be read back, and otherwise with character references,
 * which every renderer shows as the character. Reading is the exact inverse of writing for every JavaScript string.
 */

/** Opens every plan in our markdown; hidden where markdown is rendered. */
export const PLAN_MARKER = '<!-- buildrunner plan'

/** An ampersand that a reader would take for one of the references that are written here. */
const AMBIGUOUS = /&(?=(?:amp;)*(?:#\d+|lt|gt);)/g
/** Characters that do not survive as they are: controls but tab and line feed, and lone surrogates. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const REFERENCE = /&amp;(?=(?:amp;)*(?:#\d+|lt|gt);)|&#(\d+);|&(lt|gt);/g

const reference = (char: string): string => `&#${char.charCodeAt(0)};`

/** Text of several lines, for a quote. */
export const encodeText = (text: string): string => text.replace(AMBIGUOUS, '&amp;').replace(UNSAFE, reference)

export function decodeText(text: string): string {
  return text.replace(REFERENCE, (_, number?: string, name?: string) =>
    number !== undefined ? String.fromCharCode(Number(number)) : name === 'lt' ? '<' : name === 'gt' ? '>' : '&',
  )
}

/**
 * Text for the rest of one line. Markup stays markup (`code`, **bold**, links), only HTML outside of code is made visible.
 * What the line's end would swallow (white space, closing `#`, the end of a comment) becomes a reference.
 */
export function encodeLine(text: string): string {
  return encodeText(text)
    .split(/((`+)[^`]+\2(?!`))/)
    .map((piece, index) => (index % 3 === 0 ? piece.replaceAll('<', '&lt;') : index % 3 === 1 ? piece : ''))
    .join('')
    .replaceAll('\n', '&#10;')
    .replace(/^\s+|\s+$/g, (space) => [...space].map(reference).join(''))
    .replace(/#$/, reference)
    .replace(/-->$/, '--&gt;')
}

/** What a reader takes off the end of a line: an id, a check, a status. */
const SUFFIX = /(?:· `[^`]+`| \(check: .*\)|_\([a-z ]+\)_)$/s

/** A line that nothing of ours follows, but that may end as if something did. */
export const protectEnd = (line: string): string => (SUFFIX.test(line) ? line.slice(0, -1) + reference(line.at(-1)!) : line)

/** True for text that can stand between backticks as it is. */
export const isCode = (text: string): boolean => /^[^`\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u.test(text) && text.trim() === text

/** Data that has no other form, hidden where markdown is rendered. */
export const dataComment = (data: object): string => `<!-- ${JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')} -->`

/** The data at the end of a line, and what stands before it; undefined when there is none. */
export function splitDataComment(line: string): { before: string; data: Record<string, unknown> } | undefined {
  if (!line.endsWith('} -->')) return undefined
  const start = line.lastIndexOf('<!-- {')
  if (start === -1) return undefined
  try {
    const data: unknown = JSON.parse(line.slice(start + 5, -4))
    return { before: line.slice(0, start).trimEnd(), data: data as Record<string, unknown> }
  } catch {
    return undefined
  }
}

const BLOCK_START = /^(?:\s|(?:[-*+]|\d+[.)])(?:\s|$)|#{1,6}(?:\s|$)|>|<|```|~~~|(?:=+|-+|\*+|_+)$)/

/** True for paragraphs that no reader takes for anything else, and that come back exactly. */
function isPlain(text: string): boolean {
  if (text === '' || encodeText(text) !== text) return false
  let blank = true
  for (const line of text.split('\n')) {
    if (line === '' ? blank : BLOCK_START.test(line) || line.trimEnd() !== line) return false
    blank = line === ''
  }
  return !blank
}

/** Markdown of several lines: paragraphs as they are, everything else as a quote. */
export function writeBlock(text: string): string[] {
  if (isPlain(text)) return text.split('\n')
  return encodeText(text)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
}

/** The inverse of `writeBlock`; undefined for nothing but blank lines. Lines around the text may be blank. */
export function readBlock(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first === -1) return undefined
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const text = lines.slice(first, last + 1)
  if (!text.every((line) => line.startsWith('>') || line.trim() === '')) return text.join('\n')
  return decodeText(text.map((line) => line.replace(/^> ?/, '')).join('\n'))
}
