/**
 * The entry `@buildrunner/sdk/quality`: criteria and what was found of them. It needs no server, no Node and no client.
 *
 * @module
 */
export { canonicalJson, criteriaOf, criterionDigest, criterionKey } from './criterion.ts'
export type { CriterionText } from './criterion.ts'
export { CHECK_KINDS, CHECK_OUTCOMES, MAX_ANCESTORS, MAX_BATCH_OUTPUT, MAX_MESSAGE, MAX_OUTPUT, MAX_RESULTS, resultBatches } from './report.ts'
export type { CheckKind, CheckOutcome, ReportedResult, ReportedRun, RunSource } from './report.ts'
