import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { webhooksByUuid } from './reads.ts'
import type { DeliveryRow, WebhookRow } from './rows.ts'

export const WebhookKindEnum = builder.enumType('WebhookKind', {
  description: 'How an event is written for its receiver.',
  values: {
    STANDARD: { value: 'standard', description: 'JSON, signed after Standard Webhooks: for programs.' },
    SLACK: { value: 'slack', description: "A message to a channel of Slack, by the address of one of its incoming webhooks." },
    DISCORD: { value: 'discord', description: "A message to a channel of Discord, by the address of one of its webhooks." },
  } as const,
})

const DisabledReasonEnum = builder.enumType('WebhookDisabledReason', {
  description: 'Why the server disabled a webhook.',
  values: { GONE: { value: 'gone', description: 'Its receiver answered 410 Gone.' }, FAILING: { value: 'failing', description: 'Nothing arrived there for five days.' } } as const,
})

export const DeliveryStatusEnum = builder.enumType('WebhookDeliveryStatus', {
  description: 'What became of a delivery.',
  values: {
    PENDING: { value: 'pending', description: 'It waits for its first attempt or for another one.' },
    DELIVERED: { value: 'delivered', description: 'The receiver answered 2xx.' },
    DEAD: { value: 'dead', description: 'It is not tried any more, unless somebody replays it.' },
  } as const,
})

export const Webhook = builder.objectRef<WebhookRow>('Webhook')
builder.node(Webhook, {
  description: 'An address that the events of a project are sent to.',
  id: { resolve: (webhook) => webhook.id },
  isTypeOf: (value) => 'includeText' in (value as object),
  loadMany: (uuids, ctx) => webhooksByUuid(ctx, uuids),
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (webhook) => encodeNodeId('Project', webhook.projectId) }),
    kind: t.expose('kind', { type: WebhookKindEnum, description: 'How events are written for it.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    url: t.exposeString('url', { description: 'Where events are sent to. That of Slack and Discord is a secret: it is shown shortened.' }),
    kinds: t.stringList({ description: 'Which events: `plan.changed`, or `comment.*` for all that begin so. Empty: every event.', resolve: ({ kinds }) => [...kinds] }),
    includeText: t.exposeBoolean('includeText', { description: 'Whether messages quote the beginning of comments; Slack and Discord only.' }),
    enabled: t.exposeBoolean('enabled', { description: 'False: nothing is sent, and events of that time are not made up for.' }),
    disabledReason: t.expose('disabledReason', { type: DisabledReasonEnum, nullable: true, description: 'Why the server disabled it; null where a person did.' }),
    failingSince: t.expose('failingSince', { type: 'DateTime', nullable: true, description: 'Since when every attempt has failed; null while it works.' }),
    oldSecretUntil: t.expose('oldSecretUntil', { type: 'DateTime', nullable: true, description: 'Until when deliveries are signed with the secret before as well.' }),
    createdBy: t.expose('createdBy', { type: PersonType, description: 'Who made it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When somebody last changed it.' }),
  }),
})

export const WebhookDelivery = builder.objectRef<DeliveryRow>('WebhookDelivery').implement({
  description: 'An event on its way to a webhook.',
  fields: (t) => ({
    id: t.id({ description: 'Its id, which every attempt carries as `webhook-id`.', resolve: ({ id }) => encodeNodeId('Delivery', id) }),
    sequence: t.exposeInt('sequence', { description: "Number of the event in the project's stream." }),
    kind: t.exposeString('kind', { description: 'What happened, e.g. `plan.changed`.' }),
    status: t.expose('status', { type: DeliveryStatusEnum, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried since it was queued or replayed.' }),
    nextAttemptAt: t.field({ type: 'DateTime', nullable: true, description: 'When it is tried next; null unless it is pending.', resolve: ({ status, nextAttemptAt }) => (status === 'pending' ? nextAttemptAt : null) }),
    lastStatus: t.exposeInt('lastStatus', { nullable: true, description: 'Status of the last answer; null where there was none.' }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'Why the last attempt failed.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was queued.' }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true, description: 'When it was taken.' }),
  }),
})
