/** The regular expressions of checks. */

/** The flags of a check's regular expression: `^` and `$` are of lines, and the syntax is strict. */
export const PATTERN_FLAGS = 'mu'

/** What is wrong with a regular expression, in the engine's words; undefined when nothing is. */
export function patternFault(matches: string): string | undefined {
  try {
    new RegExp(matches, PATTERN_FLAGS)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '')
  }
}

export const isPattern = (matches: string): boolean => patternFault(matches) === undefined
