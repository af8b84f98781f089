/** Reading plans: whole, as of a sequence, paged, analysed. */
import { analyzePlan, applyChanges, assertPlanChanges, unflattenPlan, whatIf } from '@buildrunner/sdk/plans'
import type { FlatPlan, ItemKind, Plan, PlanAnalysis, PlanChange, Status, WhatIf } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { requirePermission, visibleProjects } from '../shared/permissions.ts'
import { withChangeErrors } from './change-plan.ts'
import { loadItems, loadPlan, planAsOf } from './load.ts'
import type { ProjectHeader } from './load.ts'
import { nodeOf, treeOf } from './nodes.ts'
import type { ItemNode } from './nodes.ts'
import { itemColumns, readPlan, readRow } from './rows.ts'
import type { ItemColumns, StoredItem } from './rows.ts'

export interface PlanTree {
  readonly projectId: string
  readonly sequence: number
  readonly project: ProjectHeader
  readonly items: readonly StoredItem[]
  readonly milestones: readonly ItemNode[]
}

/** The whole plan in one statement. */
export async function readPlanTree(ctx: Context, projectRef: string): Promise<PlanTree> {
  const { project, items } = await loadItems(ctx, projectRef, { permission: 'planner.read', select: { all: true } })
  return { projectId: project.id, sequence: project.sequence, project, items, milestones: treeOf(project.id, items) }
}

/** The document always says whose plan it is, even before a client has pushed a head. */
export function documentWith(project: Pick<ProjectHeader, 'name' | 'description'>, plan: FlatPlan): Plan {
  const named = { name: project.name, ...(project.description === null ? {} : { description: project.description }) }
  return unflattenPlan({ ...plan, head: { version: 1, project: named, ...plan.head } })
}

export const documentOf = (tree: PlanTree): Plan => documentWith(tree.project, readPlan(tree.items, tree.project.plan_head).plan)

/** The node with its children, from the whole plan; that is read once for a request. */
export async function planOfNode(ctx: Context, node: ItemNode): Promise<ItemNode> {
  const name = `plan:${node.projectId}`
  const reading = (ctx.memo.get(name) as Promise<PlanTree> | undefined) ?? readPlanTree(ctx, node.projectId)
  ctx.memo.set(name, reading)
  const find = (nodes: readonly ItemNode[]): ItemNode | undefined => {
    for (const candidate of nodes) {
      const found = candidate.uuid === node.uuid ? candidate : find(candidate.children ?? [])
      if (found !== undefined) return found
    }
    return undefined
  }
  // deleted between two reads of one request: it has no children any more
  return find((await reading).milestones) ?? { ...node, children: [] }
}

const BY_UUID = statement<ItemColumns>(
  'plan:nodes',
  `SELECT ${itemColumns('i')}, i.project_id, (SELECT k.key FROM plan_items k WHERE k.id = i.parent_id) FROM plan_items i
   WHERE i.id = ANY($1::uuid[]) AND i.kind = $2::item_kind AND i.organisation_id = $3::uuid AND ($4::uuid[] IS NULL OR i.project_id = ANY($4::uuid[]))`,
)

/** Items by UUID, in the order asked for; null for what the key does not see. */
export async function nodesByUuid(ctx: Context, uuids: readonly string[], kind: ItemKind): Promise<(ItemNode | null)[]> {
  const actor = requirePermission(ctx, 'planner.read')
  const rows = await ctx.db.queryText(BY_UUID, [uuids, kind, actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.map((row) => [row[0], nodeOf(row[21] as string, readRow(row), row[22] ?? null)]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

export interface PlanSnapshot {
  readonly projectId: string
  readonly sequence: number
  readonly document: Plan
}

/** The plan document, today's or as it was at a sequence. @throws ValidationError for a sequence that cannot be reached. */
export async function readSnapshot(ctx: Context, projectRef: string, atSequence: number | null | undefined): Promise<PlanSnapshot> {
  if (atSequence === null || atSequence === undefined) {
    const { project, plan } = await loadPlan(ctx, projectRef, { permission: 'planner.read' })
    return { projectId: project.id, sequence: project.sequence, document: documentWith(project, plan) }
  }
  if (atSequence < 0) throw new ValidationError('A sequence is 0 or more.', ['atSequence'])
  const loaded = await loadPlan(ctx, projectRef, { permission: 'planner.read', since: atSequence })
  const plan = planAsOf(loaded, atSequence, ['atSequence'])
  return { projectId: loaded.project.id, sequence: atSequence, document: documentWith(loaded.project, plan) }
}

/** One item by key or id, or null. */
export async function readItem(ctx: Context, projectRef: string, ref: string): Promise<ItemNode | null> {
  const { project, items, parentKey } = await loadItems(ctx, projectRef, { permission: 'planner.read', select: { ref } })
  const [row] = items
  return row === undefined ? null : nodeOf(project.id, row, parentKey)
}

/** What can be said about the work that is left. */
export async function readAnalysis(ctx: Context, projectRef: string): Promise<PlanAnalysis & { sequence: number }> {
  const { project, plan } = await loadPlan(ctx, projectRef, { permission: 'planner.read' })
  return { ...analyzePlan(plan), sequence: project.sequence }
}

/** The critical path before and after changes. @throws ValidationError for changes that cannot be made */
export async function readWhatIf(ctx: Context, projectRef: string, changes: unknown): Promise<WhatIf> {
  const { plan } = await loadPlan(ctx, projectRef, { permission: 'planner.read' })
  const checked = readChanges(changes, ['changes'])
  return withChangeErrors(['changes'], () => whatIf(plan, checked))
}

/** Reads untrusted JSON as plan changes. @throws ValidationError */
export function readChanges(value: unknown, path: readonly string[]): PlanChange[] {
  return withChangeErrors(path, () => {
    assertPlanChanges(value)
    return value
  })
}

export const applyReadChanges = (plan: FlatPlan, changes: readonly PlanChange[], path: readonly string[]): FlatPlan => withChangeErrors(path, () => applyChanges(plan, changes))

export interface ItemFilter {
  readonly kind: ItemKind
  readonly status?: readonly Status[] | null
  readonly parentKey?: string | null
  readonly milestoneKey?: string | null
  readonly label?: string | null
  readonly assignee?: string | null
}

/** Keyset of document order: the ranks and keys from the milestone down to the item. */
export type ItemCursor = readonly [string, string, string, string, string, string]

export interface ItemPage {
  readonly nodes: readonly { node: ItemNode; cursor: ItemCursor }[]
  readonly hasMore: boolean
  readonly totalCount: number
}

const ORDER = ["COALESCE(g.rank, p.rank, i.rank)", "COALESCE(g.key, p.key, i.key)", "CASE WHEN g.id IS NULL THEN CASE WHEN p.id IS NULL THEN '' ELSE i.rank END ELSE p.rank END", "CASE WHEN g.id IS NULL THEN CASE WHEN p.id IS NULL THEN '' ELSE i.key END ELSE p.key END", "CASE WHEN g.id IS NULL THEN '' ELSE i.rank END", "CASE WHEN g.id IS NULL THEN '' ELSE i.key END"].map((expression) => `(${expression}) COLLATE "C"`)

const page = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['>', 'ASC'] : ['<', 'DESC']
  return `WITH matching AS (
  SELECT i.id, p.key AS parent_key, ${ORDER.map((expression, index) => `${expression} AS o${index}`).join(', ')}
  FROM plan_items i LEFT JOIN plan_items p ON p.id = i.parent_id LEFT JOIN plan_items g ON g.id = p.parent_id
  WHERE i.project_id = $1::uuid AND i.kind = $2::item_kind
    AND ($3::text[] IS NULL OR i.status::text = ANY($3::text[]))
    AND ($4::text IS NULL OR p.key = $4::text)
    AND ($5::text IS NULL OR COALESCE(g.key, p.key) = $5::text)
    AND ($6::text IS NULL OR $6::text = ANY(i.labels))
    AND ($7::text IS NULL OR i.assignee = $7::text)
), counted AS (SELECT count(*) AS total FROM matching), wanted AS (
  SELECT * FROM matching WHERE $8::text IS NULL OR (o0, o1, o2, o3, o4, o5) ${compare} ($8::text, $9::text, $10::text, $11::text, $12::text, $13::text)
  ORDER BY ${[0, 1, 2, 3, 4, 5].map((index) => `o${index} ${order}`).join(', ')} LIMIT $14::int
)
SELECT counted.total, w.parent_key, w.o0, w.o1, w.o2, w.o3, w.o4, w.o5, ${itemColumns('i')}
FROM counted LEFT JOIN wanted w ON true LEFT JOIN plan_items i ON i.id = w.id
ORDER BY ${[0, 1, 2, 3, 4, 5].map((index) => `w.o${index} ${order}`).join(', ')}`
}

const PAGES = { forward: statement<ItemColumns>('plan:page:forward', page('forward')), backward: statement<ItemColumns>('plan:page:backward', page('backward')) }

/** A page of items in document order, with the count of all that match: one statement. `backward` pages come in reverse. */
export async function readItemPage(ctx: Context, projectId: string, filter: ItemFilter, range: { after: ItemCursor | null; limit: number; direction: 'forward' | 'backward' }): Promise<ItemPage> {
  requirePermission(ctx, 'planner.read')
  const cursor = range.after ?? [null, null, null, null, null, null]
  const rows = await ctx.db.queryText(PAGES[range.direction], [
    projectId, filter.kind, filter.status ?? null, filter.parentKey ?? null, filter.milestoneKey ?? null, filter.label ?? null, filter.assignee ?? null, ...cursor, range.limit + 1,
  ])
  const found = rows.filter((row) => row[8] !== null)
  return {
    totalCount: Number(rows[0]?.[0] ?? 0),
    hasMore: found.length > range.limit,
    nodes: found.slice(0, range.limit).map((row) => ({ cursor: row.slice(2, 8) as unknown as ItemCursor, node: nodeOf(projectId, readRow(row, 8), row[1] ?? null) })),
  }
}
