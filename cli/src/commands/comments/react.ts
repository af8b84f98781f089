/** `br comments react`: an emoji says it. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { reactionsText } from './describe.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ReactOptions extends OfflineOptions {
  remove?: boolean
}

export function define(command: Command): void {
  command.argument('<comment>', 'what it is about').argument('<emoji>', 'one emoji').option('--remove', 'take it back')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [['br comments react cmt_01a2008b71a07f2ebe4265f046903171 🎉', 'once, however often it is said']])
}

export async function run(context: Context, { remove, ...options }: ReactOptions, [commentId = '', emoji = '']: string[]): Promise<void> {
  if (options.offline === true) return (await import('./queued.ts')).queued(context, options, (offline) => offline.comments.react(commentId, emoji, remove !== true))
  const { client, ask } = await connect(context, options)
  const { comment } = await ask(client.comments[remove === true ? 'unreact' : 'react']({ commentId, emoji }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${reactionsText(comment) || 'no reactions'}  ${dim(comment.id)}`)
}
