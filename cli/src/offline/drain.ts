/** Sending what was queued offline, as a part of `br sync`. */
import { withProject, withStore } from './session.ts'
import { oneLine } from '../plan/describe.ts'
import { t } from '../text/text.ts'
import type { QueueItem } from '@buildrunner/sdk/offline'
import type { Context } from '../core/context.ts'
import type { Style } from '../core/style.ts'
import type { Connection } from '../server/connection.ts'

export interface DrainOptions {
  /** Dead letters are queued anew first. */
  retryFailed: boolean
}

export interface QueueReport {
  projectId: string
  /** Of this device's copy of the project, after it. */
  sequence: number
  /** Writes that stand now. */
  applied: number
  /** Conflicts that wait for a decision. */
  conflicts: number
  /** Writes that wait on. */
  waiting: number
  /** Dead letters, with their reasons. */
  failed: QueueItem[]
}

/** Sends what waits, if anything does, or failed and is to be tried again. */
export async function drainIfQueued(context: Context, connection: Connection, projectId: string, options: DrainOptions): Promise<QueueReport | undefined> {
  const queued = await withStore(context, connection.settings.baseUrl, (store) => store.list('outbox', `${projectId}/`), { ifThere: true })
  return queued !== undefined && queued.length > 0 ? drainQueue(context, connection, projectId, options) : undefined
}

/** Sends what waits, and brings this device's copy of the project up to date. */
export function drainQueue(context: Context, connection: Connection, projectId: string, { retryFailed }: DrainOptions): Promise<QueueReport> {
  return withProject(context, connection, projectId, async (offline) => {
    if (retryFailed) await offline.queue.retry()
    const { applied, sequence } = await offline.sync()
    const { queued, conflicts } = offline.queue.status()
    return { projectId: offline.projectId, sequence, applied, conflicts, waiting: queued, failed: offline.queue.items().filter(({ state }) => state === 'failed') }
  })
}

export const needsDecision = ({ conflicts, failed }: QueueReport): boolean => conflicts > 0 || failed.length > 0

export function queueLines({ applied, conflicts, waiting, failed, sequence }: QueueReport, style: Style): string[] {
  const facts = [`${style.cyan('↑')} ${t('{applied, plural, one {# queued write} other {# queued writes}} sent', { applied })}`, ...(waiting > 0 ? [t('{waiting} waiting', { waiting })] : []), ...(conflicts > 0 ? [style.red(t('{count, plural, one {# conflict} other {# conflicts}}', { count: conflicts }))] : [])]
  return [
    `${conflicts + failed.length > 0 ? style.yellow('!') : style.green('✓')} ${facts.join('   ')}   ${style.dim(t('at {sequence}', { sequence }))}`,
    ...failed.map(({ id, label, error }) => `${style.red('✗')} ${style.dim(id.slice(0, 8))}  ${oneLine(label)}  ${style.dim(`${error?.code ?? ''}: ${oneLine(error?.message ?? '')}`)}`),
    ...(conflicts > 0 ? [style.dim(t('br conflicts resolve decides.'))] : []),
    ...(failed.length > 0 ? [style.dim(t('br sync --retry-failed tries again; br queue drop forgets.'))] : []),
  ]
}
