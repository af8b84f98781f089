/** Colour, width and layout for terminals. Nothing here writes. */

type Paint = (text: string) => string
export interface Style {
  readonly enabled: boolean
  bold: Paint
  dim: Paint
  red: Paint
  green: Paint
  yellow: Paint
  blue: Paint
  magenta: Paint
  cyan: Paint
}

/** https://no-color.org and https://force-color.org; otherwise colour only where a terminal reads it. */
export function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

export function createStyle(enabled: boolean): Style {
  const paint = (open: number, close: number): Paint => (enabled ? (text) => (text === '' ? '' : `\x1b[${open}m${text}\x1b[${close}m`) : (text) => text)
  return {
    enabled,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    blue: paint(34, 39),
    magenta: paint(35, 39),
    cyan: paint(36, 39),
  }
}

// eslint-disable-next-line no-control-regex
const SGR = /\x1b\[[0-9;]*m/g
// Wide in a terminal: CJK, Hangul, kana, full-width forms, emoji. Zero: combining marks, joiners, variation selectors.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const ZERO = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]$/u

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  const plain = text.includes('\x1b') ? text.replace(SGR, '') : text
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length
  let width = 0
  for (const character of plain) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)))
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text))) + text

/** Shortens plain text (no colours inside) to a width, with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let out = ''
  let used = 0
  for (const character of text) {
    const next = displayWidth(character)
    if (used + next > width - 1) break
    out += character
    used += next
  }
  return `${out}…`
}

/** Rows of cells as aligned lines, two spaces between columns; the last column is not padded. */
export function table(rows: readonly (readonly string[])[], options: { indent?: number; right?: readonly number[] } = {}): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell))))
  const indent = ' '.repeat(options.indent ?? 0)
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      if (options.right?.includes(column)) return padStart(cell, widths[column] ?? 0)
      return column === row.length - 1 ? cell : padEnd(cell, widths[column] ?? 0)
    })
    return (indent + cells.join('  ')).trimEnd()
  })
}

/** A bar of `width` columns for a fraction between 0 and 1, in eighths of a column: empty only at 0, full only at 1. */
export function bar(fraction: number, width: number, style: Style): string {
  const all = width * 8
  const eighths = fraction <= 0 ? 0 : fraction >= 1 ? all : Math.min(all - 1, Math.max(1, Math.round(fraction * all)))
  const full = Math.floor(eighths / 8)
  const rest = eighths % 8
  const filled = '█'.repeat(full) + (rest > 0 ? '▏▎▍▌▋▊▉'.charAt(rest - 1) : '')
  return style.green(filled) + style.dim('·'.repeat(width - full - (rest > 0 ? 1 : 0)))
}
