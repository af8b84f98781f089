/** `br comments delete`: the text goes, its place in the thread stays. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DeleteOptions extends OfflineOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<comment>', 'one of your own').option('-y, --yes', 'do not ask')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [['br comments delete cmt_01a2008b71a07f2ebe4265f046903171 --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: DeleteOptions, [commentId = '']: string[]): Promise<void> {
  const what = t('Deleting the comment {commentId}', { commentId })
  if (options.offline === true) {
    await confirmDestructive(context, { what, yes })
    return (await import('./queued.ts')).queued(context, options, (offline) => offline.comments.delete(commentId))
  }
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what, yes })
  const { comment } = await ask(client.comments.delete({ commentId }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${t('deleted')}  ${dim(comment.id)}`)
}
