/** What evidence says of a criterion as it stands now. */
import type { AcceptanceCriterion } from '../plans/document.ts'
import { criterionDigest } from './criterion.ts'
import type { CheckKind, CheckOutcome } from './report.ts'

/**
 * Why evidence no longer counts: the criterion (its text or its check) is not what it was, the plan has no such criterion any more,
 * or the commit that was checked is no longer on its branch.
 */
export type StaleReason = 'CRITERION_CHANGED' | 'CRITERION_REMOVED' | 'COMMIT_LEFT_BRANCH'

/** Evidence, as far as a verdict needs it. */
export interface EvidenceFacts {
  /** Names the evidence in {@link Verdict}. */
  readonly id: string
  /** What came of the check; `skipped` is no evidence of anything. */
  readonly outcome: CheckOutcome
  /** Of the check that was carried out. */
  readonly checkKind: CheckKind
  /** What the criterion demanded when it was checked: `criterionDigest`. */
  readonly criterionDigest: string
  /** The commit is known to have left its branch. */
  readonly leftBranch: boolean
}

/**
 * Where a criterion stands: the newest evidence that is fresh says that it is met or that it failed; or there is stale evidence only;
 * or none.
 */
export type CriterionState = 'met' | 'failed' | 'stale' | 'missing'

/** Where a criterion stands, and the evidence that says so. */
export interface Verdict {
  /** What the evidence says of it. */
  readonly state: CriterionState
  /** The evidence that decided; of `stale` the newest; null of `missing`. */
  readonly evidenceId: string | null
  /** Only of `stale`: why the evidence no longer counts. */
  readonly staleBecause: StaleReason | null
}

/** What a criterion demands: its digest, and the kind of check that can be evidence of it. One without a check is for people to confirm. */
export interface Demand {
  /** Of the criterion as it stands: `criterionDigest`. */
  readonly digest: string
  /** `manual` for a criterion without a check. */
  readonly checkKind: CheckKind
}

/** What a criterion demands of evidence. */
export const demandOf = (criterion: AcceptanceCriterion): Demand => ({ digest: criterionDigest(criterion), checkKind: criterion.check?.kind ?? 'manual' })

/** Why evidence no longer counts; null while it does. @param demand null: the plan has no such criterion */
export function staleReason(demand: Demand | null, evidence: Pick<EvidenceFacts, 'criterionDigest' | 'checkKind' | 'leftBranch'>): StaleReason | null {
  if (demand === null) return 'CRITERION_REMOVED'
  if (demand.digest !== evidence.criterionDigest || demand.checkKind !== evidence.checkKind) return 'CRITERION_CHANGED'
  return evidence.leftBranch ? 'COMMIT_LEFT_BRANCH' : null
}

/**
 * Judges a criterion by its evidence. What was skipped says nothing; of the rest the newest that is fresh decides. A criterion that was
 * changed and changed back is judged by the evidence of then.
 *
 * @param evidence newest first
 */
export function judge(demand: Demand, evidence: readonly EvidenceFacts[]): Verdict {
  const carriedOut = evidence.filter(({ outcome }) => outcome !== 'skipped')
  const fresh = carriedOut.find((one) => staleReason(demand, one) === null)
  if (fresh !== undefined) return { state: fresh.outcome === 'passed' ? 'met' : 'failed', evidenceId: fresh.id, staleBecause: null }
  const [newest] = carriedOut
  if (newest === undefined) return { state: 'missing', evidenceId: null, staleBecause: null }
  return { state: 'stale', evidenceId: newest.id, staleBecause: staleReason(demand, newest) }
}
