/** Carries one check out, of whatever kind. */
import type { Check } from '@buildrunner/sdk/plans'
import { CheckError, type Attempt, type CheckContext } from './check.ts'
import { checkCommand } from './checks/command.ts'
import { checkFile } from './checks/file.ts'
import { checkHttp } from './checks/http.ts'
import { checkCoverage, checkJunit } from './checks/report.ts'

/** Never rejects for what the check or the world is to blame for. */
export async function carryOut(check: Check, context: CheckContext): Promise<Attempt> {
  if (context.signal.aborted) return { outcome: 'skipped', message: 'it was not begun' }
  try {
    return await byKind(check, context)
  } catch (error) {
    if (error instanceof CheckError) return { outcome: 'errored', message: context.mask(error.message) }
    throw error
  }
}

function byKind(check: Check, context: CheckContext): Promise<Attempt> | Attempt {
  switch (check.kind) {
    case 'command':
      return checkCommand(check, context)
    case 'http':
      return checkHttp(check, context)
    case 'file':
      return checkFile(check, context)
    case 'junit':
      return checkJunit(check, context)
    case 'coverage':
      return checkCoverage(check, context)
    case 'manual':
      return { outcome: 'skipped', message: check.by === undefined ? 'a person confirms it' : `${check.by} confirms it` }
  }
}
