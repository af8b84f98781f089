/** `br keys list`: your keys; an administrator sees those of the organisation. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { keyLine } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  all?: boolean
  limit: string
}

export function define(command: Command): void {
  command.option('--all', 'also those that were revoked or have expired').option('--limit <count>', 'at most so many, the newest', '100')
  serverOptions(command, { project: false })
  examples(command, [['br keys list', 'those that are accepted']])
}

export async function run(context: Context, { all, limit, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const keys = await reading(() => client.keys.list({ active: all === true ? undefined : true, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ keys }, () => (keys.length === 0 ? style.dim(t('No keys. br keys create NAME --scope ... makes one.')) : keys.map((key) => keyLine(key, style))))
}
