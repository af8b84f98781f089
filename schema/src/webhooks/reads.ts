/** Reading webhooks and what became of their deliveries. */
import type { Context } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { may, requireInProject, requirePermission, visibleProjects } from '../shared/permissions.ts'
import { DELIVERY_JSON, WEBHOOK_JSON } from './rows.ts'
import type { DeliveryRow, WebhookRow } from './rows.ts'

/** Place in a list: when it was made, and its id. */
export type Cursor = readonly [createdAt: string, id: string]
type Direction = PageRange<Cursor>['direction']

/** Newest first when read forward. */
const ORDER: Readonly<Record<Direction, readonly [compare: string, order: string]>> = { forward: ['<', 'DESC'], backward: ['>', 'ASC'] }

interface Found<Row> {
  readonly rows: readonly Row[] | null
  readonly total: number
}

const pageOf = <Row, At>({ rows, total }: Found<Row>, limit: number, cursorOf: (row: Row) => At): FoundPage<Row, At> => ({
  nodes: (rows ?? []).slice(0, limit).map((node) => ({ node, cursor: cursorOf(node) })), hasMore: (rows ?? []).length > limit, totalCount: total,
})

interface WebhooksRow extends Found<WebhookRow> {
  readonly id: string
}

const WEBHOOKS = (by: string, direction: Direction): string => {
  const [compare, order] = ORDER[direction]
  return `SELECT p.id, (SELECT count(*)::int FROM webhooks w WHERE w.project_id = p.id) AS total, (SELECT json_agg(${WEBHOOK_JSON} ORDER BY w.created_at ${order}, w.id ${order})
    FROM (SELECT * FROM webhooks w WHERE w.project_id = p.id AND ($3::timestamptz IS NULL OR (w.created_at, w.id) ${compare} ($3::timestamptz, $4::uuid))
      ORDER BY w.created_at ${order}, w.id ${order} LIMIT $5::int) w) AS rows
  FROM projects p WHERE p.organisation_id = $1::uuid AND p.${by}`
}
const directions = <Row>(name: string, text: (direction: Direction) => string) => ({
  forward: statement<Row>(`${name}:forward`, text('forward')), backward: statement<Row>(`${name}:backward`, text('backward')),
})
const PAGES = {
  id: directions<WebhooksRow>('webhooks:id', (direction) => WEBHOOKS('id = $2::uuid', direction)),
  slug: directions<WebhooksRow>('webhooks:slug', (direction) => WEBHOOKS('slug = $2::text', direction)),
}

/** @throws NotFoundError when there is no such project for this key */
export async function readWebhooks(ctx: Context, { projectId: projectRef }: { readonly projectId: string }, range: PageRange<Cursor>): Promise<FoundPage<WebhookRow, Cursor>> {
  const actor = requirePermission(ctx, 'webhooks.read')
  const { uuid, name } = parseReference(projectRef, 'Project')
  const [createdAt, id] = range.after ?? [null, null]
  const [row] = await ctx.db.query(PAGES[uuid === null ? 'slug' : 'id'][range.direction], [actor.organisationId, uuid ?? name, createdAt, id, range.limit + 1])
  requireInProject(ctx, 'webhooks.read', row?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return pageOf(row, range.limit, (webhook) => [webhook.createdAt, webhook.id] as const)
}

const BY_IDS = statement<{ webhook: WebhookRow }>(
  'webhooks:nodes',
  `SELECT ${WEBHOOK_JSON} AS webhook FROM webhooks w WHERE w.id = ANY($1::uuid[]) AND w.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR w.project_id = ANY($3::uuid[]))`,
)

/** By UUID, in the order asked for; null for what the key does not see. */
export async function webhooksByUuid(ctx: Context, uuids: readonly string[]): Promise<(WebhookRow | null)[]> {
  const actor = requirePermission(ctx, 'webhooks.read')
  const rows = await ctx.db.query(BY_IDS, [uuids, actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.flatMap(({ webhook }) => (may(actor, 'webhooks.read', webhook.projectId) ? [[webhook.id, webhook] as const] : [])))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

const ONE = statement<{ webhook: WebhookRow }>('webhook:one', `SELECT ${WEBHOOK_JSON} AS webhook FROM webhooks w WHERE w.id = $2::uuid AND w.organisation_id = $1::uuid`)

/** @throws NotFoundError, ForbiddenError */
export async function readWebhook(ctx: Context, ref: string): Promise<WebhookRow> {
  const actor = requirePermission(ctx, 'webhooks.read')
  const { uuid } = parseReference(ref, 'Webhook')
  const [row] = uuid === null ? [] : await ctx.db.query(ONE, [actor.organisationId, uuid])
  requireInProject(ctx, 'webhooks.read', row?.webhook.projectId, { kind: 'webhook', ref, path: ['webhookId'] })
  return (row as { webhook: WebhookRow }).webhook
}

interface DeliveriesRow extends Found<DeliveryRow> {
  readonly project_id: string
}

const MATCHING = `d.channel = 'webhook' AND d.target_id = w.id AND d.stream_id = w.project_id AND ($3::text IS NULL OR d.status::text = $3::text)`
const DELIVERIES = directions<DeliveriesRow>('webhook-deliveries', (direction) => {
  const [compare, order] = ORDER[direction]
  return `SELECT w.project_id, (SELECT count(*)::int FROM deliveries d WHERE ${MATCHING}) AS total, (SELECT json_agg(${DELIVERY_JSON} ORDER BY d.sequence ${order})
    FROM (SELECT * FROM deliveries d WHERE ${MATCHING} AND ($4::int IS NULL OR d.sequence ${compare} $4::int) ORDER BY d.sequence ${order} LIMIT $5::int) d) AS rows
  FROM webhooks w WHERE w.organisation_id = $1::uuid AND w.id = $2::uuid`
})

export interface DeliveryFilter {
  readonly webhookId: string
  readonly status?: DeliveryRow['status'] | null | undefined
}

/** Those of the newest events first; their cursor is the event's sequence. @throws NotFoundError when there is no such webhook for this key */
export async function readDeliveries(ctx: Context, { webhookId: webhookRef, status }: DeliveryFilter, range: PageRange<number>): Promise<FoundPage<DeliveryRow, number>> {
  const actor = requirePermission(ctx, 'webhooks.read')
  const { uuid } = parseReference(webhookRef, 'Webhook')
  const [row] = uuid === null ? [] : await ctx.db.query(DELIVERIES[range.direction], [actor.organisationId, uuid, status ?? null, range.after, range.limit + 1])
  requireInProject(ctx, 'webhooks.read', row?.project_id, { kind: 'webhook', ref: webhookRef, path: ['webhookId'] })
  return pageOf(row as DeliveriesRow, range.limit, (delivery) => delivery.sequence)
}

const DELIVERY = statement<{ delivery: DeliveryRow }>('webhook-delivery:one', `SELECT ${DELIVERY_JSON} AS delivery FROM deliveries d WHERE d.id = $1::uuid AND d.organisation_id = $2::uuid AND d.channel = 'webhook'`)

/** What a write answers with. */
export async function deliveryWritten(ctx: Context, deliveryId: string): Promise<DeliveryRow> {
  const { organisationId } = requirePermission(ctx, 'webhooks.write')
  const [row] = await ctx.db.query(DELIVERY, [deliveryId, organisationId])
  if (row === undefined) throw new NotFoundError('delivery of a webhook', deliveryId)
  return row.delivery
}
