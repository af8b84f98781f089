/** `br qa preview`: where a milestone can be looked at before it is released. */
import { Argument, Option, type Command } from 'commander'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { table } from '../../core/style.ts'
import { oneLine } from '../../plan/describe.ts'
import { commitState } from '../../qa/git.ts'
import { connect, type Connection } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { readDuration } from '../keys/duration.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Preview } from '@buildrunner/sdk'

const VERBS = ['add', 'list'] as const
const STATUSES = { pending: 'PENDING', building: 'BUILDING', ready: 'READY', error: 'ERROR', cancelled: 'CANCELLED' } as const

export interface PreviewOptions extends ServerOptions {
  status: keyof typeof STATUSES
  provider?: string
  expires?: string
  update?: string
}

export function define(command: Command): void {
  command
    .addArgument(new Argument('<verb>', 'what to do').choices(VERBS))
    .argument('[id]', 'the milestone')
    .argument('[url]', 'where it is looked at')
    .addOption(new Option('--status <status>', 'what has become of it').choices(Object.keys(STATUSES)).default('ready'))
    .option('--provider <name>', 'who serves it')
    .option('--expires <time>', 'how long it stays: 3d, 2w (default: a week)')
    .option('--update <preview>', 'an earlier one, which is said something new of')
  serverOptions(command, { project: true })
  examples(command, [
    ['br qa preview add M2 https://pr-42.example.com --provider vercel', 'from CI, after a deployment'],
    ['br qa preview list M2', 'what there is to look at'],
  ])
}

export async function run(context: Context, options: PreviewOptions, [verb, itemId, url]: string[]): Promise<void> {
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { out } = context
  const previews = verb === 'list' ? await list(connection, projectId, itemId) : [await add(context, connection, options, { projectId, itemId, url })]
  const { green, yellow, bold, dim } = out.style
  const row = ({ id, itemKey, url: address, status, isExpired, expiresAt }: Preview): string[] => [
    status === 'READY' && !isExpired ? green('✓') : yellow('!'), bold(oneLine(itemKey ?? '')), oneLine(address), isExpired ? yellow(t('expired')) : status.toLowerCase(), dim(t('until {expiresAt}', { expiresAt: expiresAt.slice(0, 10) })), dim(id),
  ]
  out.result(verb === 'list' ? { previews } : { preview: previews[0] }, () => (previews.length === 0 ? dim(t('No previews.')) : table(previews.map(row))))
}

const list = ({ client, reading }: Connection, projectId: string, itemId: string | undefined): Promise<Preview[]> => reading(() => client.qa.listPreviews({ projectId, itemId }).toArray({ limit: 100 }))

async function add(context: Context, { client, ask }: Connection, options: PreviewOptions, { projectId, itemId, url }: { projectId: string; itemId: string | undefined; url: string | undefined }): Promise<Preview> {
  if (itemId === undefined || url === undefined) throw failure('USAGE', { text: t('A preview needs a milestone and an address.'), remedy: 'br qa preview add M2 https://…' })
  const { commit = null, branch = null } = (await commitState(context.cwd, context.env)) ?? {}
  const expiresAt = options.expires === undefined ? undefined : new Date(Date.now() + readDuration('--expires', options.expires) * 1000).toISOString()
  const { preview } = await ask(client.qa.recordPreview({ projectId, itemId, url, status: STATUSES[options.status], provider: options.provider, commit, branch, expiresAt, id: options.update }))
  return preview
}
