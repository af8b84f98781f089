/** `br teams remove`: takes somebody out of a team. */
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
  command.argument('<team>', 'slug or id').argument('<member>', 'e-mail address or id').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br teams remove frontend grace@example.com --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: RemoveOptions, [teamId = '', userId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what: t('Taking {userId} out of {teamId}', { userId, teamId }), yes })
  const { team } = await ask(client.teams.removeMember({ teamId, userId }))
  context.out.result({ team }, () => `${context.out.style.green('✓')} ${t('{userId} does not belong to {slug} any more', { userId, slug: team.slug })}`)
}
