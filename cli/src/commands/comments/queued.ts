/** What is said of a comment that waits for the server. */
import { withProjectOffline } from '../../offline/session.ts'
import { t } from '../../text/text.ts'
import type { OfflineClient } from '@buildrunner/sdk/offline'
import type { ServerOptions } from '../../core/command.ts'
import type { Context } from '../../core/context.ts'

/** Queues it. @param work answers the id of the comment that it makes, if it makes one */
export async function queued(context: Context, options: ServerOptions, work: (offline: OfflineClient) => Promise<string | void>): Promise<void> {
  const { id, count } = await withProjectOffline(context, options, async (offline) => ({ id: (await work(offline)) ?? null, count: offline.queue.status().queued }))
  const { green, dim } = context.out.style
  context.out.result({ commentId: id, queued: count }, () => `${green('✓')} ${t('queued; br sync sends it{what}', { what: id === null ? '' : `  ${dim(id)}` })}`)
}
