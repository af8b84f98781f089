/** What the page of the soak runs: an offline client over IndexedDB. Bundled for Chromium; `globalThis.soak` is what the test calls. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { OfflineClient } from '@buildrunner/sdk/offline'
import { indexedDbStore } from '@buildrunner/sdk/offline/indexeddb'
import type { PlanChange } from '@buildrunner/sdk/plans'

export interface PageConfig {
  baseUrl: string
  apiKey: string
  projectId: string
}

/** Short, so that a soak of half a minute sees many failures and many recoveries. */
const BACKOFF = { minMs: 50, maxMs: 1_000, factor: 2, jitter: true, maxAttempts: 3 }
const BREAKER = { failureThreshold: 5, successThreshold: 1, cooldownMs: 500, halfOpenMaxCalls: 1 }

async function open(config: PageConfig) {
  const client = new BuildRunnerSDK({ ...config, timeoutMs: 3_000 })
  const offline = await OfflineClient.open({ client, store: await indexedDbStore('soak'), backoff: BACKOFF, circuitBreaker: BREAKER, readTimeoutMs: 1_000 })
  offline.start()
  return {
    edit: (changes: PlanChange[]) => offline.edit(changes),
    comment: (itemKey: string, body: string) => offline.comments.add(itemKey, body),
    /** Sends everything, decides every conflict; what is left after it. A conflict that has changed since it was found is left for the next time. */
    async settle(keep: 'local' | 'remote') {
      await offline.sync()
      const { data: conflicts, asOf } = await offline.conflicts.list()
      const problems: string[] = []
      for (const { id } of conflicts) await offline.conflicts.resolve(id, { keep }).catch((error: Error) => problems.push(`${error.name}: ${error.message}`))
      const { queued, failed } = offline.queue.status()
      const isSettled = asOf.source === 'server' && conflicts.length + queued + failed === 0
      return { isSettled, problems, conflicts, items: offline.queue.items() }
    },
    plan: async () => (await offline.plan()).data,
  }
}

export type PageApi = Awaited<ReturnType<typeof open>>

Object.assign(globalThis, { openSoak: async (config: PageConfig) => Object.assign(globalThis, { soak: await open(config) }) && null })
