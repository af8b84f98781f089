/** Reading approvals. */
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { may, requireInProject, requirePermission, visibleProjects } from '../shared/permissions.ts'
import { readPlace } from './place.ts'
import { approvalJson, statusAt } from './rows.ts'
import type { ApprovalRow, ApprovalStatus } from './rows.ts'

interface Found {
  approval: ApprovalRow
}

const ONE = statement<Found>('approval:one', `SELECT ${approvalJson('$3')} AS approval FROM approvals a WHERE a.id = $2::uuid AND a.organisation_id = $1::uuid`)

/** @throws NotFoundError, ForbiddenError */
export async function getApproval(ctx: Context, ref: string): Promise<ApprovalRow> {
  const { organisationId } = requirePermission(ctx, 'governance.read')
  const { uuid } = parseReference(ref, 'Approval')
  const [row] = uuid === null ? [] : await ctx.db.query(ONE, [organisationId, uuid, ctx.clock.now()])
  requireInProject(ctx, 'governance.read', row?.approval.projectId, { kind: 'approval', ref, path: ['approvalId'] })
  return (row as Found).approval
}

const BY_IDS = statement<Found>(
  'approval:nodes',
  `SELECT ${approvalJson('$4')} AS approval FROM approvals a WHERE a.id = ANY($1::uuid[]) AND a.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR a.project_id = ANY($3::uuid[]))`,
)

/** By UUID, in the order asked for; null for what the key does not see. */
export async function approvalsByUuid(ctx: Context, uuids: readonly string[]): Promise<(ApprovalRow | null)[]> {
  const actor = requirePermission(ctx, 'governance.read')
  const rows = await ctx.db.query(BY_IDS, [uuids, actor.organisationId, visibleProjects(actor), ctx.clock.now()])
  const found = new Map(rows.flatMap(({ approval }) => (may(actor, 'governance.read', approval.projectId) ? [[approval.id, approval] as const] : [])))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

/** Those that a write made, in the order of their making. */
export async function approvalsMade(ctx: Context, uuids: readonly string[]): Promise<ApprovalRow[]> {
  return (await approvalsByUuid(ctx, uuids)).filter((approval) => approval !== null)
}

export interface ApprovalFilter {
  readonly projectId: string
  readonly status?: ApprovalStatus | null | undefined
  /** Key of an item of the plan. */
  readonly itemKey?: string | null | undefined
}

/** Place in a list: when it was asked for, and its id. */
export type Cursor = readonly [createdAt: string, id: string]

const MATCHING = `a.project_id = $1::uuid AND ($3::text IS NULL OR ${statusAt('$2')} = $3::text) AND ($4::text IS NULL OR a.item_key = $4::text)`
const LIST = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return `SELECT ${approvalJson('$2')} AS approval, (SELECT count(*)::int FROM approvals a WHERE ${MATCHING}) AS total FROM approvals a
    WHERE ${MATCHING} AND ($5::timestamptz IS NULL OR (a.created_at, a.id) ${compare} ($5::timestamptz, $6::uuid)) ORDER BY a.created_at ${order}, a.id ${order} LIMIT $7::int`
}
type Listed = Found & { total: number }
const LISTS = { forward: statement<Listed>('approval:list:forward', LIST('forward')), backward: statement<Listed>('approval:list:backward', LIST('backward')) }

/** The newest first. */
export async function listApprovals(ctx: Context, { projectId, status, itemKey }: ApprovalFilter, range: PageRange<Cursor>): Promise<FoundPage<ApprovalRow, Cursor>> {
  const place = await readPlace(ctx, 'governance.read', projectId)
  const [createdAt, id] = range.after ?? [null, null]
  const rows = await ctx.db.query(LISTS[range.direction], [place.project_id, ctx.clock.now(), status ?? null, itemKey ?? null, createdAt, id, range.limit + 1])
  return {
    nodes: rows.slice(0, range.limit).map(({ approval }) => ({ node: approval, cursor: [approval.createdAt, approval.id] as const })),
    hasMore: rows.length > range.limit, totalCount: rows[0]?.total ?? 0,
  }
}

const OF_ITEMS = statement<Found>(
  'approval:items',
  `SELECT ${approvalJson('$3')} AS approval FROM approvals a WHERE a.project_id = $1::uuid AND a.item_key = ANY($2::text[]) AND ${statusAt('$3')} IN ('pending', 'granted') AND a.used_at IS NULL ORDER BY a.created_at, a.id`,
)

/** What waits for a decision or for its use, by the keys of the items. */
export async function openApprovals(ctx: Context, projectId: string, itemKeys: readonly string[]): Promise<ReadonlyMap<string, readonly ApprovalRow[]>> {
  const rows = await ctx.db.query(OF_ITEMS, [projectId, itemKeys, ctx.clock.now()])
  return Map.groupBy(rows.map(({ approval }) => approval), ({ itemKey }) => itemKey as string)
}

const OF_CHANGES = statement<Found>(
  'approval:changes',
  `SELECT ${approvalJson('$3')} AS approval FROM approvals a WHERE a.project_id = $1::uuid AND a.change_digest = ANY($2::text[]) AND ${statusAt('$3')} IN ('pending', 'granted') AND a.used_at IS NULL ORDER BY a.created_at, a.id`,
)

/** What waits for a decision or for its use, by what it is about. A granted one comes before one that is asked for again. */
export async function approvalsOf(ctx: Pick<Context, 'db' | 'clock'>, projectId: string, digests: readonly string[]): Promise<ReadonlyMap<string, ApprovalRow>> {
  const rows = await ctx.db.query(OF_CHANGES, [projectId, digests, ctx.clock.now()])
  const found = new Map<string, ApprovalRow>()
  for (const { approval } of rows) if (found.get(approval.changeDigest)?.status !== 'granted') found.set(approval.changeDigest, approval)
  return found
}

