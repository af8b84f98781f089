/**
 * An offline store in a browser's IndexedDB, through Dexie; every tab of the origin shares it.
 *
 * It is a journal, as the file store is: one row a commit, and now and then all of them replaced by a few rows that say the same. Each tab
 * answers from memory, after it has read the rows that it does not know. To read 10,000 rows, one a record, takes a browser half a second;
 * to read ten rows with a thousand records each takes it some milliseconds.
 */
import { Dexie, liveQuery } from 'dexie'
import type { Table } from 'dexie'
import { closedError, OfflineStoreError, StaleStoreError } from '../store/errors.ts'
import { abortedWait, Mutex } from '../store/mutex.ts'
import { decodeChanges, encodeChanges, encodeOperations, Tables } from '../store/tables.ts'
import type { CommitOptions, ExclusiveOptions, OfflineRecords, OfflineStore, OfflineTable, StoreEntry, StoreOperation } from '../store/types.ts'
import { Watchers } from '../store/watchers.ts'

/** What reading one more row costs, in characters of its text. */
const ROW_COST = 2000

/** Changes of one commit, or a part of everything as of its revision. */
interface Row { revision: number; part: number; text: string }
/** The one record of `meta`. */
interface Meta {
  key: 'journal'
  /** Of the last commit. */
  revision: number
  /** As of which the journal was last written anew. */
  start: number
  /** What it costs to read what was there then, and what was appended since. */
  initial: number
  appended: number
}
const NEW: Meta = { key: 'journal', revision: 0, start: 0, initial: 0, appended: 0 }

/** What is used of `navigator.locks`. */
interface WebLocks {
  request<R>(name: string, options: { ifAvailable?: boolean; signal?: AbortSignal }, work: (lock: object | null) => Promise<R>): Promise<R>
}

/** How an IndexedDB store is opened. */
export interface IndexedDbStoreOptions {
  /** The journal is written anew when it has grown by about this many bytes, and to double its size. Default: 1 MB. */
  compactAfterBytes?: number
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
export async function indexedDbStore(name = 'buildrunner', { compactAfterBytes = 1_000_000 }: IndexedDbStoreOptions = {}): Promise<OfflineStore> {
  const { locks } = globalThis.navigator as { locks?: WebLocks }
  if (locks === undefined) throw new OfflineStoreError({ code: 'STORE_UNAVAILABLE', message: 'The offline store needs Web Locks: serve the page over HTTPS.' })
  const store = new IndexedDbStore(name, locks, compactAfterBytes)
  await store.open()
  return store
}

class IndexedDbStore implements OfflineStore {
  readonly #db: Dexie
  readonly #meta: Table<Meta, string>
  readonly #journal: Table<Row, [number, number]>
  readonly #locks: WebLocks
  readonly #compactAfter: number
  readonly #watchers = new Watchers()
  /** One at a time reads on, so that rows are taken in their order. */
  readonly #turns = new Mutex()
  #stopWatching: (() => void) | undefined
  #tables = new Tables()
  #revision = 0
  /** The last revision that watchers were told of. */
  #told = 0
  #isClosed = false

  constructor(name: string, locks: WebLocks, compactAfter: number) {
    this.#locks = locks
    this.#compactAfter = compactAfter
    // Strict: a browser would else answer before the commit is on the disk.
    this.#db = new Dexie(name, { chromeTransactionDurability: 'strict' })
    this.#db.version(1).stores({ meta: 'key', journal: '[revision+part]' })
    this.#meta = this.#db.table('meta')
    this.#journal = this.#db.table('journal')
  }

  async open(): Promise<void> {
    await this.#guarded(() => this.#db.open())
    if (this.#db.verno > 1) throw new OfflineStoreError({ code: 'STORE_TOO_NEW', message: `A newer version made the database ${this.#db.name}: reload the page.` })
    this.#told = await this.revision()
  }

  async list<T extends OfflineTable>(table: T, prefix = ''): Promise<StoreEntry<T>[]> {
    await this.#read()
    return this.#tables.list(table, prefix)
  }

  async get<T extends OfflineTable>(table: T, key: string): Promise<OfflineRecords[T] | undefined> {
    await this.#read()
    return this.#tables.get(table, key)
  }

  async revision(): Promise<number> {
    await this.#read()
    return this.#revision
  }

  async commit(operations: readonly StoreOperation[], { expected }: CommitOptions = {}): Promise<number> {
    this.#assertOpen()
    const changes = encodeOperations(operations)
    const text = encodeChanges(changes)
    const write = async (): Promise<Meta> => {
      const meta = await this.#refresh()
      if (expected !== undefined && expected !== meta.revision) throw new StaleStoreError(expected, meta.revision)
      if (changes.length === 0) return meta
      const next = { ...meta, revision: meta.revision + 1, appended: meta.appended + text.length + ROW_COST }
      await this.#journal.add({ revision: next.revision, part: 0, text })
      await this.#meta.put(next)
      return next
    }
    const { revision, appended, initial } = await this.#turn('rw', write, (meta) => {
      if (meta.revision > this.#revision) this.#tables.apply(changes)
      this.#revision = meta.revision
    })
    this.#tell(revision)
    if (appended > Math.max(initial, this.#compactAfter)) await this.#compact()
    return revision
  }

  watch(listener: (revision: number) => void): () => void {
    this.#assertOpen()
    // What other tabs commit is told by Dexie, over a BroadcastChannel.
    this.#stopWatching ??= startSubscription(liveQuery(() => this.#meta.get(NEW.key)), (meta) => this.#tell(meta?.revision ?? 0))
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

  #read(): Promise<Meta> {
    return this.#turn('r', () => this.#refresh())
  }

  /** Takes what other tabs committed. Call it in a transaction, in turn. */
  async #refresh(): Promise<Meta> {
    const meta = (await this.#meta.get(NEW.key)) ?? NEW
    if (meta.revision === this.#revision) return meta
    const goesOn = meta.start <= this.#revision && this.#revision < meta.revision
    const rows = await this.#journal.where(':id').aboveOrEqual([goesOn ? this.#revision + 1 : 0, 0]).toArray()
    if (!goesOn) this.#tables = new Tables()
    for (const { text } of rows) this.#tables.apply(decodeChanges(text))
    this.#revision = meta.revision
    return meta
  }

  async #compact(): Promise<void> {
    const rewrite = async (): Promise<void> => {
      const { revision } = await this.#refresh()
      const rows = [...this.#tables.portions()].map((portion, part) => ({ revision, part, text: encodeChanges(portion) }))
      await this.#journal.clear()
      await this.#journal.bulkAdd(rows)
      const initial = rows.reduce((sum, { text }) => sum + text.length + ROW_COST, 0)
      await this.#meta.put({ key: NEW.key, revision, start: revision, initial, appended: 0 })
    }
    // The commit is stored all the same. Where there is no space, the next commit tries again.
    await this.#turn('rw', rewrite).catch(() => undefined)
  }

  /** A transaction over everything. @param done runs when it is on the disk, before the next one begins */
  async #turn<R>(mode: 'r' | 'rw', work: () => Promise<R>, done?: (result: R) => void): Promise<R> {
    this.#assertOpen()
    const result = await this.#turns.run(() => this.#guarded(async () => {
      const result = await this.#db.transaction(mode, [this.#meta, this.#journal], work)
      done?.(result)
      return result
    }))
    return result!
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
