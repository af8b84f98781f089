/** `br comments history`: what a comment said before it was edited. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { when } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<comment>', 'the comment')
  serverOptions(command, { project: false })
  examples(command, [['br comments history cmt_01a2008b71a07f2ebe4265f046903171', 'the newest text first']])
}

export async function run(context: Context, options: ServerOptions, [commentId = '']: string[]): Promise<void> {
  const { client, reading } = await connect(context, options)
  const [comment, revisions] = await reading(() => Promise.all([client.comments.get({ commentId }).orThrow(), client.comments.revisions({ commentId, first: 100 }).toArray()]))
  const { bold, dim } = context.out.style
  const now = { body: comment.body, writtenAt: comment.editedAt ?? comment.createdAt, writtenBy: comment.editedBy ?? comment.author }
  context.out.result({ comment, revisions }, () =>
    [now, ...revisions].flatMap(({ body, writtenAt, writtenBy }) => [`${bold(writtenBy.name)}  ${dim(when(writtenAt))}`, ...(body ?? dim(t('deleted'))).trimEnd().split('\n').map((line) => `  ${line}`)]),
  )
}
