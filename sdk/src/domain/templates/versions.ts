/** Semantic versions (semver.org 2.0.0) and the ranges that templates use: `1.2.3`, `^1.2.3`, `~1.2.3`, `>=1.2.3`, `*`. */

interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number]
  /** Identifiers of a pre-release; empty for a release. */
  readonly pre: readonly string[]
}

const VERSION = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/

/** Undefined for what is no version. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  return { numbers: [Number(match[1]), Number(match[2]), Number(match[3])], pre: match[4]?.split('.') ?? [] }
}

const sign = (difference: number): number => Math.sign(difference)

function compareIdentifiers(a: string, b: string): number {
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (first && second) return sign(Number(a) - Number(b))
  if (first !== second) return first ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  // a release comes after all of its pre-releases
  if (a.length === 0 || b.length === 0) return sign(b.length - a.length)
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareIdentifiers(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return sign(a.length - b.length)
}

function compare(a: Version, b: Version): number {
  for (let at = 0; at < 3; at++) if (a.numbers[at] !== b.numbers[at]) return sign(a.numbers[at]! - b.numbers[at]!)
  return comparePre(a.pre, b.pre)
}

/** Negative where `a` comes before `b`. What is no version comes before every version. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)]
  if (first === undefined || second === undefined) return first === second ? 0 : first === undefined ? -1 : 1
  return compare(first, second)
}

const RANGE = /^(\^|~|>=)?(\S+)$/

/** Whether a text is a range. */
export const isRange = (range: string): boolean => range === '*' || parseVersion(RANGE.exec(range)?.[2] ?? '') !== undefined

/** The first version that `^` does not reach any more: the left-most number that is not 0 goes up. */
function ceilingOfCaret([major, minor, patch]: Version['numbers']): Version['numbers'] {
  if (major > 0) return [major + 1, 0, 0]
  return minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1]
}

/**
 * Whether a version lies in a range. A pre-release lies only in a range whose own version is a pre-release of the same release.
 *
 * @returns false for what is no version or no range
 */
export function satisfies(version: string, range: string): boolean {
  const found = parseVersion(version)
  if (found === undefined) return false
  if (range === '*') return found.pre.length === 0
  const match = RANGE.exec(range)
  const floor = parseVersion(match?.[2] ?? '')
  if (floor === undefined) return false
  const order = compare(found, floor)
  if (match?.[1] === undefined) return order === 0
  const isSameRelease = found.numbers.every((number, at) => number === floor.numbers[at])
  if (order < 0 || (found.pre.length > 0 && !(floor.pre.length > 0 && isSameRelease))) return false
  if (match[1] === '>=') return true
  const ceiling = match[1] === '^' ? ceilingOfCaret(floor.numbers) : ([floor.numbers[0], floor.numbers[1] + 1, 0] as const)
  return compare(found, { numbers: ceiling, pre: [] }) < 0
}

/** The newest of the versions that lie in a range; undefined where none does. */
export const newestIn = (versions: readonly string[], range: string): string | undefined =>
  versions.filter((version) => satisfies(version, range)).sort(compareVersions).at(-1)
