/** `br comments attach`: a link beside the text. */
import { Option, type Command } from 'commander'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { CommentsAttachVariables } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'

const KINDS = ['pull-request', 'file', 'test-result', 'link']

export interface AttachOptions extends ServerOptions {
  kind: string
  title?: string
}

export function define(command: Command): void {
  command
    .argument('<comment>', 'what it is attached to')
    .argument('<url>', 'http or https')
    .addOption(new Option('--kind <kind>', 'what it leads to').choices(KINDS).default('link'))
    .option('--title <text>', 'text of the link')
  serverOptions(command, { project: false })
  examples(command, [['br comments attach cmt_01a2008b71a07f2ebe4265f046903171 https://git.example.com/web/pull/42 --kind pull-request', 'a pull request']])
}

export async function run(context: Context, { kind, title, ...options }: AttachOptions, [commentId = '', url = '']: string[]): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { comment } = await ask(client.comments.attach({ commentId, url, title, kind: kind.toUpperCase().replace('-', '_') as CommentsAttachVariables['kind'] }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${t('attached {url}', { url: comment.attachments.at(-1)?.url ?? url })}  ${dim(comment.id)}`)
}
