/** Reading what was pushed and what waits for a decision. */
import type { SyncOutcome } from '@buildrunner/sdk/sync-merge'
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { isUuid, parseReference } from '../shared/ids.ts'
import { may, requireInProject, requirePermission, visibleProjects } from '../shared/permissions.ts'
import { CONFLICT_JSON } from './rows.ts'
import type { ConflictRow } from './rows.ts'

type Direction = PageRange<unknown>['direction']

/** Newest first when read forward. */
const ORDER: Readonly<Record<Direction, readonly [compare: string, order: string]>> = { forward: ['<', 'DESC'], backward: ['>', 'ASC'] }

interface Found<Row> {
  readonly id: string
  readonly rows: readonly Row[] | null
  readonly total: number
}

const pageOf = <Row, At>({ rows, total }: Found<Row>, limit: number, cursorOf: (row: Row) => At): FoundPage<Row, At> => ({
  nodes: (rows ?? []).slice(0, limit).map((node) => ({ node, cursor: cursorOf(node) })), hasMore: (rows ?? []).length > limit, totalCount: total,
})

/** Statements over one project, by how it is named and by the direction of the page. */
const paged = <Row>(name: string, text: (direction: Direction) => string) => {
  const by = (key: string, where: string) => ({
    forward: statement<Found<Row>>(`sync:${name}:${key}:forward`, `${text('forward')} FROM projects p WHERE p.organisation_id = $1::uuid AND p.${where}`),
    backward: statement<Found<Row>>(`sync:${name}:${key}:backward`, `${text('backward')} FROM projects p WHERE p.organisation_id = $1::uuid AND p.${where}`),
  })
  return { id: by('id', 'id = $2::uuid'), slug: by('slug', 'slug = $2::text') }
}

const OPEN = '($3::boolean IS NULL OR (c.resolved_at IS NULL) = $3::boolean)'
type ConflictCursor = readonly [createdAt: string, id: string]
const CONFLICTS = paged<ConflictRow>('conflicts', (direction) => {
  const [compare, order] = ORDER[direction]
  return `SELECT p.id, (SELECT count(*)::int FROM conflict_logs c WHERE c.project_id = p.id AND ${OPEN}) AS total, (SELECT json_agg(${CONFLICT_JSON} ORDER BY c.created_at ${order}, c.id ${order})
    FROM (SELECT * FROM conflict_logs c WHERE c.project_id = p.id AND ${OPEN} AND ($4::timestamptz IS NULL OR (c.created_at, c.id) ${compare} ($4::timestamptz, $5::uuid))
      ORDER BY c.created_at ${order}, c.id ${order} LIMIT $6::int) c) AS rows`
})

interface InProject {
  readonly projectId: string
}
const nameOf = (projectRef: string) => {
  const { uuid, name } = parseReference(projectRef, 'Project')
  return { by: uuid === null ? ('slug' as const) : ('id' as const), value: uuid ?? name }
}
const named = (ref: string) => ({ kind: 'project', ref, path: ['projectId'] })

/** @throws NotFoundError when there is no such project for this key */
export async function readConflicts(ctx: Context, { projectId, open }: InProject & { readonly open?: boolean | null }, range: PageRange<ConflictCursor>): Promise<FoundPage<ConflictRow, ConflictCursor>> {
  const actor = requirePermission(ctx, 'planner.read')
  const { by, value } = nameOf(projectId)
  const [found] = await ctx.db.query(CONFLICTS[by][range.direction], [actor.organisationId, value, open ?? null, ...(range.after ?? [null, null]), range.limit + 1])
  requireInProject(ctx, 'planner.read', found?.id, named(projectId))
  return pageOf(found as Found<ConflictRow>, range.limit, ({ createdAt, id }) => [createdAt, id] as const)
}

const BY_IDS = statement<{ conflict: ConflictRow }>(
  'sync:conflict:nodes',
  `SELECT ${CONFLICT_JSON} AS conflict FROM conflict_logs c WHERE c.id = ANY($1::uuid[]) AND c.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR c.project_id = ANY($3::uuid[]))`,
)

/** By UUID, in the order asked for; null for what the key does not see. */
export async function conflictsByUuid(ctx: Context, uuids: readonly string[]): Promise<(ConflictRow | null)[]> {
  const actor = requirePermission(ctx, 'planner.read')
  const rows = await ctx.db.query(BY_IDS, [uuids, actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.flatMap(({ conflict }) => (may(actor, 'planner.read', conflict.projectId) ? [[conflict.id, conflict] as const] : [])))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

/** @throws NotFoundError, ForbiddenError */
export async function readConflict(ctx: Context, ref: string): Promise<ConflictRow> {
  const actor = requirePermission(ctx, 'planner.read')
  const { uuid } = parseReference(ref, 'SyncConflict')
  const [row] = uuid === null ? [] : await ctx.db.query(BY_IDS, [[uuid], actor.organisationId, null])
  requireInProject(ctx, 'planner.read', row?.conflict.projectId, { kind: 'conflict', ref, path: ['conflictId'] })
  return (row as { conflict: ConflictRow }).conflict
}

export interface SyncEvent {
  readonly replicaId: string
  readonly number: number
  readonly kind: string
  readonly payload: unknown
  readonly outcome: SyncOutcome
  readonly code: string | null
  readonly message: string | null
  readonly rule: string | null
  readonly sequence: number
  readonly createdAt: string
}

const EVENT_JSON = `json_build_object('replicaId', e.replica_id, 'number', e.number, 'kind', e.kind, 'payload', e.payload, 'outcome', e.outcome, 'code', e.code, 'message', e.message,
  'rule', e.rule, 'sequence', e.sequence, 'createdAt', e.created_at)`
const WANTED = '($3::uuid IS NULL OR e.replica_id = $3::uuid) AND ($4::sync_outcome IS NULL OR e.outcome = $4::sync_outcome)'
type EventCursor = readonly [sequence: number, replicaId: string, number: number]
const EVENTS = paged<SyncEvent>('events', (direction) => {
  const [compare, order] = ORDER[direction]
  const by = ['sequence', 'replica_id', 'number'].map((column) => `e.${column} ${order}`).join(', ')
  return `SELECT p.id, (SELECT count(*)::int FROM sync_events e WHERE e.project_id = p.id AND ${WANTED}) AS total, (SELECT json_agg(${EVENT_JSON} ORDER BY ${by})
    FROM (SELECT * FROM sync_events e WHERE e.project_id = p.id AND ${WANTED} AND ($5::int IS NULL OR (e.sequence, e.replica_id, e.number) ${compare} ($5::int, $6::uuid, $7::int))
      ORDER BY ${by} LIMIT $8::int) e) AS rows`
})

export interface EventFilter extends InProject {
  readonly replicaId?: string | null
  readonly outcome?: SyncOutcome | null
}

/** What was pushed and how it ended, newest first. @throws NotFoundError when there is no such project for this key */
export async function readSyncEvents(ctx: Context, { projectId, replicaId, outcome }: EventFilter, range: PageRange<EventCursor>): Promise<FoundPage<SyncEvent, EventCursor>> {
  const actor = requirePermission(ctx, 'planner.read')
  const { by, value } = nameOf(projectId)
  // what is no id names no replica
  const replica = replicaId == null ? null : isUuid(replicaId) ? replicaId : '00000000-0000-0000-0000-000000000000'
  const [found] = await ctx.db.query(EVENTS[by][range.direction], [actor.organisationId, value, replica, outcome ?? null, ...(range.after ?? [null, null, null]), range.limit + 1])
  requireInProject(ctx, 'planner.read', found?.id, named(projectId))
  return pageOf(found as Found<SyncEvent>, range.limit, (event) => [event.sequence, event.replicaId, event.number] as const)
}

export interface ReplicaState {
  readonly id: string
  readonly userId: string
  readonly acknowledged: number
  readonly lastSeenAt: string
}

export interface QueueState {
  readonly applied: number
  /** Conflicts that wait for a decision. */
  readonly conflicts: number
  readonly refused: number
  /** Those seen last. */
  readonly replicas: readonly ReplicaState[]
}

const MAX_REPLICAS = 100
const QUEUE = (by: string): string => `SELECT p.id, coalesce(sum(r.applied), 0)::int AS applied, coalesce(sum(r.refused), 0)::int AS refused,
    (SELECT count(*)::int FROM conflict_logs c WHERE c.project_id = p.id AND c.resolved_at IS NULL) AS conflicts,
    (SELECT json_agg(json_build_object('id', l.id, 'userId', l.user_id, 'acknowledged', l.acknowledged, 'lastSeenAt', l.last_seen_at) ORDER BY l.last_seen_at DESC)
      FROM (SELECT * FROM sync_replicas l WHERE l.project_id = p.id ORDER BY l.last_seen_at DESC LIMIT ${MAX_REPLICAS}) l) AS replicas
  FROM projects p LEFT JOIN sync_replicas r ON r.project_id = p.id WHERE p.organisation_id = $1::uuid AND p.${by} GROUP BY p.id`
type QueueRow = Omit<QueueState, 'replicas'> & { readonly id: string; readonly replicas: readonly ReplicaState[] | null }
const QUEUES = { id: statement<QueueRow>('sync:queue:id', QUEUE('id = $2::uuid')), slug: statement<QueueRow>('sync:queue:slug', QUEUE('slug = $2::text')) }

/** @throws NotFoundError when there is no such project for this key */
export async function readQueue(ctx: Context, projectRef: string): Promise<QueueState> {
  const actor = requirePermission(ctx, 'planner.read')
  const { by, value } = nameOf(projectRef)
  const [row] = await ctx.db.query(QUEUES[by], [actor.organisationId, value])
  requireInProject(ctx, 'planner.read', row?.id, named(projectRef))
  return { ...(row as QueueRow), replicas: row?.replicas ?? [] }
}

export interface Person {
  readonly id: string
  readonly name: string
}
const PEOPLE = statement<Person>('sync:people', 'SELECT id, name FROM users WHERE id = ANY($1::uuid[])')

/** People by UUID; all of a request in one statement. */
export const personOf = (ctx: Context, id: string): Promise<Person | undefined> =>
  batched(ctx, 'sync:people', id, async (ids) => new Map((await ctx.db.query(PEOPLE, [[...new Set(ids)]])).map((person) => [person.id, person])))
