/** `br auth password`: a new password; every other session ends. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { secretReader } from './secrets.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  serverOptions(command, { project: false })
  examples(command, [
    ['br auth password', 'asks for the current one and a new one'],
    ['pass show buildrunner/both | br auth password', 'takes them from a pipe, one a line'],
  ])
}

export async function run(context: Context, options: ServerOptions): Promise<void> {
  const { client, ask } = await connect(context, options)
  const askFor = secretReader(context)
  const currentPassword = await askFor(t('Current password'))
  const changed = await ask(client.auth.changePassword({ currentPassword, newPassword: await askFor(t('New password')) }))
  const { green, dim } = context.out.style
  context.out.result(changed, () => `${green('✓')} ${t('the password is changed')}  ${dim(t('other sessions ended: {sessionsEnded}', { sessionsEnded: changed.sessionsEnded }))}`)
}
