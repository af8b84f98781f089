/** `br admin tenants`: every organisation on the server. */
import { examples, pageSize, readLimit, serverOptions, type ServerOptions } from '../../core/command.ts'
import { table } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface TenantsOptions extends ServerOptions {
  search?: string
  limit: string
}

export function define(command: Command): void {
  command.option('--search <text>', 'only those whose name or slug contains it').option('--limit <count>', 'at most so many', '100')
  serverOptions(command, { project: false })
  examples(command, [['br admin tenants --search acme', 'with tier and size']])
}

export async function run(context: Context, { search, limit, ...options }: TenantsOptions): Promise<void> {
  const count = readLimit(limit)
  const { client, reading } = await connect(context, options)
  const tenants = await reading(() => client.admin.listTenants({ search, first: pageSize(count) }).toArray({ limit: count }))
  const { style } = context.out
  context.out.result({ tenants }, () =>
    tenants.length === 0 ? style.dim(t('No organisation matches.')) : table(tenants.map(({ slug, name, tier, memberCount, projectCount }) => [style.bold(slug), oneLine(name), tier.toLowerCase(), t('{count, plural, one {# member} other {# members}}', { count: memberCount }), t('{count, plural, one {# project} other {# projects}}', { count: projectCount })])),
  )
}
