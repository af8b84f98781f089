/** `br webhooks create`: has the events of a project sent somewhere; the secret is shown once. */
import { Option } from 'commander'
import { collect, examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { tellSecret } from './describe.ts'
import { urlFrom } from './url.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

const FORMS = { standard: 'STANDARD', slack: 'SLACK', discord: 'DISCORD' } as const

export interface CreateOptions extends ServerOptions {
  for: keyof typeof FORMS
  kinds?: string[]
  description?: string
  quote?: boolean
}

export function define(command: Command): void {
  command
    .argument('<url>', 'where to; - reads it from the input: that of Slack and Discord is a secret')
    .addOption(new Option('--for <receiver>', 'who reads it: a program (Standard Webhooks), Slack or Discord').choices(Object.keys(FORMS)).default('standard'))
    .option('-k, --kinds <kinds>', 'only these events, e.g. comment.*,plan.changed (default: every event)', collect)
    .option('-d, --description <text>', 'what it is for')
    .option('--quote', 'messages to Slack and Discord quote the beginning of comments')
  serverOptions(command, { project: true })
  examples(command, [
    ['br webhooks create https://ci.example.com/hooks --kinds plan.changed', 'signed JSON for a program'],
    ['br webhooks create - --for slack --kinds "comment.*" --quote < url.txt', 'messages to a channel'],
  ])
}

export async function run(context: Context, { for: form, kinds, description, quote, ...options }: CreateOptions, [given = '']: string[]): Promise<void> {
  const url = await urlFrom(context, given)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const made = await connection.ask(connection.client.webhooks.create({ projectId, url, kind: FORMS[form], kinds, description, includeText: quote }))
  tellSecret(context, made, t('sends to'))
}
