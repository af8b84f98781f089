/** The codes of every problem that validation can report, and how a problem is built. */
import type { PlanProblem } from './types.ts'

const error = (meaning: string) => ({ severity: 'error', meaning }) as const
const warning = (meaning: string) => ({ severity: 'warning', meaning }) as const

/**
 * Every problem code with its severity and its meaning in one line. Codes are stable: tools match on them.
 *
 * An error makes a plan unusable; a warning does not.
 */
export const PROBLEM_CODES = {
  'empty-file': error('The file holds nothing.'),
  'byte-order-mark': warning('The file starts with a byte order mark; it is read, and kept by edits.'),
  encoding: error('The file is not text in UTF-8.'),
  'merge-markers': error('The file holds the conflict markers of an unfinished git merge.'),
  syntax: error('The text is not JSON.'),
  'too-deep': error('Values are nested deeper than any plan needs.'),
  'duplicate-key': error('An object names one key twice, so one of the two values would be lost.'),
  'forbidden-key': error('The key `__proto__` cannot be kept by JavaScript tools.'),
  'newer-version': error('The plan is in a newer format than this program knows; it is read-only.'),
  'missing-field': error('A required field is absent.'),
  'wrong-type': error('A value is of another type than the format asks for.'),
  'invalid-value': error('A value is none of the values that are allowed here.'),
  'invalid-format': error('A text does not have the form that the format asks for: a date, a URL, an id.'),
  'too-short': error('A text is empty where it must say something.'),
  'too-long': error('A text is longer than the format allows.'),
  'out-of-range': error('A number is below or above what the format allows.'),
  'duplicate-id': error('Two items have the same id.'),
  'unknown-dependency': error('An item depends on an id that no item has.'),
  'self-dependency': error('An item depends on itself.'),
  'depends-on-parent': error('An item depends on the milestone or step it lies in.'),
  'depends-on-child': error('A milestone or step depends on an item that lies in it.'),
  'dependency-cycle': error('Items wait for each other in a circle.'),
  'unknown-key': warning('A key is not part of the format; it is kept.'),
  'duplicate-element': warning('A list that is a set (dependencies, labels, criteria) names one element twice.'),
  'estimate-order': warning('The three points of an estimate are not in ascending order.'),
  'unfinished-dependency': warning('Work has begun or is done although something it depends on is unfinished.'),
} as const

/** A code of {@link PROBLEM_CODES}. */
export type ProblemCode = keyof typeof PROBLEM_CODES

/** Keys and indices from the top of the document down to a value. */
export type Path = readonly (string | number)[]

/** A problem before it has a position. */
export interface Finding {
  code: ProblemCode
  path: Path
  /** What a position points at: the value, or the key before it. Default: the value, or its parent where it is absent. */
  at?: 'key'
  message: string
  remedy: string
  /** Another place that the message is about, an earlier use of the same name; the message then ends without a full stop. */
  first?: Path
  /** The ids of the items between which a rule of the graph is broken. */
  ids?: readonly string[]
}

/** A JSON pointer (RFC 6901). */
export const toPointer = (path: Path): string => path.map((part) => '/' + String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('')

/** Where a finding stands in the source text; lines and columns are one-based. */
export interface Position {
  line: number
  column: number
}

/** Turns a finding into the problem that is shown; `locate` is given where the source text is known. */
export function toProblem(finding: Finding, locate?: (path: Path, at?: 'key') => Position): PlanProblem {
  const { code, path, at, first } = finding
  const position = locate?.(path, at)
  const earlier = first === undefined ? '' : ` (first ${locate ? `on line ${locate(first).line}` : `at ${toPointer(first)}`}).`
  return {
    code,
    severity: PROBLEM_CODES[code].severity,
    pointer: toPointer(path),
    ...(position && { line: position.line, column: position.column }),
    message: finding.message + earlier,
    remedy: finding.remedy,
  }
}

/** True when at least one problem is an error: the plan is unusable. */
export const hasErrors = (problems: readonly PlanProblem[]): boolean => problems.some((problem) => problem.severity === 'error')

/** A value in a message: short enough to read, quoted like JSON. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'a number that is too large'
  const text = JSON.stringify(value) ?? `a ${typeof value}`
  return text.length > 60 ? text.slice(0, 58) + '…"' : text
}
