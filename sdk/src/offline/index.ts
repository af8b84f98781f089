/**
 * The entry `@buildrunner/sdk/offline`: working without a server, and bringing it together afterwards. Loads in a browser; the stores
 * that last are `@buildrunner/sdk/offline/files` (Node) and `@buildrunner/sdk/offline/indexeddb` (browser).
 *
 * @packageDocumentation
 */
export { OfflineBrowser } from './browse.ts'
export { OfflineClient } from './client.ts'
export { OfflineComments } from './comments.ts'
export { OfflineConflicts } from './conflicts.ts'
export type { ConflictPreview } from './conflicts.ts'
export type { SyncReport } from './drain.ts'
export type { OfflineOptions } from './options.ts'
export type { EditOptions, RetryOptions } from './outbox.ts'
export { OfflineQueue } from './queue.ts'
export type * from './server.ts'
export { memoryStore, MemoryStoreData } from './store/memory.ts'
export { OfflineStoreError, StaleStoreError } from './store/errors.ts'
export type * from './store/types.ts'
export type * from './types.ts'
