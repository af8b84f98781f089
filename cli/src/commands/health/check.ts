/** `br health check`: database, Redis, migrations and version of the server. Needs no key. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { table } from '../../core/style.ts'
import { connect } from '../../server/connection.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CheckOptions extends ServerOptions {
  all?: boolean
}

export function define(command: Command): void {
  serverOptions(command, { project: false }).option('--all', 'every part (they are always shown)')
  examples(command, [
    ['br health check', 'exit code 7 when the server is not well'],
    ['br health check --base-url http://127.0.0.1:4000 --json', 'of a certain server, as data'],
  ])
}

export async function run(context: Context, options: CheckOptions): Promise<number> {
  const connection = await connect(context, { ...options, anonymous: true })
  const health = await connection.ask(connection.client.health.check())
  const { green, red, dim, bold } = context.out.style
  const well = /^(ok|healthy|pass|up)$/i.test(health.status)
  const row = (name: string, value: string): string[] => [dim(name), value]
  context.out.result({ ...health, baseUrl: connection.settings.baseUrl }, () => [
    `${well ? green('✓') : red('✗')} ${bold(connection.settings.baseUrl)}  ${well ? green(health.status) : red(health.status)}`,
    ...table([row('version', health.version), row('database', health.database), row('redis', health.redis), row('migrations', health.migrations)], {
      indent: 2,
    }),
  ])
  return well ? EXIT.ok : EXIT.unavailable
}
