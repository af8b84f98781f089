/** `br auth two-factor enable|disable`: the code of an authenticator app beside the password. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { secretReader } from './secrets.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<action>', 'enable, confirm or disable')
  serverOptions(command, { project: false })
  examples(command, [
    ['br auth two-factor enable', 'shows the secret for your authenticator app and the recovery codes, once'],
    ['br auth two-factor confirm', 'asks for a first code; from then on codes are asked for'],
    ['br auth two-factor disable', 'asks for password and code'],
  ])
}

export async function run(context: Context, options: ServerOptions, [action = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const askFor = secretReader(context)
  const { green, dim } = context.out.style
  if (action === 'enable') {
    const made = await ask(client.auth.enableTwoFactor({ password: await askFor(t('Password')) }))
    return context.out.result(made, () => [made.otpauthUri, '', dim(t('Recovery codes, each for one sign-in:')), ...made.recoveryCodes, '', t('Add the address to your authenticator app, then: br auth two-factor confirm')])
  }
  if (action === 'confirm') {
    const confirmed = await ask(client.auth.confirmTwoFactor({ code: await askFor(t('Code')) }))
    return context.out.result(confirmed, () => `${green('✓')} ${t('a code is asked for from now on')}`)
  }
  if (action !== 'disable') throw failure('USAGE', { text: t('{action} is nothing to do with a second factor.', { action: JSON.stringify(action) }), remedy: t('Take enable, confirm or disable.') })
  const disabled = await ask(client.auth.disableTwoFactor({ password: await askFor(t('Password')), code: await askFor(t('Code')) }))
  context.out.result(disabled, () => `${green('✓')} ${t('no code is asked for any more')}`)
}
