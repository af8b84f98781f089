/**
 * The offline store of Node programs, in a folder; and what keeps its files whole, for programs with files of their own: atomic
 * replacement and locks between processes.
 */
export { fileStore, type FileStoreOptions } from './file-store.ts'
export { removeLeftovers, removeQuietly, writeFileAtomic, type WriteFileOptions } from './atomic.ts'
export { FileError, reasonOf, systemCode } from './errors.ts'
export type { FileSystem } from './file-system.ts'
export { hold, releaseAll } from './held.ts'
export { acquireLock, withLock, type Lock, type LockOptions } from './lock.ts'
export { isAlive, startMark } from './processes.ts'
