/** What recording a run decides: which results become evidence, what is said of the others, and which checks failed that passed before. Pure. */
import { criteriaOf, demandOf } from '@buildrunner/sdk/quality'
import type { CheckOutcome } from '@buildrunner/sdk/quality'
import type { CheckedResult } from './check-input.ts'
import type { NewEvidence, Totals } from './rows.ts'
import type { FoundResult } from './targets.ts'

/** The longest key of a criterion that evidence is kept of: an index holds no longer one. */
export const MAX_CRITERION_KEY = 500

/** What a caller is told of a result: `ITEM_UNKNOWN`, `CRITERION_KEY_TOO_LONG` and `CHECK_DIFFERS` were not recorded, the others were. */
export const NOTE_CODES = {
  ITEM_UNKNOWN: 'Not recorded: the plan on the server has no such item.',
  CRITERION_KEY_TOO_LONG: `Not recorded: a criterion without an id is known by its text, and this one is longer than ${MAX_CRITERION_KEY} characters.`,
  CHECK_DIFFERS: 'Not recorded: this criterion is not verified by this kind of check.',
  CRITERION_UNKNOWN: 'Recorded, and does not count yet: the plan on the server has no such criterion.',
  CRITERION_DIFFERS: 'Recorded, and does not count yet: the criterion on the server says something else.',
} as const
export type NoteCode = keyof typeof NOTE_CODES

const REMEDIES: Readonly<Record<NoteCode, string>> = {
  ITEM_UNKNOWN: 'Push the plan first (br sync), or look at the id.',
  CRITERION_KEY_TOO_LONG: 'Give the criterion an id.',
  CHECK_DIFFERS: 'What people confirm is recorded with confirmCriterion (br qa record); everything else with the kind of check that the plan names.',
  CRITERION_UNKNOWN: 'Push the plan (br sync): the evidence counts from then on.',
  CRITERION_DIFFERS: 'Push or pull the plan (br sync), and run the check again if the criterion is still another one.',
}

export interface Note {
  readonly item: string
  readonly criterion: string
  readonly code: NoteCode
  readonly message: string
}

/** A check that failed and that had passed when it was carried out before on this branch. */
export interface Regression {
  readonly itemKey: string
  readonly criterion: string
  /** UUIDs of the evidence of both. */
  readonly evidenceId: string
  readonly beforeId: string
}

export interface DecidedResults {
  readonly evidence: readonly NewEvidence[]
  readonly notes: readonly Note[]
  readonly regressions: readonly Regression[]
  readonly totals: Totals
}

/** What is wrong with a result; null where it counts. */
function noteOf(result: CheckedResult, { item_id, criteria }: FoundResult): NoteCode | null {
  if (item_id === null) return 'ITEM_UNKNOWN'
  if (result.criterion.length > MAX_CRITERION_KEY) return 'CRITERION_KEY_TOO_LONG'
  if (result.checkKind === 'manual') return 'CHECK_DIFFERS'
  const criterion = criteriaOf(criteria).get(result.criterion)
  if (criterion === undefined) return 'CRITERION_UNKNOWN'
  const demand = demandOf(criterion)
  if (demand.digest !== result.criterionDigest) return 'CRITERION_DIFFERS'
  return demand.checkKind === result.checkKind ? null : 'CHECK_DIFFERS'
}

const UNRECORDED: readonly (NoteCode | null)[] = ['ITEM_UNKNOWN', 'CRITERION_KEY_TOO_LONG', 'CHECK_DIFFERS']
const FAILURES: readonly CheckOutcome[] = ['failed', 'errored']

/** @param newId a UUID for each evidence */
export function decideResults(results: readonly CheckedResult[], found: readonly FoundResult[], newId: () => string): DecidedResults {
  const evidence: NewEvidence[] = []
  const notes: Note[] = []
  const regressions: Regression[] = []
  const totals = { passed: 0, failed: 0, errored: 0, skipped: 0 }
  for (const [index, result] of results.entries()) {
    const known = found[index]!
    const code = noteOf(result, known)
    if (code !== null) notes.push({ item: result.item, criterion: result.criterion, code, message: `${NOTE_CODES[code]} ${REMEDIES[code]}` })
    if (known.recorded || UNRECORDED.includes(code)) continue
    const one = evidenceOf(result, known, newId())
    evidence.push(one)
    totals[result.outcome]++
    if (known.before?.outcome === 'passed' && FAILURES.includes(result.outcome)) regressions.push({ itemKey: one.item_key, criterion: result.criterion, evidenceId: one.id, beforeId: known.before.id })
  }
  return { evidence, notes, regressions, totals }
}

const evidenceOf = (result: CheckedResult, known: FoundResult, id: string): NewEvidence => ({
  id, item_id: known.item_id as string, item_key: known.item_key as string, criterion_key: result.criterion, criterion_digest: result.criterionDigest, outcome: result.outcome, check_kind: result.checkKind,
  duration_ms: result.durationMs, attempts: result.attempts, passed_attempts: result.passedAttempts, contradicts_id: known.opposite_id,
  flaky: known.opposite_id !== null || (result.passedAttempts > 0 && result.passedAttempts < result.attempts), message: result.message, output: result.output, url: result.url,
})
