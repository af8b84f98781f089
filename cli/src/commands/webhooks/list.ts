/** `br webhooks list`: where the events of a project are sent to. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { webhookLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  limit: string
}

export function define(command: Command): void {
  command.option('--limit <count>', 'at most so many, the newest', '100')
  serverOptions(command, { project: true })
  examples(command, [['br webhooks list', 'those of this project, and whether they work']])
}

export async function run(context: Context, { limit, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const webhooks = await connection.reading(() => connection.client.webhooks.list({ projectId, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ webhooks }, () => (webhooks.length === 0 ? style.dim(t('No webhooks. br webhooks create URL makes one.')) : webhooks.map((webhook) => webhookLine(webhook, style))))
}
