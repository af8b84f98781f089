/** Rows of runs, evidence and previews: as they are read, and as writes add them. */
import type { CheckKind, CheckOutcome, RunSource } from '@buildrunner/sdk/quality'
import type { Person } from '../comments/rows.ts'
import type { RowChange } from '../shared/write.ts'
import type { CheckedRun } from './check-input.ts'

/** A run. Ids are UUIDs, times what Postgres prints in JSON. */
export interface RunRow {
  readonly id: string
  readonly projectId: string
  readonly actor: Person
  readonly source: RunSource
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean
  readonly url: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly passed: number
  readonly failed: number
  readonly errored: number
  readonly skipped: number
  readonly sequence: number
  readonly createdAt: string
}

const person = (column: string): string => `(SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = ${column})`

/** A run as one JSON object. @param x alias of its row */
export const runJson = (x: string): string => `json_build_object('id', ${x}.id, 'projectId', ${x}.project_id, 'actor', ${person(`${x}.actor_id`)}, 'source', ${x}.source, 'commit', ${x}.commit, 'branch', ${x}.branch, 'dirty', ${x}.dirty,
    'url', ${x}.url, 'startedAt', ${x}.started_at, 'finishedAt', ${x}.finished_at, 'passed', ${x}.passed, 'failed', ${x}.failed, 'errored', ${x}.errored, 'skipped', ${x}.skipped, 'sequence', ${x}.sequence, 'createdAt', ${x}.created_at)`

/** Evidence without its output, which is read only where somebody asks for it. */
export interface EvidenceRow {
  readonly id: string
  readonly projectId: string
  readonly itemId: string
  /** Of today; null when the item is no longer in the plan. */
  readonly itemKey: string | null
  readonly criterionKey: string
  readonly criterionDigest: string
  readonly runId: string | null
  readonly actor: Person
  readonly outcome: CheckOutcome
  readonly checkKind: CheckKind
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean
  readonly durationMs: number
  readonly attempts: number
  readonly passedAttempts: number
  readonly flaky: boolean
  readonly contradictsId: string | null
  readonly message: string | null
  readonly url: string | null
  readonly sequence: number
  readonly createdAt: string
  readonly leftBranch: boolean
  /** JSON of the item's criteria today. */
  readonly criteria: readonly { readonly text: string }[] | null
}

/** SQL: the commit of evidence is known to have left its branch. @param x alias of its row */
export const leftBranch = (x: string): string =>
  `EXISTS (SELECT FROM qa_commits c WHERE c.project_id = ${x}.project_id AND c.branch = ${x}.branch AND c.commit = ${x}.commit AND c.left_sequence IS NOT NULL)`

/** Evidence as one JSON object. @param x alias of its row */
export const evidenceJson = (x: string): string => `json_build_object('id', ${x}.id, 'projectId', ${x}.project_id, 'itemId', ${x}.item_id, 'itemKey', (SELECT i.key FROM plan_items i WHERE i.id = ${x}.item_id),
    'criterionKey', ${x}.criterion_key, 'criterionDigest', ${x}.criterion_digest, 'runId', ${x}.run_id, 'actor', ${person(`${x}.actor_id`)}, 'outcome', ${x}.outcome, 'checkKind', ${x}.check_kind, 'commit', ${x}.commit,
    'branch', ${x}.branch, 'dirty', ${x}.dirty, 'durationMs', ${x}.duration_ms, 'attempts', ${x}.attempts, 'passedAttempts', ${x}.passed_attempts, 'flaky', ${x}.flaky, 'contradictsId', ${x}.contradicts_id,
    'message', ${x}.message, 'url', ${x}.url, 'sequence', ${x}.sequence, 'createdAt', ${x}.created_at, 'leftBranch', ${leftBranch(x)}, 'criteria', (SELECT i.criteria FROM plan_items i WHERE i.id = ${x}.item_id))`

export const PREVIEW_STATUSES = ['pending', 'building', 'ready', 'error', 'cancelled'] as const
export type PreviewStatus = (typeof PREVIEW_STATUSES)[number]

export interface PreviewRow {
  readonly id: string
  readonly projectId: string
  readonly itemId: string
  readonly itemKey: string | null
  readonly phase: string | null
  readonly url: string
  readonly provider: string | null
  readonly commit: string | null
  readonly branch: string | null
  readonly status: PreviewStatus
  readonly createdBy: Person
  readonly sequence: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly expiresAt: string
}

/** A preview as one JSON object. @param x alias of its row */
export const previewJson = (x: string): string => `json_build_object('id', ${x}.id, 'projectId', ${x}.project_id, 'itemId', ${x}.item_id, 'itemKey', (SELECT i.key FROM plan_items i WHERE i.id = ${x}.item_id), 'phase', ${x}.phase, 'url', ${x}.url,
    'provider', ${x}.provider, 'commit', ${x}.commit, 'branch', ${x}.branch, 'status', ${x}.status, 'createdBy', ${person(`${x}.created_by_id`)}, 'sequence', ${x}.sequence, 'createdAt', ${x}.created_at,
    'updatedAt', ${x}.updated_at, 'expiresAt', ${x}.expires_at)`

/** How many results of each outcome. */
export type Totals = Readonly<Record<CheckOutcome, number>>

export const insertRun = (id: string, run: CheckedRun, totals: Totals): RowChange => ({
  name: 'qa-run-insert',
  text: (p) => `INSERT INTO qa_runs (id, organisation_id, project_id, actor_id, source, commit, branch, dirty, url, started_at, finished_at, passed, failed, errored, skipped, sequence, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, $6::uuid, ${p(2)}::run_source, ${p(3)}::text, ${p(4)}::text, ${p(5)}::boolean, ${p(6)}::text, ${p(7)}::timestamptz, ${p(8)}::timestamptz,
      ${p(9)}::int, ${p(10)}::int, ${p(11)}::int, ${p(12)}::int, head.sequence, $10::timestamptz FROM head`,
  values: [id, run.source, run.commit, run.branch, run.dirty, run.url, run.startedAt, run.finishedAt, totals.passed, totals.failed, totals.errored, totals.skipped],
})

/** Adds the counts of further results; the end that was reported stays. */
export const continueRun = (id: string, { finishedAt, url }: CheckedRun, totals: Totals): RowChange => ({
  name: 'qa-run-continue',
  text: (p) => `UPDATE qa_runs SET finished_at = coalesce(${p(2)}::timestamptz, finished_at), url = coalesce(${p(3)}::text, url), passed = passed + ${p(4)}::int, failed = failed + ${p(5)}::int,
      errored = errored + ${p(6)}::int, skipped = skipped + ${p(7)}::int FROM head WHERE id = ${p(1)}::uuid`,
  values: [id, finishedAt, url, totals.passed, totals.failed, totals.errored, totals.skipped],
})

/** Evidence to be added, as `json_to_recordset` reads it. */
export interface NewEvidence {
  readonly id: string
  readonly item_id: string
  readonly item_key: string
  readonly criterion_key: string
  readonly criterion_digest: string
  readonly outcome: CheckOutcome
  readonly check_kind: CheckKind
  readonly duration_ms: number
  readonly attempts: number
  readonly passed_attempts: number
  readonly flaky: boolean
  readonly contradicts_id: string | null
  readonly message: string | null
  readonly output: string | null
  readonly url: string | null
}

const COLUMNS: Readonly<Record<keyof NewEvidence, string>> = {
  id: 'uuid', item_id: 'uuid', item_key: 'text', criterion_key: 'text', criterion_digest: 'text', outcome: 'check_outcome', check_kind: 'check_kind', duration_ms: 'int', attempts: 'int', passed_attempts: 'int',
  flaky: 'boolean', contradicts_id: 'uuid', message: 'text', output: 'text', url: 'text',
}
const NAMES = Object.keys(COLUMNS).join(', ')
const RECORD = Object.entries(COLUMNS).map((column) => column.join(' ')).join(', ')

/** @param runId null: a person confirmed it */
export const insertEvidence = (runId: string | null, { commit, branch, dirty }: Pick<CheckedRun, 'commit' | 'branch' | 'dirty'>, evidence: readonly NewEvidence[]): RowChange => ({
  name: 'qa-evidence-insert',
  text: (p) => `INSERT INTO evidence (${NAMES}, organisation_id, project_id, run_id, actor_id, commit, branch, dirty, sequence, created_at)
    SELECT ${NAMES.replaceAll(/\w+/g, 'e.$&')}, $3::uuid, $1::uuid, ${p(2)}::uuid, $6::uuid, ${p(3)}::text, ${p(4)}::text, ${p(5)}::boolean, head.sequence, $10::timestamptz
    FROM head, json_to_recordset(${p(1)}::json) AS e(${RECORD})`,
  values: [JSON.stringify(evidence), runId, commit, branch, dirty],
})

/** A commit that a run was made at. Reported again, it is on its branch again, and the ancestors that are known last count. */
export const upsertCommit = (branch: string, commit: string, ancestors: readonly string[]): RowChange => ({
  name: 'qa-commit-upsert',
  text: (p) => `INSERT INTO qa_commits (project_id, branch, commit, organisation_id, ancestors, sequence) SELECT $1::uuid, ${p(1)}::text, ${p(2)}::text, $3::uuid, ${p(3)}::text[], head.sequence FROM head
    ON CONFLICT (project_id, branch, commit) DO UPDATE SET sequence = excluded.sequence, left_sequence = NULL,
      ancestors = CASE WHEN excluded.ancestors = '{}' THEN qa_commits.ancestors ELSE excluded.ancestors END`,
  values: [branch, commit, ancestors],
})

export const moveHead = (branch: string, commit: string): RowChange => ({
  name: 'qa-branch-move',
  text: (p) => `INSERT INTO qa_branches (project_id, branch, organisation_id, head) SELECT $1::uuid, ${p(1)}::text, $3::uuid, ${p(2)}::text FROM head
    ON CONFLICT (project_id, branch) DO UPDATE SET head = excluded.head`,
  values: [branch, commit],
})

/** Commits that left the branch, or are on it again. */
export const markCommits = (branch: string, commits: readonly string[], left: boolean): RowChange => ({
  name: `qa-commits-${left ? 'left' : 'back'}`,
  text: (p) => `UPDATE qa_commits SET left_sequence = ${left ? 'head.sequence' : 'NULL'} FROM head WHERE project_id = $1::uuid AND branch = ${p(1)}::text AND commit = ANY(${p(2)}::text[])`,
  values: [branch, commits],
})

interface PreviewChange {
  readonly id: string
  readonly status: PreviewStatus
  readonly url: string
  readonly expiresAt: Date
}

export const insertPreview = (preview: PreviewChange & Pick<PreviewRow, 'itemId' | 'phase' | 'provider' | 'commit' | 'branch'> & { readonly itemKey: string }): RowChange => ({
  name: 'qa-preview-insert',
  text: (p) => `INSERT INTO previews (id, organisation_id, project_id, item_id, item_key, phase, url, provider, commit, branch, status, created_by_id, sequence, created_at, updated_at, expires_at)
    SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, ${p(2)}::uuid, ${p(3)}::text, ${p(4)}::text, ${p(5)}::text, ${p(6)}::text, ${p(7)}::text, ${p(8)}::text, ${p(9)}::preview_status, $6::uuid, head.sequence,
      $10::timestamptz, $10::timestamptz, ${p(10)}::timestamptz FROM head`,
  values: [preview.id, preview.itemId, preview.itemKey, preview.phase, preview.url, preview.provider, preview.commit, preview.branch, preview.status, preview.expiresAt],
})

export const updatePreview = ({ id, status, url, expiresAt }: PreviewChange): RowChange => ({
  name: 'qa-preview-update',
  text: (p) => `UPDATE previews SET status = ${p(2)}::preview_status, url = ${p(3)}::text, expires_at = ${p(4)}::timestamptz, updated_at = $10::timestamptz FROM head WHERE id = ${p(1)}::uuid`,
  values: [id, status, url, expiresAt],
})
