/** `br members revoke`: withdraws an invitation. */
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
  command.argument('<invitation>', 'its id (br members invitations)').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br members revoke inv_01a2008b71a07f2ebe4265f046903171 --yes', 'its seat is free again']])
}

export async function run(context: Context, { yes, ...options }: RevokeOptions, [invitationId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what: t('Revoking the invitation {invitationId}', { invitationId }), yes })
  const { invitation } = await ask(client.members.revokeInvitation({ invitationId }))
  const { green, dim } = context.out.style
  context.out.result({ invitation }, () => `${green('✓')} ${t('invitation of {email} revoked', { email: invitation.email })}  ${dim(invitation.id)}`)
}
