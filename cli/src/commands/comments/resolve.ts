/** `br comments resolve`: the thread of a comment is done with, or open again. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ResolveOptions extends OfflineOptions {
  reopen?: boolean
}

export function define(command: Command): void {
  command.argument('<comment>', 'any comment of the thread').option('--reopen', 'open it again')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [['br comments resolve cmt_01a2008b71a07f2ebe4265f046903171', 'who and when is kept']])
}

export async function run(context: Context, options: ResolveOptions, [commentId = '']: string[]): Promise<void> {
  if (options.offline === true) return (await import('./queued.ts')).queued(context, options, (offline) => offline.comments.resolve(commentId, options.reopen !== true))
  const { client, ask } = await connect(context, options)
  const { comment } = await ask(client.comments.resolve({ commentId, resolved: options.reopen !== true }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${comment.resolvedAt === null ? t('open again') : t('resolved')}  ${dim(comment.id)}`)
}
