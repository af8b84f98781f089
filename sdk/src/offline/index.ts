/** Working without a server: an offline client, its store interface, and the memory store. Loads in a browser. */
export { memoryStore, MemoryStoreData } from './store/memory.ts'
export { OfflineStoreError, StaleStoreError } from './store/errors.ts'
export type * from './store/types.ts'
