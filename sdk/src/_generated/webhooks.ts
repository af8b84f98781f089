// Generated from sdk/operations/webhooks.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { WebhookDeliveryStatus, WebhookDisabledReason, WebhookKind } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** An address that the events of a project are sent to. */
export interface Webhook {
  id: string
  /** Node id of the project. */
  projectId: string
  /** How events are written for it. */
  kind: WebhookKind
  /** What it is for. */
  description: string | null
  /** Where events are sent to. That of Slack and Discord is a secret: it is shown shortened. */
  url: string
  /** Which events: `plan.changed`, or `comment.*` for all that begin so. Empty: every event. */
  kinds: string[]
  /** Whether messages quote the beginning of comments; Slack and Discord only. */
  includeText: boolean
  /** False: nothing is sent, and events of that time are not made up for. */
  enabled: boolean
  /** Why the server disabled it; null where a person did. */
  disabledReason: WebhookDisabledReason | null
  /** Since when every attempt has failed; null while it works. */
  failingSince: string | null
  /** Until when deliveries are signed with the secret before as well. */
  oldSecretUntil: string | null
  /** Who made it. */
  createdBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** When it was made. */
  createdAt: string
  /** When somebody last changed it. */
  updatedAt: string
}

/** An event on its way to a webhook. */
export interface WebhookDelivery {
  /** Its id, which every attempt carries as `webhook-id`. */
  id: string
  /** Number of the event in the project's stream. */
  sequence: number
  /** What happened, e.g. `plan.changed`. */
  kind: string
  /** What became of it. */
  status: WebhookDeliveryStatus
  /** How often it was tried since it was queued or replayed. */
  attempts: number
  /** When it is tried next; null unless it is pending. */
  nextAttemptAt: string | null
  /** Status of the last answer; null where there was none. */
  lastStatus: number | null
  /** Why the last attempt failed. */
  lastError: string | null
  /** When it was queued. */
  createdAt: string
  /** When it was taken. */
  deliveredAt: string | null
}

/** What `webhooks.list` takes. */
export interface WebhooksListVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `webhooks.list` answers. */
export interface WebhooksListData {
  webhooks: Webhook[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `webhooks.get` takes. */
export interface WebhooksGetVariables {
  /** Node id or UUID. */
  webhookId: string
}

/** What `webhooks.get` answers. */
export type WebhooksGetData = Webhook

/** What `webhooks.create` takes. */
export interface WebhooksCreateVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Where events are sent to: https, in the public internet, unless the operator allows more. */
  url: string
  /** How events are written for it. Default: STANDARD. */
  kind?: WebhookKind | null
  /** What it is for: at most 500 characters. */
  description?: string | null
  /** Which events: `plan.changed`, or `comment.*` for all that begin so. Absent: every event. */
  kinds?: readonly string[] | null
  /** Slack and Discord only: whether messages quote the beginning of comments. Default: false. */
  includeText?: boolean | null
  /** Default: true. */
  enabled?: boolean | null
}

/** What `webhooks.create` answers. */
export interface WebhooksCreateData {
  /** What deliveries are signed with, `whsec_...`. It is shown this once; null for Slack and Discord, and where `replayed` is true. */
  secret: string | null
  /** True when the request was carried out before, under the same idempotency key: the secret was in that answer. Rotate it to get another. */
  replayed: boolean
  /** The webhook as it is now. */
  webhook: Webhook
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.update` takes. */
export interface WebhooksUpdateVariables {
  /** The webhook: node id or UUID. */
  webhookId: string
  /** Where events are sent to: https, in the public internet, unless the operator allows more. */
  url?: string | null
  /** What it is for: at most 500 characters. */
  description?: string | null
  /** Which events: `plan.changed`, or `comment.*` for all that begin so. Absent: every event. */
  kinds?: readonly string[] | null
  /** Slack and Discord only: whether messages quote the beginning of comments. Default: false. */
  includeText?: boolean | null
  /** Default: true. */
  enabled?: boolean | null
}

/** What `webhooks.update` answers. */
export interface WebhooksUpdateData {
  /** The webhook as it is now. */
  webhook: Webhook
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.delete` takes. */
export interface WebhooksDeleteVariables {
  /** The webhook: node id or UUID. */
  webhookId: string
}

/** What `webhooks.delete` answers. */
export interface WebhooksDeleteData {
  /** Node id that it had. */
  webhookId: string
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.rotateSecret` takes. */
export interface WebhooksRotateSecretVariables {
  /** The webhook: node id or UUID. */
  webhookId: string
  /** How long deliveries are signed with the old secret as well; 0 ends it at once. Default and maximum are the operator's: a day and a week. */
  graceSeconds?: number | null
}

/** What `webhooks.rotateSecret` answers. */
export interface WebhooksRotateSecretData {
  /** What deliveries are signed with, `whsec_...`. It is shown this once; null for Slack and Discord, and where `replayed` is true. */
  secret: string | null
  /** True when the request was carried out before, under the same idempotency key: the secret was in that answer. Rotate it to get another. */
  replayed: boolean
  /** The webhook as it is now. */
  webhook: Webhook
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.test` takes. */
export interface WebhooksTestVariables {
  /** The webhook: node id or UUID. */
  webhookId: string
}

/** What `webhooks.test` answers. */
export interface WebhooksTestData {
  /** The delivery as it is now; read it again to see what became of it. */
  delivery: WebhookDelivery
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.deliveries` takes. */
export interface WebhooksDeliveriesVariables {
  /** Node id or UUID. */
  webhookId: string
  /** Only those: DEAD for what did not arrive. Default: all. */
  status?: WebhookDeliveryStatus | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `webhooks.deliveries` answers. */
export interface WebhooksDeliveriesData {
  deliveries: WebhookDelivery[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `webhooks.replay` takes. */
export interface WebhooksReplayVariables {
  /** The delivery: node id or UUID. */
  deliveryId: string
}

/** What `webhooks.replay` answers. */
export interface WebhooksReplayData {
  /** The delivery as it is now; read it again to see what became of it. */
  delivery: WebhookDelivery
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `webhooks.replayAll` takes. */
export interface WebhooksReplayAllVariables {
  /** The webhook: node id or UUID. */
  webhookId: string
  /** Those that were queued at this time or later. */
  since: string
}

/** What `webhooks.replayAll` answers. */
export interface WebhooksReplayAllData {
  /** How many: the oldest 1,000 at most. Ask again for more. */
  count: number
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** Webhooks: events of a project, sent to an address of yours, to Slack or to Discord. */
export interface WebhooksGroup {
  /**
   * Webhooks of a project, newest first.
   *
   * @example
   * ```ts
   * for await (const webhook of client.webhooks.list()) console.log(webhook.url, webhook.enabled)
   * ```
   */
  list(variables?: WebhooksListVariables, options?: CallOptions): ListRequest<WebhooksListData, WebhooksListData['webhooks'][number]>

  /**
   * One webhook. NOT_FOUND when the key sees no such webhook.
   *
   * @example
   * ```ts
   * const { data } = await client.webhooks.get({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  get(variables: WebhooksGetVariables, options?: CallOptions): Request<WebhooksGetData>

  /**
   * Makes a webhook. It gets the events that come after the one of its making.
   *
   * The secret is in the answer, this once: verify deliveries with it (`unwrap` of `@buildrunner/sdk/webhooks`).
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.create({ url: 'https://hooks.example.com/buildrunner', kinds: ['comment.*', 'plan.changed'] })
   * ```
   */
  create(variables: WebhooksCreateVariables, options?: CallOptions): Request<WebhooksCreateData>

  /**
   * Changes a webhook. `null` takes the description away, and for `kinds` means every event.
   *
   * What is left out stays; `kinds: null` means every event.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.update({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', kinds: ['comment.*'] })
   * ```
   */
  update(variables: WebhooksUpdateVariables, options?: CallOptions): Request<WebhooksUpdateData>

  /**
   * Deletes a webhook and all its deliveries. What waits to be sent to it is not sent.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.delete({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  delete(variables: WebhooksDeleteVariables, options?: CallOptions): Request<WebhooksDeleteData>

  /**
   * Replaces the secret of a webhook. For the grace period deliveries carry a signature of each, so that a receiver can be given the new one.
   *
   * For the grace period, a day by default, deliveries are signed with both: give the receiver the new one in that time.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.rotateSecret({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', graceSeconds: 3600 })
   * ```
   */
  rotateSecret(variables: WebhooksRotateSecretVariables, options?: CallOptions): Request<WebhooksRotateSecretData>

  /**
   * Sends an event of the kind `webhook.tested` to this webhook alone, whatever kinds it wants.
   *
   * Sends an event of the kind `webhook.tested`; `webhooks.deliveries` tells what became of it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.test({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  test(variables: WebhooksTestVariables, options?: CallOptions): Request<WebhooksTestData>

  /**
   * What became of the events for a webhook, the newest event first.
   *
   * What did not arrive has the status DEAD.
   *
   * @example
   * ```ts
   * for await (const delivery of client.webhooks.deliveries({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', status: 'DEAD' })) console.log(delivery.kind, delivery.lastError)
   * ```
   */
  deliveries(variables: WebhooksDeliveriesVariables, options?: CallOptions): ListRequest<WebhooksDeliveriesData, WebhooksDeliveriesData['deliveries'][number]>

  /**
   * Begins a delivery anew that arrived or is dead. It keeps its id, so that a receiver knows what it had already.
   *
   * It keeps its id, so that the receiver knows what it had already.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.replay({ deliveryId: 'dlv_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  replay(variables: WebhooksReplayVariables, options?: CallOptions): Request<WebhooksReplayData>

  /**
   * Begins all dead deliveries of a webhook anew since a time: after an outage of its receiver.
   *
   * After an outage: all that are dead since a time, the oldest 1,000 at most.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.webhooks.replayAll({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', since: '2026-11-20T00:00:00Z' })
   * ```
   */
  replayAll(variables: WebhooksReplayAllVariables, options?: CallOptions): Request<WebhooksReplayAllData>
}
