/** Tries again what fails in passing. */
import { errorOf } from '../errors.ts'
import { waitAfter } from './backoff.ts'
import { systemClock } from './clock.ts'
import type { ResilienceClock } from './clock.ts'
import { DEFAULT_SYNC_BACKOFF } from './policy.ts'
import type { BackoffPolicy } from './policy.ts'
import { isTransient, retryAfterMsOf } from './transient.ts'

/** Options of {@link retry}. */
export interface RetryOptions {
  /** Ends the waiting, and no attempt is begun after it. It is also handed to the work. */
  readonly signal?: AbortSignal | undefined
  /** What waits between attempts. @defaultValue the machine's */
  readonly clock?: ResilienceClock | undefined
  /** From 0 to 1, for the jitter. @defaultValue `Math.random` */
  readonly random?: (() => number) | undefined
  /** Whether another attempt may succeed. @defaultValue {@link isTransient} */
  readonly isPassing?: ((error: unknown) => boolean) | undefined
  /** How long the other side asks to wait, in milliseconds: it is not asked before. @defaultValue {@link retryAfterMsOf} */
  readonly retryAfterMs?: ((error: unknown) => number | undefined) | undefined
  /** Told before each wait. */
  readonly onRetry?: ((info: RetryInfo) => void) | undefined
}

/** An attempt that failed, and after which another follows. */
export interface RetryInfo {
  /** Those so far, from 1. */
  readonly attempts: number
  /** How long is waited before the next attempt, in milliseconds. */
  readonly waitMs: number
  /** What the attempt threw. */
  readonly error: unknown
}

/**
 * What `work` answers, at most `policy.maxAttempts` times tried.
 *
 * @param work is given the number of the attempt, from 1, and the signal
 * @throws what the last attempt threw, or at once what does not pass; AbortedError when the signal aborts before an attempt
 *
 * @example
 * ```ts
 * import { retry } from '@buildrunner/sdk/resilience'
 *
 * const plan = await retry(() => client.planning.getPlan().orThrow())
 * ```
 */
export async function retry<Value>(work: (attempt: number, signal: AbortSignal | undefined) => Promise<Value>, policy: BackoffPolicy = DEFAULT_SYNC_BACKOFF, options: RetryOptions = {}): Promise<Value> {
  const { signal, clock = systemClock, random = Math.random, isPassing = isTransient, retryAfterMs = retryAfterMsOf, onRetry } = options
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw errorOf({ code: 'ABORTED', message: 'The retries were aborted.', cause: signal.reason })
    try {
      return await work(attempt, signal)
    } catch (error) {
      const wait = isPassing(error) && !signal?.aborted ? waitAfter(attempt, policy, random()) : null
      if (wait === null) throw error
      const waitMs = Math.max(wait, retryAfterMs(error) ?? 0)
      onRetry?.({ attempts: attempt, waitMs, error })
      await clock.wait(waitMs, signal)
    }
  }
}
