/** `br auth switch`: works in another of one's organisations, in this session. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<organisation>', 'its slug or id')
  serverOptions(command, { project: false })
  examples(command, [['br auth switch analytical-engines', 'a key works in one organisation; sign in with br login --email first']])
}

export async function run(context: Context, options: ServerOptions, [organisationId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { session } = await ask(client.auth.switchOrganisation({ organisationId }))
  const name = session.organisations.find(({ current }) => current)?.name ?? organisationId
  context.out.result({ session }, () => `${context.out.style.green('✓')} ${t('you work in {name}', { name })}`)
}
