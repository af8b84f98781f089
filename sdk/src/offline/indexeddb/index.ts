/** The offline store of browsers, in IndexedDB. Needs `dexie`, an optional peer dependency. */
export { indexedDbStore, type IndexedDbStoreOptions } from './indexeddb-store.ts'
