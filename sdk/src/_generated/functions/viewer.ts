// Generated from sdk/operations/identity.graphql by `npm run generate`. Do not edit.
import { call } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { ViewerGetData, ViewerRateLimitData } from '../identity.ts'
import { viewer_get, viewer_rateLimit } from '../operations/identity.ts'

export type * from '../identity.ts'

/**
 * Who asks, and with which key.
 *
 * @example
 * ```ts
 * const { data } = await getViewer(client)
 * console.log(data?.name, 'of', data?.organisation.name)
 * ```
 */
export function getViewer(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<ViewerGetData> {
  return call(client, viewer_get, variables, options)
}

/**
 * What may still be asked for. Needs no key. Null where nothing is limited.
 *
 * What you may still ask for in this minute, in points of cost. Every result has it too: `result.rateLimit`.
 *
 * @example
 * ```ts
 * const { data } = await getRateLimit(client)
 * console.log(data?.remaining, 'of', data?.limit, 'until', data?.resetAt)
 * ```
 */
export function getRateLimit(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<ViewerRateLimitData> {
  return call(client, viewer_rateLimit, variables, options)
}
