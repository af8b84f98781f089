import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { readDeliveries, readWebhook, readWebhooks } from './reads.ts'
import { DeliveryStatusEnum, Webhook, WebhookDelivery } from './types.ts'

const totalCount = { description: 'How many match, on all pages.', resolve: totalCountOf } as const
const permission = 'webhooks.read'

builder.queryField('webhooks', (t) =>
  t.connection(
    {
      type: Webhook,
      description: 'Webhooks of a project, newest first.',
      extensions: { permission },
      args: { projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }) },
      resolve: paged(readWebhooks),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('webhook', (t) =>
  t.field({
    type: Webhook,
    nullable: true,
    description: 'One webhook. NOT_FOUND when the key sees no such webhook.',
    extensions: { permission },
    args: { webhookId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: (_root, { webhookId }, ctx) => readWebhook(ctx, webhookId),
  }),
)

builder.queryField('webhookDeliveries', (t) =>
  t.connection(
    {
      type: WebhookDelivery,
      description: 'What became of the events for a webhook, the newest event first.',
      extensions: { permission },
      args: { webhookId: t.arg.id({ required: true, description: 'Node id or UUID.' }), status: t.arg({ type: DeliveryStatusEnum, description: 'Only those: DEAD for what did not arrive. Default: all.' }) },
      resolve: paged(readDeliveries),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)
