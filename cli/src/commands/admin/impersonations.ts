/** `br admin impersonations`: who acts as whom. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { impersonationLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  all?: boolean
  limit: string
}

export function define(command: Command): void {
  command.option('--all', 'also those that ended').option('--limit <count>', 'at most so many, the newest', '100')
  serverOptions(command, { project: false })
  examples(command, [['br admin impersonations', 'those that go on']])
}

export async function run(context: Context, { all, limit, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const impersonations = await reading(() => client.admin.listImpersonations({ running: all === true ? undefined : true, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ impersonations }, () => (impersonations.length === 0 ? style.dim(t('Nobody acts as somebody else.')) : impersonations.map((each) => impersonationLine(each, style))))
}
