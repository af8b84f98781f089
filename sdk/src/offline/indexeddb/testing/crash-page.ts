/**
 * Runs in a page: says what the store holds, then commits, and asks for the browser to be killed at the request of the database whose
 * number is in the address. Calls to the test are synchronous, so that nothing goes on meanwhile.
 */
import { indexedDbStore } from '../indexeddb-store.ts'

const page = globalThis as any
const killAt = Number(new URLSearchParams(page.location.search).get('kill'))
let requests = -Infinity

function tell(what: string, body: unknown = null): void {
  const call = new page.XMLHttpRequest()
  call.open('POST', `/${what}`, false)
  call.send(JSON.stringify(body))
}

function count(): void {
  if (requests++ === killAt) tell('kill')
}

/** Counts every request of the store, and the moment at which a transaction is on the disk and nobody knows yet. */
function patch(): void {
  const { prototype } = page.IDBObjectStore
  for (const name of ['get', 'getAll', 'add', 'put', 'clear']) {
    const real = prototype[name]
    prototype[name] = function (...args: unknown[]) {
      count()
      return real.apply(this, args)
    }
  }
  const { transaction } = page.IDBDatabase.prototype
  page.IDBDatabase.prototype.transaction = function (...args: unknown[]) {
    const begun = transaction.apply(this, args)
    begun.addEventListener('complete', count)
    return begun
  }
}

async function main(): Promise<void> {
  patch()
  const store = await indexedDbStore('crash', { compactAfterBytes: 1 })
  const revision = await store.revision()
  tell('content', { revision, values: (await store.list('states')).map(({ value }) => value.data) })
  requests = 0
  const record = (key: string) => ({ op: 'put', table: 'states', key, value: { key, data: revision + 1, fetchedAt: 0 } }) as const
  tell('acknowledged', await store.commit([record('a'), record('b'), record('c')]))
}

main().then(() => tell('end'), (error: unknown) => tell('fault', String(error)))
