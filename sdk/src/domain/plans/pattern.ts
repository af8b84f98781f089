/** The regular expressions of checks. */

/** The flags of a check's regular expression: `^` and `$` are of lines, and the syntax is strict. */
const FLAGS = 'mu'

/** The expression that a check's `matches` stands for. @throws SyntaxError */
export const patternOf = (matches: string): RegExp => new RegExp(matches, FLAGS)

/** What is wrong with a regular expression, in the engine's words; undefined when nothing is. */
export function patternFault(matches: string): string | undefined {
  try {
    patternOf(matches)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '')
  }
}

export const isPattern = (matches: string): boolean => patternFault(matches) === undefined
