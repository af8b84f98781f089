/**
 * The entry `@buildrunner/sdk/quality`: criteria and what was found of them. It needs no server, no Node and no client.
 *
 * @module
 */
export { canonicalJson, criteriaOf, criterionDigest, criterionKey } from './criterion.ts'
export type { CriterionText } from './criterion.ts'
export { branchMove } from './branch.ts'
export type { BranchMove, BranchReport, KnownBranch, KnownCommit } from './branch.ts'
export { MASK, maskTokens } from './mask.ts'
export { CHECK_KINDS, CHECK_OUTCOMES, MAX_ANCESTORS, MAX_BATCH_OUTPUT, MAX_MESSAGE, MAX_OUTPUT, MAX_RESULTS, resultBatches } from './report.ts'
export type { CheckKind, CheckOutcome, ReportedResult, ReportedRun, RunSource } from './report.ts'
export { SCORE_FORMULA, qualityScore, share, wilsonInterval } from './stats.ts'
export type { Grade, Interval, Score, Share } from './stats.ts'
export { isProven, planQuality } from './summary.ts'
export type { CriterionVerdict, Figure, PlanQuality, QualityCounts, QualityReason } from './summary.ts'
export { demandOf, judge, staleReason } from './verdict.ts'
export type { CriterionState, Demand, EvidenceFacts, StaleReason, Verdict } from './verdict.ts'
export { CoverageReader, joinCoverage, judgeCoverage } from './coverage.ts'
export type { Coverage, CoverageMetric, Covered } from './coverage.ts'
export type { Judgement } from './judgement.ts'
export { JunitReader, MAX_LISTED, joinJunit, judgeJunit } from './junit.ts'
export type { JunitReport } from './junit.ts'
export { junitXml } from './junit-write.ts'
export type { JunitCase } from './junit-write.ts'
export { ReportError } from './xml.ts'
