import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { deliveryWritten, readWebhook } from './reads.ts'
import { createWebhook, deleteWebhookById, replayDeliveries, replayDelivery, rotateWebhookSecret, testWebhook, updateWebhookById } from './service.ts'
import type { DeliveriesQueued, DeliveryQueued, SecretMade } from './service.ts'
import { Webhook, WebhookDelivery, WebhookKindEnum } from './types.ts'
import type { WebhookWritten } from './write.ts'

const webhookNow = ({ webhookId: id }: WebhookWritten, _args: object, ctx: Context) => readWebhook(ctx, encodeNodeId('Webhook', id))
const sequence = "Sequence of the project's newest event after the write."

const withSecret = (name: string) =>
  builder.objectRef<SecretMade>(name).implement({
    description: 'A webhook, with its secret.',
    fields: (t) => ({
      secret: t.exposeString('secret', { nullable: true, description: 'What deliveries are signed with, `whsec_...`. It is shown this once; null for Slack and Discord, and where `replayed` is true.' }),
      replayed: t.exposeBoolean('replayed', { description: 'True when the request was carried out before, under the same idempotency key: the secret was in that answer. Rotate it to get another.' }),
      sequence: t.exposeInt('sequence', { description: sequence }),
      webhook: t.field({ type: Webhook, description: 'The webhook as it is now.', resolve: webhookNow }),
    }),
  })

const withDelivery = (name: string) =>
  builder.objectRef<DeliveryQueued>(name).implement({
    description: 'A delivery that is on its way.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', { description: sequence }),
      delivery: t.field({ type: WebhookDelivery, description: 'The delivery as it is now; read it again to see what became of it.', resolve: ({ deliveryId }, _args, ctx) => deliveryWritten(ctx, deliveryId) }),
    }),
  })

const webhookId = (t: InputFields) => t.id({ required: true, description: 'The webhook: node id or UUID.' })
const settings = (t: InputFields) => ({
  description: t.string({ description: 'What it is for: at most 500 characters.' }),
  kinds: t.stringList({ description: 'Which events: `plan.changed`, or `comment.*` for all that begin so. Absent: every event.' }),
  includeText: t.boolean({ description: 'Slack and Discord only: whether messages quote the beginning of comments. Default: false.' }),
  enabled: t.boolean({ description: 'Default: true.' }),
  idempotencyKey: idempotencyKey(t),
})
const URL = 'Where events are sent to: https, in the public internet, unless the operator allows more.'

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'A new webhook.',
  fields: (t) => ({
    projectId: projectId(t), url: t.string({ required: true, description: URL }),
    kind: t.field({ type: WebhookKindEnum, description: 'How events are written for it. Default: STANDARD.' }), ...settings(t),
  }),
})

builder.mutationField('createWebhook', (t) =>
  t.field({
    type: withSecret('CreateWebhookPayload'),
    description: 'Makes a webhook. It gets the events that come after the one of its making.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'CreateWebhookResult' } },
    args: { input: t.arg({ type: CreateWebhookInput, required: true, description: 'The webhook.' }) },
    resolve: (_root, { input }, ctx) => createWebhook(ctx, input),
  }),
)

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'What to change of a webhook; what is absent stays.',
  fields: (t) => ({ webhookId: webhookId(t), url: t.string({ description: URL }), ...settings(t) }),
})

builder.mutationField('updateWebhook', (t) =>
  t.field({
    type: builder.objectRef<WebhookWritten>('UpdateWebhookPayload').implement({
      description: 'The webhook after the change.',
      fields: (f) => ({ sequence: f.exposeInt('sequence', { description: sequence }), webhook: f.field({ type: Webhook, description: 'The webhook as it is now.', resolve: webhookNow }) }),
    }),
    description: 'Changes a webhook. `null` takes the description away, and for `kinds` means every event.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'UpdateWebhookResult' } },
    args: { input: t.arg({ type: UpdateWebhookInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => updateWebhookById(ctx, input),
  }),
)

const DeleteWebhookInput = builder.inputType('DeleteWebhookInput', {
  description: 'Which webhook to delete.',
  fields: (t) => ({ webhookId: webhookId(t), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('deleteWebhook', (t) =>
  t.field({
    type: builder.objectRef<WebhookWritten>('DeleteWebhookPayload').implement({
      description: 'The webhook is gone.',
      fields: (f) => ({ sequence: f.exposeInt('sequence', { description: sequence }), webhookId: f.id({ description: 'Node id that it had.', resolve: ({ webhookId: id }) => encodeNodeId('Webhook', id) }) }),
    }),
    description: 'Deletes a webhook and all its deliveries. What waits to be sent to it is not sent.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'DeleteWebhookResult' } },
    args: { input: t.arg({ type: DeleteWebhookInput, required: true, description: 'Which webhook.' }) },
    resolve: (_root, { input }, ctx) => deleteWebhookById(ctx, input),
  }),
)

const RotateWebhookSecretInput = builder.inputType('RotateWebhookSecretInput', {
  description: 'Whose secret to replace.',
  fields: (t) => ({
    webhookId: webhookId(t), idempotencyKey: idempotencyKey(t),
    graceSeconds: t.int({ description: "How long deliveries are signed with the old secret as well; 0 ends it at once. Default and maximum are the operator's: a day and a week." }),
  }),
})

builder.mutationField('rotateWebhookSecret', (t) =>
  t.field({
    type: withSecret('RotateWebhookSecretPayload'),
    description: 'Replaces the secret of a webhook. For the grace period deliveries carry a signature of each, so that a receiver can be given the new one.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'RotateWebhookSecretResult' } },
    args: { input: t.arg({ type: RotateWebhookSecretInput, required: true, description: 'Which webhook.' }) },
    resolve: (_root, { input }, ctx) => rotateWebhookSecret(ctx, input),
  }),
)

const SendTestWebhookInput = builder.inputType('SendTestWebhookInput', {
  description: 'Which webhook to try.',
  fields: (t) => ({ webhookId: webhookId(t), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('sendTestWebhook', (t) =>
  t.field({
    type: withDelivery('SendTestWebhookPayload'),
    description: 'Sends an event of the kind `webhook.tested` to this webhook alone, whatever kinds it wants.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'SendTestWebhookResult' } },
    args: { input: t.arg({ type: SendTestWebhookInput, required: true, description: 'Which webhook.' }) },
    resolve: (_root, { input }, ctx) => testWebhook(ctx, input),
  }),
)

const ReplayDeliveryInput = builder.inputType('ReplayDeliveryInput', {
  description: 'Which delivery to begin anew.',
  fields: (t) => ({ deliveryId: t.id({ required: true, description: 'The delivery: node id or UUID.' }), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('replayDelivery', (t) =>
  t.field({
    type: withDelivery('ReplayDeliveryPayload'),
    description: 'Begins a delivery anew that arrived or is dead. It keeps its id, so that a receiver knows what it had already.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ReplayDeliveryResult' } },
    args: { input: t.arg({ type: ReplayDeliveryInput, required: true, description: 'Which delivery.' }) },
    resolve: (_root, { input }, ctx) => replayDelivery(ctx, input),
  }),
)

const ReplayDeliveriesInput = builder.inputType('ReplayDeliveriesInput', {
  description: 'Which dead deliveries to begin anew.',
  fields: (t) => ({ webhookId: webhookId(t), since: t.field({ type: 'DateTime', required: true, description: 'Those that were queued at this time or later.' }), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('replayDeliveries', (t) =>
  t.field({
    type: builder.objectRef<DeliveriesQueued>('ReplayDeliveriesPayload').implement({
      description: 'Deliveries that are on their way again.',
      fields: (f) => ({ sequence: f.exposeInt('sequence', { description: sequence }), count: f.exposeInt('count', { description: 'How many: the oldest 1,000 at most. Ask again for more.' }) }),
    }),
    description: 'Begins all dead deliveries of a webhook anew since a time: after an outage of its receiver.',
    extensions: { permission: 'webhooks.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'ReplayDeliveriesResult' } },
    args: { input: t.arg({ type: ReplayDeliveriesInput, required: true, description: 'Which deliveries.' }) },
    resolve: (_root, { input }, ctx) => replayDeliveries(ctx, input),
  }),
)
