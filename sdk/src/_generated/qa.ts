// Generated from sdk/operations/qa.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { CheckKind, CheckOutcome, CriterionState, PreviewStatus, QaNoteCode, QaResultInput, QaRunInput, RunSource, StaleReason } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** A run of checks. */
export interface QaRun {
  id: string
  /** Where it was made. */
  source: RunSource
  /** The commit that was checked; null outside of a repository. */
  commit: string | null
  /** The branch it was checked on. */
  branch: string | null
  /** Whether the working tree held changes that are not committed. */
  dirty: boolean
  /** Where more is to be seen. */
  url: string | null
  /** When it began, as it was reported. */
  startedAt: string
  /** When it ended; null while results are still to come. */
  finishedAt: string | null
  /** Checks that passed. */
  passed: number
  /** Checks that failed. */
  failed: number
  /** Checks that could not be carried out. */
  errored: number
  /** Checks that were not carried out. */
  skipped: number
  /** Who reported it. */
  actor: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Of the event that it was first recorded with. */
  sequence: number
  /** When it was first recorded. */
  createdAt: string
}

/** What came of one check of one criterion. It is never changed. */
export interface Evidence {
  id: string
  /** Key of the item; null when that is no longer in the plan. */
  itemKey: string | null
  /** The criterion: its id or, without one, its text. */
  criterion: string
  /** What the criterion demanded then: SHA-256 of its text and check. */
  criterionDigest: string
  /** What came of it. */
  outcome: CheckOutcome
  /** What it was checked with. */
  checkKind: CheckKind
  /** Why it no longer counts; null while it does. */
  stale: StaleReason | null
  /** Node id of the run; null where a person confirmed it. */
  runId: string | null
  /** Who reported it. */
  actor: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** The commit that was checked. */
  commit: string | null
  /** The branch it was checked on. */
  branch: string | null
  /** Whether the working tree held changes that are not committed. */
  dirty: boolean
  /** Milliseconds, of all attempts together. */
  durationMs: number
  /** How often it was carried out. */
  attempts: number
  /** How many of the attempts passed. */
  passedAttempts: number
  /** Some attempts passed and some did not, or it contradicts other evidence of the same code. */
  flaky: boolean
  /** One line that says why. */
  message: string | null
  /** Where more is to be seen. */
  url: string | null
  /** Of the event that recorded it: the larger, the newer. */
  sequence: number
  /** When it was recorded. */
  createdAt: string
}

/** A share, and what it is made of. */
export interface QualityFigure {
  /** `count` of `of`, 0 to 1; null where there is nothing to measure. */
  value: number | null
  /** How many. */
  count: number
  /** Of how many. */
  of: number
  /** Of a share that is a sample; null where everything was counted. */
  interval: {
    /** 0 to 1. */
    low: number
    /** 0 to 1. */
    high: number
  } | null
  /** What it is made of, what speaks against the best value first; at most 100. */
  because: Array<{
    /** Key of the item. */
    itemKey: string
    /** The criterion; null where the item has none. */
    criterion: string | null
    /** Where it stands, or stood. */
    state: CriterionState
    /** Node id of the evidence that says so; null where there is none. */
    evidenceId: string | null
  }>
  /** How many things it is made of. */
  becauseCount: number
}

/** A preview of what a milestone has become, for people to look at. */
export interface Preview {
  id: string
  /** Key of the milestone; null when that is no longer in the plan. */
  itemKey: string | null
  /** Phase of the milestone when the preview was first recorded. */
  phase: string | null
  /** Where it is looked at. */
  url: string
  /** Who serves it, such as `vercel`. */
  provider: string | null
  /** What it shows. */
  commit: string | null
  /** The branch it shows. */
  branch: string | null
  /** What has become of it. */
  status: PreviewStatus
  /** Whether it is over. */
  isExpired: boolean
  /** Who first recorded it. */
  createdBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** When it was first recorded. */
  createdAt: string
  /** When it was last recorded. */
  updatedAt: string
  /** When it is over. */
  expiresAt: string
}

/** What `qa.recordRun` takes. */
export interface QaRecordRunVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The run. */
  run: QaRunInput
  /** Its results, or some of them: at most 200, whose outputs have at most 524,288 characters together. */
  results: readonly QaResultInput[]
}

/** What `qa.recordRun` answers. */
export interface QaRecordRunData {
  /** The run. */
  run: QaRun
  /** How many results became evidence by this request; those that the run had already are not among them. */
  recorded: number
  /** Of results that were not recorded, or that do not count yet. */
  notes: Array<{
    /** The item, as it was named. */
    item: string
    /** The criterion, as it was named. */
    criterion: string
    /** Stable: ITEM_UNKNOWN, CRITERION_KEY_TOO_LONG, CHECK_DIFFERS, CRITERION_UNKNOWN, CRITERION_DIFFERS. */
    code: QaNoteCode
    /** What became of it and what to do, for people. */
    message: string
  }>
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `qa.recordManual` takes. */
export interface QaRecordManualVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  itemId: string
  /** The criterion: its id or, without one, its text. */
  criterion: string
  /** Whether it is met. */
  met: boolean
  /** What was looked at, at most 500 characters. */
  note?: string | null
  /** Where more is to be seen: absolute, http or https. */
  url?: string | null
  /** The commit that was checked: all of its 40 or 64 hex digits. */
  commit?: string | null
  /** The branch, 1 to 255 characters. */
  branch?: string | null
}

/** What `qa.recordManual` answers. */
export interface QaRecordManualData {
  /** The evidence. */
  evidence: Evidence
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `qa.recordPreview` takes. */
export interface QaRecordPreviewVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the milestone. */
  itemId: string
  /** Where it is looked at: absolute, http or https. */
  url: string
  /** What has become of it. Default: READY. */
  status?: PreviewStatus
  /** Who serves it, such as `vercel`. */
  provider?: string | null
  /** The commit that was checked: all of its 40 or 64 hex digits. */
  commit?: string | null
  /** The branch, 1 to 255 characters. */
  branch?: string | null
  /** When it is over, within 365 days. Default: a week from now. */
  expiresAt?: string | null
  /** An id made by the client (UUID or pvw_...). That of an earlier preview says what has become of it. */
  id?: string | null
}

/** What `qa.recordPreview` answers. */
export interface QaRecordPreviewData {
  /** The preview. */
  preview: Preview
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `qa.listRuns` takes. */
export interface QaListRunsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only those on this branch. */
  branch?: string | null
  /** Only those of this commit. */
  commit?: string | null
  /** Only those made there. */
  source?: RunSource | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `qa.listRuns` answers. */
export interface QaListRunsData {
  runs: QaRun[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `qa.getRun` takes. */
export interface QaGetRunVariables {
  /** Node id or UUID. */
  runId: string
}

/** What `qa.getRun` answers. */
export type QaGetRunData = QaRun

/** What `qa.listEvidence` takes. */
export interface QaListEvidenceVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only of this item (key or node id), not of what lies in it. */
  itemId?: string | null
  /** Only of this criterion: its id or text. */
  criterion?: string | null
  /** Only of this run. */
  runId?: string | null
  /** Only of these outcomes. */
  outcome?: readonly CheckOutcome[] | null
  /** Only of this commit. */
  commit?: string | null
  /** true: only what was flaky; false: only what was not. */
  flaky?: boolean | null
  /** Only what was recorded since then. */
  since?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `qa.listEvidence` answers. */
export interface QaListEvidenceData {
  evidence: Evidence[]
  pageInfo: PageInfo
}

/** What `qa.getEvidence` takes. */
export interface QaGetEvidenceVariables {
  /** Node id or UUID. */
  evidenceId: string
}

/** What `qa.getEvidence` answers. */
export type QaGetEvidenceData = Evidence & {
  /** What it printed, secrets masked. */
  output: string | null
  /** The run; null where a person confirmed it. */
  run: QaRun | null
  /** Evidence of the same criterion and commit that says the opposite. */
  contradicts: Evidence | null
}

/** What `qa.getItemQuality` takes. */
export interface QaGetItemQualityVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or node id. */
  itemId: string
}

/** What `qa.getItemQuality` answers. */
export interface QaGetItemQualityData {
  /** Criteria. */
  total: number
  /** Fresh evidence says that they are met. */
  met: number
  /** Fresh evidence says that they are not met. */
  failed: number
  /** There is only evidence that no longer counts. */
  stale: number
  /** There is no evidence. */
  missing: number
  /** Their checks were seen to be flaky in the last 30 days. */
  flaky: number
  /** Microsteps that are done though their criteria are not all met, or though they have none. */
  doneWithoutEvidence: number
  /** Its own criteria, in their order. */
  criteria: Array<{
    /** Its id or, without one, its text. */
    key: string
    /** What must be true. */
    text: string
    /** How it is verified; null: a person confirms it. */
    check: unknown
    /** Where it stands. */
    state: CriterionState
    /** Why its evidence no longer counts, of STALE. */
    staleBecause: StaleReason | null
    /** Whether its check was seen to be flaky in the last 30 days. */
    flaky: boolean
    /** Node id of the evidence that decided; null of MISSING. */
    evidenceId: string | null
    /** The evidence that decided. */
    evidence: Evidence | null
  }>
}

/** What `qa.getSummary` takes. */
export interface QaGetSummaryVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only this item, with everything in it (key or node id). */
  itemId?: string | null
  /** How far back results count, 1 to 365 days. Default: 30. */
  days?: number
}

/** What `qa.getSummary` answers. */
export interface QaGetSummaryData {
  /** Both in one number. */
  score: {
    /** 0 to 100, with one decimal; null while there is nothing to measure. */
    value: number | null
    /** A from 90, B from 80, C from 70, D from 60, F below. */
    grade: string | null
    /** How it is made. */
    formula: string
  }
  /** Criteria met, of those that are due: of microsteps in review or done, and of steps and milestones whose microsteps are all done. */
  compliance: QualityFigure
  /** Checks that passed, of those that were carried out since then. */
  passRate: QualityFigure
  /** Criteria met, of all. */
  met: QualityFigure
  /** Criteria with only evidence that no longer counts, of all. */
  stale: QualityFigure
  /** Criteria whose checks were seen to be flaky in the last 30 days, of all. */
  flaky: QualityFigure
  /** Microsteps that are done because evidence says so, of all that are done. */
  proven: QualityFigure
  /** There is no evidence. */
  missing: number
  /** Microsteps that are done though their criteria are not all met, or though they have none. */
  doneWithoutEvidence: number
  /** Since when results count for the pass rate. */
  since: string
  /** Sequence of the project's newest event. */
  sequence: number
}

/** What `qa.listFlaky` takes. */
export interface QaListFlakyVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** How far back results count, 1 to 365 days. Default: 30. */
  days?: number
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `qa.listFlaky` answers. */
export interface QaListFlakyData {
  checks: Array<{
    /** Key of the item; null when that is no longer in the plan. */
    itemKey: string | null
    /** The criterion: its id or, without one, its text. */
    criterion: string
    /** Results that were flaky. */
    flaky: number
    /** Results. */
    carriedOut: number
    /** Which share of the results was flaky. */
    rate: {
      /** 0 to 1. */
      value: number
      /** The true share is at least this, with 95 % confidence (Wilson, 1927). */
      low: number
      /** The true share is at most this. */
      high: number
    }
    /** When it was last seen to be. */
    lastAt: string
    /** Node ids of the flaky results and of those that they contradict, newest first; at most 20. */
    because: string[]
  }>
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `qa.listPreviews` takes. */
export interface QaListPreviewsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only of this milestone (key or node id). */
  itemId?: string | null
  /** Only of this phase. */
  phase?: string | null
  /** Only those of this status. */
  status?: PreviewStatus | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `qa.listPreviews` answers. */
export interface QaListPreviewsData {
  previews: Preview[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** Quality from evidence: runs of checks, what is known of each criterion, and figures that name what they are made of. */
export interface QaGroup {
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
   * const { data, error } = await client.qa.recordRun({
   *   run: { id: '01a2008b-71a0-7f2e-be42-65f046903171', source: 'CI', commit: '9f2c1b7a4e5d6f8091a2b3c4d5e6f708192a3b4c', branch: 'main', startedAt: '2026-11-20T09:00:00Z', finishedAt: '2026-11-20T09:01:00Z' },
   *   results: [{ item: 'T-12', criterion: 'C-1', criterionDigest: '08dc4849b21e772ccde833ad33e515ea8406f5d80a815f202311710806922d1a', checkKind: 'COMMAND', outcome: 'PASSED', durationMs: 5300 }],
   * })
   * ```
   */
  recordRun(variables: QaRecordRunVariables, options?: CallOptions): Request<QaRecordRunData>

  /**
   * Records that a person looked, and found a criterion met or not: one with a manual check, or with none. Where the check names a role or person, only they may.
   *
   * Records that a person looked, and found a criterion met or not. Where its check names a role or person, only they may.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.qa.recordManual({ itemId: 'T-12', criterion: 'C-2', met: true, note: 'Seen on staging.' })
   * ```
   */
  recordManual(variables: QaRecordManualVariables, options?: CallOptions): Request<QaRecordManualData>

  /**
   * Records a preview of a milestone; with the id of an earlier one, what has become of it: address, status and expiry.
   *
   * Records a preview of a milestone; with the id of an earlier one, what has become of it.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.qa.recordPreview({ itemId: 'M-1', url: 'https://preview-42.example.com', provider: 'vercel' })
   * ```
   */
  recordPreview(variables: QaRecordPreviewVariables, options?: CallOptions): Request<QaRecordPreviewData>

  /**
   * Runs of checks, newest first.
   *
   * Runs of checks, newest first.
   *
   * @example
   * ```ts
   * for await (const run of client.qa.listRuns({ branch: 'main' })) console.log(run.commit, run.passed, run.failed)
   * ```
   */
  listRuns(variables?: QaListRunsVariables, options?: CallOptions): ListRequest<QaListRunsData, QaListRunsData['runs'][number]>

  /**
   * One run. NOT_FOUND when the key sees no such run.
   *
   * @example
   * ```ts
   * const { data } = await client.qa.getRun({ runId: 'qar_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  getRun(variables: QaGetRunVariables, options?: CallOptions): Request<QaGetRunData>

  /**
   * Evidence, newest first: the history of a project, an item, a criterion or a run.
   *
   * The history of a project, an item, a criterion or a run, newest first.
   *
   * @example
   * ```ts
   * for await (const one of client.qa.listEvidence({ itemId: 'T-12' })) console.log(one.criterion, one.outcome, one.stale)
   * ```
   */
  listEvidence(variables?: QaListEvidenceVariables, options?: CallOptions): ListRequest<QaListEvidenceData, QaListEvidenceData['evidence'][number]>

  /**
   * One piece of evidence. NOT_FOUND when the key sees no such.
   *
   * One piece of evidence with what its check printed, its run, and the evidence that it contradicts.
   *
   * @example
   * ```ts
   * const { data } = await client.qa.getEvidence({ evidenceId: 'evd_01a2008b71a07f2ebe4265f046903172' })
   * ```
   */
  getEvidence(variables: QaGetEvidenceVariables, options?: CallOptions): Request<QaGetEvidenceData>

  /**
   * What evidence says of an item and of everything in it. NOT_FOUND when there is no such item.
   *
   * What evidence says of an item: of its own criteria one by one, of everything in it in counts.
   *
   * @example
   * ```ts
   * const { data } = await client.qa.getItemQuality({ itemId: 'T-12' })
   * ```
   */
  getItemQuality(variables: QaGetItemQualityVariables, options?: CallOptions): Request<QaGetItemQualityData>

  /**
   * The quality of a project, or of an item with everything in it: score, pass rate, criteria met, stale and flaky, and what is done without evidence.
   *
   * The quality of a project, or of an item with everything in it. Each figure names what it is made of.
   *
   * @example
   * ```ts
   * const { data } = await client.qa.getSummary()
   * ```
   */
  getSummary(variables?: QaGetSummaryVariables, options?: CallOptions): Request<QaGetSummaryData>

  /**
   * Checks that were seen to be flaky; those seen last come first.
   *
   * Checks that of the same code said one thing and then another; those seen last come first.
   *
   * @example
   * ```ts
   * for await (const check of client.qa.listFlaky({ days: 14 })) console.log(check.itemKey, check.criterion, check.rate.value)
   * ```
   */
  listFlaky(variables?: QaListFlakyVariables, options?: CallOptions): ListRequest<QaListFlakyData, QaListFlakyData['checks'][number]>

  /**
   * Previews of milestones, newest first.
   *
   * Previews of milestones, newest first.
   *
   * @example
   * ```ts
   * for await (const preview of client.qa.listPreviews({ phase: 'QA' })) console.log(preview.itemKey, preview.url)
   * ```
   */
  listPreviews(variables?: QaListPreviewsVariables, options?: CallOptions): ListRequest<QaListPreviewsData, QaListPreviewsData['previews'][number]>
}
