/**
 * The longest strictly increasing subsequence, in O(n log n): what may stay in place when a list is reordered with as
 * few moves as possible. Of several longest ones the choice depends on nothing but the values.
 *
 * @returns for each value whether it belongs to the subsequence
 * @see Fredman, "On computing the length of longest increasing subsequences", 1975
 */
export function longestIncreasing(values: readonly number[]): boolean[] {
  /** tails[k] is the index of the least value that ends a subsequence of length k + 1. */
  const tails: number[] = []
  const previous = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    previous[i] = low > 0 ? tails[low - 1]! : -1
    tails[low] = i
  }
  const kept = new Array<boolean>(values.length).fill(false)
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) kept[i] = true
  return kept
}

/** The members of both lists that keep their place when the others move; the lists hold no id twice. */
export function stayingOf(current: readonly string[], target: readonly string[]): ReadonlySet<string> {
  const position = new Map<string, number>()
  for (let i = 0; i < current.length; i++) position.set(current[i]!, i)
  const common = target.filter((id) => position.has(id))
  const kept = longestIncreasing(common.map((id) => position.get(id)!))
  return new Set(common.filter((_, i) => kept[i]))
}
