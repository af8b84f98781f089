/** Projects and plans to look at, also those that are not worked on here. */
import { unflattenPlan } from '../domain/plans/flat.ts'
import type { Plan } from '../domain/plans/types.ts'
import { errorOf } from '../errors.ts'
import type { Replica } from './replica.ts'
import type { ProjectEntry, ServerCall, SyncServer } from './server.ts'
import type { OfflineStore, PlanCacheItem } from './store/types.ts'
import type { AsOf, Read, ReadOptions } from './types.ts'

type Kept = { readonly server: SyncServer; readonly store: OfflineStore; readonly now: () => number }

/** What browsing needs of the client. */
export interface BrowseParts extends Kept {
  readonly replica: Replica
  readonly ask: <Answer>(options: ReadOptions | undefined, request: (call: ServerCall) => Promise<Answer>) => Promise<Answer | undefined>
}

const keyOf = (id: string): string => `${id}/`

/** The node id of a project that this store knows. */
export async function cachedProject(store: OfflineStore, reference: string): Promise<string | undefined> {
  return (await store.list('plans')).find(({ value }) => value.projectId === reference || value.slug === reference)?.value.projectId
}

/** Asks for the slug of a project that was first opened without the server, under its node id alone. */
export async function nameProject(kept: Kept, projectId: string, call: ServerCall): Promise<void> {
  const known = await kept.store.get('plans', keyOf(projectId))
  if (known === undefined || known.slug === projectId) await OfflineBrowser.fetch(kept, projectId, call)
}

/** `offline.browse`. */
export class OfflineBrowser {
  readonly #parts: BrowseParts

  /** @internal */
  constructor(parts: BrowseParts) {
    this.#parts = parts
  }

  /** Asks the server for a project and remembers it. @internal */
  static async fetch({ server, store, now }: Kept, reference: string, call?: ServerCall): Promise<ProjectEntry> {
    const entry = await server.project(reference, call)
    await keep(store, [entry], now())
    return entry
  }

  /** The projects that one may see. */
  async projects(options?: ReadOptions): Promise<Read<ProjectEntry[]>> {
    const { server, store, ask, now } = this.#parts
    const fresh = await ask(options, (call) => server.projects(call))
    if (fresh !== undefined) await keep(store, fresh, now())
    const cached = (await store.list('plans')).map(({ value }) => value)
    const data = fresh ?? cached.map(({ projectId, name, slug }) => ({ id: projectId, name, slug }))
    const fetchedAt = cached.reduce((oldest, item) => Math.min(oldest, item.fetchedAt), now())
    return { data, asOf: this.#asOf(null, fetchedAt, fresh !== undefined) }
  }

  /**
   * The plan of another project, as it was when it was last looked at.
   *
   * @throws NotFoundError when the server is away and it was never looked at here
   */
  async plan(reference: string, options?: ReadOptions): Promise<Read<Plan>> {
    const { server, store, ask, now, replica } = this.#parts
    const id = (await cachedProject(store, reference)) ?? (await ask(options, (call) => OfflineBrowser.fetch({ server, store, now }, reference, call)))?.id
    if (id === replica.projectId) return { data: unflattenPlan(replica.view.plan), asOf: this.#asOf(replica.base.sequence, replica.record.fetchedAt, false) }
    const fresh = id === undefined ? undefined : await ask(options, (call) => server.pull(id, 0, call))
    const cached = id === undefined ? undefined : await store.get('plans', keyOf(id))
    if (fresh?.document && cached) {
      const value: PlanCacheItem = { ...cached, sequence: fresh.sequence, document: fresh.document, fetchedAt: now() }
      await store.commit([{ op: 'put', table: 'plans', key: keyOf(value.projectId), value }])
      return { data: fresh.document, asOf: this.#asOf(fresh.sequence, value.fetchedAt, true) }
    }
    if (!cached?.document) throw errorOf({ code: 'NOT_FOUND', message: `The plan of ${JSON.stringify(reference)} was never read on this device, and the server is away.`, path: ['reference'] })
    return { data: cached.document, asOf: this.#asOf(cached.sequence, cached.fetchedAt, false) }
  }

  #asOf(sequence: number | null, fetchedAt: number, isFresh: boolean): AsOf {
    return { sequence, fetchedAt, ageMs: Math.max(0, this.#parts.now() - fetchedAt), source: isFresh ? 'server' : 'cache' }
  }
}

async function keep(store: OfflineStore, entries: readonly ProjectEntry[], fetchedAt: number): Promise<void> {
  const values = await Promise.all(entries.map(async ({ id, name, slug }): Promise<PlanCacheItem> => {
    const known = await store.get('plans', keyOf(id))
    return { projectId: id, name, slug, sequence: known?.sequence ?? null, document: known?.document ?? null, fetchedAt: known?.document ? known.fetchedAt : fetchedAt }
  }))
  await store.commit(values.map((value) => ({ op: 'put', table: 'plans', key: keyOf(value.projectId), value })))
}
