/** "Did you mean": the known ids closest to a wrong one. */

/** Edit distance in which a swap of neighbours counts one, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforePrevious[j - 2] as number) + 1 : limit + 1
      current.push(Math.min(substitution, swap, (previous[j] as number) + 1, (current[j - 1] as number) + 1))
    }
    if (Math.min(...current) > limit) return limit + 1
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] as number
}

/** Up to three candidates, best first: differing by case or few letters, or beginning with what was typed. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const wanted = word.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  const found: [rank: number, candidate: string][] = []
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase()
    const rank = lower.startsWith(wanted) && wanted.length > 1 ? 0.5 : distance(wanted, lower, limit)
    if (rank <= limit) found.push([rank, candidate])
  }
  return found
    .sort((a, b) => a[0] - b[0])
    .slice(0, 3)
    .map(([, candidate]) => candidate)
}
