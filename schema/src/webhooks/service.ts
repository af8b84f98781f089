/**
 * Use cases of webhooks: make, change, delete, rotate the secret, try, and deliver again. Each is one event in the project's stream.
 * Addresses and secrets are kept sealed; neither events, audit records nor idempotency records hold them.
 */
import type { Context } from '../context.ts'
import { REPLAY } from '../deliveries/queue.ts'
import { parseKinds } from '../events/kinds.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { recordedRequest } from '../shared/idempotency.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import { requireActor, requirePermission } from '../shared/permissions.ts'
import { idempotentRequest } from '../shared/write.ts'
import { hostOf, refusalOf } from './addresses.ts'
import { deleteWebhook, deliverThis, insertWebhook, rotateSecret, updateWebhook } from './rows.ts'
import type { Settings, WebhookKind } from './rows.ts'
import { sealedSecret, sealedUrl } from './sealed.ts'
import { newSecret } from './standard.ts'
import { changeWebhook, readDead, readDelivery, readPlace, readTarget } from './write.ts'
import type { Target, WebhookWritten } from './write.ts'

/** Webhooks of one project. */
export const MAX_WEBHOOKS = 20
/** Dead deliveries that one request begins anew. */
export const MAX_REPLAYED = 1_000
const MAX_URL = 2_000
const MAX_DESCRIPTION = 500
const HOUR_SECONDS = 3_600

type Optional<Value> = Value | null | undefined

export interface SecretMade extends WebhookWritten {
  /** Null for Slack and Discord, and where the request was carried out before: it was shown then. */
  readonly secret: string | null
  readonly replayed: boolean
}

export interface CreateWebhook {
  readonly projectId: string
  readonly kind?: Optional<WebhookKind>
  readonly url: string
  readonly description?: Optional<string>
  readonly kinds?: Optional<readonly string[]>
  readonly includeText?: Optional<boolean>
  readonly enabled?: Optional<boolean>
  readonly idempotencyKey?: Optional<string>
}

/** @throws ValidationError for an address that nothing may be sent to, and for what is no pattern */
export async function createWebhook(ctx: Context, input: CreateWebhook): Promise<SecretMade> {
  requirePermission(ctx, 'webhooks.write')
  const id = newUuid(ctx.clock.now().getTime())
  const kind = input.kind ?? 'standard'
  const secret = kind === 'standard' ? newSecret() : null
  const written = await changeWebhook(ctx, input.projectId, {
    action: 'webhook.create', input, read: () => readPlace(ctx, input.projectId, input.idempotencyKey),
    decide({ webhooks }) {
      if (webhooks >= MAX_WEBHOOKS) throw new ValidationError(`A project has at most ${MAX_WEBHOOKS} webhooks. Delete one that is not needed any more.`, ['projectId'])
      const settings: Settings = {
        ...addressOf(ctx, id, kind, input.url), description: checkDescription(input.description), kinds: checkKinds(input.kinds),
        includeText: checkIncludeText(kind, input.includeText ?? false), enabled: input.enabled ?? true,
      }
      const row = insertWebhook(id, kind, settings, secret === null ? null : sealedSecret.seal(ctx.vault, id, secret))
      return { kind: 'created', webhookId: id, rows: [row], before: null, after: tellable(kind, settings), data: toldOf(kind, settings, input.url), result: {} }
    },
  })
  return { ...written, secret: written.replayed ? null : secret }
}

export interface UpdateWebhook {
  readonly webhookId: string
  readonly url?: Optional<string>
  readonly description?: Optional<string>
  readonly kinds?: Optional<readonly string[]>
  readonly includeText?: Optional<boolean>
  readonly enabled?: Optional<boolean>
  readonly idempotencyKey?: Optional<string>
}

/** Changes what is given; `null` for `description` takes it away, and for `kinds` means every kind. */
export const updateWebhookById = (ctx: Context, input: UpdateWebhook): Promise<WebhookWritten> =>
  changeWebhook(ctx, input.webhookId, {
    action: 'webhook.update', input, read: () => readTarget(ctx, input.webhookId, input.idempotencyKey),
    decide(target) {
      const { id, kind } = target
      const before = settingsOf(target)
      const url = input.url ?? sealedUrl.open(ctx.vault, id, target.sealed_url)
      const isSameUrl = input.url == null || input.url === sealedUrl.open(ctx.vault, id, target.sealed_url)
      const after: Settings = {
        ...(isSameUrl ? { shownUrl: before.shownUrl, sealedUrl: before.sealedUrl } : addressOf(ctx, id, kind, url)),
        description: input.description === undefined ? before.description : checkDescription(input.description),
        kinds: input.kinds === undefined ? before.kinds : checkKinds(input.kinds),
        includeText: checkIncludeText(kind, input.includeText ?? before.includeText), enabled: input.enabled ?? before.enabled,
      }
      if (JSON.stringify(before) === JSON.stringify(after)) return { unchanged: { webhookId: id, sequence: target.sequence } }
      return { kind: 'updated', webhookId: id, rows: [updateWebhook(id, after)], before: tellable(kind, before), after: tellable(kind, after), data: toldOf(kind, after, url), result: {} }
    },
  })

interface Named {
  readonly webhookId: string
  readonly idempotencyKey?: Optional<string>
}

/** Deletes a webhook, with its deliveries. */
export const deleteWebhookById = (ctx: Context, input: Named): Promise<WebhookWritten> =>
  changeWebhook(ctx, input.webhookId, {
    action: 'webhook.delete', input, read: () => readTarget(ctx, input.webhookId, input.idempotencyKey),
    decide: (target) => ({ kind: 'deleted', webhookId: target.id, rows: deleteWebhook(target.id), before: tellable(target.kind, settingsOf(target)), after: null, result: {} }),
  }).catch(async (error: unknown) => {
    // gone, perhaps by the first copy of this very request
    const request = error instanceof NotFoundError ? idempotentRequest(input.idempotencyKey, 'webhook.delete', input) : null
    const earlier = await recordedRequest<WebhookWritten>(ctx.db, requireActor(ctx), request)
    if (earlier === null) throw error
    return earlier
  })

export interface RotateSecret extends Named {
  /** How long the old secret signs as well. Default and maximum are those of API keys in the operator's policy. */
  readonly graceSeconds?: Optional<number>
}

/** Replaces the secret. For the grace period every delivery carries a signature of each. @throws ValidationError for Slack and Discord */
export async function rotateWebhookSecret(ctx: Context, input: RotateSecret): Promise<SecretMade> {
  const graceMs = checkGrace(ctx, input.graceSeconds ?? null) * 1_000
  const secret = newSecret()
  const written = await changeWebhook(ctx, input.webhookId, {
    action: 'webhook.rotateSecret', input, read: () => readTarget(ctx, input.webhookId, input.idempotencyKey),
    decide({ id, kind }) {
      if (kind !== 'standard') throw new ValidationError('A webhook of Slack or Discord has no secret but its address: make another there, and change the url.', ['webhookId'])
      const validUntil = new Date(ctx.clock.now().getTime() + graceMs)
      return { kind: 'rotated', webhookId: id, rows: [rotateSecret(id, sealedSecret.seal(ctx.vault, id, secret), validUntil)], before: null, after: { oldSecretUntil: validUntil }, data: { oldSecretUntil: validUntil }, result: {} }
    },
  })
  return { ...written, secret: written.replayed ? null : secret }
}

export interface DeliveryQueued extends WebhookWritten {
  readonly deliveryId: string
}

/** Sends an event of the kind `webhook.tested`, to this webhook alone, whatever kinds it wants. */
export const testWebhook = (ctx: Context, input: Named): Promise<DeliveryQueued> =>
  changeWebhook(ctx, input.webhookId, {
    action: 'webhook.test', input, read: () => readTarget(ctx, input.webhookId, input.idempotencyKey),
    decide({ id, enabled }) {
      requireEnabled(enabled)
      const deliveryId = newUuid(ctx.clock.now().getTime())
      return { kind: 'tested', webhookId: id, rows: [deliverThis(deliveryId, id)], before: null, after: null, result: { deliveryId } }
    },
  })

export interface ReplayDelivery {
  readonly deliveryId: string
  readonly idempotencyKey?: Optional<string>
}

/** Begins one delivery anew, under the id it has. One that is under way already stays as it is. */
export const replayDelivery = (ctx: Context, input: ReplayDelivery): Promise<DeliveryQueued> =>
  changeWebhook(ctx, input.deliveryId, {
    action: 'webhook.replay', input, read: () => readDelivery(ctx, input.deliveryId, input.idempotencyKey),
    decide({ id, enabled, sequence, delivery_id: deliveryId, delivery_status: status }) {
      requireEnabled(enabled)
      if (status === 'pending') return { unchanged: { webhookId: id, sequence, deliveryId } }
      const replayed = { deliveryIds: [encodeNodeId('Delivery', deliveryId)] }
      return { kind: 'replayed', webhookId: id, rows: [{ ...REPLAY, values: [[deliveryId]] }], before: null, after: replayed, data: { count: 1 }, result: { deliveryId } }
    },
  })

export interface ReplayDeliveries extends Named {
  readonly since: Date
}

export interface DeliveriesQueued extends WebhookWritten {
  readonly count: number
}

/** Begins dead deliveries anew that were queued since a time, the oldest first; {@link MAX_REPLAYED} at most. */
export const replayDeliveries = (ctx: Context, input: ReplayDeliveries): Promise<DeliveriesQueued> =>
  changeWebhook(ctx, input.webhookId, {
    action: 'webhook.replay', input, read: () => readDead(ctx, input.webhookId, { since: input.since, limit: MAX_REPLAYED, idempotencyKey: input.idempotencyKey }),
    decide({ id, enabled, sequence, dead }) {
      requireEnabled(enabled)
      const count = dead.length
      if (count === 0) return { unchanged: { webhookId: id, sequence, count } }
      return { kind: 'replayed', webhookId: id, rows: [{ ...REPLAY, values: [dead] }], before: null, after: { since: input.since, count }, data: { count }, result: { count } }
    },
  })

const settingsOf = (target: Target): Settings => ({
  shownUrl: target.shown_url, sealedUrl: target.sealed_url, description: target.description, kinds: target.kinds, includeText: target.include_text, enabled: target.enabled,
})

/** What the digest of an audit record stands for. */
const tellable = (kind: WebhookKind, { sealedUrl: _, ...settings }: Settings): object => ({ kind, ...settings })

/** What everybody who sees the project may know. */
const toldOf = (kind: WebhookKind, { kinds, enabled }: Settings, url: string): object => ({ kind, host: hostOf(new URL(url)), kinds, enabled })

/** How an address is kept and shown. @throws ValidationError */
function addressOf(ctx: Context, id: string, kind: WebhookKind, text: string): Pick<Settings, 'shownUrl' | 'sealedUrl'> {
  if (text.length > MAX_URL || !URL.canParse(text)) throw new ValidationError(`The url is an address such as https://example.com/hooks, of at most ${MAX_URL} characters.`, ['url'])
  const url = new URL(text)
  const refusal = refusalOf(url, ctx.webhookTargets)
  if (refusal !== null) throw new ValidationError(`Nothing can be sent to this url. ${refusal} The operator of the server can allow more (WEBHOOKS_ALLOW_PRIVATE).`, ['url'])
  // whoever knows the address of Slack or Discord may post there
  return { shownUrl: kind === 'standard' ? url.href : `${url.origin}/…${url.href.slice(-4)}`, sealedUrl: sealedUrl.seal(ctx.vault, id, url.href) }
}

function checkDescription(text: Optional<string>): string | null {
  if (text != null && text.length > MAX_DESCRIPTION) throw new ValidationError(`A description has at most ${MAX_DESCRIPTION} characters.`, ['description'])
  return text?.trim() || null
}

function checkKinds(kinds: Optional<readonly string[]>): readonly string[] {
  parseKinds(kinds)
  return [...new Set(kinds)]
}

function checkIncludeText(kind: WebhookKind, includeText: boolean): boolean {
  if (includeText && kind === 'standard') throw new ValidationError('Only messages to Slack and Discord can quote comments. A receiver reads their text by the commentId of the event.', ['includeText'])
  return includeText
}

function requireEnabled(enabled: boolean): void {
  if (!enabled) throw new ValidationError('The webhook is disabled. Enable it first (updateWebhook with enabled: true).', ['webhookId'])
}

function checkGrace({ operator: { keys } }: Context, seconds: number | null): number {
  const max = keys.maxGraceHours * HOUR_SECONDS
  if (seconds !== null && (seconds < 0 || seconds > max)) throw new ValidationError(`graceSeconds is 0 to ${max}; ${seconds} is not.`, ['graceSeconds'])
  return seconds ?? keys.defaultGraceHours * HOUR_SECONDS
}
