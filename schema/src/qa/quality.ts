/** Quality of items and of projects: figures from the verdicts over their criteria, each with what it is made of. */
import type { FlatPlan, PlanItem } from '@buildrunner/sdk/plans'
import { planQuality, qualityScore, share, wilsonInterval } from '@buildrunner/sdk/quality'
import type { Figure, Interval, PlanQuality, QualityCounts, Score, Share } from '@buildrunner/sdk/quality'
import type { Context } from '../context.ts'
import { loadPlan } from '../plans/load.ts'
import type { ItemNode } from '../plans/nodes.ts'
import { readItem } from '../plans/reads.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import { readVerdicts, verdictsOf } from './verdicts.ts'
import type { JudgedCriterion } from './verdicts.ts'

/** What evidence says of an item: of its own criteria one by one, of everything in it in counts. */
export interface ItemQuality extends QualityCounts {
  readonly criteria: readonly JudgedCriterion[]
}

/** The part of the plan below a node, as the rules of the SDK take it. */
function planBelow(root: ItemNode): { plan: FlatPlan; nodes: ItemNode[] } {
  const items = new Map<string, PlanItem>()
  const children = new Map<string | null, string[]>([[null, [root.key]]])
  const nodes: ItemNode[] = []
  const enter = (node: ItemNode, parentId: string | null): void => {
    nodes.push(node)
    items.set(node.key, { id: node.key, kind: node.kind, parentId, fields: { title: node.title, ...(node.status !== null && { status: node.status as 'todo' }) } })
    children.set(node.key, (node.children ?? []).map(({ key }) => key))
    for (const child of node.children ?? []) enter(child, node.key)
  }
  enter(root, null)
  return { plan: { head: {}, items, children }, nodes }
}

/** @param node with its children */
export async function qualityOfNode(ctx: Context, node: ItemNode): Promise<ItemQuality> {
  const { plan, nodes } = planBelow(node)
  const judged = new Map(await Promise.all(nodes.map(async ({ key, uuid, criteria }) => [key, await verdictsOf(ctx, uuid, criteria)] as const)))
  return { ...planQuality(plan, ({ id }) => judged.get(id)!).counts, criteria: judged.get(node.key)! }
}

/** @throws NotFoundError */
export async function readQualityItem(ctx: Context, projectRef: string, ref: string): Promise<ItemNode> {
  const node = await readItem(ctx, projectRef, ref)
  if (node === null) throw new NotFoundError('plan item', ref, ['itemId'])
  return node
}

/** How far back checks count, in days. */
export const DEFAULT_DAYS = 30
const MAX_DAYS = 365
const DAY_MS = 86_400_000

export function sinceDays(ctx: Context, days: number): Date {
  if (days < 1 || days > MAX_DAYS) throw new ValidationError(`days is 1 to ${MAX_DAYS}; ${days} is not.`, ['days'])
  return new Date(ctx.clock.now().getTime() - days * DAY_MS)
}

/** Reasons that a figure names. */
export const MAX_REASONS = 100

/** A figure as it is told: with the reasons that weigh most, and how many there are. */
export interface ToldFigure extends Omit<Figure, 'because'> {
  readonly because: Figure['because']
  readonly becauseCount: number
  /** Where the true share lies, with 95 % confidence; null of what was counted whole. */
  readonly interval: Interval | null
}

const told = (figure: Figure): ToldFigure => ({ ...figure, because: figure.because.slice(0, MAX_REASONS), becauseCount: figure.because.length, interval: null })

export interface QualitySummary extends Omit<PlanQuality, 'counts' | 'compliance' | 'met' | 'stale' | 'flaky' | 'proven'> {
  readonly projectId: string
  readonly sequence: number
  readonly since: Date
  readonly score: Score
  readonly counts: QualityCounts
  readonly compliance: ToldFigure
  readonly passRate: ToldFigure
  readonly met: ToldFigure
  readonly stale: ToldFigure
  readonly flaky: ToldFigure
  readonly proven: ToldFigure
}

interface Results {
  readonly passed: number
  readonly carried_out: number
  readonly because: Figure['because']
}

/** Results since a time, of some items (`$3`; null: all). Those that did not pass come first, the newest of each first. */
const RESULTS = statement<Results>(
  'qa:results',
  `WITH results AS (SELECT e.id, e.item_key, e.criterion_key, e.outcome, e.sequence FROM evidence e WHERE e.project_id = $1::uuid AND e.organisation_id = $2::uuid AND e.outcome <> 'skipped'
     AND e.created_at >= $4::timestamptz AND ($3::uuid[] IS NULL OR e.item_id = ANY($3::uuid[])))
   SELECT (SELECT count(*)::int FROM results WHERE outcome = 'passed') AS passed, (SELECT count(*)::int FROM results) AS carried_out,
     coalesce((SELECT json_agg(json_build_object('item', r.item_key, 'criterion', r.criterion_key, 'state', CASE r.outcome WHEN 'passed' THEN 'met' ELSE 'failed' END, 'evidenceId', r.id)
       ORDER BY r.outcome = 'passed', r.sequence DESC) FROM (SELECT * FROM results ORDER BY outcome = 'passed', sequence DESC LIMIT ${MAX_REASONS}) r), '[]') AS because`,
)

export interface SummaryOf {
  readonly projectId: string
  /** Only this item, with everything in it. */
  readonly itemId?: string | null | undefined
  readonly days?: number | null | undefined
}

/** Key of the item that a caller names. @throws NotFoundError */
function keyOf(rows: ReadonlyMap<string, { readonly uuid: string; readonly key: string }>, ref: string): string {
  const { uuid, name } = parseReference(ref, 'Milestone', 'Step', 'Microstep')
  const row = uuid === null ? rows.get(name) : [...rows.values()].find((one) => one.uuid === uuid)
  if (row === undefined) throw new NotFoundError('plan item', ref, ['itemId'])
  return row.key
}

/** UUIDs of an item and of everything in it. */
function uuidsIn(plan: FlatPlan, rows: ReadonlyMap<string, { readonly uuid: string }>, key: string): string[] {
  return [rows.get(key)!.uuid, ...(plan.children.get(key) ?? []).flatMap((child) => uuidsIn(plan, rows, child))]
}

/** The quality of a project, or of an item with everything in it: three statements, however large the plan is. */
export async function readSummary(ctx: Context, { projectId, itemId, days }: SummaryOf): Promise<QualitySummary> {
  const { organisationId } = requirePermission(ctx, 'planner.read')
  const since = sinceDays(ctx, days ?? DEFAULT_DAYS)
  const { project, plan, rows } = await loadPlan(ctx, projectId, { permission: 'planner.read' })
  const key = itemId == null ? undefined : keyOf(rows, itemId)
  const verdicts = await readVerdicts(ctx, [...plan.items.values()].flatMap(({ id, fields: { acceptanceCriteria: criteria } }) => (criteria === undefined ? [] : [{ uuid: rows.get(id)!.uuid, criteria }])))
  const quality = planQuality(plan, (item) => verdicts.get(rows.get(item.id)!.uuid) ?? [], key)
  const [results] = await ctx.db.query(RESULTS, [project.id, organisationId, key === undefined ? null : uuidsIn(plan, rows, key), since])
  const { passed, carried_out, because } = results as Results
  const passRate: Share = share(passed, carried_out)
  return {
    projectId: project.id, sequence: project.sequence, since, counts: quality.counts, score: qualityScore({ compliance: quality.compliance, passRate }),
    compliance: told(quality.compliance), met: told(quality.met), stale: told(quality.stale), flaky: told(quality.flaky), proven: told(quality.proven),
    passRate: { ...passRate, because, becauseCount: carried_out, interval: wilsonInterval(passed, carried_out) },
  }
}
