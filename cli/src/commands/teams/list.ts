/** `br teams list`. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface ListOptions extends ServerOptions {
  search?: string
  limit: string
}

export function define(command: Command): void {
  command.option('--search <text>', 'only those whose name or slug contains it').option('--limit <count>', 'at most so many', '100')
  serverOptions(command, { project: false })
  examples(command, [['br teams list', 'br members list --team SLUG lists their members']])
}

export async function run(context: Context, { search, limit, ...options }: ListOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const teams = await reading(() => client.teams.list({ search, first: pageSize(count) }).toArray({ limit: count }))
  const { bold, dim } = context.out.style
  context.out.result({ teams }, () =>
    teams.length === 0 ? dim(t('No teams. br teams create NAME makes one.')) : table(teams.map(({ slug, name, memberCount }) => [bold(slug), oneLine(name), dim(t('{count, plural, one {# member} other {# members}}', { count: memberCount }))])),
  )
}
