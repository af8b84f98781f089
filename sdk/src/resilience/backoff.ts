/** How long to wait before the next attempt: the one formula of SDK, CLI and server. */
import type { BackoffPolicy } from './policy.ts'

/**
 * The wait after so many attempts: exponential, at most `maxMs`; with jitter drawn between half and all of that.
 *
 * @param attempts those that failed, from 1
 * @param random from 0 to 1, as `Math.random()` gives
 * @returns whole milliseconds; `maxAttempts` is not looked at, see {@link waitAfter}
 *
 * @example
 * ```ts
 * import { DEFAULT_SYNC_BACKOFF, backoffMs } from '@buildrunner/sdk/resilience'
 *
 * console.log(backoffMs(3, DEFAULT_SYNC_BACKOFF, 1)) // 2000
 * ```
 */
export function backoffMs(attempts: number, { minMs, maxMs, factor, jitter }: Omit<BackoffPolicy, 'maxAttempts'>, random: number): number {
  const wait = Math.min(maxMs, minMs * factor ** (attempts - 1))
  return Math.round(jitter ? wait * (0.5 + random / 2) : wait)
}

/** As {@link backoffMs}; null after the last attempt. */
export const waitAfter = (attempts: number, policy: BackoffPolicy, random: number): number | null =>
  attempts >= policy.maxAttempts ? null : backoffMs(attempts, policy, random)
