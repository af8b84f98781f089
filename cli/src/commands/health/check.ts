/** `br health check`: whether the server is well, and with `--all` everything that it needs and uses. Needs no key. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { table, type Style } from '../../core/style.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { HealthCheckData } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CheckOptions extends ServerOptions {
  all?: boolean
}

type Target = HealthCheckData['targets'][number]

export function define(command: Command): void {
  serverOptions(command, { project: false }).option('--all', 'every system that the server needs or uses, with its circuit breaker')
  examples(command, [
    ['br health check', 'exit code 7 when the server is not well'],
    ['br health check --all', 'database, replica, Redis, mail, model, issue and design providers'],
    ['br health check --base-url http://127.0.0.1:4000 --json', 'of a certain server, as data'],
  ])
}

export async function run(context: Context, options: CheckOptions): Promise<number> {
  const connection = await connect(context, { ...options, anonymous: true })
  const health = await connection.ask(connection.client.health.check())
  const { style } = context.out
  const { green, red, yellow, dim, bold } = style
  const well = /^(ok|healthy|pass|up)$/i.test(health.status)
  const row = (name: string, value: string): string[] => [dim(name), value]
  context.out.result({ ...health, baseUrl: connection.settings.baseUrl }, () => [
    `${well ? green('✓') : red('✗')} ${bold(connection.settings.baseUrl)}  ${well ? green(health.status) : red(health.status)}`,
    ...(health.mode === 'READ_ONLY' ? [`  ${yellow(t('Read-only: the primary database is away. Queries are answered from its replica, changes are refused.'))}`] : []),
    ...table([row('version', health.version), row('database', health.database), row('redis', health.redis), row('migrations', health.migrations)], { indent: 2 }),
    ...(options.all === true ? ['', ...table(health.targets.map((target) => targetRow(target, style)), { indent: 2 })] : []),
  ])
  return well ? EXIT.ok : EXIT.unavailable
}

const words = (value: string): string => value.toLowerCase().replaceAll('_', ' ')

function targetRow({ name, kind, status, latencyMs, message, breaker }: Target, { green, red, dim }: Style): string[] {
  const kindOf = words(kind) === name ? '' : dim(words(kind))
  if (status === 'NOT_CONFIGURED') return [dim('-'), name, '', dim(t('not configured'))]
  const circuit = breaker === null || breaker.state === 'CLOSED' ? '' : t('; circuit {state} after {failures} failures in a row', { state: words(breaker.state), failures: breaker.failures })
  return [status === 'OK' ? green('✓') : red('✗'), name, kindOf, status === 'OK' ? t('{latencyMs} ms', { latencyMs }) : `${red(message ?? t('failing'))}${circuit}`]
}
