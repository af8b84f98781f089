/** Where a line and column of a text are. */

/** @param line one-based @param column one-based, in UTF-16 units @returns the offset; past the end of the text, its end */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0
  for (let before = 1; before < line; before++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return text.length
    start = end + 1
  }
  return Math.min(start + column - 1, text.length)
}
