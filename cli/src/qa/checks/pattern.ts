/** Regular expressions of a plan, which nobody vouches for: they get a second. */
import { PATTERN_FLAGS } from '@buildrunner/sdk/plans'
import vm from 'node:vm'
import { CheckError } from '../check.ts'

const TIMEOUT_MS = 1_000
const script = new vm.Script('new RegExp(pattern, flags).test(text)')

/** Whether a text matches. @throws CheckError for an expression that takes too long: one that tries every way to read the text */
export function matches(pattern: string, text: string): boolean {
  try {
    return script.runInNewContext({ pattern, flags: PATTERN_FLAGS, text }, { timeout: TIMEOUT_MS }) as boolean
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new CheckError(`the expression "${pattern}" takes longer than ${TIMEOUT_MS / 1000} s`)
  }
}
