/**
 * The journal's file, and the records that it tells of.
 *
 * Many processes read and write it. Nobody keeps it open: a reader looks at the file's number, length and time, and reads what is new when
 * they differ. A writer holds the lock; it appends a line and flushes it, which is the commit. When the journal has grown to a multiple of
 * what it says, it is replaced by a new one, atomically.
 *
 * What a reader has read may be taken back by a writer whose flush failed. So a reader goes on only from a line that it knows, which names
 * the line before; else it reads everything again.
 */
import { randomBytes } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { Tables } from '../store/tables.ts'
import type { TableChange } from '../store/tables.ts'
import { writeAll, writeFileAtomic } from './atomic.ts'
import type { FileSystem } from './file-system.ts'
import { FIELD_BYTES, fieldAt, decodeCommits, decodeHeader, encodeCommit, encodeJournal, isTooNew, salvageCommits } from './journal-format.ts'
import type { DecodedJournal, JournalHeader } from './journal-format.ts'

/** No header is longer. */
const HEADER_BYTES = 80

/** What a look at the file found. A file that is not there is a sound, empty journal. */
export type JournalState = 'sound' | 'damaged' | 'too-new'

export class Journal {
  readonly #file: string
  readonly #fs: FileSystem
  #tables = new Tables()
  #revision = 0
  #header: JournalHeader | undefined
  /** Where the last commit begins and ends, and its checksum. */
  #last = 0
  #end = 0
  #checksum = 0
  /** The file as it was last read. */
  #seen: string | undefined

  constructor(file: string, fs: FileSystem) {
    this.#file = file
    this.#fs = fs
  }

  get tables(): Tables {
    return this.#tables
  }

  get revision(): number {
    return this.#revision
  }

  /** How much has been appended since the journal was written anew, and how much it had then. In bytes. */
  get growth(): { appended: number; initial: number } {
    const { text, bytes: initial } = this.#header!
    return { appended: this.#end - text.length - initial, initial }
  }

  /** Whether there is a file. */
  get exists(): boolean {
    return this.#header !== undefined
  }

  /**
   * Reads what others wrote. `damaged` is certain only under the lock: a writer may be at work.
   *
   * @param isLocked look into the file even when it seems to be the same: two writes within one tick of its clock can look alike
   */
  refresh(isLocked = false): JournalState {
    const stats = this.#fs.statSync(this.#file, { bigint: true, throwIfNoEntry: false })
    if (stats === undefined) this.#forget()
    if (stats === undefined || (!isLocked && stampOf(stats) === this.#seen)) return 'sound'
    return this.#opened((descriptor) => {
      const now = this.#fs.fstatSync(descriptor, { bigint: true })
      const header = decodeHeader(this.#read(descriptor, 0, Math.min(Number(now.size), HEADER_BYTES)))
      if (header === undefined) return 'damaged'
      if (isTooNew(header)) return 'too-new'
      if (!this.#continue(descriptor, now, header) && !this.#restart(descriptor, now, header)) return 'damaged'
      this.#seen = stampOf(now)
      return 'sound'
    })
  }

  /** Takes what was appended; false when it does not follow what is known. */
  #continue(descriptor: number, { size }: BigIntStats, header: JournalHeader): boolean {
    if (header.text !== this.#header?.text || size < this.#end) return false
    if (fieldAt(this.#read(descriptor, this.#last, this.#last + FIELD_BYTES), 0) !== this.#checksum) return false
    const bytes = this.#read(descriptor, this.#end, Number(size))
    const decoded = decodeCommits(bytes, 0, this.#checksum)
    if (decoded.end < bytes.length) return false
    this.#take(decoded)
    return true
  }

  /** Takes everything; false when it is damaged. */
  #restart(descriptor: number, { size }: BigIntStats, header: JournalHeader): boolean {
    const decoded = decodeCommits(this.#read(descriptor, 0, Number(size)), header.text.length, header.seed)
    if (decoded.isDamaged) return false
    this.#forget()
    this.#header = header
    this.#take(decoded)
    return true
  }

  /** Adds a commit; when this returns it is on the disk. Call it under the lock, refreshed. */
  append(changes: readonly TableChange[]): void {
    const commit = { revision: this.#revision + 1, changes }
    const { bytes, checksum } = encodeCommit(commit, this.#checksum)
    this.#opened((descriptor) => {
      // What an interrupted writer left.
      this.#fs.ftruncateSync(descriptor, this.#end)
      try {
        writeAll(this.#fs, descriptor, bytes, this.#end)
        this.#fs.fsyncSync(descriptor)
      } catch (error) {
        this.#fs.ftruncateSync(descriptor, this.#end)
        throw error
      }
      this.#seen = stampOf(this.#fs.fstatSync(descriptor, { bigint: true }))
    }, 'r+')
    this.#take({ commits: [commit], last: 0, end: bytes.length, checksum })
  }

  /** Replaces the journal, or the lack of one, by one that says the same in as few words. Call it under the lock, refreshed. */
  rewrite(): void {
    const commits = [...this.#tables.portions()].map((changes) => ({ revision: this.#revision, changes }))
    const { bytes, header, last, checksum } = encodeJournal(randomBytes(8).toString('hex'), commits)
    writeFileAtomic(this.#file, bytes, { mode: 0o600, fs: this.#fs })
    this.#header = header
    this.#last = last
    this.#end = bytes.length
    this.#checksum = checksum
    this.#seen = stampOf(this.#fs.statSync(this.#file, { bigint: true }))
  }

  /** Replaces a damaged journal by what can be read of it. Call it under the lock. @param copy where the damaged one is kept */
  salvage(copy: string): void {
    const bytes = this.#opened((descriptor) => this.#read(descriptor, 0, Number(this.#fs.fstatSync(descriptor).size)))
    writeFileAtomic(copy, bytes, { mode: 0o600, fs: this.#fs })
    this.#forget()
    this.#take({ commits: [...salvageCommits(bytes, 0)], last: 0, end: 0, checksum: 0 })
    this.rewrite()
  }

  /** @param part its places are counted from the end of what is known */
  #take({ commits, last, end, checksum }: Omit<DecodedJournal, 'isDamaged'>): void {
    if (commits.length > 0) this.#last = this.#end + last
    for (const { revision, changes } of commits) {
      this.#tables.apply(changes)
      this.#revision = revision
    }
    this.#end += end
    this.#checksum = checksum
  }

  #forget(): void {
    this.#tables = new Tables()
    this.#revision = 0
    this.#header = undefined
    this.#last = 0
    this.#end = 0
    this.#checksum = 0
    this.#seen = undefined
  }

  #opened<R>(work: (descriptor: number) => R, flags: 'r' | 'r+' = 'r'): R {
    const descriptor = this.#fs.openSync(this.#file, flags)
    try {
      return work(descriptor)
    } finally {
      this.#fs.closeSync(descriptor)
    }
  }

  #read(descriptor: number, start: number, end: number): Buffer {
    const bytes = Buffer.alloc(end - start)
    let length = 0
    // A file that was cut meanwhile gives less.
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = this.#fs.readSync(descriptor, bytes, length, bytes.length - length, start + length)
    }
    return bytes.subarray(0, length)
  }
}

/** Another file, or another content, has another stamp. */
const stampOf = ({ ino, size, mtimeNs }: BigIntStats): string => `${ino} ${size} ${mtimeNs}`
