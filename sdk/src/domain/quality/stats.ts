/** Shares and how sure they are, and the quality score. */

/** A share of something that was counted. */
export interface Share {
  /** How many of them. */
  readonly count: number
  /** Of how many. */
  readonly of: number
  /** `count / of`, 0 to 1; null of nothing. */
  readonly value: number | null
}

/** A share. */
export const share = (count: number, of: number): Share => ({ count, of, value: of === 0 ? null : count / of })

/** Bounds of a share, 0 to 1. */
export interface Interval {
  /** The lower bound. */
  readonly low: number
  /** The upper bound. */
  readonly high: number
}

/** The standard normal distribution's 97.5 % quantile: 95 % lie between it and its negative. */
const Z = 1.959963984540054

/**
 * Where the true share lies with 95 % confidence, after a sample: the score interval of E. B. Wilson ("Probable inference, the law of
 * succession, and statistical inference", 1927). It stays inside 0 to 1 and holds for small samples too.
 *
 * @returns 0 to 1 of an empty sample: nothing is known
 */
export function wilsonInterval(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const [p, z2] = [count / of, Z * Z]
  const centre = p + z2 / (2 * of)
  const margin = Z * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))
  const bound = (value: number): number => Math.min(1, Math.max(0, value / (1 + z2 / of)))
  return { low: count === 0 ? 0 : bound(centre - margin), high: count === of ? 1 : bound(centre + margin) }
}

/** A school grade of a score. */
export type Grade = 'A' | 'B' | 'C' | 'D' | 'F'

/** A quality score and its parts. */
export interface Score {
  /** 0 to 100, with one decimal; null while neither part has anything to measure. */
  readonly value: number | null
  /** A from 90, B from 80, C from 70, D from 60, F below; null without a value. */
  readonly grade: Grade | null
}

/** How {@link qualityScore} is made, in one line for people. */
export const SCORE_FORMULA = 'score = 100 x the mean of compliance (criteria met, of those due) and pass rate (checks passed, of those carried out); a part without anything to measure is left out'

const GRADES: readonly (readonly [from: number, grade: Grade])[] = [[90, 'A'], [80, 'B'], [70, 'C'], [60, 'D'], [0, 'F']]

/**
 * The quality score: the mean of its two parts, which is what BuildRunner has always called quality: test pass rates and compliance
 * with acceptance criteria. Both weigh the same, so that neither criteria that nobody checks nor checks that fail can be made up for
 * by the other. The grades are those of schools (90, 80, 70, 60).
 *
 * @param parts shares; one whose value is null is left out
 */
export function qualityScore(parts: { readonly compliance: Share; readonly passRate: Share }): Score {
  const values = [parts.compliance.value, parts.passRate.value].filter((value) => value !== null)
  if (values.length === 0) return { value: null, grade: null }
  const value = Math.round((1000 * values.reduce((sum, part) => sum + part, 0)) / values.length) / 10
  return { value, grade: GRADES.find(([from]) => value >= from)![1] }
}
