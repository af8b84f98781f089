/** When the server is talked to: on demand, or as it happens; carefully where it fails. */
import { AbortedError, BuildRunnerError } from '../errors.ts'
import { backoffMs } from '../resilience/backoff.ts'
import { CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { ResilienceClock } from '../resilience/clock.ts'
import type { BackoffPolicy, CircuitBreakerPolicy } from '../resilience/policy.ts'
import { retry } from '../resilience/retry.ts'
import { isTransient, retryAfterMsOf } from '../resilience/transient.ts'
import { Drain } from './drain.ts'
import type { CommentArrivals, SyncReport } from './drain.ts'
import type { Replica } from './replica.ts'
import type { SyncServer } from './server.ts'
import type { OfflineStore } from './store/types.ts'
import type { QueueState } from './types.ts'

/** What the engine is made of. */
export interface EngineParts {
  readonly server: SyncServer
  readonly store: OfflineStore
  readonly replica: Replica
  readonly comments: CommentArrivals
  readonly clock: ResilienceClock
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly random: () => number
  readonly backoff: BackoffPolicy
  readonly circuitBreaker: CircuitBreakerPolicy
  /** Told after a pass that succeeded. */
  readonly onSynced: (report: SyncReport, signal: AbortSignal | undefined) => Promise<void>
}

export class SyncEngine {
  readonly breaker: CircuitBreaker
  readonly #parts: EngineParts
  readonly #listeners = new Set<() => void>()
  #state: QueueState = 'idle'
  #nextAttemptAt: number | null = null
  #lastError: { code: string; message: string } | null = null
  #live = false
  #stopping: AbortController | undefined
  #running: Promise<unknown> = Promise.resolve()
  #wake: () => void = () => {}
  #isWoken = false

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.breaker = new CircuitBreaker({ name: 'the server', policy: parts.circuitBreaker, clock: parts.clock, isFailure: isTransient })
  }

  get status(): { state: QueueState; nextAttemptAt: number | null; lastError: { code: string; message: string } | null; live: boolean } {
    return { state: this.#state, nextAttemptAt: this.#nextAttemptAt, lastError: this.#lastError, live: this.#live }
  }

  get isStarted(): boolean {
    return this.#stopping !== undefined
  }

  /** Told when the status changes. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A request through the breaker. */
  ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    return this.breaker.execute(request)
  }

  /**
   * Sends everything and reads everything, with retries; waits for another tab that is at it.
   *
   * @throws BuildRunnerError of the last attempt; what was done until then is done, the rest waits
   */
  async sync(signal?: AbortSignal): Promise<SyncReport> {
    const { backoff, clock, random } = this.#parts
    const report: SyncReport = { applied: 0, conflicts: 0, failed: 0, sequence: 0, commentedItems: [] }
    const attempt = (): Promise<void> => this.#exclusive(report, true, signal)
    try {
      await retry(attempt, backoff, { clock, random, signal, onRetry: ({ waitMs, error }) => this.#failed(error, waitMs) })
      return report
    } catch (error) {
      this.#failed(error, null)
      throw error
    }
  }

  /** Follows the server's events and sends what is written, until `stop`. */
  start(): void {
    if (this.#stopping !== undefined) return
    this.#stopping = new AbortController()
    const { signal } = this.#stopping
    this.#running = Promise.all([this.#loop(signal), this.#follow(signal)])
  }

  async stop(): Promise<void> {
    this.#stopping?.abort()
    this.#stopping = undefined
    this.#wake()
    await this.#running
    this.#live = false
    this.#set('idle')
  }

  /** There is something to send, or to read. */
  wake(): void {
    this.#isWoken = true
    this.#wake()
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { backoff, clock, random } = this.#parts
    for (let failures = 0; !signal.aborted; ) {
      this.#isWoken = false
      try {
        await this.#exclusive({ applied: 0, conflicts: 0, failed: 0, sequence: 0, commentedItems: [] }, false, signal)
        failures = 0
        await this.#pause(signal)
      } catch (error) {
        if (signal.aborted) return
        failures = isTransient(error) ? failures + 1 : 0
        const waitMs = failures === 0 ? null : Math.max(backoffMs(failures, backoff, random()), retryAfterMsOf(error) ?? 0)
        this.#failed(error, waitMs)
        if (waitMs === null) await this.#pause(signal)
        else await clock.wait(waitMs, signal)
      }
      this.#nextAttemptAt = null
    }
  }

  /** Until there is something to do. */
  #pause(signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => (this.#wake = resolve))
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { server, replica } = this.#parts
    const onOpen = (): void => {
      this.#live = true
      this.wake()
      this.#tell()
    }
    try {
      for await (const sequence of server.events(replica.projectId, replica.base.sequence, { signal, onOpen })) {
        if (sequence > replica.base.sequence) this.wake()
      }
    } catch (error) {
      if (!signal.aborted) this.#failed(error, null)
    }
    this.#live = false
  }

  /** One pass, unless another tab is in one. */
  async #exclusive(report: SyncReport, wait: boolean, signal: AbortSignal | undefined): Promise<void> {
    const { store, replica, backoff: { maxAttempts }, onSynced, ...parts } = this.#parts
    const pass = async (): Promise<void> => {
      this.#set('syncing')
      await this.breaker.execute(() => Drain.run({ ...parts, replica, maxAttempts }, { signal }, report))
      await onSynced(report, signal)
      this.#lastError = null
      this.#set('idle')
    }
    await store.exclusive(`sync/${replica.projectId}`, pass, { wait, ...(signal && { signal }) })
  }

  #failed(error: unknown, waitMs: number | null): void {
    if (error instanceof AbortedError) return this.#set('idle')
    const { code, message } = error instanceof BuildRunnerError ? error : { code: 'UNEXPECTED', message: String(error) }
    this.#lastError = { code, message }
    this.#nextAttemptAt = waitMs === null ? null : this.#parts.now() + waitMs
    this.#set(waitMs !== null ? 'waiting' : isTransient(error) ? 'idle' : 'stuck')
  }

  #set(state: QueueState): void {
    this.#state = state
    if (state !== 'waiting') this.#nextAttemptAt = null
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
