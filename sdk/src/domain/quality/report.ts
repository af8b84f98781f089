/** What a run of checks reports: the shapes that a runner fills in and the server records, and how much fits into one request. */

/**
 * What came of a check: it passed, it failed, it could not be carried out (`errored`: no such program, no time left, no answer), or it
 * was not carried out (`skipped`), which is no evidence of anything.
 */
export type CheckOutcome = 'passed' | 'failed' | 'errored' | 'skipped'
/** Every outcome. */
export const CHECK_OUTCOMES = ['passed', 'failed', 'errored', 'skipped'] as const satisfies readonly CheckOutcome[]

/** What a check is made with. */
export type CheckKind = 'command' | 'http' | 'file' | 'junit' | 'coverage' | 'manual'
/** Every kind of check. */
export const CHECK_KINDS = ['command', 'http', 'file', 'junit', 'coverage', 'manual'] as const satisfies readonly CheckKind[]

/** Where a run was made. */
export type RunSource = 'local' | 'ci'

/** One run of checks, as it is reported. */
export interface ReportedRun {
  /** A UUID that the runner made; requests with the same one add results to the same run. */
  id: string
  /** On somebody's machine, or in CI. */
  source: RunSource
  /** The commit that was checked out; null outside of a repository. */
  commit: string | null
  /** The branch; null outside of a repository and on a detached commit that no branch is known for. */
  branch: string | null
  /** The working tree held changes that are not committed. */
  dirty: boolean
  /**
   * Ancestors of the commit, newest first and no commit before its children (`git rev-list --topo-order`), without the commit itself,
   * at most {@link MAX_ANCESTORS}. They tell whether earlier evidence is still on the branch. Empty in a shallow clone.
   */
  ancestors: string[]
  /** `ancestors` reach back to the first commit. */
  complete: boolean
  /** ISO 8601. */
  startedAt: string
  /** ISO 8601; null while results are still to come. */
  finishedAt: string | null
  /** Where more is to be seen, such as the page of the CI job. */
  url?: string | undefined
}

/** What came of one criterion's check, as it is reported. */
export interface ReportedResult {
  /** The item's id in the plan. */
  item: string
  /** The criterion's key: `criterionKey`. */
  criterion: string
  /** What the criterion demanded when it was checked: `criterionDigest`. */
  criterionDigest: string
  /** Of the check that was carried out. */
  checkKind: CheckKind
  /** Of all attempts together. */
  outcome: CheckOutcome
  /** Milliseconds, of all attempts together. */
  durationMs: number
  /** How often it was carried out, from 1; 0 where it was skipped. */
  attempts: number
  /** How many of the attempts passed. Neither none nor all of them: the check is flaky. */
  passedAttempts: number
  /** One line that says why, such as `exit code 1` or `81.2 % of lines, 85 % are asked for`. */
  message?: string | undefined
  /** What it printed, secrets masked: at most {@link MAX_OUTPUT} UTF-16 units. */
  output?: string | undefined
  /** Where more is to be seen, such as a report. */
  url?: string | undefined
}

/** The most ancestors that a run names. */
export const MAX_ANCESTORS = 100
/** The most results of one request. */
export const MAX_RESULTS = 200
/** The longest output of one result, in UTF-16 units. */
export const MAX_OUTPUT = 65_536
/** The longest message of one result, in UTF-16 units. */
export const MAX_MESSAGE = 500
/** The most output of all results of one request together, in UTF-16 units. */
export const MAX_BATCH_OUTPUT = 524_288

/** Splits results into batches that one request each may carry, in order. */
export function resultBatches<Result extends Pick<ReportedResult, 'output'>>(results: readonly Result[]): Result[][] {
  const batches: Result[][] = []
  let size = 0
  for (const result of results) {
    const length = result.output?.length ?? 0
    const batch = batches.at(-1)
    if (batch === undefined || batch.length === MAX_RESULTS || size + length > MAX_BATCH_OUTPUT) {
      batches.push([result])
      size = length
    } else {
      batch.push(result)
      size += length
    }
  }
  return batches
}
