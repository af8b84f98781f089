/** `br comments delete`: the text goes, its place in the thread stays. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { connect } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DeleteOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('<comment>', 'one of your own').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: false })
  examples(command, [['br comments delete cmt_01a2008b71a07f2ebe4265f046903171 --yes', 'without asking']])
}

export async function run(context: Context, { yes, ...options }: DeleteOptions, [commentId = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  await confirmDestructive(context, { what: `Deleting the comment ${commentId}`, yes })
  const { comment } = await ask(client.comments.delete({ commentId }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} deleted  ${dim(comment.id)}`)
}
