// Generated from sdk/operations/health.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Request } from '../request.ts'

/** What `health.check` answers. */
export interface HealthCheckData {
  /** `ok`, `degraded` or `down`. */
  status: string
  /** Version of the server. */
  version: string
  /** `ok`, or what is wrong. */
  database: string
  /** `ok`, `not configured`, or what is wrong. */
  redis: string
  /** `ok`, or which migrations are missing. */
  migrations: string
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
