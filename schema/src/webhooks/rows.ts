/** Rows of webhooks and their deliveries: as they are read, and as writes change them. */
import type { RowChange } from '../shared/write.ts'

export const WEBHOOK_KINDS = ['standard', 'slack', 'discord'] as const
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]

/** Why the server disabled a webhook. */
export type DisabledReason = 'gone' | 'failing'

/** A webhook. Ids are UUIDs, times what Postgres prints in JSON. Nothing in it is secret. */
export interface WebhookRow {
  readonly id: string
  readonly projectId: string
  readonly kind: WebhookKind
  readonly description: string | null
  /** Shortened, where it is a secret. */
  readonly url: string
  /** Empty: every kind. */
  readonly kinds: readonly string[]
  readonly includeText: boolean
  readonly enabled: boolean
  readonly disabledReason: DisabledReason | null
  readonly failingSince: string | null
  readonly oldSecretUntil: string | null
  readonly createdBy: { readonly id: string; readonly name: string }
  readonly createdAt: string
  readonly updatedAt: string
}

/** A webhook `w` as one JSON object. */
export const WEBHOOK_JSON = `json_build_object('id', w.id, 'projectId', w.project_id, 'kind', w.kind, 'description', w.description, 'url', w.shown_url, 'kinds', w.kinds, 'includeText', w.include_text,
    'enabled', w.enabled, 'disabledReason', w.disabled_reason, 'failingSince', w.failing_since, 'oldSecretUntil', w.old_secret_until,
    'createdBy', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = w.created_by_id), 'createdAt', w.created_at, 'updatedAt', w.updated_at)`

export interface DeliveryRow {
  readonly id: string
  /** Number of the event in the project's stream. */
  readonly sequence: number
  /** Of the event. */
  readonly kind: string
  readonly status: 'pending' | 'delivered' | 'dead'
  readonly attempts: number
  readonly nextAttemptAt: string
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly createdAt: string
  readonly deliveredAt: string | null
}

/** A delivery `d` as one JSON object. */
export const DELIVERY_JSON = `json_build_object('id', d.id, 'sequence', d.sequence, 'kind', d.payload->>'kind', 'status', d.status, 'attempts', d.attempts, 'nextAttemptAt', d.next_attempt_at,
    'lastStatus', d.last_status, 'lastError', d.last_error, 'createdAt', d.created_at, 'deliveredAt', d.delivered_at)`

/** What people choose of a webhook. */
export interface Settings {
  readonly description: string | null
  readonly shownUrl: string
  readonly sealedUrl: string
  readonly kinds: readonly string[]
  readonly includeText: boolean
  readonly enabled: boolean
}

const valuesOf = ({ description, shownUrl, sealedUrl, kinds, includeText, enabled }: Settings): unknown[] => [description, shownUrl, sealedUrl, kinds, includeText, enabled]

export const insertWebhook = (id: string, kind: WebhookKind, settings: Settings, sealedSecret: string | null): RowChange => ({
  name: 'webhook-insert',
  text: (p) => `INSERT INTO webhooks (id, organisation_id, project_id, kind, description, shown_url, sealed_url, kinds, include_text, enabled, sealed_secret, made_at_sequence, created_by_id, created_at, updated_at)
    SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, ${p(2)}::webhook_kind, ${p(3)}::text, ${p(4)}::text, ${p(5)}::text, ${p(6)}::text[], ${p(7)}::boolean, ${p(8)}::boolean, ${p(9)}::text, head.sequence, $6::uuid,
      $10::timestamptz, $10::timestamptz FROM head`,
  values: [id, kind, ...valuesOf(settings), sealedSecret],
})

/** Whoever enables it says that it works again: what the server noted is forgotten. */
export const updateWebhook = (id: string, settings: Settings): RowChange => ({
  name: 'webhook-update',
  text: (p) => `UPDATE webhooks SET description = ${p(2)}::text, shown_url = ${p(3)}::text, sealed_url = ${p(4)}::text, kinds = ${p(5)}::text[], include_text = ${p(6)}::boolean, enabled = ${p(7)}::boolean,
      disabled_reason = CASE WHEN enabled = ${p(7)}::boolean THEN disabled_reason END, failing_since = CASE WHEN enabled = ${p(7)}::boolean THEN failing_since END, updated_at = $10::timestamptz
    FROM head WHERE webhooks.id = ${p(1)}::uuid`,
  values: [id, ...valuesOf(settings)],
})

export const rotateSecret = (id: string, sealedSecret: string, oldSecretUntil: Date): RowChange => ({
  name: 'webhook-rotate',
  text: (p) => `UPDATE webhooks SET sealed_old_secret = sealed_secret, sealed_secret = ${p(2)}::text, old_secret_until = ${p(3)}::timestamptz, updated_at = $10::timestamptz FROM head WHERE webhooks.id = ${p(1)}::uuid`,
  values: [id, sealedSecret, oldSecretUntil],
})

export const deleteWebhook = (id: string): readonly RowChange[] => [
  { name: 'webhook-delete', text: (p) => `DELETE FROM webhooks USING head WHERE webhooks.id = ${p(1)}::uuid`, values: [id] },
  { name: 'webhook-deliveries-delete', text: (p) => `DELETE FROM deliveries USING head WHERE deliveries.channel = 'webhook' AND deliveries.target_id = ${p(1)}::uuid`, values: [id] },
]

/** Queues the event of the write itself, for one webhook. */
export const deliverThis = (deliveryId: string, webhookId: string): RowChange => ({
  name: 'webhook-deliver',
  text: (p) => `INSERT INTO deliveries (id, organisation_id, channel, target_id, stream_id, sequence, payload, next_attempt_at, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, 'webhook', ${p(2)}::uuid, $1::uuid, head.sequence, json_build_object('kind', $4::text), $10::timestamptz, $10::timestamptz FROM head`,
  values: [deliveryId, webhookId],
})
