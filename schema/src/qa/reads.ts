/** Reading runs, evidence and previews: pages, newest first, and single ones. */
import type { CheckOutcome } from '@buildrunner/sdk/quality'
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { may, requireActor, requireInProject, requirePermission, visibleProjects } from '../shared/permissions.ts'
import { evidenceJson, previewJson, runJson } from './rows.ts'
import type { EvidenceRow, PreviewRow, RunRow } from './rows.ts'

/** Place in a list: the event it was recorded with, and its id. */
export type Cursor = readonly [sequence: number, id: string]
type Direction = PageRange<Cursor>['direction']

/** Newest first when read forward. */
const ORDER: Readonly<Record<Direction, readonly [compare: string, order: string]>> = { forward: ['<', 'DESC'], backward: ['>', 'ASC'] }

interface PageRow<Row> {
  readonly id: string
  /** Null where counting would read a long history. */
  readonly total: number | null
  readonly rows: readonly Row[]
}

interface Pages<Row> {
  readonly id: Readonly<Record<Direction, Statement<PageRow<Row>>>>
  readonly slug: Readonly<Record<Direction, Statement<PageRow<Row>>>>
}

interface Listed {
  readonly table: string
  /** A row `x` as JSON. */
  readonly json: string
  /** What is asked for, of rows `x`; parameters from `$6` on. */
  readonly where: string
  readonly isCounted: boolean
}

/** Statements that read pages of what belongs to a project: `$1` organisation, `$2` project, `$3` and `$4` the cursor, `$5` how many. */
function pagesOf<Row>(name: string, { table, json, where, isCounted }: Listed): Pages<Row> {
  const text = (by: string, direction: Direction): string => {
    const [compare, order] = ORDER[direction]
    const matching = `FROM ${table} x WHERE x.project_id = (SELECT id FROM project) AND ${where}`
    return `WITH project AS (SELECT p.id FROM projects p WHERE p.organisation_id = $1::uuid AND p.${by}),
      page AS (SELECT x.* ${matching} AND ($3::int IS NULL OR (x.sequence, x.id) ${compare} ($3::int, $4::uuid)) ORDER BY x.sequence ${order}, x.id ${order} LIMIT $5::int)
      SELECT project.id, ${isCounted ? `(SELECT count(*)::int ${matching})` : 'NULL'} AS total, coalesce((SELECT json_agg(${json} ORDER BY x.sequence ${order}, x.id ${order}) FROM page x), '[]') AS rows FROM project`
  }
  const directions = (by: string, condition: string) => ({
    forward: statement<PageRow<Row>>(`${name}:${by}:forward`, text(condition, 'forward')), backward: statement<PageRow<Row>>(`${name}:${by}:backward`, text(condition, 'backward')),
  })
  return { id: directions('id', 'id = $2::uuid'), slug: directions('slug', 'slug = $2::text') }
}

/** SQL: of the item of a UUID or of a key. */
const OF_ITEM = (uuid: string, key: string): string =>
  `(${uuid}::uuid IS NULL OR x.item_id = ${uuid}::uuid) AND (${key}::text IS NULL OR x.item_id = (SELECT i.id FROM plan_items i WHERE i.project_id = x.project_id AND i.key = ${key}::text))`

async function readPage<Row extends { readonly id: string; readonly sequence: number }>(ctx: Context, projectRef: string, pages: Pages<Row>, range: PageRange<Cursor>, values: readonly unknown[]): Promise<FoundPage<Row, Cursor>> {
  const actor = requirePermission(ctx, 'planner.read')
  const { uuid, name } = parseReference(projectRef, 'Project')
  const [sequence, id] = range.after ?? [null, null]
  const [row] = await ctx.db.query(pages[uuid === null ? 'slug' : 'id'][range.direction], [actor.organisationId, uuid ?? name, sequence, id, range.limit + 1, ...values])
  requireInProject(ctx, 'planner.read', row?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return { nodes: row.rows.slice(0, range.limit).map((node) => ({ node, cursor: [node.sequence, node.id] as const })), hasMore: row.rows.length > range.limit, ...(row.total !== null && { totalCount: row.total }) }
}

const RUNS = pagesOf<RunRow>('qa:runs', { table: 'qa_runs', isCounted: true, json: runJson('x'), where: `($6::text IS NULL OR x.branch = $6::text) AND ($7::text IS NULL OR x.commit = $7::text) AND ($8::run_source IS NULL OR x.source = $8::run_source)` })

export interface RunFilter {
  readonly projectId: string
  readonly branch?: string | null | undefined
  readonly commit?: string | null | undefined
  readonly source?: string | null | undefined
}

/** @throws NotFoundError when there is no such project for this key */
export const readRuns = (ctx: Context, { projectId, branch, commit, source }: RunFilter, range: PageRange<Cursor>): Promise<FoundPage<RunRow, Cursor>> =>
  readPage(ctx, projectId, RUNS, range, [branch ?? null, commit ?? null, source ?? null])

const evidencePages = (name: string, table: string, inItem: string) => pagesOf<EvidenceRow>(name, {
  table, isCounted: false, json: evidenceJson('x'),
  where: `${inItem} AND ($8::text IS NULL OR x.criterion_key = $8::text) AND ($9::uuid IS NULL OR x.run_id = $9::uuid) AND ($10::text[] IS NULL OR x.outcome::text = ANY($10::text[]))
    AND ($11::text IS NULL OR x.commit = $11::text) AND ($12::boolean IS NULL OR x.flaky = $12::boolean) AND ($13::timestamptz IS NULL OR x.created_at >= $13::timestamptz)`,
})
/** The history of one item is short, that of its project long: it is read by the item first (`OFFSET 0`), not filtered out of the project's. */
const EVIDENCE_OF_ITEM = `(SELECT e.* FROM evidence e WHERE e.item_id = coalesce($6::uuid, (SELECT i.id FROM plan_items i WHERE i.project_id = (SELECT id FROM project) AND i.key = $7::text)) OFFSET 0)`
const EVIDENCE = { all: evidencePages('qa:evidence', 'evidence', '($6::uuid IS NULL AND $7::text IS NULL)'), item: evidencePages('qa:evidence:item', EVIDENCE_OF_ITEM, 'true') }

export interface EvidenceFilter {
  readonly projectId: string
  readonly itemId?: string | null | undefined
  readonly criterion?: string | null | undefined
  readonly runId?: string | null | undefined
  readonly outcome?: readonly CheckOutcome[] | null | undefined
  readonly commit?: string | null | undefined
  readonly flaky?: boolean | null | undefined
  readonly since?: Date | null | undefined
}

/** The history of a project, an item, a criterion, a run. @throws NotFoundError when there is no such project for this key */
export function readEvidence(ctx: Context, filter: EvidenceFilter, range: PageRange<Cursor>): Promise<FoundPage<EvidenceRow, Cursor>> {
  const item = filter.itemId == null ? null : parseReference(filter.itemId, 'Milestone', 'Step', 'Microstep')
  const run = filter.runId == null ? null : parseReference(filter.runId, 'QaRun')
  // of what is no id of a run there is no evidence
  const runId = run === null ? null : (run.uuid ?? '00000000-0000-0000-0000-000000000000')
  return readPage(ctx, filter.projectId, EVIDENCE[item === null ? 'all' : 'item'], range, [item?.uuid ?? null, item?.name ?? null, filter.criterion ?? null, runId, filter.outcome ?? null, filter.commit ?? null, filter.flaky ?? null, filter.since ?? null])
}

const PREVIEWS = pagesOf<PreviewRow>('qa:previews', {
  table: 'previews', isCounted: true, json: previewJson('x'),
  where: `${OF_ITEM('$6', '$7')} AND ($8::text IS NULL OR x.phase = $8::text)
    AND ($9::preview_status IS NULL OR x.status = $9::preview_status)`,
})

export interface PreviewFilter {
  readonly projectId: string
  readonly itemId?: string | null | undefined
  readonly phase?: string | null | undefined
  readonly status?: string | null | undefined
}

/** @throws NotFoundError when there is no such project for this key */
export function readPreviews(ctx: Context, filter: PreviewFilter, range: PageRange<Cursor>): Promise<FoundPage<PreviewRow, Cursor>> {
  const item = filter.itemId == null ? null : parseReference(filter.itemId, 'Milestone')
  return readPage(ctx, filter.projectId, PREVIEWS, range, [item?.uuid ?? null, item?.name ?? null, filter.phase ?? null, filter.status ?? null])
}

const BY_IDS = {
  QaRun: statement<{ row: RunRow }>('qa:runs:nodes', `SELECT ${runJson('r')} AS row FROM qa_runs r WHERE r.id = ANY($1::uuid[]) AND r.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR r.project_id = ANY($3::uuid[]))`),
  Evidence: statement<{ row: EvidenceRow }>('qa:evidence:nodes', `SELECT ${evidenceJson('e')} AS row FROM evidence e WHERE e.id = ANY($1::uuid[]) AND e.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR e.project_id = ANY($3::uuid[]))`),
  Preview: statement<{ row: PreviewRow }>('qa:previews:nodes', `SELECT ${previewJson('v')} AS row FROM previews v WHERE v.id = ANY($1::uuid[]) AND v.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR v.project_id = ANY($3::uuid[]))`),
} as const
interface Rows {
  readonly QaRun: RunRow
  readonly Evidence: EvidenceRow
  readonly Preview: PreviewRow
}

/** By UUID, in the order asked for; null for what the key does not see. */
export async function qaByUuid<Kind extends keyof Rows>(ctx: Context, kind: Kind, uuids: readonly string[]): Promise<(Rows[Kind] | null)[]> {
  const actor = requirePermission(ctx, 'planner.read')
  const rows = await ctx.db.query(BY_IDS[kind] as Statement<{ row: Rows[Kind] }>, [[...new Set(uuids)], actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.flatMap(({ row }) => (may(actor, 'planner.read', row.projectId) ? [[row.id, row] as const] : [])))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

/** One of them; those of a request that are asked for at once, in one statement. */
export const qaOf = async <Kind extends keyof Rows>(ctx: Context, kind: Kind, uuid: string | null): Promise<Rows[Kind] | null> =>
  uuid === null ? null : ((await batched(ctx, `qa:${kind}`, uuid, async (uuids) => {
    const rows = await qaByUuid(ctx, kind, uuids)
    return new Map(uuids.map((one, index) => [one, rows[index] ?? null]))
  })) ?? null)

/** One by the id that a caller gave. @throws NotFoundError when there is none for this key */
export async function readOne<Kind extends keyof Rows>(ctx: Context, kind: Kind, ref: string, argument: string): Promise<Rows[Kind]> {
  requirePermission(ctx, 'planner.read')
  const { uuid } = parseReference(ref, kind)
  const [row] = uuid === null ? [] : await qaByUuid(ctx, kind, [uuid])
  requireInProject(ctx, 'planner.read', row?.projectId, { kind: { QaRun: 'run', Evidence: 'evidence', Preview: 'preview' }[kind], ref, path: [argument] })
  return row as Rows[Kind]
}

const OUTPUTS = statement<{ id: string; output: string | null }>('qa:outputs', 'SELECT id, output FROM evidence WHERE id = ANY($1::uuid[]) AND organisation_id = $2::uuid')

/** What a check printed; of all evidence of a request in one statement. */
export async function outputOf(ctx: Context, { id }: EvidenceRow): Promise<string | null> {
  const { organisationId } = requireActor(ctx)
  const output = await batched(ctx, 'qa:outputs', id, async (ids) => new Map((await ctx.db.query(OUTPUTS, [ids, organisationId])).map((row) => [row.id, row.output])))
  return output ?? null
}
