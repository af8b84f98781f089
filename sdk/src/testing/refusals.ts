/** What the server refuses, in the SDK's own error classes: they travel as the server's errors and arrive as themselves. */
import type { ConflictValue, PlanProblem } from '../_generated/shared.ts'
import { hasErrors } from '../domain/plans/problems.ts'
import type { BuildRunnerError } from '../errors.ts'
import { errorOf } from '../errors.ts'

type Path = readonly string[]

const refusal = (code: string, message: string, path?: Path, details?: Record<string, unknown>): BuildRunnerError => errorOf({ code, message, path, details })

export const unauthenticated = (): BuildRunnerError => refusal('UNAUTHENTICATED', 'Send an API key or the token of a session: Authorization: Bearer ...')

export const forbidden = (permission: string): BuildRunnerError =>
  refusal('FORBIDDEN', `This key lacks the permission ${permission}. Use a key that has it, or ask an administrator.`, undefined, { permission })

export const notFound = (what: string, id: string, path?: Path): BuildRunnerError => refusal('NOT_FOUND', `There is no ${what} ${JSON.stringify(id)} that this key can see.`, path)

export const invalid = (message: string, path?: Path, problems: readonly PlanProblem[] = []): BuildRunnerError => refusal('VALIDATION_FAILED', message, path, { problems })

export const badInput = (message: string): BuildRunnerError => refusal('BAD_USER_INPUT', message)

export const taken = (message: string, path?: Path): BuildRunnerError => refusal('ALREADY_EXISTS', message, path)

export const conflict = (message: string, conflicts: readonly ConflictValue[] = []): BuildRunnerError => refusal('CONFLICT', message, undefined, { conflicts })

export const keyReused = (key: string): BuildRunnerError =>
  refusal('IDEMPOTENCY_CONFLICT', `The idempotency key ${JSON.stringify(key)} was used for another request. Use a new key for a new request.`, ['idempotencyKey'])

export const archivedIsReadOnly = (): BuildRunnerError =>
  refusal('POLICY_REFUSED', 'The project is archived and cannot be changed. Restore it first: archiveProject with archived: false.', undefined, {
    rule: 'projects.archived-is-read-only', line: null, remedy: null, satisfiedBy: [], approvalId: null,
  })

/** Refuses a plan whose problems hold an error. */
export function refuseProblems(problems: readonly PlanProblem[], path: Path): void {
  if (!hasErrors(problems as never)) return
  const [first, ...more] = problems.filter((problem) => problem.severity === 'error')
  throw invalid(`${first?.message} ${first?.remedy}${more.length > 0 ? ` (${more.length} more problems are listed.)` : ''}`, path, problems)
}
