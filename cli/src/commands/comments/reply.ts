/** `br comments reply`: answers a comment, in its thread. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { bodyFrom } from './body.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ReplyOptions extends OfflineOptions {
  resolve?: boolean
}

export function define(command: Command): void {
  command.argument('<comment>', 'the comment that it answers (br comments list shows ids)').argument('[text...]', 'markdown (default: what is piped in)')
  command.option('--resolve', 'and resolve the thread')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [['br comments reply cmt_01a2008b71a07f2ebe4265f046903171 "Done in #42." --resolve', 'the last word']])
}

export async function run(context: Context, options: ReplyOptions, [commentId = '', ...words]: string[]): Promise<void> {
  const body = await bodyFrom(context, words)
  if (options.offline === true) return (await import('./queued.ts')).queued(context, options, async (offline) => {
    const id = await offline.comments.reply(commentId, body)
    if (options.resolve === true) await offline.comments.resolve(commentId)
    return id
  })
  const { client, ask } = await connect(context, options)
  const { comment } = await ask(client.comments.reply({ commentId, body }))
  if (options.resolve === true) await ask(client.comments.resolve({ commentId: comment.threadId }))
  const { green, dim } = context.out.style
  context.out.result({ comment, resolved: options.resolve === true }, () => `${green('✓')} ${options.resolve === true ? t('answered and resolved') : t('answered')}  ${dim(comment.id)}`)
}
