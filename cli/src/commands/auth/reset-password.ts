/** `br auth reset-password`: has a link mailed that sets a new password. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connectTo } from '../../server/connection.ts'
import { resolveSettings } from '../../server/settings.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ResetPasswordOptions extends ServerOptions {
  email: string
}

export function define(command: Command): void {
  command.requiredOption('--email <address>', 'whose password')
  serverOptions(command, { project: false })
  examples(command, [['br auth reset-password --email ada@example.com', 'mails a link that holds for an hour']])
}

export async function run(context: Context, { email, ...options }: ResetPasswordOptions): Promise<void> {
  const { baseUrl } = resolveSettings(context, options)
  const { client, ask } = connectTo({ baseUrl, baseUrlFrom: 'default' })
  await ask(client.auth.requestPasswordReset({ email }))
  context.out.result({ baseUrl, email }, () => t('If somebody has the address {email}, a mail is on its way.', { email }))
}
