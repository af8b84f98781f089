/** `br teams add`. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<team>', 'slug or id').argument('<member>', 'e-mail address or id')
  serverOptions(command, { project: false })
  examples(command, [['br teams add frontend grace@example.com', 'a member of the organisation']])
}

export async function run(context: Context, options: ServerOptions, [teamId = '', userId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { team } = await ask(client.teams.addMember({ teamId, userId }))
  context.out.result({ team }, () => `${context.out.style.green('✓')} ${t('{userId} belongs to {slug}', { userId, slug: team.slug })}`)
}
