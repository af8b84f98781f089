/** The numbers of resilience, in one table: what the SDK does by itself, and what `governance/policy.yml` says where it says nothing. */

/** When what failed is tried again. Section `sync_backoff` of the policy. */
export interface BackoffPolicy {
  /** The wait after the first attempt that failed, in milliseconds. */
  readonly minMs: number
  /** The longest wait, in milliseconds. */
  readonly maxMs: number
  /** What each wait is multiplied by for the next. */
  readonly factor: number
  /** True: a wait is drawn between half and all of its length, so that what failed together does not come back together. */
  readonly jitter: boolean
  /** The first one included. */
  readonly maxAttempts: number
}

/** When calls of something that fails are no longer tried. Section `circuit_breaker` of the policy. */
export interface CircuitBreakerPolicy {
  /** Failures in a row that open the circuit. */
  readonly failureThreshold: number
  /** Successes on trial, without a failure between them, that close it. */
  readonly successThreshold: number
  /** How long it stays open before calls are let through on trial, in milliseconds. */
  readonly cooldownMs: number
  /** Calls on trial at a time. */
  readonly halfOpenMaxCalls: number
}

/** 0.5, 1, 2, 4 seconds and so on, at most 30; five attempts. */
export const DEFAULT_SYNC_BACKOFF: BackoffPolicy = { minMs: 500, maxMs: 30_000, factor: 2, jitter: true, maxAttempts: 5 }

/** Five failures open it for a minute; three successes close it. */
export const DEFAULT_CIRCUIT_BREAKER: CircuitBreakerPolicy = { failureThreshold: 5, successThreshold: 3, cooldownMs: 60_000, halfOpenMaxCalls: 3 }
