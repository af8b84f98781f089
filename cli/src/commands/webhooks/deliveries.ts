/** `br webhooks deliveries`: what became of the events for a webhook. */
import { Option } from 'commander'
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { deliveryLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

const STATUSES = { pending: 'PENDING', delivered: 'DELIVERED', dead: 'DEAD' } as const

export interface DeliveriesOptions extends ServerOptions {
  status?: keyof typeof STATUSES
  limit: string
}

export function define(command: Command): void {
  command
    .argument('<webhook>', 'its id (br webhooks list)')
    .addOption(new Option('--status <status>', 'only those: dead is what did not arrive').choices(Object.keys(STATUSES)))
    .option('--limit <count>', 'at most so many, of the newest events', '20')
  serverOptions(command, { project: false })
  examples(command, [['br webhooks deliveries whk_01a2… --status dead', 'what did not arrive, and why']])
}

export async function run(context: Context, { status, limit, ...options }: DeliveriesOptions, [webhookId = '']: string[]): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const deliveries = await reading(() => client.webhooks.deliveries({ webhookId, status: status && STATUSES[status], first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ deliveries }, () => (deliveries.length === 0 ? style.dim(t('No deliveries.')) : deliveries.map((delivery) => deliveryLine(delivery, style))))
}
