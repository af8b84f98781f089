// Generated from sdk/operations/webhooks.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { WebhooksCreateData, WebhooksCreateVariables, WebhooksDeleteData, WebhooksDeleteVariables, WebhooksDeliveriesData, WebhooksDeliveriesVariables, WebhooksGetData, WebhooksGetVariables, WebhooksListData, WebhooksListVariables, WebhooksReplayAllData, WebhooksReplayAllVariables, WebhooksReplayData, WebhooksReplayVariables, WebhooksRotateSecretData, WebhooksRotateSecretVariables, WebhooksTestData, WebhooksTestVariables, WebhooksUpdateData, WebhooksUpdateVariables } from '../webhooks.ts'
import { webhooks_create, webhooks_delete, webhooks_deliveries, webhooks_get, webhooks_list, webhooks_replay, webhooks_replayAll, webhooks_rotateSecret, webhooks_test, webhooks_update } from '../operations/webhooks.ts'

export type * from '../webhooks.ts'

/**
 * Webhooks of a project, newest first.
 *
 * @example
 * ```ts
 * for await (const webhook of listWebhooks(client)) console.log(webhook.url, webhook.enabled)
 * ```
 */
export function listWebhooks(client: Client, variables?: WebhooksListVariables, options?: CallOptions): ListRequest<WebhooksListData, WebhooksListData['webhooks'][number]> {
  return list(client, webhooks_list, variables, options)
}

/**
 * One webhook. NOT_FOUND when the key sees no such webhook.
 *
 * @example
 * ```ts
 * const { data } = await getWebhook(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function getWebhook(client: Client, variables: WebhooksGetVariables, options?: CallOptions): Request<WebhooksGetData> {
  return call(client, webhooks_get, variables, options)
}

/**
 * Makes a webhook. It gets the events that come after the one of its making.
 *
 * The secret is in the answer, this once: verify deliveries with it (`unwrap` of `@buildrunner/sdk/webhooks`).
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await createWebhook(client, { url: 'https://hooks.example.com/buildrunner', kinds: ['comment.*', 'plan.changed'] })
 * ```
 */
export function createWebhook(client: Client, variables: WebhooksCreateVariables, options?: CallOptions): Request<WebhooksCreateData> {
  return call(client, webhooks_create, variables, options)
}

/**
 * Changes a webhook. `null` takes the description away, and for `kinds` means every event.
 *
 * What is left out stays; `kinds: null` means every event.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateWebhook(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', kinds: ['comment.*'] })
 * ```
 */
export function updateWebhook(client: Client, variables: WebhooksUpdateVariables, options?: CallOptions): Request<WebhooksUpdateData> {
  return call(client, webhooks_update, variables, options)
}

/**
 * Deletes a webhook and all its deliveries. What waits to be sent to it is not sent.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteWebhook(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function deleteWebhook(client: Client, variables: WebhooksDeleteVariables, options?: CallOptions): Request<WebhooksDeleteData> {
  return call(client, webhooks_delete, variables, options)
}

/**
 * Replaces the secret of a webhook. For the grace period deliveries carry a signature of each, so that a receiver can be given the new one.
 *
 * For the grace period, a day by default, deliveries are signed with both: give the receiver the new one in that time.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await rotateWebhookSecret(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', graceSeconds: 3600 })
 * ```
 */
export function rotateWebhookSecret(client: Client, variables: WebhooksRotateSecretVariables, options?: CallOptions): Request<WebhooksRotateSecretData> {
  return call(client, webhooks_rotateSecret, variables, options)
}

/**
 * Sends an event of the kind `webhook.tested` to this webhook alone, whatever kinds it wants.
 *
 * Sends an event of the kind `webhook.tested`; `webhooks.deliveries` tells what became of it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await sendTestWebhook(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function sendTestWebhook(client: Client, variables: WebhooksTestVariables, options?: CallOptions): Request<WebhooksTestData> {
  return call(client, webhooks_test, variables, options)
}

/**
 * What became of the events for a webhook, the newest event first.
 *
 * What did not arrive has the status DEAD.
 *
 * @example
 * ```ts
 * for await (const delivery of listWebhookDeliveries(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', status: 'DEAD' })) console.log(delivery.kind, delivery.lastError)
 * ```
 */
export function listWebhookDeliveries(client: Client, variables: WebhooksDeliveriesVariables, options?: CallOptions): ListRequest<WebhooksDeliveriesData, WebhooksDeliveriesData['deliveries'][number]> {
  return list(client, webhooks_deliveries, variables, options)
}

/**
 * Begins a delivery anew that arrived or is dead. It keeps its id, so that a receiver knows what it had already.
 *
 * It keeps its id, so that the receiver knows what it had already.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await replayDelivery(client, { deliveryId: 'dlv_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function replayDelivery(client: Client, variables: WebhooksReplayVariables, options?: CallOptions): Request<WebhooksReplayData> {
  return call(client, webhooks_replay, variables, options)
}

/**
 * Begins all dead deliveries of a webhook anew since a time: after an outage of its receiver.
 *
 * After an outage: all that are dead since a time, the oldest 1,000 at most.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await replayDeliveries(client, { webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', since: '2026-11-20T00:00:00Z' })
 * ```
 */
export function replayDeliveries(client: Client, variables: WebhooksReplayAllVariables, options?: CallOptions): Request<WebhooksReplayAllData> {
  return call(client, webhooks_replayAll, variables, options)
}
