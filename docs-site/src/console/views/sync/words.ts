/** What differs between two texts, word by word. */

export interface Part {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Words, runs of white space, and single other signs. */
const TOKENS = /\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu
/** Texts that differ in more words than this have little in common: one is shown as taken away, the other as added. */
const MAX_DIFFERENCE = 1_500

/**
 * A shortest way from one text to the other (Myers 1986). The parts that are `same` or `removed` are the text before, those that are
 * `same` or `added` the one after.
 */
export function diffWords(before: string, after: string): Part[] {
  const [a, b] = [before.match(TOKENS) ?? [], after.match(TOKENS) ?? []]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const parts: Part[] = []
  const say = (kind: Part['kind'], tokens: readonly string[]): void => {
    if (tokens.length === 0) return
    const last = parts.at(-1)
    if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + tokens.join('') }
    else parts.push({ kind, text: tokens.join('') })
  }
  say('same', a.slice(0, start))
  for (const { kind, token } of steps(a.slice(start, a.length - end), b.slice(start, b.length - end))) say(kind, [token])
  say('same', a.slice(a.length - end))
  return parts
}

interface Step {
  readonly kind: Part['kind']
  readonly token: string
}

const replaced = (a: readonly string[], b: readonly string[]): Step[] => [...a.map((token) => ({ kind: 'removed', token }) as const), ...b.map((token) => ({ kind: 'added', token }) as const)]

function steps(a: readonly string[], b: readonly string[]): Step[] {
  const trace = furthest(a, b)
  if (trace === undefined) return replaced(a, b)
  const found: Step[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d] as Int32Array
    const k = x - y
    // an addition, unless only a removal leads further
    const isAdded = k === -d || (k !== d && at(reach, d, k - 1) < at(reach, d, k + 1))
    const fromX = d === 0 ? 0 : at(reach, d, isAdded ? k + 1 : k - 1)
    const fromY = d === 0 ? 0 : fromX - (isAdded ? k + 1 : k - 1)
    const startX = d === 0 ? 0 : isAdded ? fromX : fromX + 1
    while (x > startX) found.push({ kind: 'same', token: a[--x] as string })
    if (d === 0) break
    found.push(isAdded ? { kind: 'added', token: b[fromY] as string } : { kind: 'removed', token: a[fromX] as string })
    ;[x, y] = [fromX, fromY]
  }
  return found.reverse()
}

/** Diagonals -d to d are kept at 0 to 2d + 2, with one to spare at either end. */
const at = (reach: Int32Array, d: number, k: number): number => reach[k + d] ?? -1

/** For each number of differences, how far each diagonal led with one less; undefined when there are too many. */
function furthest(a: readonly string[], b: readonly string[]): Int32Array[] | undefined {
  const trace: Int32Array[] = []
  let before = new Int32Array(1)
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_DIFFERENCE); d++) {
    // `before` holds diagonals -(d-1)..(d-1); shifted so that index k + d names diagonal k
    const shifted = new Int32Array(2 * d + 1).fill(-1)
    if (d > 0) shifted.set(before, 1)
    trace.push(shifted)
    const now = new Int32Array(2 * d + 1).fill(-1)
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : k === -d || (k !== d && at(shifted, d, k - 1) < at(shifted, d, k + 1)) ? at(shifted, d, k + 1) : at(shifted, d, k - 1) + 1
      let y = x - k
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++
        y++
      }
      now[k + d] = x
      if (x >= a.length && y >= b.length) return trace
    }
    before = now
  }
  return undefined
}
