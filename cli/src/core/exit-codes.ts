import { msg } from '../text/text.ts'

/** Exit codes are a public interface: scripts branch on them. A new meaning gets a new number; none is ever reused. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  planErrors: 3,
  conflicts: 4,
  denied: 5,
  notFound: 6,
  unavailable: 7,
  notWritable: 8,
  notProven: 9,
  checksFailed: 10,
  notTrusted: 11,
  policyErrors: 12,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** For `br --help` and `br help exit-codes`, to be said by `t`. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, msg('ok')],
  [EXIT.unexpected, msg('something unexpected; please report it')],
  [EXIT.usage, msg('the command line is wrong')],
  [EXIT.planErrors, msg('the plan has errors (see br lint)')],
  [EXIT.conflicts, msg('conflicts, failed writes, or news on the server, that you must decide on')],
  [EXIT.denied, msg('not signed in, or not allowed')],
  [EXIT.notFound, msg('no such item, file or project')],
  [EXIT.unavailable, msg('the server cannot be reached or is unavailable')],
  [EXIT.notWritable, msg('a file is locked or cannot be written')],
  [EXIT.notProven, msg('the audit log contradicts itself, its signature or a checkpoint that you pinned')],
  [EXIT.checksFailed, msg('a check of br qa failed, or could not be carried out')],
  [EXIT.notTrusted, msg('the plan would run commands that you have not agreed to (see br qa trust)')],
  [EXIT.policyErrors, msg('the policy has errors (see br governance validate)')],
  [EXIT.interrupted, msg('interrupted (Ctrl-C)')],
]

/** Server and SDK codes that have an exit code of their own; all others are unexpected. */
export const EXIT_OF: Readonly<Record<string, ExitCode>> = {
  UNAUTHENTICATED: EXIT.denied,
  FORBIDDEN: EXIT.denied,
  MFA_REQUIRED: EXIT.denied,
  ORGANISATION_REQUIRED: EXIT.denied,
  SESSION_REQUIRED: EXIT.denied,
  INVALID_CREDENTIALS: EXIT.denied,
  ACCOUNT_LOCKED: EXIT.denied,
  CODE_INVALID: EXIT.denied,
  LINK_INVALID: EXIT.denied,
  POLICY_REFUSED: EXIT.denied,
  APPROVAL_REQUIRED: EXIT.denied,
  NOT_FOUND: EXIT.notFound,
  CONFLICT: EXIT.conflicts,
  VALIDATION_FAILED: EXIT.usage,
  ALREADY_EXISTS: EXIT.usage,
  BAD_USER_INPUT: EXIT.usage,
  GRAPHQL_PARSE_FAILED: EXIT.usage,
  GRAPHQL_VALIDATION_FAILED: EXIT.usage,
  INVALID_CONFIGURATION: EXIT.usage,
  LIMIT_EXCEEDED: EXIT.unavailable,
  SERVICE_UNAVAILABLE: EXIT.unavailable,
  READ_ONLY: EXIT.unavailable,
  CIRCUIT_OPEN: EXIT.unavailable,
  NETWORK: EXIT.unavailable,
  BAD_RESPONSE: EXIT.unavailable,
  TIMEOUT: EXIT.unavailable,
  ABORTED: EXIT.interrupted,
  STORE_CLOSED: EXIT.notWritable,
  STORE_CORRUPT: EXIT.notWritable,
  STORE_FULL: EXIT.notWritable,
  STORE_STALE: EXIT.notWritable,
  STORE_TOO_NEW: EXIT.notWritable,
  STORE_UNAVAILABLE: EXIT.notWritable,
}
