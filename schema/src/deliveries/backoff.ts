/** When a delivery that failed is tried again. */

/** The operator's numbers: `governance/policy.yml`, section `deliveries`. */
export interface Backoff {
  readonly minSeconds: number
  readonly maxSeconds: number
  /** What each wait is multiplied by for the next. */
  readonly factor: number
  /** The first one included. After the last that fails, a delivery is dead. */
  readonly maxAttempts: number
}

/**
 * How long to wait after so many attempts: exponential, between half and all of it, so that what failed together does not come
 * back together.
 *
 * @param random from 0 to 1
 * @returns milliseconds; null after the last attempt
 */
export function waitAfter(attempts: number, { minSeconds, maxSeconds, factor, maxAttempts }: Backoff, random: number): number | null {
  if (attempts >= maxAttempts) return null
  const seconds = Math.min(maxSeconds, minSeconds * factor ** (attempts - 1))
  return Math.round(seconds * 1_000 * (0.5 + random / 2))
}
