/** `br auth sign-up`: makes an account; the link that is mailed finishes it. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connectTo } from '../../server/connection.ts'
import { resolveSettings } from '../../server/settings.ts'
import { secretReader } from './secrets.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface SignUpOptions extends ServerOptions {
  email: string
  name: string
  organisation?: string
}

export function define(command: Command): void {
  command
    .requiredOption('--email <address>', 'where the link is mailed')
    .requiredOption('--name <name>', 'your name, as others see it')
    .option('--organisation <name>', 'make an organisation of this name, with you as its administrator')
  serverOptions(command, { project: false })
  examples(command, [
    ['br auth sign-up --email ada@example.com --name "Ada Lovelace"', 'asks for a password'],
    ['pass buildrunner | br auth sign-up --email ada@example.com --name Ada', 'takes it from a pipe'],
  ])
}

export async function run(context: Context, { email, name, organisation, ...options }: SignUpOptions): Promise<void> {
  const { baseUrl } = resolveSettings(context, options)
  const password = await secretReader(context)(t('Password'))
  const { client, ask } = connectTo({ baseUrl, baseUrlFrom: 'default' })
  const { email: mailed } = await ask(client.auth.signUp({ email, password, name, ...(organisation !== undefined && { organisationName: organisation }) }))
  context.out.result({ baseUrl, email: mailed }, () => t('A mail is on its way to {mailed}. Open its link, then run br login --email {mailed}', { mailed }))
}
