/** What an offline client is opened with. */
import type { Client } from '../client.ts'
import type { ResilienceClock } from '../resilience/clock.ts'
import type { BackoffPolicy, CircuitBreakerPolicy } from '../resilience/policy.ts'
import type { SyncServer } from './server.ts'
import type { OfflineStore } from './store/types.ts'

/** Options of `OfflineClient.open`. */
export interface OfflineOptions {
  /** What requests are made with. */
  readonly client?: Client | undefined
  /** In place of the client: a server of one's own, for tests. */
  readonly server?: SyncServer | undefined
  /** Where the project is kept: `memoryStore()`, `fileStore()`, `indexedDbStore()`. Several projects may share one. */
  readonly store: OfflineStore
  /**
   * Node id or slug.
   *
   * @defaultValue the client's `projectId`
   */
  readonly projectId?: string | undefined
  /**
   * The time that people are shown, in milliseconds since 1970. Nothing is decided by it: a clock that is wrong makes ages wrong, and no more.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: (() => number) | undefined
  /**
   * What back-off and breaker wait by.
   *
   * @defaultValue the machine's
   */
  readonly clock?: ResilienceClock | undefined
  /**
   * From 0 to 1, for the jitter of the back-off.
   *
   * @defaultValue `Math.random`
   */
  readonly random?: (() => number) | undefined
  /**
   * How often, and when, what failed is tried again.
   *
   * @defaultValue `DEFAULT_SYNC_BACKOFF`
   */
  readonly backoff?: BackoffPolicy | undefined
  /**
   * When a server that fails is left alone.
   *
   * @defaultValue `DEFAULT_CIRCUIT_BREAKER`
   */
  readonly circuitBreaker?: CircuitBreakerPolicy | undefined
  /**
   * How long a read waits for the server before the cache answers, in milliseconds.
   *
   * @defaultValue 10,000
   */
  readonly readTimeoutMs?: number | undefined
}
