/** `br members accept`: answers an invitation, signed in under the address that it was mailed to. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { roleName } from './roles.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<token>', 'from the mail')
  serverOptions(command, { project: false })
  examples(command, [['br members accept bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA', 'as the mail says']])
}

export async function run(context: Context, options: ServerOptions, [token = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const joined = await ask(client.members.acceptInvitation({ token }))
  context.out.result(joined, () => `${context.out.style.green('✓')} ${t('you are {role} of {organisation}', { role: roleName(joined.role), organisation: joined.organisation })}`)
}
