/** `br members invitations`: those that are open, or all. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { connect } from '../../server/connection.ts'
import { roleName } from './roles.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface InvitationsOptions extends ServerOptions {
  all?: boolean
  limit: string
}

export function define(command: Command): void {
  command.option('--all', 'also those that were answered, revoked or have expired').option('--limit <count>', 'at most so many', '100')
  serverOptions(command, { project: false })
  examples(command, [['br members invitations', 'those that can still be accepted']])
}

export async function run(context: Context, { all, limit, ...options }: InvitationsOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const invitations = await reading(() => client.members.invitations({ open: all === true ? undefined : true, first: pageSize(count) }).toArray({ limit: count }))
  const { bold, dim } = context.out.style
  context.out.result({ invitations }, () =>
    invitations.length === 0
      ? dim(t('No invitations. br members invite EMAIL mails one.'))
      : table(invitations.map(({ email, role, state, expiresAt, id }) => [bold(email), roleName(role), state === 'OPEN' ? t('until {expiresAt}', { expiresAt: expiresAt.slice(0, 10) }) : state.toLowerCase(), dim(id)])),
  )
}
