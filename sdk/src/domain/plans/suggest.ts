/** "Did you mean": the nearest known name by edit distance. */

/** Case and separators are what people get wrong first: `depends_on`, `DependsOn` and `depends-on` are one name. */
const normalise = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

/**
 * Optimal string alignment distance (a swap of neighbours counts one), or `limit + 1` as soon as it must exceed `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) cost = Math.min(cost, before[column - 2]! + 1)
      current.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    before = previous
    previous = current
  }
  return previous[b.length]!
}

/** The candidate nearest to `name`, or undefined when none is near enough to be meant; the first of equals wins. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(name)
  let limit = Math.min(3, Math.floor(wanted.length / 3) + (wanted.length > 2 ? 1 : 0))
  let found: string | undefined
  for (const candidate of candidates) {
    if (candidate === name) continue
    const distance = editDistance(wanted, normalise(candidate), limit)
    if (distance > limit || (found !== undefined && distance === limit)) continue
    if (distance === 0) return candidate
    found = candidate
    limit = distance
  }
  return found
}
