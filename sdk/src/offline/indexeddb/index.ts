/** The offline store of browsers, in IndexedDB. Needs `dexie`, an optional peer dependency. */
export { indexedDbStore } from './indexeddb-store.ts'
