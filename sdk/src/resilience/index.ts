/**
 * The entry `@buildrunner/sdk/resilience`: retries with back-off, and a circuit breaker. Client and server use the same; clock and
 * chance are parameters. It needs nothing of Node.
 *
 * @packageDocumentation
 */
export { CircuitOpenError } from '../errors.ts'
export { backoffMs, waitAfter } from './backoff.ts'
export { CircuitBreaker } from './circuit-breaker.ts'
export type { CircuitBreakerOptions, CircuitPermit, CircuitState, CircuitStats } from './circuit-breaker.ts'
export { systemClock } from './clock.ts'
export type { ResilienceClock } from './clock.ts'
export { DEFAULT_CIRCUIT_BREAKER, DEFAULT_SYNC_BACKOFF } from './policy.ts'
export type { BackoffPolicy, CircuitBreakerPolicy } from './policy.ts'
export { retry } from './retry.ts'
export type { RetryInfo, RetryOptions } from './retry.ts'
export { isTransient, retryAfterMsOf } from './transient.ts'
