/** `br auth sessions`: where somebody is signed in. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  serverOptions(command, { project: false })
  examples(command, [['br auth sessions', 'yours, newest first; * is this one']])
}

const minute = (at: string | null): string => (at === null ? t('never used') : at.slice(0, 16).replace('T', ' '))

export async function run(context: Context, options: ServerOptions): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { nodes: sessions } = await ask(client.auth.sessions({ first: 100 }))
  const { dim } = context.out.style
  context.out.result({ sessions }, () =>
    table(sessions.map((session) => [session.current ? '*' : ' ', session.id, session.client ?? '-', session.address ?? '-', minute(session.lastUsedAt ?? session.createdAt), dim(session.secondFactor ? t('second factor') : t('password'))])),
  )
}
