/** `br webhooks edit`: changes a webhook, disables it or enables it again. */
import { collect, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { webhookLine } from './describe.ts'
import { urlFrom } from './url.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface EditOptions extends ServerOptions {
  url?: string
  kinds?: string[]
  allKinds?: boolean
  description?: string
  enable?: boolean
  disable?: boolean
}

export function define(command: Command): void {
  command
    .argument('<webhook>', 'its id (br webhooks list)')
    .option('--url <url>', 'where to; - reads it from the input')
    .option('-k, --kinds <kinds>', 'only these events, e.g. comment.*,plan.changed', collect)
    .option('--all-kinds', 'every event')
    .option('-d, --description <text>', 'what it is for')
    .option('--enable', 'send again')
    .option('--disable', 'send nothing')
  serverOptions(command, { project: false })
  examples(command, [
    ['br webhooks edit whk_01a2… --kinds "comment.*"', 'comments alone'],
    ['br webhooks edit whk_01a2… --enable', 'after its receiver was repaired'],
  ])
}

export async function run(context: Context, { url, kinds, allKinds, description, enable, disable, ...options }: EditOptions, [webhookId = '']: string[]): Promise<void> {
  if (enable === true && disable === true) throw failure('USAGE', { text: t('--enable and --disable exclude each other.') })
  if (kinds !== undefined && allKinds === true) throw failure('USAGE', { text: t('--kinds and --all-kinds exclude each other.') })
  const changes = {
    url: url === undefined ? undefined : await urlFrom(context, url), kinds: allKinds === true ? null : kinds, description, enabled: enable === true ? true : disable === true ? false : undefined,
  }
  const { client, ask } = await connect(context, options)
  const { webhook } = await ask(client.webhooks.update({ webhookId, ...changes }))
  const { style } = context.out
  context.out.result({ webhook }, () => `${style.green('✓')} ${webhookLine(webhook, style)}`)
}
