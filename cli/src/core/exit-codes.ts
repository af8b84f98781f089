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

/** For `br --help` and `br help exit-codes`. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'ok'],
  [EXIT.unexpected, 'something unexpected; please report it'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.planErrors, 'the plan has errors (see br lint)'],
  [EXIT.conflicts, 'conflicts, failed writes, or news on the server, that you must decide on'],
  [EXIT.denied, 'not signed in, or not allowed'],
  [EXIT.notFound, 'no such item, file or project'],
  [EXIT.unavailable, 'the server cannot be reached or is unavailable'],
  [EXIT.notWritable, 'a file is locked or cannot be written'],
  [EXIT.notProven, 'the audit log contradicts itself, its signature or a checkpoint that you pinned'],
  [EXIT.checksFailed, 'a check of br qa failed, or could not be carried out'],
  [EXIT.notTrusted, 'the plan would run commands that you have not agreed to (see br qa trust)'],
  [EXIT.policyErrors, 'the policy has errors (see br governance validate)'],
  [EXIT.interrupted, 'interrupted (Ctrl-C)'],
]
