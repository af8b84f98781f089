/** Which kinds of events a subscriber wants: `plan.changed`, or `comment.*` for all of a domain. */
import { ValidationError } from '../shared/errors.ts'

export interface Kinds {
  matches(kind: string): boolean
  /** For `LIKE ANY`. */
  readonly like: readonly string[]
}

const MAX_PATTERNS = 20
const PATTERN = /^[a-z]+(?:[._][a-z]+)*(?:\.\*)?$/

/** Null: every kind. @throws ValidationError for what is no pattern */
export function parseKinds(patterns: readonly string[] | null | undefined): Kinds | null {
  if (patterns === null || patterns === undefined) return null
  if (patterns.length === 0 || patterns.length > MAX_PATTERNS) throw new ValidationError(`kinds has 1 to ${MAX_PATTERNS} patterns; leave it out for all.`, ['kinds'])
  const wrong = patterns.findIndex((pattern) => !PATTERN.test(pattern))
  if (wrong >= 0) throw new ValidationError(`A kind reads plan.changed, or comment.* for all that begin so; ${JSON.stringify(patterns[wrong])} does not.`, ['kinds', String(wrong)])
  const kinds = new Set(patterns.filter((pattern) => !pattern.endsWith('*')))
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1))
  return {
    matches: (kind) => kinds.has(kind) || prefixes.some((prefix) => kind.startsWith(prefix)),
    like: patterns.map((pattern) => pattern.replaceAll('_', '\\_').replace(/\*$/, '%')),
  }
}
