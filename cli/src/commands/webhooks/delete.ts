/** `br webhooks delete`: nothing is sent there any more. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DeleteOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<webhook>', 'its id (br webhooks list)').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br webhooks delete whk_01a2… --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: DeleteOptions, [webhookId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { id, url } = await ask(client.webhooks.get({ webhookId }))
  await confirmDestructive(context, { what: t('Deleting the webhook to {url}, with what waits to be sent there,', { url }), yes })
  await ask(client.webhooks.delete({ webhookId: id }))
  const { green, dim } = context.out.style
  context.out.result({ webhookId: id }, () => `${green('✓')} ${t('nothing is sent to {url} any more', { url })}  ${dim(id)}`)
}
