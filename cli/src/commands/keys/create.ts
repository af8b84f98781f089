/** `br keys create`: makes an API key; it is shown once. */
import { collect, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { readDuration } from './duration.ts'
import { tellSecret } from './describe.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface CreateOptions extends ServerOptions {
  scope?: string[]
  expires?: string
}

export function define(command: Command): void {
  command
    .argument('<name>', 'what it is for')
    .option('-s, --scope <scopes>', 'what it may do, e.g. planner.read,builder.run; * for all that you may do', collect)
    .option('-p, --project <project>', 'bind it to this project (default: all projects that you can see)')
    .option('--expires <duration>', 'how long it is accepted, e.g. 90d (default: until it is revoked)')
  serverOptions(command, { project: false })
  examples(command, [
    ['br keys create CI --scope planner.read,builder.run -p website --expires 90d', 'for one project, for three months'],
    ['br keys create CI --scope planner.read | gh secret set BUILDRUNNER_API_KEY', 'straight to where it is kept'],
  ])
}

export async function run(context: Context, { scope: scopes = [], expires, project, ...options }: CreateOptions, [name = '']: string[]): Promise<void> {
  if (scopes.length === 0) throw failure('USAGE', { text: t('A key needs at least one --scope.'), remedy: t('E.g. --scope planner.read,builder.run, or --scope "*" for all that you may do.') })
  const expiresAt = expires === undefined ? undefined : new Date(Date.now() + readDuration('--expires', expires) * 1_000).toISOString()
  const { client, ask } = await connect(context, options)
  const made = await ask(client.keys.create({ name, scopes, projectId: project ?? null, expiresAt }))
  tellSecret(context, made, t('key {name}: {scopes}', { name: made.apiKey.name, scopes: made.apiKey.scopes.join(', ') }))
}
