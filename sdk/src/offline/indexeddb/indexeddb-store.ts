/** An offline store in a browser's IndexedDB, through Dexie; every tab of the origin shares it. */
import { Dexie, liveQuery } from 'dexie'
import type { Table } from 'dexie'
import { closedError, OfflineStoreError, StaleStoreError } from '../store/errors.ts'
import { abortedWait } from '../store/mutex.ts'
import { encodeOperations } from '../store/tables.ts'
import type { TableChange } from '../store/tables.ts'
import type { CommitOptions, ExclusiveOptions, OfflineRecords, OfflineStore, OfflineTable, StoreEntry, StoreOperation } from '../store/types.ts'
import { Watchers } from '../store/watchers.ts'

/** Of the tables in the browser. A change of it needs a new Dexie version below. */
const SCHEMA: Record<OfflineTable | 'meta', string> = {
  outbox: 'key', bases: 'key', replicas: 'key', plans: 'key', states: 'key', conflicts: 'key', healthSnapshots: 'key', meta: 'key',
}
/** The one record of `meta`. */
const REVISION = 'revision'

/** What is used of `navigator.locks`. */
interface WebLocks {
  request<R>(name: string, options: { ifAvailable?: boolean; signal?: AbortSignal }, work: (lock: object | null) => Promise<R>): Promise<R>
}

/**
 * Opens a store in IndexedDB, or makes one.
 *
 * @remarks A browser that is short of space may delete what a site keeps, writes that wait for the server included, unless
 * `navigator.storage.persist()` was granted: ask for it before people work offline.
 *
 * @param name of the database. Use one for each person who signs in. Default: `buildrunner`
 * @throws OfflineStoreError `STORE_UNAVAILABLE` where the browser has no IndexedDB or no Web Locks (a page that is not served over HTTPS),
 * `STORE_TOO_NEW`, `STORE_FULL`
 * @example
 * ```ts
 * const store = await indexedDbStore(`buildrunner-${userId}`)
 * ```
 */
export async function indexedDbStore(name = 'buildrunner'): Promise<OfflineStore> {
  const { locks } = globalThis.navigator as { locks?: WebLocks }
  if (locks === undefined) throw new OfflineStoreError({ code: 'STORE_UNAVAILABLE', message: 'The offline store needs Web Locks: serve the page over HTTPS.' })
  const store = new IndexedDbStore(name, locks)
  await store.open()
  return store
}

class IndexedDbStore implements OfflineStore {
  readonly #db: Dexie
  readonly #locks: WebLocks
  readonly #watchers = new Watchers()
  #stopWatching: (() => void) | undefined
  /** The last revision that was seen; watchers were told of it. */
  #told = 0
  #isClosed = false

  constructor(name: string, locks: WebLocks) {
    this.#locks = locks
    // Strict: a browser would else answer before the commit is on the disk.
    this.#db = new Dexie(name, { chromeTransactionDurability: 'strict' })
    this.#db.version(1).stores(SCHEMA)
  }

  async open(): Promise<void> {
    await this.#guarded(() => this.#db.open())
    if (this.#db.verno > 1) throw new OfflineStoreError({ code: 'STORE_TOO_NEW', message: `A newer version made the database ${this.#db.name}: reload the page.` })
    this.#told = await this.revision()
  }

  async list<T extends OfflineTable>(table: T, prefix = ''): Promise<StoreEntry<T>[]> {
    const rows = this.#table(table)
    const end = endOf(prefix)
    return this.#guarded(() => (end === undefined ? rows.where('key').aboveOrEqual(prefix) : rows.where('key').between(prefix, end)).toArray()) as Promise<StoreEntry<T>[]>
  }

  async get<T extends OfflineTable>(table: T, key: string): Promise<OfflineRecords[T] | undefined> {
    const row = await this.#guarded(() => this.#table(table).get(key))
    return row?.value as OfflineRecords[T] | undefined
  }

  async revision(): Promise<number> {
    const row = await this.#guarded(() => this.#table('meta').get(REVISION))
    return (row?.value as number | undefined) ?? 0
  }

  async commit(operations: readonly StoreOperation[], { expected }: CommitOptions = {}): Promise<number> {
    const meta = this.#table('meta')
    const changes = encodeOperations(operations)
    const tables = new Set(changes.map(([table]) => table))
    const revision = await this.#guarded(() =>
      this.#db.transaction('rw', [...tables, 'meta'], async () => {
        const revision = ((await meta.get(REVISION))?.value as number | undefined) ?? 0
        if (expected !== undefined && expected !== revision) throw new StaleStoreError(expected, revision)
        if (changes.length === 0) return revision
        await Promise.all([...tables].map((table) => apply(this.#db.table(table), changes.filter(([name]) => name === table))))
        await meta.put({ key: REVISION, value: revision + 1 })
        return revision + 1
      }),
    )
    this.#tell(revision)
    return revision
  }

  watch(listener: (revision: number) => void): () => void {
    const meta = this.#table('meta')
    // What other tabs commit is told by Dexie, over a BroadcastChannel.
    const query = liveQuery(() => meta.get(REVISION))
    this.#stopWatching ??= startSubscription(query, (row) => this.#tell((row?.value as number | undefined) ?? 0))
    const remove = this.#watchers.add(listener)
    return () => {
      remove()
      if (this.#watchers.size === 0) this.#endWatch()
    }
  }

  async exclusive<R>(name: string, work: () => Promise<R>, { wait = true, signal }: ExclusiveOptions = {}): Promise<R | undefined> {
    this.#assertOpen()
    if (signal?.aborted === true) throw abortedWait(signal)
    let isIn = false
    const enter = async (lock: object | null): Promise<R | undefined> => {
      isIn = true
      return lock === null ? undefined : work()
    }
    try {
      // The two options exclude each other; what does not wait needs no signal.
      return await this.#locks.request(`${this.#db.name}/${name}`, wait ? { signal } : { ifAvailable: true }, enter)
    } catch (error) {
      if (!isIn && isAborted(signal)) throw abortedWait(signal)
      throw error
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#endWatch()
    this.#watchers.clear()
    this.#db.close()
  }

  #table(name: OfflineTable | 'meta'): Table<Row, string> {
    this.#assertOpen()
    return this.#db.table(name)
  }

  #tell(revision: number): void {
    if (revision <= this.#told) return
    this.#told = revision
    this.#watchers.tell(revision)
  }

  #endWatch(): void {
    this.#stopWatching?.()
    this.#stopWatching = undefined
  }

  #assertOpen(): void {
    if (this.#isClosed) throw closedError()
  }

  async #guarded<R>(work: () => PromiseLike<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof OfflineStoreError ? error : failureOf(error, this.#db.name)
    }
  }
}

interface Row { key: string; value: unknown }

/** Puts and deletions of one table; of one key the last counts, as if they were done one by one. */
async function apply(table: Table<Row, string>, changes: readonly TableChange[]): Promise<void> {
  const last = new Map(changes.map((change) => [change[1], change]))
  const rows = [...last.values()].flatMap(([, key, json]) => (json === undefined ? [] : [{ key, value: JSON.parse(json) as unknown }]))
  const deleted = [...last.values()].flatMap(([, key, json]) => (json === undefined ? [key] : []))
  await Promise.all([rows.length > 0 && table.bulkPut(rows), deleted.length > 0 && table.bulkDelete(deleted)])
}

/** The first key after all that begin with `prefix`; undefined when there is none. */
function endOf(prefix: string): string | undefined {
  const stem = prefix.replace(/\uffff+$/, '')
  return stem === '' ? undefined : stem.slice(0, -1) + String.fromCharCode(stem.charCodeAt(stem.length - 1) + 1)
}

function startSubscription<T>(query: { subscribe(next: (value: T) => void, error: () => void): { unsubscribe(): void } }, next: (value: T) => void): () => void {
  // A query that fails ends the watch: whoever reads next is told what is wrong.
  const subscription = query.subscribe(next, () => undefined)
  return () => subscription.unsubscribe()
}

function failureOf(error: unknown, name: string): OfflineStoreError {
  const names = [error, (error as { inner?: unknown } | undefined)?.inner].map((each) => (each as { name?: unknown } | undefined)?.name)
  const details = { name }
  if (names.includes('VersionError')) return new OfflineStoreError({ code: 'STORE_TOO_NEW', message: `A newer version made the database ${name}: reload the page.`, details, cause: error })
  if (names.includes('QuotaExceededError')) return new OfflineStoreError({ code: 'STORE_FULL', message: 'The browser gives this site no more space.', details, cause: error })
  return new OfflineStoreError({ code: 'STORE_UNAVAILABLE', message: `The database ${name} cannot be used: ${String(error)}`, details, cause: error })
}

const isAborted = (signal: AbortSignal | undefined): signal is AbortSignal => signal?.aborted === true
