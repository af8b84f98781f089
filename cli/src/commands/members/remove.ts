/** `br members remove`: with the membership end roles, keys and sessions. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RemoveOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<member>', 'e-mail address or id').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br members remove grace@example.com --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: RemoveOptions, [member = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what: t('Removing {member}, with their roles, keys and sessions', { member }), yes })
  const { userId } = await ask(client.members.remove({ userId: member }))
  context.out.result({ userId }, () => `${context.out.style.green('✓')} ${t('{member} is no member any more', { member })}`)
}
