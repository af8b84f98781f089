/**
 * Delivers events to webhooks: the channel `webhook` of the queue.
 *
 * An event is read from the log when it is sent: the queue holds no copies. A delivery arrives at least once: a process that dies
 * between an answer and its record sends it again, with the same id.
 */
import { ofServer, writeAudit } from '../audit/record.ts'
import { PLATFORM } from '../audit/entry.ts'
import type { Clock, EventPublisher } from '../context.ts'
import type { Delivery } from '../deliveries/queue.ts'
import type { Channel, Outcome } from '../deliveries/worker.ts'
import type { StoredEvent } from '../events/reader.ts'
import { priorityOf } from '../notifications/priorities.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { Vault } from '../shared/vault.ts'
import { discordBody, slackBody } from './chat.ts'
import { messageOf } from './message.ts'
import { WebhookSendError } from './ports.ts'
import type { WebhookAnswer, WebhookRequest, WebhookSender } from './ports.ts'
import type { DisabledReason, WebhookKind } from './rows.ts'
import { sealedSecret, sealedUrl } from './sealed.ts'
import { retryAfterMs, signedHeaders, standardBody, waitAfter } from './standard.ts'

export interface WebhookChannelOptions {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly events: EventPublisher
  readonly sender: WebhookSender
  readonly publicUrl: () => string
  /** `BuildRunner/0.1.0` */
  readonly userAgent: string
}

interface Found {
  id: string
  project_id: string
  kind: WebhookKind
  enabled: boolean
  sealed_url: string
  sealed_secret: string | null
  sealed_old_secret: string | null
  old_secret_until: Date | null
  failing_since: Date | null
  project: string
  event: StoredEvent | null
  actor: string | null
  item: { key: string; title: string } | null
  text: string | null
}

/** The webhook, the event, and what a message tells of it. */
const FIND = statement<Found>(
  'webhooks:deliver',
  `SELECT w.id, w.project_id, w.kind, w.enabled, w.sealed_url, w.sealed_secret, w.sealed_old_secret, w.old_secret_until, w.failing_since, p.name AS project, u.name AS actor,
     CASE WHEN e.sequence IS NOT NULL THEN json_build_object('sequence', e.sequence, 'kind', e.kind, 'version', e.version, 'actor', e.actor_id, 'origin', e.origin, 'requestId', e.request_id,
       'createdAt', e.created_at, 'data', e.data) END AS event,
     (SELECT json_build_object('key', i.key, 'title', i.title) FROM plan_items i WHERE i.project_id = p.id AND i.key = e.data->>'itemKey') AS item,
     (SELECT c.body FROM comments c WHERE w.include_text AND c.organisation_id = w.organisation_id AND c.id = substr(e.data->>'commentId', 5)::uuid) AS text
   FROM webhooks w JOIN projects p ON p.id = w.project_id
   LEFT JOIN runner_events e ON e.stream_id = $2::uuid AND e.sequence = $3::int LEFT JOIN users u ON u.id = e.actor_id WHERE w.id = $1::uuid`,
)
const WORKS = statement('webhooks:works', 'UPDATE webhooks SET failing_since = NULL WHERE id = $1::uuid')
const FAILS = statement('webhooks:fails', 'UPDATE webhooks SET failing_since = $2::timestamptz WHERE id = $1::uuid AND failing_since IS NULL')
/** With its event, of which nobody is the actor. */
const DISABLE = statement<{ organisation_id: string; project_id: string; sequence: number }>(
  'webhooks:disable',
  `WITH disabled AS (UPDATE webhooks SET enabled = false, disabled_reason = $2::text, updated_at = $3::timestamptz WHERE id = $1::uuid AND enabled RETURNING organisation_id, project_id),
   head AS (UPDATE event_streams s SET sequence = s.sequence + 1 FROM disabled d WHERE s.id = d.project_id RETURNING s.id, s.sequence),
   event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, origin, request_id, data, created_at)
     SELECT head.id, head.sequence, d.organisation_id, 'webhook.disabled', 1, $4::uuid, $5::text, $6::text, $7::json, $3::timestamptz FROM head, disabled d)
   SELECT d.organisation_id, d.project_id, head.sequence FROM head, disabled d`,
)

/** How long nothing but failures may go on. The specification names no time; five days is what the senders that follow it take. */
const FAILING_MS = 5 * 24 * 3_600_000
const MAX_SAID = 200

export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const { db, clock, events, sender } = options

  async function disable(webhookId: string, reason: DisabledReason): Promise<void> {
    const now = clock.now()
    const { requestId, origin, ...server } = ofServer(now)
    const details = { webhookId: encodeNodeId('Webhook', webhookId), reason }
    const done = await db.transaction(async (tx) => {
      const [row] = await tx.query(DISABLE, [webhookId, reason, now, PLATFORM, origin, requestId, JSON.stringify(details)])
      if (row !== undefined) {
        const target = { type: 'webhook', id: webhookId }
        await writeAudit(tx, { ...server, organisationId: row.organisation_id, action: 'webhook.disable', target, before: '{"enabled":true}', after: '{"enabled":false}', details, requestId, origin })
      }
      return row
    })
    if (done !== undefined) events.publish(done.project_id, done.sequence)
  }

  /** What it means that an attempt failed. */
  async function failed({ id, failing_since: since }: Found, answer: WebhookAnswer | null, error: string): Promise<Outcome> {
    const now = clock.now()
    const isGone = answer?.status === 410
    if (isGone) await disable(id, 'gone')
    else if (since === null) await db.query(FAILS, [id, now])
    else if (now.getTime() - since.getTime() >= FAILING_MS) await disable(id, 'failing')
    const wanted = answer !== null && [429, 503].includes(answer.status) ? retryAfterMs(answer.retryAfter, now) : undefined
    return { kind: 'failed', error, status: answer?.status, retryAfterMs: wanted, final: isGone }
  }

  return {
    waitAfter,
    async deliver(delivery) {
      const [found] = await db.query(FIND, [delivery.targetId, delivery.streamId, delivery.sequence])
      if (found === undefined) return givenUp('the webhook was deleted')
      if (!found.enabled) return givenUp('the webhook is disabled')
      if (found.event === null) return givenUp('the event is not in the log any more')
      const request = requestOf(delivery, { ...found, event: found.event }, options)
      try {
        const answer = await sender.send(request)
        if (answer.status < 200 || answer.status > 299) return await failed(found, answer, saidBy(answer))
        if (found.failing_since !== null) await db.query(WORKS, [found.id])
        return { kind: 'delivered', status: answer.status }
      } catch (error) {
        if (!(error instanceof WebhookSendError)) throw error
        return failed(found, null, error.message)
      }
    },
  }
}

const givenUp = (error: string): Outcome => ({ kind: 'failed', error, final: true })

/** Control characters out: Postgres stores no U+0000, and a terminal is to show the rest. */
function saidBy({ status, text }: WebhookAnswer): string {
  const said = text.replace(/[\p{C}\s]+/gu, ' ').trim().slice(0, MAX_SAID)
  const redirect = status >= 300 && status <= 399 ? '; redirects are not followed' : ''
  return `it answered ${status}${redirect}${said === '' ? '' : `: ${said}`}`
}

function requestOf({ id }: Delivery, found: Found & { event: StoredEvent }, { vault, clock, publicUrl, userAgent }: WebhookChannelOptions): WebhookRequest {
  const { kind, event, project, actor, item, text } = found
  const url = sealedUrl.open(vault, found.id, found.sealed_url)
  const headers = { 'content-type': 'application/json', 'user-agent': userAgent }
  if (kind !== 'standard') {
    const message = messageOf({ event, priority: priorityOf(event.kind), project, actor, item, text, url: publicUrl() })
    return { url, headers, body: kind === 'slack' ? slackBody(message) : discordBody(message) }
  }
  const body = standardBody(event, found.project_id)
  const now = clock.now()
  const old = found.old_secret_until !== null && found.old_secret_until > now ? found.sealed_old_secret : null
  const secrets = [found.sealed_secret, old].flatMap((sealed) => (sealed === null ? [] : [sealedSecret.open(vault, found.id, sealed)]))
  return { url, headers: { ...headers, ...signedHeaders(encodeNodeId('Delivery', id), body, secrets, now) }, body }
}
