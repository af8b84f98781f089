// Generated from sdk/operations/qa.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { QaGetEvidenceData, QaGetEvidenceVariables, QaGetItemQualityData, QaGetItemQualityVariables, QaGetRunData, QaGetRunVariables, QaGetSummaryData, QaGetSummaryVariables, QaListEvidenceData, QaListEvidenceVariables, QaListFlakyData, QaListFlakyVariables, QaListPreviewsData, QaListPreviewsVariables, QaListRunsData, QaListRunsVariables, QaRecordManualData, QaRecordManualVariables, QaRecordPreviewData, QaRecordPreviewVariables, QaRecordRunData, QaRecordRunVariables } from '../qa.ts'
import { qa_getEvidence, qa_getItemQuality, qa_getRun, qa_getSummary, qa_listEvidence, qa_listFlaky, qa_listPreviews, qa_listRuns, qa_recordManual, qa_recordPreview, qa_recordRun } from '../operations/qa.ts'

export type * from '../qa.ts'

/**
 * Records results of a run of checks as evidence. The same id of a run again adds to it; what it has recorded already stays.
 *
 * Records results of a run of checks as evidence. The same id of a run again adds to it, and what it has recorded already stays: so
 * large runs are sent in parts (`resultBatches` of `@buildrunner/sdk/quality`), and parts that got lost are sent again.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await recordRun(client, {
 *   run: { id: '01a2008b-71a0-7f2e-be42-65f046903171', source: 'CI', commit: '9f2c1b7a4e5d6f8091a2b3c4d5e6f708192a3b4c', branch: 'main', startedAt: '2026-11-20T09:00:00Z', finishedAt: '2026-11-20T09:01:00Z' },
 *   results: [{ item: 'T-12', criterion: 'C-1', criterionDigest: '08dc4849b21e772ccde833ad33e515ea8406f5d80a815f202311710806922d1a', checkKind: 'COMMAND', outcome: 'PASSED', durationMs: 5300 }],
 * })
 * ```
 */
export function recordRun(client: Client, variables: QaRecordRunVariables, options?: CallOptions): Request<QaRecordRunData> {
  return call(client, qa_recordRun, variables, options)
}

/**
 * Records that a person looked, and found a criterion met or not: one with a manual check, or with none. Where the check names a role or person, only they may.
 *
 * Records that a person looked, and found a criterion met or not. Where its check names a role or person, only they may.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await confirmCriterion(client, { itemId: 'T-12', criterion: 'C-2', met: true, note: 'Seen on staging.' })
 * ```
 */
export function confirmCriterion(client: Client, variables: QaRecordManualVariables, options?: CallOptions): Request<QaRecordManualData> {
  return call(client, qa_recordManual, variables, options)
}

/**
 * Records a preview of a milestone; with the id of an earlier one, what has become of it: address, status and expiry.
 *
 * Records a preview of a milestone; with the id of an earlier one, what has become of it.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await recordPreview(client, { itemId: 'M-1', url: 'https://preview-42.example.com', provider: 'vercel' })
 * ```
 */
export function recordPreview(client: Client, variables: QaRecordPreviewVariables, options?: CallOptions): Request<QaRecordPreviewData> {
  return call(client, qa_recordPreview, variables, options)
}

/**
 * Runs of checks, newest first.
 *
 * Runs of checks, newest first.
 *
 * @example
 * ```ts
 * for await (const run of listRuns(client, { branch: 'main' })) console.log(run.commit, run.passed, run.failed)
 * ```
 */
export function listRuns(client: Client, variables?: QaListRunsVariables, options?: CallOptions): ListRequest<QaListRunsData, QaListRunsData['runs'][number]> {
  return list(client, qa_listRuns, variables, options)
}

/**
 * One run. NOT_FOUND when the key sees no such run.
 *
 * @example
 * ```ts
 * const { data } = await getRun(client, { runId: 'qar_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function getRun(client: Client, variables: QaGetRunVariables, options?: CallOptions): Request<QaGetRunData> {
  return call(client, qa_getRun, variables, options)
}

/**
 * Evidence, newest first: the history of a project, an item, a criterion or a run.
 *
 * The history of a project, an item, a criterion or a run, newest first.
 *
 * @example
 * ```ts
 * for await (const one of listEvidence(client, { itemId: 'T-12' })) console.log(one.criterion, one.outcome, one.stale)
 * ```
 */
export function listEvidence(client: Client, variables?: QaListEvidenceVariables, options?: CallOptions): ListRequest<QaListEvidenceData, QaListEvidenceData['evidence'][number]> {
  return list(client, qa_listEvidence, variables, options)
}

/**
 * One piece of evidence. NOT_FOUND when the key sees no such.
 *
 * One piece of evidence with what its check printed, its run, and the evidence that it contradicts.
 *
 * @example
 * ```ts
 * const { data } = await getEvidence(client, { evidenceId: 'evd_01a2008b71a07f2ebe4265f046903172' })
 * ```
 */
export function getEvidence(client: Client, variables: QaGetEvidenceVariables, options?: CallOptions): Request<QaGetEvidenceData> {
  return call(client, qa_getEvidence, variables, options)
}

/**
 * What evidence says of an item and of everything in it. NOT_FOUND when there is no such item.
 *
 * What evidence says of an item: of its own criteria one by one, of everything in it in counts.
 *
 * @example
 * ```ts
 * const { data } = await getItemQuality(client, { itemId: 'T-12' })
 * ```
 */
export function getItemQuality(client: Client, variables: QaGetItemQualityVariables, options?: CallOptions): Request<QaGetItemQualityData> {
  return call(client, qa_getItemQuality, variables, options)
}

/**
 * The quality of a project, or of an item with everything in it: score, pass rate, criteria met, stale and flaky, and what is done without evidence.
 *
 * The quality of a project, or of an item with everything in it. Each figure names what it is made of.
 *
 * @example
 * ```ts
 * const { data } = await getQualitySummary(client)
 * ```
 */
export function getQualitySummary(client: Client, variables?: QaGetSummaryVariables, options?: CallOptions): Request<QaGetSummaryData> {
  return call(client, qa_getSummary, variables, options)
}

/**
 * Checks that were seen to be flaky; those seen last come first.
 *
 * Checks that of the same code said one thing and then another; those seen last come first.
 *
 * @example
 * ```ts
 * for await (const check of listFlakyChecks(client, { days: 14 })) console.log(check.itemKey, check.criterion, check.rate.value)
 * ```
 */
export function listFlakyChecks(client: Client, variables?: QaListFlakyVariables, options?: CallOptions): ListRequest<QaListFlakyData, QaListFlakyData['checks'][number]> {
  return list(client, qa_listFlaky, variables, options)
}

/**
 * Previews of milestones, newest first.
 *
 * Previews of milestones, newest first.
 *
 * @example
 * ```ts
 * for await (const preview of listPreviews(client, { phase: 'QA' })) console.log(preview.itemKey, preview.url)
 * ```
 */
export function listPreviews(client: Client, variables?: QaListPreviewsVariables, options?: CallOptions): ListRequest<QaListPreviewsData, QaListPreviewsData['previews'][number]> {
  return list(client, qa_listPreviews, variables, options)
}
