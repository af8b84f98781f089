/** `br webhooks rotate`: a new secret; for a while deliveries are signed with both. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { readDuration } from '../keys/duration.ts'
import { tellSecret } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RotateOptions extends ServerOptions {
  grace?: string
}

export function define(command: Command): void {
  command.argument('<webhook>', 'its id (br webhooks list)').option('--grace <duration>', "how long the old secret signs as well, e.g. 1h; 0 ends it at once (default: the server's, a day)")
  serverOptions(command, { project: false })
  examples(command, [['br webhooks rotate whk_01a2… --grace 1h', 'an hour to give the receiver the new one']])
}

export async function run(context: Context, { grace, ...options }: RotateOptions, [webhookId = '']: string[]): Promise<void> {
  const graceSeconds = grace === undefined ? undefined : readDuration('--grace', grace)
  const { client, ask } = await connect(context, options)
  tellSecret(context, await ask(client.webhooks.rotateSecret({ webhookId, graceSeconds })), t('a new secret for'))
}
