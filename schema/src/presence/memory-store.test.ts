import { createMemoryPresence } from './memory-store.ts'
import { describePresenceStore } from './testing/conformance.ts'

describePresenceStore('presence inside one process', async () => {
  const store = createMemoryPresence()
  return { stores: [store, store], close: async () => {} }
})
