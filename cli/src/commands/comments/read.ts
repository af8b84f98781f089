/** `br comments read`: marks comments as read, on all of your devices. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ReadOptions extends ServerOptions {
  all?: boolean
}

export function define(command: Command): void {
  command.argument('[comment]', 'the last one that you read in its thread').option('--all', 'all threads of the project')
  serverOptions(command, { project: true })
  examples(command, [
    ['br comments read cmt_01a2008b71a07f2ebe4265f046903171', 'its thread up to this comment'],
    ['br comments read --all', 'the whole project'],
  ])
}

export async function run(context: Context, { all, ...options }: ReadOptions, [commentId]: string[]): Promise<void> {
  if ((commentId === undefined) !== (all === true)) throw failure('USAGE', { text: t('Name a comment, or give --all.') })
  const connection = await connect(context, options)
  const { client, ask } = connection
  const marked = commentId === undefined ? client.comments.markAllRead({ projectId: await projectHere(context, connection) }) : client.comments.markRead({ commentId })
  const { unreadComments } = await ask(marked)
  context.out.result({ unreadComments }, () => `${context.out.style.green('✓')} ${t('read; {unreadComments, plural, one {# comment} other {# comments}} of the project left', { unreadComments })}`)
}
