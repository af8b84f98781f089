/** `br members resend`: mails an invitation again, with a new link; the earlier one no longer counts. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<invitation>', 'its id (br members invitations)')
  serverOptions(command, { project: false })
  examples(command, [['br members resend inv_01a2008b71a07f2ebe4265f046903171', 'it is valid anew from now on']])
}

export async function run(context: Context, options: ServerOptions, [invitationId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { invitation } = await ask(client.members.resendInvitation({ invitationId }))
  const { green, dim } = context.out.style
  context.out.result({ invitation }, () => `${green('✓')} ${t('invitation mailed to {email} again, until {expiresAt}', { email: invitation.email, expiresAt: invitation.expiresAt.slice(0, 10) })}  ${dim(invitation.id)}`)
}
