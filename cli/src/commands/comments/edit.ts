/** `br comments edit`: another text; the one before is kept. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { bodyFrom } from './body.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<comment>', 'one of your own').argument('[text...]', 'markdown (default: what is piped in)')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [['br comments edit cmt_01a2008b71a07f2ebe4265f046903171 "Done in #43."', 'br comments history shows what it said']])
}

export async function run(context: Context, options: OfflineOptions, [commentId = '', ...words]: string[]): Promise<void> {
  const body = await bodyFrom(context, words)
  if (options.offline === true) return (await import('./queued.ts')).queued(context, options, (offline) => offline.comments.edit(commentId, body))
  const { client, ask } = await connect(context, options)
  const { comment } = await ask(client.comments.edit({ commentId, body }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${t('edited')}  ${dim(comment.id)}`)
}
