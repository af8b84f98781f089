/** The queues of this device: what was done offline and waits for the server, project by project. */
import { OfflineClient, type OfflineStore, type QueueItem, type SyncServer } from '@buildrunner/sdk/offline'
import { failure } from '../core/errors.ts'
import { withStore } from './session.ts'
import type { Context } from '../core/context.ts'

export interface ProjectQueue {
  projectId: string
  name: string
  /** Writes in the order in which they are sent, dead letters among them. */
  items: QueueItem[]
  /** Conflicts of writes that were sent, as far as this device knows. */
  conflicts: number
}

/** Reads or changes the queue of each project, or of the one that is named. Nobody is asked. */
export async function eachQueue<T>(context: Context, baseUrl: string, projectId: string | undefined, work: (offline: OfflineClient, name: string) => Promise<T>): Promise<T[]> {
  const results = await withStore(context, baseUrl, async (store) => {
    const done: T[] = []
    for (const { id, name } of await projectsOf(store, projectId)) {
      const offline = await OfflineClient.open({ server: NOBODY, store, projectId: id })
      try {
        done.push(await work(offline, name))
      } finally {
        await offline.close()
      }
    }
    return done
  }, { ifThere: true })
  return results ?? []
}

/** A project in the store is opened without a request. */
const NOBODY = {} as SyncServer

async function projectsOf(store: OfflineStore, reference: string | undefined): Promise<{ id: string; name: string }[]> {
  const [replicas, plans] = [await store.list('replicas'), await store.list('plans')]
  const known = replicas.filter(({ value }) => value.fetchedAt > 0).map(({ value: { projectId } }) => {
    const entry = plans.find(({ value }) => value.projectId === projectId)?.value
    return { id: projectId, name: entry?.name ?? projectId, slug: entry?.slug }
  })
  return reference === undefined ? known : known.filter(({ id, slug }) => id === reference || slug === reference)
}

export const queueOf = async (offline: OfflineClient, name: string): Promise<ProjectQueue> => ({
  projectId: offline.projectId, name, items: offline.queue.items(), conflicts: offline.queue.status().conflicts,
})

/** The ids of writes that were meant: the beginning of an id is enough. @throws WRITE_UNKNOWN */
export function writesNamed(queues: readonly ProjectQueue[], ids: readonly string[]): string[] {
  const all = queues.flatMap(({ items }) => items)
  return ids.map((id) => {
    const found = all.filter((item) => item.id.startsWith(id))
    if (found.length !== 1) throw failure('WRITE_UNKNOWN', { id, matches: found.length })
    return found[0]!.id
  })
}
