/** `br teams delete`: its members stay in the organisation. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DeleteOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<team>', 'slug or id').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br teams delete frontend --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: DeleteOptions, [team = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what: t('Deleting the team {team}', { team }), yes })
  const { teamId } = await ask(client.teams.delete({ teamId: team }))
  context.out.result({ teamId }, () => `${context.out.style.green('✓')} ${t('team {team} deleted', { team })}`)
}
