/** `br notifications read`: marks notifications read, or unread. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ReadOptions extends ServerOptions {
  all?: boolean
  unread?: boolean
}

export function define(command: Command): void {
  command.argument('[id...]', 'which: ntf_...').option('--all', 'all of them').option('--unread', 'mark them unread')
  serverOptions(command, { project: false })
  examples(command, [['br notifications read --all', 'nothing is unread']])
}

export async function run(context: Context, { all, unread, ...options }: ReadOptions, ids: string[]): Promise<void> {
  if ((all === true) === ids.length > 0) throw failure('USAGE', { text: t('Give the ids of notifications, or --all.') })
  const { client, reading } = await connect(context, options)
  const result = await reading(() => client.notifications.markRead({ ...(all === true ? { all } : { ids }), read: unread !== true }).orThrow())
  context.out.result(result, () => t('{unreadCount, plural, one {# notification} other {# notifications}} unread', { unreadCount: result.unreadCount }))
}
