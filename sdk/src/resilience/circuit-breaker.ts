/**
 * Stops asking what keeps failing, and finds out carefully when it is well again.
 *
 * | state       | a call                                          | what changes it                                                        |
 * |-------------|-------------------------------------------------|------------------------------------------------------------------------|
 * | `closed`    | is made                                         | `failureThreshold` failures in a row: `open`                           |
 * | `open`      | is refused                                      | the first call after `cooldownMs`: `half-open`, and the call is made   |
 * | `half-open` | is made while fewer than `halfOpenMaxCalls` run | a failure: `open`; `successThreshold` successes: `closed`              |
 *
 * Only what was begun in a state counts in it: a slow call that was made before the circuit opened neither closes it nor opens
 * it once more. There is no timer; `open` turns into `half-open` with a call.
 */
import { CircuitOpenError } from '../errors.ts'
import { systemClock } from './clock.ts'
import type { ResilienceClock } from './clock.ts'
import { DEFAULT_CIRCUIT_BREAKER } from './policy.ts'
import type { CircuitBreakerPolicy } from './policy.ts'

/** `closed`: calls are made. `open`: they are refused. `half-open`: a few are made on trial. */
export type CircuitState = 'closed' | 'open' | 'half-open'

/** Options of a {@link CircuitBreaker}. */
export interface CircuitBreakerOptions {
  /** What is called, for people. @defaultValue `the service` */
  readonly name?: string | undefined
  /** When it opens, and when it closes again. @defaultValue {@link DEFAULT_CIRCUIT_BREAKER} */
  readonly policy?: CircuitBreakerPolicy | undefined
  /** What the cool-down is measured with. @defaultValue the machine's */
  readonly clock?: Pick<ResilienceClock, 'now'> | undefined
  /** Whether what a call threw speaks against what was called. @defaultValue everything does */
  readonly isFailure?: ((error: unknown) => boolean) | undefined
}

/** What a breaker has seen. */
export interface CircuitStats {
  /** `open` also after the cool-down, until a call is made. */
  readonly state: CircuitState
  /** In a row, since the last success. */
  readonly failures: number
  /** Since the trial began; 0 unless `half-open`. */
  readonly successes: number
  /** Calls that are under way. */
  readonly running: number
  /** Until a call is let through on trial, in milliseconds; 0 unless `open`. */
  readonly retryAfterMs: number
  /** Since the breaker was made. */
  readonly total: { readonly succeeded: number; readonly failed: number; readonly refused: number; readonly opened: number }
}

/** The leave to make one call. Exactly one of its functions counts: the first that is called. */
export interface CircuitPermit {
  /** The call went well: ends the row of failures; on trial, `successThreshold` of them close the circuit. */
  succeeded(): void
  /** The call failed: opens the circuit on trial, or as the last of `failureThreshold` in a row. */
  failed(): void
  /** The call said nothing about what was called: it was aborted, or was at fault itself. */
  released(): void
}

/**
 * A circuit breaker. One belongs to one thing that is called.
 *
 * @example
 * ```ts
 * import { CircuitBreaker } from '@buildrunner/sdk/resilience'
 *
 * const breaker = new CircuitBreaker({ name: 'the mail server' })
 * breaker.watch(({ state }) => console.log(state))
 * await breaker.execute(() => sendMail())
 * ```
 */
export class CircuitBreaker {
  /** What is called, for people: messages of errors begin with it. */
  readonly name: string
  /** When it opens, and when it closes again. */
  readonly policy: CircuitBreakerPolicy
  readonly #clock: Pick<ResilienceClock, 'now'>
  readonly #isFailure: (error: unknown) => boolean
  readonly #listeners = new Set<(stats: CircuitStats) => void>()
  readonly #total = { succeeded: 0, failed: 0, refused: 0, opened: 0 }
  #state: CircuitState = 'closed'
  /** Counts the states: what was begun in another one does not count. */
  #period = 0
  #failures = 0
  #successes = 0
  #running = 0
  /** Calls on trial that run. */
  #trials = 0
  #openedAt = 0

  constructor({ name = 'the service', policy = DEFAULT_CIRCUIT_BREAKER, clock = systemClock, isFailure = () => true }: CircuitBreakerOptions = {}) {
    this.name = name
    this.policy = policy
    this.#clock = clock
    this.#isFailure = isFailure
  }

  /** `closed` at first; `open` also after the cool-down, until a call is made. */
  get state(): CircuitState {
    return this.#state
  }

  /** State and counts as of now; later calls do not change them. */
  stats(): CircuitStats {
    const retryAfterMs = this.#state === 'open' ? this.#remainingMs() : 0
    return { state: this.#state, failures: this.#failures, successes: this.#successes, running: this.#running, retryAfterMs, total: { ...this.#total } }
  }

  /** Tells of every change of state; answers what ends it. What a listener throws is dropped. */
  watch(listener: (stats: CircuitStats) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Makes a call, unless the circuit is open.
   *
   * @throws CircuitOpenError without calling; else what `work` throws
   */
  async execute<Value>(work: () => Promise<Value>): Promise<Value> {
    const permit = this.acquire()
    try {
      const value = await work()
      permit.succeeded()
      return value
    } catch (error) {
      if (this.#isFailure(error)) permit.failed()
      else permit.released()
      throw error
    }
  }

  /**
   * For calls that do not say by throwing how they ended.
   *
   * @throws CircuitOpenError
   */
  acquire(): CircuitPermit {
    if (this.#state === 'open' && this.#remainingMs() === 0) this.#enter('half-open')
    if (this.#state === 'open' || (this.#state === 'half-open' && this.#trials >= this.policy.halfOpenMaxCalls)) {
      this.#total.refused++
      throw new CircuitOpenError({ code: 'CIRCUIT_OPEN', message: this.#refusal(), details: { retryAfterMs: this.stats().retryAfterMs } })
    }
    return this.#permit()
  }

  #permit(): CircuitPermit {
    const period = this.#period
    let open = true
    this.#running++
    this.#trials++
    const end = (count: (isCurrent: boolean) => void) => () => {
      if (!open) return
      open = false
      this.#running--
      const isCurrent = period === this.#period
      if (isCurrent) this.#trials--
      count(isCurrent)
    }
    return { succeeded: end((isCurrent) => this.#succeeded(isCurrent)), failed: end((isCurrent) => this.#failed(isCurrent)), released: end(() => {}) }
  }

  #succeeded(isCurrent: boolean): void {
    this.#total.succeeded++
    if (!isCurrent) return
    this.#failures = 0
    if (this.#state === 'half-open' && ++this.#successes >= this.policy.successThreshold) this.#enter('closed')
  }

  #failed(isCurrent: boolean): void {
    this.#total.failed++
    if (!isCurrent) return
    this.#failures++
    if (this.#state === 'half-open' || this.#failures >= this.policy.failureThreshold) this.#enter('open')
  }

  #enter(state: CircuitState): void {
    this.#state = state
    this.#period++
    this.#successes = this.#trials = 0
    if (state === 'open') {
      this.#openedAt = this.#clock.now()
      this.#total.opened++
    }
    const stats = this.stats()
    for (const listener of [...this.#listeners]) {
      try {
        listener(stats)
      } catch {
        // whoever looks on does not decide what happens
      }
    }
  }

  #remainingMs(): number {
    const now = this.#clock.now()
    // a clock that was set back must not keep it open for longer than a whole cool-down
    if (now < this.#openedAt) this.#openedAt = now
    return Math.max(0, this.#openedAt + this.policy.cooldownMs - now)
  }

  #refusal(): string {
    if (this.#state === 'half-open') return `${this.name} is being tried again by other calls. Try again in a moment.`
    return `${this.name} failed ${this.#failures} times in a row. It is not asked again for ${Math.ceil(this.#remainingMs() / 1_000)} s.`
  }
}
