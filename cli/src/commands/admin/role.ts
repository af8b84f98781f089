/** `br admin role`: gives somebody a role on the platform, or takes it away. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { PlatformRole } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import { Argument, type Command } from 'commander'

const ROLES: Readonly<Record<string, PlatformRole | null>> = { 'global-admin': 'GLOBAL_ADMIN', 'support-agent': 'SUPPORT_AGENT', none: null }

export function define(command: Command): void {
  command.argument('<user>', 'e-mail address or id').addArgument(new Argument('<role>', 'the role; none takes it away').choices(Object.keys(ROLES)))
  serverOptions(command, { project: false })
  examples(command, [
    ['br admin role max@example.com support-agent', 'may see every organisation, and act as its people'],
    ['br admin role max@example.com none', 'takes it away'],
  ])
}

export async function run(context: Context, options: ServerOptions, [userId = '', role = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { person } = await ask(client.admin.setPlatformRole({ userId, role: ROLES[role] ?? null }))
  const { green, bold } = context.out.style
  context.out.result({ person }, () => `${green('✓')} ${bold(person.person.name)}: ${person.role === null ? t('no role on the platform') : role}`)
}
