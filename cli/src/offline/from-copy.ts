/** Reading while the server is away: this device's copy answers, and says how old it is. Light: what reads a copy is loaded where there is one. */
import { CliError } from '../core/errors.ts'
import { hasStore } from './folder.ts'
import { t } from '../text/text.ts'
import type { OfflineClient, ProjectEntry, Read } from '@buildrunner/sdk/offline'
import type { Context } from '../core/context.ts'

const AWAY: ReadonlySet<string> = new Set(['NETWORK', 'TIMEOUT', 'SERVICE_UNAVAILABLE', 'CIRCUIT_OPEN'])

/** An answer; `asOf` only where it is that of the copy: ISO 8601. */
export interface Answer<T> {
  data: T
  asOf?: string
}

/** Asks the server, and the copy where it is away. @throws what the server's absence is told as, where there is no copy either */
async function orCopy<T>(context: Context, baseUrl: string, ask: () => Promise<T>, copy: () => Promise<{ data: T; fetchedAt: number } | undefined>): Promise<Answer<T>> {
  try {
    return { data: await ask() }
  } catch (error) {
    if (!(error instanceof CliError && AWAY.has(error.code)) || !hasStore(context, baseUrl)) throw error
    const known = await copy()
    if (known === undefined) throw error
    context.out.warn(t("{message} This is from this device's copy, {now} old.", { message: error.message, now: ageText(Date.now() - known.fetchedAt) }))
    return { data: known.data, asOf: new Date(known.fetchedAt).toISOString() }
  }
}

/** What is asked of a project, or what its copy holds. `read` answers with `fetchedAt` 0 where that was never read. */
export const ofProjectOrCopy = <T>(context: Context, { baseUrl, projectId }: { baseUrl: string; projectId: string }, ask: () => Promise<T>, read: (offline: OfflineClient) => Promise<Read<T>>): Promise<Answer<T>> =>
  orCopy(context, baseUrl, ask, async () => {
    const { eachQueue } = await import('./queues.ts')
    const [known] = await eachQueue(context, baseUrl, projectId, read)
    return known === undefined || known.asOf.fetchedAt === 0 ? undefined : { data: known.data, fetchedAt: known.asOf.fetchedAt }
  })

/** The projects that are asked for, or those that this device knows. */
export const projectsOrCopy = <T>(context: Context, baseUrl: string, ask: () => Promise<T>, of: (known: ProjectEntry[]) => T): Promise<Answer<T>> =>
  orCopy(context, baseUrl, ask, async () => {
    const { withStore } = await import('./session.ts')
    const known = await withStore(context, baseUrl, async (store) => (await store.list('plans')).map(({ value }) => value))
    if (known.length === 0) return undefined
    return { data: of(known.map(({ projectId: id, name, slug }) => ({ id, name, slug }))), fetchedAt: Math.min(...known.map(({ fetchedAt }) => fetchedAt)) }
  })

/** Takes what the server has just said into this device's copy of a project, if it has one. */
export async function refreshCopy(context: Context, { baseUrl, projectId }: { baseUrl: string; projectId: string }, keep: (offline: OfflineClient) => Promise<void>): Promise<void> {
  if (!hasStore(context, baseUrl)) return
  const { eachQueue } = await import('./queues.ts')
  // The answer is given already: a disk that is full is no reason to fail.
  await eachQueue(context, baseUrl, projectId, keep).catch((error: unknown) => {
    if (!(error instanceof CliError)) throw error
  })
}

/** `3 minutes`. */
export function ageText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return t('less than a minute')
  if (minutes < 120) return t('{count, plural, one {# minute} other {# minutes}}', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? t('{count, plural, one {# hour} other {# hours}}', { count: hours }) : t('{count, plural, one {# day} other {# days}}', { count: Math.floor(hours / 24) })
}
