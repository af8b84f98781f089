// Generated from sdk/operations/identity.graphql by `npm run generate`. Do not edit.
import { call } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { ViewerGetData } from '../identity.ts'
import { viewer_get } from '../operations/identity.ts'

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
