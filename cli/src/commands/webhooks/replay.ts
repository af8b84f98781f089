/** `br webhooks replay`: sends a delivery again, or all of a webhook that are dead since a time. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { deliveryLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ReplayOptions extends ServerOptions {
  since?: string
}

export function define(command: Command): void {
  command.argument('<delivery>', 'its id (br webhooks deliveries); with --since that of a webhook').option('--since <time>', 'all that are dead since then, e.g. 2026-11-20T00:00:00Z')
  serverOptions(command, { project: false })
  examples(command, [
    ['br webhooks replay dlv_01a2…', 'one delivery, under the id it had'],
    ['br webhooks replay whk_01a2… --since 2026-11-20T00:00:00Z', 'after an outage of the receiver'],
  ])
}

export async function run(context: Context, { since, ...options }: ReplayOptions, [id = '']: string[]): Promise<void> {
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw failure('INVALID_VALUE', { option: '--since', value: since, expected: t('a time such as 2026-11-20T00:00:00Z') })
  const { client, ask } = await connect(context, options)
  const { style } = context.out
  if (since === undefined) {
    const { delivery } = await ask(client.webhooks.replay({ deliveryId: id }))
    return context.out.result({ delivery }, () => `${style.green('✓')} ${t('on its way again: {delivery}', { delivery: deliveryLine(delivery, style) })}`)
  }
  const { count } = await ask(client.webhooks.replayAll({ webhookId: id, since: new Date(since).toISOString() }))
  context.out.result({ count }, () => `${style.green('✓')} ${t('{count, plural, one {# delivery} other {# deliveries}} on the way again', { count })}`)
}
