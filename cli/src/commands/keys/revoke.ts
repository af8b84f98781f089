/** `br keys revoke`: ends a key everywhere within a second. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RevokeOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<key>', 'its id (br keys list)').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br keys revoke key_01a2… --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: RevokeOptions, [keyId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { name, prefix } = await ask(client.keys.get({ keyId }))
  await confirmDestructive(context, { what: t('Revoking the key {name} (br_{prefix}_…)', { name, prefix }), yes })
  const { apiKey } = await ask(client.keys.revoke({ keyId }))
  const { green, dim } = context.out.style
  context.out.result({ apiKey }, () => `${green('✓')} ${t('key {name} revoked', { name: apiKey.name })}  ${dim(apiKey.id)}`)
}
