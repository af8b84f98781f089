/** `br teams create`. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CreateOptions extends ServerOptions {
  slug?: string
}

export function define(command: Command): void {
  command.argument('<name>', "the team's name").option('--slug <slug>', 'how @team:<slug> mentions it (default: from the name)')
  serverOptions(command, { project: false })
  examples(command, [['br teams create "Back end" --slug backend', 'then br teams add backend EMAIL']])
}

export async function run(context: Context, { slug, ...options }: CreateOptions, [name = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { team } = await ask(client.teams.create({ name, slug }))
  const { green, bold, dim } = context.out.style
  context.out.result({ team }, () => `${green('✓')} ${t('team {slug}', { slug: bold(team.slug) })}  ${dim(team.id)}`)
}
