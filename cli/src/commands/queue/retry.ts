/** `br queue retry`: queues what failed anew. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { eachQueue, queueOf, writesNamed } from '../../offline/queues.ts'
import { resolveSettings } from '../../server/settings.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export function define(command: Command): void {
  command.argument('[writes...]', 'ids of failed writes, or how they begin (default: all)')
  serverOptions(command, { project: true })
  examples(command, [
    ['br queue retry', 'all that failed; br sync sends them'],
    ['br queue retry 0199b1f2', 'one'],
    ['br queue retry 0199b1f2 --override freeze --reason "Hotfix for 4711"', "in spite of a rule of the project's policy, on record"],
  ])
}

export async function run(context: Context, options: ServerOptions, ids: string[]): Promise<void> {
  const { baseUrl, projectId } = resolveSettings(context, options)
  const named = ids.length === 0 ? undefined : writesNamed(await eachQueue(context, baseUrl, projectId, queueOf), ids)
  const counts = await eachQueue(context, baseUrl, projectId, (offline) => offline.queue.retry(named, { override: context.override }))
  const queued = counts.reduce((sum, count) => sum + count, 0)
  const { green, dim } = context.out.style
  context.out.result({ queued }, () => `${green('✓')} ${t('{queued, plural, one {# write} other {# writes}} queued again', { queued })}  ${dim(queued > 0 ? t('br sync sends them') : '')}`.trimEnd())
}
