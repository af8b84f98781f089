/** `br auth revoke`: ends one of one's own sessions, or all others. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RevokeOptions extends ServerOptions {
  others?: boolean
}

export function define(command: Command): void {
  command.argument('[session]', 'its id, as br auth sessions shows it').option('--others', 'all but this one')
  serverOptions(command, { project: false })
  examples(command, [['br auth revoke --others', 'signed in somewhere you should not be']])
}

export async function run(context: Context, { others, ...options }: RevokeOptions, [sessionId]: string[]): Promise<void> {
  if ((sessionId === undefined) === (others !== true)) throw failure('USAGE', { text: t('Name one session, or --others.'), remedy: t('br auth sessions lists them.') })
  const { client, ask } = await connect(context, options)
  const { sessionIds } = await ask(sessionId === undefined ? client.auth.revokeOtherSessions() : client.auth.revokeSession({ sessionId }))
  context.out.result({ sessionIds }, () => `${context.out.style.green('✓')} ${t('{count, plural, one {one session} other {# sessions}} ended', { count: sessionIds.length })}`)
}
