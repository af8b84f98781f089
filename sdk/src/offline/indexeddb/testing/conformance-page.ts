/** Runs in a page: the conformance suite, with the other store in another tab. */
import { CONFORMANCE, runConformance } from '../../store/conformance.ts'
import { hostStores, remoteStores } from '../../store/testing/remote-store.ts'
import type { Message, MessagePortLike } from '../../store/testing/remote-store.ts'
import type { OfflineStoreError } from '../../store/errors.ts'
import { indexedDbStore } from '../indexeddb-store.ts'

function port(): MessagePortLike {
  const channel = new BroadcastChannel('stores')
  return { post: (message) => channel.postMessage(message), listen: (listener) => channel.addEventListener('message', (event) => listener((event as unknown as { data: Message }).data)) }
}

/** What each case says: nothing when it passes. */
async function main(): Promise<Record<string, string | null>> {
  const openOther = remoteStores(port())
  const outcomes: Record<string, string | null> = {}
  for (const each of CONFORMANCE) {
    const backend = { openHere: () => indexedDbStore(each.title), openOther: () => openOther(each.title) }
    outcomes[each.title] = await runConformance(each, backend).then(() => null, String)
  }
  return outcomes
}

/** Commits until the browser gives no more space. */
async function fill(): Promise<{ code: string; revision: number; kept: number }> {
  const store = await indexedDbStore('full')
  for (let index = 0; ; index++) {
    // What can be compressed takes no space.
    const data = Array.from(crypto.getRandomValues(new Uint32Array(16_000)), (number) => number.toString(36)).join('')
    const value = { key: '', data, fetchedAt: 0 }
    try {
      await store.commit([{ op: 'put', table: 'states', key: `a${index}`, value }, { op: 'put', table: 'plans', key: `b${index}`, value: value as never }])
    } catch (error) {
      const [states, plans] = [await store.list('states'), await store.list('plans')]
      if (states.length !== plans.length) throw new Error(`half a commit: ${states.length} and ${plans.length}`, { cause: error })
      return { code: (error as OfflineStoreError).code, revision: await store.revision(), kept: states.length }
    }
  }
}

Object.assign(globalThis, { main, fill, host: () => hostStores(port(), (name) => indexedDbStore(name)) })
