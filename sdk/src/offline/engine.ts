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
import type { QueueState, QueueStatus } from './types.ts'

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
  #liveError: QueueStatus['liveError'] = null
  #stopping: AbortController | undefined
  #running: Promise<unknown> = Promise.resolve()
  #wake: () => void = () => {}
  #isWoken = false

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.breaker = new CircuitBreaker({ name: 'the server', policy: parts.circuitBreaker, clock: parts.clock, isFailure: isTransient })
  }

  get status(): Pick<QueueStatus, 'state' | 'nextAttemptAt' | 'lastError' | 'live' | 'liveError'> {
    return { state: this.#state, nextAttemptAt: this.#nextAttemptAt, lastError: this.#lastError, live: this.#live, liveError: this.#liveError }
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
    this.#liveError = null
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

  /** Follows the events; where they end, whatever the reason, they are asked for again with back-off. */
  async #follow(signal: AbortSignal): Promise<void> {
    const { server, replica, backoff, clock, random } = this.#parts
    const onOpen = (): void => {
      this.#live = true
      this.#liveError = null
      this.wake()
      this.#tell()
    }
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        for await (const sequence of server.events(replica.projectId, replica.base.sequence, { signal, onOpen })) {
          failures = 0
          if (sequence > replica.base.sequence) this.wake()
        }
      } catch (error) {
        if (!signal.aborted) this.#liveError = reportOf(error)
      }
      this.#live = false
      if (signal.aborted) return
      this.#tell()
      await clock.wait(backoffMs(Math.max(1, failures), backoff, random()), signal)
      // Without events nobody says when there is something to read: it is looked for.
      this.wake()
    }
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
    this.#lastError = reportOf(error)
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

function reportOf(error: unknown): { code: string; message: string } {
  const { code, message } = error instanceof BuildRunnerError ? error : { code: 'UNEXPECTED', message: String(error) }
  return { code, message }
}
