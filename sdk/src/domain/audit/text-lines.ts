/** Lines of UTF-8 from pieces of bytes, in batches: what came in one piece goes on in one. */

const LINE_FEED = 0x0a

/** Lines without their line feed. A last line without one is a line too. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string[]> {
  const pending: Uint8Array[] = []
  for await (const chunk of chunks) {
    const first = chunk.indexOf(LINE_FEED)
    if (first >= 0) {
      // only the line that began before is put together; what lies in this piece alone is read where it is
      const begun = decode(joined([...pending.splice(0), chunk.subarray(0, first)]))
      const last = chunk.lastIndexOf(LINE_FEED)
      yield last === first ? begun : [...begun, ...decode(chunk.subarray(first + 1, last))]
      pending.push(chunk.subarray(last + 1))
    } else pending.push(chunk)
  }
  const rest = joined(pending)
  if (rest.length > 0) yield decode(rest)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

// A byte order mark is kept, so that text and bytes stay one to one.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

function decode(bytes: Uint8Array): string[] {
  try {
    return strict.decode(bytes).split('\n')
  } catch {
    return splitBytes(bytes).map(decodeLine)
  }
}

/** A line that is no UTF-8 gets a space at its end: no format here has one, so it is refused, but what it tells can still be read. */
function decodeLine(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return `${lossy.decode(bytes)} `
  }
}

function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return [...lines, bytes.subarray(start)]
}
