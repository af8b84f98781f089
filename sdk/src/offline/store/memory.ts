/** The store of tests, and of programs that keep nothing. */
import { closedError, StaleStoreError } from './errors.ts'
import { Mutex } from './mutex.ts'
import { encodeOperations, Tables } from './tables.ts'
import type { CommitOptions, ExclusiveOptions, OfflineRecords, OfflineStore, OfflineTable, StoreEntry, StoreOperation } from './types.ts'
import { Watchers } from './watchers.ts'

/** What memory stores keep. Stores over the same data are to each other as two tabs of one browser are. */
export class MemoryStoreData {
  /** @internal */
  readonly tables = new Tables()
  /** @internal */
  revision = 0
  /** @internal */
  readonly stores = new Set<Watchers>()
  readonly #mutexes = new Map<string, Mutex>()

  /** @internal */
  mutex(name: string): Mutex {
    let mutex = this.#mutexes.get(name)
    if (mutex === undefined) this.#mutexes.set(name, (mutex = new Mutex()))
    return mutex
  }
}

/**
 * A store that keeps everything in memory: it ends with the process.
 *
 * @param data what it keeps; give two stores the same to have them share it. Default: its own
 * @example
 * ```ts
 * const store = memoryStore()
 * await store.commit([{ op: 'put', table: 'states', key: 'greeting', value: { key: 'greeting', data: 'hello', fetchedAt: Date.now() } }])
 * ```
 */
export const memoryStore = (data: MemoryStoreData = new MemoryStoreData()): OfflineStore => new MemoryStore(data)

class MemoryStore implements OfflineStore {
  readonly #data: MemoryStoreData
  readonly #watchers = new Watchers()
  #isClosed = false

  constructor(data: MemoryStoreData) {
    this.#data = data
    data.stores.add(this.#watchers)
  }

  async list<T extends OfflineTable>(table: T, prefix = ''): Promise<StoreEntry<T>[]> {
    return this.#open().tables.list(table, prefix)
  }

  async get<T extends OfflineTable>(table: T, key: string): Promise<OfflineRecords[T] | undefined> {
    return this.#open().tables.get(table, key)
  }

  async commit(operations: readonly StoreOperation[], { expected }: CommitOptions = {}): Promise<number> {
    const data = this.#open()
    const changes = encodeOperations(operations)
    if (expected !== undefined && expected !== data.revision) throw new StaleStoreError(expected, data.revision)
    if (changes.length === 0) return data.revision
    data.tables.apply(changes)
    data.revision++
    for (const watchers of data.stores) watchers.tell(data.revision)
    return data.revision
  }

  async revision(): Promise<number> {
    return this.#open().revision
  }

  watch(listener: (revision: number) => void): () => void {
    this.#open()
    return this.#watchers.add(listener)
  }

  async exclusive<R>(name: string, work: () => Promise<R>, options?: ExclusiveOptions): Promise<R | undefined> {
    return this.#open().mutex(name).run(work, options)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#watchers.clear()
    this.#data.stores.delete(this.#watchers)
  }

  #open(): MemoryStoreData {
    if (this.#isClosed) throw closedError()
    return this.#data
  }
}
