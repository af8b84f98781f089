// Generated from sdk/operations/health.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Request } from '../request.ts'
import type { CircuitState, HealthTargetKind, HealthTargetStatus, ServerMode } from './schema.ts'

/** What `health.check` answers. */
export interface HealthCheckData {
  /** `ok`; `degraded` when something fails that the server can do without for a while; `down`. */
  status: string
  /** Version of the server. */
  version: string
  /** What the server can do now. */
  mode: ServerMode
  /** `ok`, or what is wrong. */
  database: string
  /** `ok`, `not configured`, or what is wrong. */
  redis: string
  /** `ok`, or which migrations are missing. */
  migrations: string
  /** Every system that was asked, and those that are not configured. */
  targets: Array<{
    /** Names it: `database`, or the host of a system elsewhere. */
    name: string
    /** What it is to the server. */
    kind: HealthTargetKind
    /** How it answered. */
    status: HealthTargetStatus
    /** Milliseconds until it answered; null when it did not, or was not asked. */
    latencyMs: number | null
    /** When it was asked: an answer counts for some seconds. Null when it is not configured. */
    checkedAt: string | null
    /** What is wrong; null when nothing is. */
    message: string | null
    /** Null when it is not configured. */
    breaker: {
      /** Whether it is still asked. */
      state: CircuitState
      /** In a row, since it last answered well. */
      failures: number
    } | null
  }>
}

/** The server's own state. */
export interface HealthGroup {
  /**
   * The state of the server and of what it needs. Needs no key.
   *
   * Works without an API key.
   *
   * @example
   * ```ts
   * const { data, error } = await client.health.check({}, { timeoutMs: 2_000 })
   * console.log(data?.status ?? error?.message)
   * ```
   */
  check(variables?: Record<string, never>, options?: CallOptions): Request<HealthCheckData>
}
