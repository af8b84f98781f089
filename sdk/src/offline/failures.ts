/** What the failure of a request says of the writes that it carried. */
import { BuildRunnerError } from '../errors.ts'
import { isTransient } from '../resilience/transient.ts'

/**
 * - `away`: nothing of the writes; the server cannot be reached, is read-only or busy. They wait, however long.
 * - `fault`: the server failed over them, or would have over any; it counts as an attempt.
 * - `person`: nothing of the writes; somebody has to sign in, update the program or make room first.
 * - `all`: none of them is allowed, whatever it says: the project is gone, archived, or not theirs.
 * - `some`: one of them at least is at fault; smaller batches find out which.
 */
export type Failure = 'away' | 'fault' | 'person' | 'all' | 'some'

const PERSON = new Set([
  'UNAUTHENTICATED', 'INVALID_CREDENTIALS', 'ACCOUNT_LOCKED', 'SESSION_REQUIRED', 'MFA_REQUIRED', 'ORGANISATION_REQUIRED', 'DOCUMENT_UNKNOWN', 'DOCUMENT_NOT_TRUSTED',
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'INVALID_CONFIGURATION', 'ABORTED',
])
const ALL = new Set(['FORBIDDEN', 'NOT_FOUND', 'POLICY_REFUSED', 'PLAN_LIMIT_REACHED'])

export function failureOf(error: unknown): Failure {
  // What is no error of the server's, a fault of the store for one, is not the writes' either.
  if (!(error instanceof BuildRunnerError) || PERSON.has(error.code) || error.code.startsWith('STORE_')) return 'person'
  if (error.code === 'INTERNAL' || error.code === 'BAD_RESPONSE') return 'fault'
  if (isTransient(error)) return 'away'
  return ALL.has(error.code) ? 'all' : 'some'
}
