/** `br keys rotate`: a new key in the place of another, which stays valid for a while. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { readDuration } from './duration.ts'
import { tellSecret } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RotateOptions extends ServerOptions {
  grace?: string
}

export function define(command: Command): void {
  command.argument('<key>', 'its id (br keys list)').option('--grace <duration>', "how long the old one is still accepted, e.g. 1h; 0 ends it at once (default: the server's, a day)")
  serverOptions(command, { project: false })
  examples(command, [
    ['br keys rotate key_01a2… --grace 1h', 'an hour to put the new one in its place'],
    ['br keys rotate key_01a2… --grace 0', 'it has leaked'],
  ])
}

export async function run(context: Context, { grace, ...options }: RotateOptions, [keyId = '']: string[]): Promise<void> {
  const graceSeconds = grace === undefined ? undefined : readDuration('--grace', grace)
  const { client, ask } = await connect(context, options)
  const made = await ask(client.keys.rotate({ keyId, graceSeconds }))
  tellSecret(context, made, t('key {name} rotated', { name: made.apiKey.name }))
}
