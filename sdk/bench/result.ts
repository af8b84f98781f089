/** One line of `npm run bench`. */
export interface BenchResult {
  what: string
  baseline: string
  /** Cost of the thing measured, in costs of the baseline. */
  ratio: number
  /** The highest ratio that passes. */
  bar: number
  /** Absolute figures, for people. */
  detail: string
}
