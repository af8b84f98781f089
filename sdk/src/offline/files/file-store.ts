/** An offline store in a folder, for Node: one journal, which any number of processes read and write. */
import path from 'node:path'
import { closedError, OfflineStoreError, StaleStoreError } from '../store/errors.ts'
import { abortedWait, Mutex } from '../store/mutex.ts'
import { encodeOperations } from '../store/tables.ts'
import type { CommitOptions, ExclusiveOptions, OfflineRecords, OfflineStore, OfflineTable, StoreEntry, StoreOperation } from '../store/types.ts'
import { Watchers } from '../store/watchers.ts'
import { removeLeftovers } from './atomic.ts'
import { FileError, reasonOf, systemCode } from './errors.ts'
import { systemFiles, type FileSystem } from './file-system.ts'
import { Journal } from './journal.ts'
import { acquireLock, withLock, type Lock } from './lock.ts'
import { isAlive } from './processes.ts'
import { watchFile } from './watch.ts'

const JOURNAL = 'journal'
/** Others hold the lock for milliseconds; a process that was stopped holds it until it goes on. */
const LOCK_WAIT_MS = 10_000

/** How a file store is opened. */
export interface FileStoreOptions {
  /**
   * When the journal was damaged (`STORE_CORRUPT`): keep it as `journal.damaged` and go on with what can be read of it. Writes that waited
   * for the server may be lost. Default: false.
   */
  salvage?: boolean
  /** The journal is written anew when it has grown by this many bytes, and to double its size. Default: 1 MB. */
  compactAfterBytes?: number
  /** For tests: the disk. Default: the machine's own. */
  fs?: FileSystem
}

/**
 * Opens a store in a folder, or makes one. Only the user can read it.
 *
 * Any number of processes may open the same folder; each sees what the others commit.
 *
 * @param folder made when it does not exist
 * @throws OfflineStoreError `STORE_CORRUPT` (see {@link FileStoreOptions.salvage}), `STORE_TOO_NEW`, `STORE_UNAVAILABLE`, `STORE_FULL`
 * @example
 * ```ts
 * const store = await fileStore(path.join(homedir(), '.local', 'share', 'my-tool'))
 * ```
 */
export async function fileStore(folder: string, options: FileStoreOptions = {}): Promise<OfflineStore> {
  const store = new FileStore(path.resolve(folder), options)
  await store.open()
  return store
}

class FileStore implements OfflineStore {
  readonly #folder: string
  readonly #fs: FileSystem
  readonly #options: FileStoreOptions
  readonly #journal: Journal
  /** Commits of this process wait for each other here, and not for the lock. */
  readonly #writes = new Mutex()
  readonly #watchers = new Watchers()
  #stopWatching: (() => void) | undefined
  /** The last revision that watchers were told of. */
  #told = 0
  #isClosed = false

  constructor(folder: string, options: FileStoreOptions) {
    this.#folder = folder
    this.#fs = options.fs ?? systemFiles
    this.#options = options
    this.#journal = new Journal(path.join(folder, JOURNAL), this.#fs)
  }

  async open(): Promise<void> {
    await this.#guarded(async () => {
      this.#fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      await this.#refresh()
      if (!this.#journal.exists) await this.#locked(() => this.#create())
    })
  }

  async list<T extends OfflineTable>(table: T, prefix = ''): Promise<StoreEntry<T>[]> {
    return (await this.#read()).tables.list(table, prefix)
  }

  async get<T extends OfflineTable>(table: T, key: string): Promise<OfflineRecords[T] | undefined> {
    return (await this.#read()).tables.get(table, key)
  }

  async revision(): Promise<number> {
    return (await this.#read()).revision
  }

  async commit(operations: readonly StoreOperation[], { expected }: CommitOptions = {}): Promise<number> {
    this.#assertOpen()
    const changes = encodeOperations(operations)
    const write = (lock: Lock): number => {
      const { revision } = this.#journal
      if (expected !== undefined && expected !== revision) throw new StaleStoreError(expected, revision)
      if (operations.length === 0) return revision
      this.#create()
      lock.assertHeld()
      this.#journal.append(changes)
      this.#compact(lock)
      return revision + 1
    }
    const revision = await this.#writes.run(() => this.#guarded(() => this.#locked(write)))
    this.#tell()
    return revision!
  }

  watch(listener: (revision: number) => void): () => void {
    this.#assertOpen()
    if (this.#stopWatching === undefined) {
      this.#told = this.#journal.revision
      this.#stopWatching = watchFile(this.#folder, JOURNAL, () => void this.#look())
    }
    const remove = this.#watchers.add(listener)
    return () => {
      remove()
      if (this.#watchers.size === 0) this.#endWatch()
    }
  }

  async exclusive<R>(name: string, work: () => Promise<R>, { wait = true, signal }: ExclusiveOptions = {}): Promise<R | undefined> {
    this.#assertOpen()
    if (isAborted(signal)) throw abortedWait(signal)
    let lock: Lock
    try {
      lock = await acquireLock(path.join(this.#folder, `exclusive.${encodeURIComponent(name)}`), { waitMs: wait ? Infinity : 0, signal, keepAlive: true })
    } catch (error) {
      if (isAborted(signal)) throw abortedWait(signal)
      if (error instanceof FileError && error.code === 'LOCKED') return undefined
      throw this.#failure(error)
    }
    try {
      return await work()
    } finally {
      lock.release()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#endWatch()
    this.#watchers.clear()
    // A commit that is under way ends first.
    await this.#writes.run(() => undefined)
  }

  async #read(): Promise<Journal> {
    this.#assertOpen()
    await this.#guarded(() => this.#refresh())
    return this.#journal
  }

  /** Reads what others wrote; what looks damaged is looked at again when nobody writes. */
  async #refresh(): Promise<void> {
    if (this.#journal.refresh() !== 'sound') await this.#locked(() => undefined)
  }

  /** Runs `work` under the lock, with everything read. */
  #locked<R>(work: (lock: Lock) => R): Promise<R> {
    return withLock(path.join(this.#folder, 'lock'), (lock) => {
      this.#sound(this.#journal.refresh(true))
      return work(lock)
    }, { waitMs: LOCK_WAIT_MS })
  }

  #sound(state: ReturnType<Journal['refresh']>): void {
    if (state === 'sound') return
    const file = path.join(this.#folder, JOURNAL)
    if (state === 'too-new') throw new OfflineStoreError({ code: 'STORE_TOO_NEW', message: `A newer version wrote ${file}: update this program.`, details: { path: file } })
    if (this.#options.salvage === true) this.#journal.salvage(`${file}.damaged`)
    else throw new OfflineStoreError({ code: 'STORE_CORRUPT', message: `${file} was damaged. Opening it with \`salvage\` keeps a copy and goes on with what can be read.`, details: { path: file } })
  }

  #create(): void {
    if (this.#journal.exists) return
    this.#fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    this.#journal.rewrite()
  }

  #compact(lock: Lock): void {
    const { appended, initial } = this.#journal.growth
    if (appended < Math.max(initial, this.#options.compactAfterBytes ?? 1_000_000)) return
    try {
      lock.assertHeld()
      removeLeftovers(path.join(this.#folder, JOURNAL), isAlive, this.#fs)
      this.#journal.rewrite()
    } catch {
      // The commit is stored all the same. On a full disk the next commit tries again.
    }
  }

  async #look(): Promise<void> {
    try {
      await this.#refresh()
      this.#tell()
    } catch {
      // Whoever reads next is told what is wrong.
    }
  }

  #tell(): void {
    const { revision } = this.#journal
    if (this.#stopWatching === undefined || revision === this.#told) return
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

  async #guarded<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      throw this.#failure(error)
    }
  }

  /** What the system or a lock says, as an error of the store. */
  #failure(error: unknown): unknown {
    const cause = error instanceof FileError ? (error.cause ?? error) : error
    const code = systemCode(cause)
    if (code === undefined && !(error instanceof FileError)) return error
    const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    const message = `The offline store in ${this.#folder} cannot be ${isFull ? 'written' : 'used'}: ${reasonOf(cause)}`
    return new OfflineStoreError({ code: isFull ? 'STORE_FULL' : 'STORE_UNAVAILABLE', message, details: { path: this.#folder }, cause: error })
  }
}

const isAborted = (signal: AbortSignal | undefined): signal is AbortSignal => signal?.aborted === true
