/** `br comments add`: begins a thread on an item. */
import { examples, offlineOption, serverOptions, type OfflineOptions } from '../../core/command.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { bodyFrom } from './body.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('<id>', 'the item it is about').argument('[text...]', 'markdown (default: what is piped in)')
  serverOptions(offlineOption(command), { project: true })
  examples(command, [
    ['br comments add T3 "Great work @ada! @role:QA please review."', 'with mentions'],
    ['br comments add T3 "On the train: looks right." --offline', 'queued until br sync'],
    ['git log -1 --format=%B | br comments add T3', 'a text from another program'],
  ])
}

export async function run(context: Context, options: OfflineOptions, [itemId = '', ...words]: string[]): Promise<void> {
  const body = await bodyFrom(context, words)
  if (options.offline === true) return (await import('./queued.ts')).queued(context, options, (offline) => offline.comments.add(itemId, body))
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { comment } = await connection.ask(connection.client.comments.add({ projectId, itemId, body }))
  const { green, dim } = context.out.style
  context.out.result({ comment }, () => `${green('✓')} ${t('commented on {itemKey}', { itemKey: comment.itemKey ?? itemId })}  ${dim(comment.id)}`)
}
