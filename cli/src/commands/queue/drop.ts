/** `br queue drop`: forgets writes that failed, or were never sent. */
import { confirmDestructive } from '../../core/prompts.ts'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { eachQueue, queueOf, writesNamed } from '../../offline/queues.ts'
import { resolveSettings } from '../../server/settings.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface DropOptions extends ServerOptions {
  yes?: boolean
}

export function define(command: Command): void {
  command.argument('[writes...]', 'ids of writes, or how they begin (default: all that failed)').option('-y, --yes', 'do not ask')
  serverOptions(command, { project: true })
  examples(command, [
    ['br queue drop', 'all that failed'],
    ['br queue drop 0199b1f2 --yes', 'one; a write that the server may have is kept'],
  ])
}

export async function run(context: Context, options: DropOptions, ids: string[]): Promise<void> {
  const { baseUrl, projectId } = resolveSettings(context, options)
  const queues = await eachQueue(context, baseUrl, projectId, queueOf)
  const named = ids.length > 0 ? writesNamed(queues, ids) : queues.flatMap(({ items }) => items.filter(({ state }) => state === 'failed').map(({ id }) => id))
  if (named.length > 0) await confirmDestructive(context, { what: t('Dropping {named, plural, one {# write} other {# writes}}', { named: named.length }), yes: options.yes })
  const counts = await eachQueue(context, baseUrl, projectId, (offline) => offline.queue.drop(named))
  const dropped = counts.reduce((sum, count) => sum + count, 0)
  const { green, yellow } = context.out.style
  const kept = named.length - dropped
  context.out.result({ dropped, kept }, () => [
    `${green('✓')} ${t('{dropped, plural, one {# write} other {# writes}} dropped', { dropped })}`,
    ...(kept > 0 ? [`${yellow('!')} ${t('{kept, plural, one {# write} other {# writes}} kept: the server may have them already', { kept })}`] : []),
  ])
}
