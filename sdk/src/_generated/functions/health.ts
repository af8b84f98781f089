// Generated from sdk/operations/health.graphql by `npm run generate`. Do not edit.
import { call } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { HealthCheckData } from '../health.ts'
import { health_check } from '../operations/health.ts'

export type * from '../health.ts'

/**
 * The state of the server and of what it needs. Needs no key.
 *
 * Works without an API key.
 *
 * @example
 * ```ts
 * const { data, error } = await checkHealth(client, {}, { timeoutMs: 2_000 })
 * console.log(data?.status ?? error?.message)
 * ```
 */
export function checkHealth(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<HealthCheckData> {
  return call(client, health_check, variables, options)
}
