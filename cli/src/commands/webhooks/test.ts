/** `br webhooks test`: sends an event to try a webhook. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { deliveryLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<webhook>', 'its id (br webhooks list)')
  serverOptions(command, { project: false })
  examples(command, [['br webhooks test whk_01a2…', 'then br webhooks deliveries tells what became of it']])
}

export async function run(context: Context, options: ServerOptions, [webhookId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { delivery } = await ask(client.webhooks.test({ webhookId }))
  const { style } = context.out
  context.out.result({ delivery }, () => `${style.green('✓')} ${t('on its way: {delivery}', { delivery: deliveryLine(delivery, style) })}`)
}
