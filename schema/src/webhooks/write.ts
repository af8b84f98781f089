/** The write path of webhooks: read the project and the webhook, let the use case decide, commit that with one event in the project's stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { encodeNodeId, parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Named } from '../shared/permissions.ts'
import { PROJECT_COLUMNS, RECORDED_REQUEST, changeInProject, jsonOf } from '../shared/project-write.ts'
import type { ProjectDecision, ProjectRead } from '../shared/project-write.ts'
import type { RowChange } from '../shared/write.ts'
import type { WebhookKind } from './rows.ts'

/** Where a webhook is made. */
export interface Place extends ProjectRead {
  webhooks: number
}

/** A webhook that is there. */
export interface Target extends ProjectRead {
  id: string
  kind: WebhookKind
  description: string | null
  shown_url: string
  sealed_url: string
  kinds: string[]
  include_text: boolean
  enabled: boolean
}

/** One of its deliveries. */
export interface DeliveryTarget extends Target {
  delivery_id: string
  delivery_status: string
}

/** Its deliveries that are dead. */
export interface DeadTarget extends Target {
  dead: string[]
}

const COLUMNS = `${PROJECT_COLUMNS}, w.id, w.kind, w.description, w.shown_url, w.sealed_url, w.kinds, w.include_text, w.enabled`
const OF_WEBHOOK = `JOIN projects p ON p.id = w.project_id JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST} WHERE w.organisation_id = $1::uuid`

const PLACE = (by: string): string => `SELECT ${PROJECT_COLUMNS}, (SELECT count(*)::int FROM webhooks w WHERE w.project_id = p.id) AS webhooks
  FROM projects p JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST} WHERE p.organisation_id = $1::uuid AND p.${by}`
const PLACE_BY_ID = statement<Place>('webhook:place:id', PLACE('id = $2::uuid'))
const PLACE_BY_SLUG = statement<Place>('webhook:place:slug', PLACE('slug = $2::text'))
const TARGET = statement<Target>('webhook:target', `SELECT ${COLUMNS} FROM webhooks w ${OF_WEBHOOK} AND w.id = $2::uuid`)
const DELIVERY = statement<DeliveryTarget>(
  'webhook:delivery',
  `SELECT ${COLUMNS}, d.id AS delivery_id, d.status AS delivery_status FROM deliveries d JOIN webhooks w ON w.id = d.target_id ${OF_WEBHOOK}
   AND d.organisation_id = $1::uuid AND d.channel = 'webhook' AND d.id = $2::uuid`,
)
const DEAD = statement<DeadTarget>(
  'webhook:dead',
  `SELECT ${COLUMNS}, coalesce((SELECT array_agg(d.id ORDER BY d.sequence) FROM (
     SELECT d.id, d.sequence FROM deliveries d WHERE d.channel = 'webhook' AND d.target_id = w.id AND d.stream_id = w.project_id AND d.status = 'dead' AND d.created_at >= $5::timestamptz
     ORDER BY d.sequence LIMIT $6::int) d), '{}') AS dead
   FROM webhooks w ${OF_WEBHOOK} AND w.id = $2::uuid`,
)

type Key = string | null | undefined
const webhookNamed = (ref: string): Named => ({ kind: 'webhook', ref, path: ['webhookId'] })

export async function readPlace(ctx: Context, projectRef: string, idempotencyKey: Key): Promise<Place> {
  const actor = requirePermission(ctx, 'webhooks.write')
  const { uuid, name } = parseReference(projectRef, 'Project')
  const [row] = await ctx.db.query(uuid === null ? PLACE_BY_SLUG : PLACE_BY_ID, [actor.organisationId, uuid ?? name, actor.userId, idempotencyKey ?? null])
  requireInProject(ctx, 'webhooks.write', row?.project_id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return row
}

async function read<Row extends Target>(ctx: Context, text: Statement<Row>, uuid: string | null, named: Named, idempotencyKey: Key, values: readonly unknown[] = []): Promise<Row> {
  const actor = requirePermission(ctx, 'webhooks.write')
  const [row] = uuid === null ? [] : await ctx.db.query(text, [actor.organisationId, uuid, actor.userId, idempotencyKey ?? null, ...values])
  requireInProject(ctx, 'webhooks.write', row?.project_id, named)
  return row
}

export const readTarget = (ctx: Context, ref: string, idempotencyKey: Key): Promise<Target> => read(ctx, TARGET, parseReference(ref, 'Webhook').uuid, webhookNamed(ref), idempotencyKey)

export const readDelivery = (ctx: Context, ref: string, idempotencyKey: Key): Promise<DeliveryTarget> =>
  read(ctx, DELIVERY, parseReference(ref, 'Delivery').uuid, { kind: 'delivery of a webhook', ref, path: ['deliveryId'] }, idempotencyKey)

/** @param limit how many of the dead deliveries are read: the oldest */
export const readDead = (ctx: Context, ref: string, { since, limit, idempotencyKey }: { since: Date; limit: number; idempotencyKey: Key }): Promise<DeadTarget> =>
  read(ctx, DEAD, parseReference(ref, 'Webhook').uuid, webhookNamed(ref), idempotencyKey, [since, limit])

export interface WebhookWritten {
  readonly webhookId: string
  /** Of the project's newest event after the write. */
  readonly sequence: number
}

export interface WebhookChange<Result> {
  /** `webhook.<kind>` */
  readonly kind: 'created' | 'updated' | 'deleted' | 'rotated' | 'tested' | 'replayed'
  readonly webhookId: string
  readonly rows: readonly RowChange[]
  readonly before: object | null
  readonly after: object | null
  /** What readers of the log are told beside the webhook's id. No address and no secret: whoever sees the project reads it. */
  readonly data?: object
  /** What else the caller is told. */
  readonly result: Result
}

export interface WebhookWrite<Read extends ProjectRead, Result> {
  readonly action: AuditAction
  /** What the idempotency key stands for. */
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  read(): Promise<Read>
  /** What changes; null where everything is as it should be. */
  decide(read: Read): WebhookChange<Result> | { readonly unchanged: WebhookWritten & Result }
}

/** @param lock names what is written, so that writers of this process take turns */
export async function changeWebhook<Read extends ProjectRead, Result>(ctx: Context, lock: string, write: WebhookWrite<Read, Result>): Promise<WebhookWritten & Result & { readonly replayed: boolean }> {
  const written = await changeInProject(ctx, {
    ...write, lock, permission: 'webhooks.write', named: { kind: 'project', ref: lock, path: [] },
    decide(found: Read): ProjectDecision<{ webhookId: string } & Result> {
      const change = write.decide(found)
      if ('unchanged' in change) return change
      const { kind, webhookId, before, after, data, rows, result } = change
      return {
        target: { type: 'webhook', id: webhookId }, event: { kind: `webhook.${kind}`, data: { webhookId: encodeNodeId('Webhook', webhookId), ...data } },
        before: jsonOf(before), after: jsonOf(after), ...(data !== undefined && { details: { ...data } }), rows, result: { webhookId, ...result },
      }
    },
  })
  return { ...written.result, replayed: written.replayed }
}
