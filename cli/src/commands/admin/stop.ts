/** `br admin stop`: ends the impersonation of this machine, or another one by its id. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { updateCredentials } from '../../server/credentials.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('[impersonation]', 'its id (br admin impersonations)')
  serverOptions(command, { project: false })
  examples(command, [['br admin stop', 'be yourself again']])
}

export async function run(context: Context, options: ServerOptions, [impersonationId]: string[]): Promise<void> {
  const { client, ask, settings } = await connect(context, { ...options, quiet: true })
  const own = settings.impersonation
  if (impersonationId === undefined && own === undefined) throw failure('USAGE', { text: t('Nobody is impersonated here.'), remedy: t('br admin impersonations lists those that go on; pass the id of one.') })
  const { impersonation } = await ask(client.admin.endImpersonation({ impersonationId }))
  if (impersonation.id === own?.id) {
    await updateCredentials(context.env, ({ impersonations, ...before }) => {
      const { [settings.baseUrl]: _ended, ...others } = impersonations ?? {}
      return { ...before, impersonations: others }
    })
  }
  const { green, bold } = context.out.style
  context.out.result({ impersonation }, () => `${green('✓')} ${t('no longer acting as {name}', { name: bold(impersonation.user.name) })}`)
}
