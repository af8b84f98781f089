/** What writes read before they decide: each one statement. */
import type { AcceptanceCriterion, ItemKind } from '@buildrunner/sdk/plans'
import type { CheckOutcome, KnownCommit, RunSource } from '@buildrunner/sdk/quality'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { PROJECT_COLUMNS, RECORDED_REQUEST } from '../shared/project-write.ts'
import type { ProjectRead } from '../shared/project-write.ts'
import type { CheckedResult, Place } from './check-input.ts'
import { leftBranch } from './rows.ts'

/** The project that a write goes to. */
export type ProjectTarget = ProjectRead

const PROJECT = (by: 'id' | 'slug'): string => `project AS (SELECT ${PROJECT_COLUMNS}
   FROM projects p JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST}
   WHERE p.organisation_id = $1::uuid AND p.${by === 'id' ? 'id = $2::uuid' : 'slug = $2::text'})`
const forProject = <Row>(name: string, text: (project: string) => string): Readonly<Record<'id' | 'slug', Statement<Row>>> => ({
  id: statement<Row>(`${name}:id`, text(PROJECT('id'))), slug: statement<Row>(`${name}:slug`, text(PROJECT('slug'))),
})

/** Which project, and under which key. */
export interface ProjectRequest {
  readonly projectId: string
  readonly idempotencyKey?: string | null | undefined
}

/** @throws NotFoundError when there is no such project for this key */
async function readTarget<Row extends ProjectTarget>(ctx: Context, { projectId, idempotencyKey }: ProjectRequest, statements: Readonly<Record<'id' | 'slug', Statement<Row>>>, values: readonly unknown[]): Promise<Row> {
  const actor = requirePermission(ctx, 'qa.run')
  const { uuid, name } = parseReference(projectId, 'Project')
  const [row] = await ctx.db.query(statements[uuid === null ? 'slug' : 'id'], [actor.organisationId, uuid ?? name, actor.userId, idempotencyKey ?? null, ...values])
  requireInProject(ctx, 'qa.run', row?.project_id, { kind: 'project', ref: projectId, path: ['projectId'] })
  return row
}

/** An item of the plan by key or UUID, `$a` and `$b` being SQL expressions. */
const ITEM = (key: string, uuid: string): string => `(SELECT i.id, i.key, i.kind, i.phase, i.criteria FROM plan_items i, project WHERE i.project_id = project.project_id AND i.key = ${key}
   UNION ALL SELECT i.id, i.key, i.kind, i.phase, i.criteria FROM plan_items i, project WHERE i.project_id = project.project_id AND i.id = ${uuid} LIMIT 1)`

/** What is known of the criterion of a result. */
export interface FoundResult {
  readonly item_id: string | null
  readonly item_key: string | null
  readonly criteria: readonly AcceptanceCriterion[] | null
  /** The run has recorded it already. */
  readonly recorded: boolean
  /** The newest evidence of this branch, of the criterion as it was reported. */
  readonly before: { readonly id: string; readonly outcome: CheckOutcome } | null
  /** Evidence of the same code that says the opposite. */
  readonly opposite_id: string | null
}

/** A run that was recorded before, as far as a further report of it must agree. */
export interface FoundRun extends Place {
  readonly project_id: string
  readonly actor_id: string
  readonly source: RunSource
  readonly dirty: boolean
  readonly finished: boolean
}

/** Everything that recording a run decides upon. */
export interface RunTarget extends ProjectTarget {
  /** One for each result, in their order. */
  readonly results: readonly FoundResult[]
  readonly run: FoundRun | null
  readonly head: KnownCommit | null
  readonly present: readonly KnownCommit[]
  readonly left: readonly string[]
}

/** Of a branch: only the commits that runs were made at last are judged by what is reported now. */
const COMMITS_JUDGED = 50

const RUN = forProject<RunTarget>('qa:record', (project) => `WITH ${project},
  found AS (SELECT w.n, i.id AS item_id, i.key AS item_key, i.criteria,
      EXISTS (SELECT FROM evidence e WHERE e.run_id = $5::uuid AND e.item_id = i.id AND e.criterion_key = w.criterion) AS recorded,
      (SELECT json_build_object('id', e.id, 'outcome', e.outcome) FROM evidence e WHERE e.item_id = i.id AND e.criterion_key = w.criterion AND e.criterion_digest = w.digest AND e.outcome <> 'skipped'
        AND e.branch IS NOT DISTINCT FROM $11::text AND NOT ${leftBranch('e')} ORDER BY e.sequence DESC LIMIT 1) AS before,
      (SELECT e.id FROM evidence e WHERE e.item_id = i.id AND e.criterion_key = w.criterion AND e.criterion_digest = w.digest AND NOT e.dirty AND e.commit = $12::text
        AND e.outcome::text = CASE w.outcome WHEN 'passed' THEN 'failed' WHEN 'failed' THEN 'passed' END ORDER BY e.sequence DESC LIMIT 1) AS opposite_id
    FROM unnest($6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[]) WITH ORDINALITY AS w (key, uuid, criterion, digest, outcome, n) LEFT JOIN LATERAL ${ITEM('w.key', 'w.uuid')} i ON true),
  commits AS (SELECT c.commit, c.ancestors, c.sequence, c.left_sequence FROM qa_commits c JOIN project ON c.project_id = project.project_id WHERE c.branch = $11::text)
  SELECT project.*, coalesce((SELECT json_agg(found ORDER BY n) FROM found), '[]') AS results,
    (SELECT json_build_object('project_id', r.project_id, 'actor_id', r.actor_id, 'source', r.source, 'commit', r.commit, 'branch', r.branch, 'dirty', r.dirty, 'finished', r.finished_at IS NOT NULL) FROM qa_runs r WHERE r.id = $5::uuid) AS run,
    (SELECT json_build_object('commit', c.commit, 'ancestors', c.ancestors) FROM commits c JOIN qa_branches b ON b.project_id = project.project_id AND b.branch = $11::text AND b.head = c.commit) AS head,
    coalesce((SELECT json_agg(json_build_object('commit', c.commit, 'ancestors', c.ancestors)) FROM (SELECT * FROM commits WHERE left_sequence IS NULL ORDER BY sequence DESC LIMIT ${COMMITS_JUDGED}) c), '[]') AS present,
    coalesce((SELECT json_agg(c.commit) FROM commits c WHERE c.left_sequence IS NOT NULL AND c.commit = ANY($13::text[])), '[]') AS left
  FROM project`)

/** @param commits the reported commit and its ancestors */
export function readRunTarget(ctx: Context, request: ProjectRequest, run: { readonly id: string; readonly dirty: boolean; readonly commits: readonly string[] } & Place, results: readonly CheckedResult[]): Promise<RunTarget> {
  const items = results.map(({ item }) => parseReference(item, 'Milestone', 'Step', 'Microstep'))
  return readTarget(ctx, request, RUN, [
    run.id, items.map(({ name }) => name), items.map(({ uuid }) => uuid), results.map(({ criterion }) => criterion), results.map(({ criterionDigest }) => criterionDigest),
    results.map(({ outcome }) => outcome), run.branch, run.dirty ? null : run.commit, run.commits,
  ])
}

/** A project with one item of its plan. */
export interface ItemTarget extends ProjectTarget {
  readonly item: { readonly id: string; readonly key: string; readonly kind: ItemKind; readonly phase: string | null; readonly criteria: readonly AcceptanceCriterion[] | null } | null
}

const ONE_ITEM = forProject<ItemTarget>('qa:item', (project) => `WITH ${project} SELECT project.*, (SELECT row_to_json(i) FROM ${ITEM('$5::text', '$6::uuid')} i) AS item FROM project`)

export function readItemTarget(ctx: Context, request: ProjectRequest, itemRef: string): Promise<ItemTarget> {
  const { uuid, name } = parseReference(itemRef, 'Milestone', 'Step', 'Microstep')
  return readTarget(ctx, request, ONE_ITEM, [name, uuid])
}

/** A project with one item of its plan, and a preview of the id that a client gave. */
export interface PreviewTarget extends ItemTarget {
  readonly preview: { readonly project_id: string; readonly item_id: string; readonly status: string; readonly url: string; readonly expires_at: string } | null
}

const PREVIEW = forProject<PreviewTarget>('qa:preview', (project) => `WITH ${project} SELECT project.*, (SELECT row_to_json(i) FROM ${ITEM('$5::text', '$6::uuid')} i) AS item,
   (SELECT json_build_object('project_id', v.project_id, 'item_id', v.item_id, 'status', v.status, 'url', v.url, 'expires_at', v.expires_at) FROM previews v WHERE v.id = $7::uuid) AS preview FROM project`)

export function readPreviewTarget(ctx: Context, request: ProjectRequest, itemRef: string, id: string): Promise<PreviewTarget> {
  const { uuid, name } = parseReference(itemRef, 'Milestone', 'Step', 'Microstep')
  return readTarget(ctx, request, PREVIEW, [name, uuid, id])
}
