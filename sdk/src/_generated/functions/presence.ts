// Generated from sdk/operations/presence.graphql by `npm run generate`. Do not edit.
import { call, watch } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, Request } from '../../request.ts'
import type { SubscribeOptions, Subscription } from '../../subscription.ts'
import type { PresenceGetData, PresenceGetVariables, PresenceLeaveData, PresenceLeaveVariables, PresenceUpdateData, PresenceUpdateVariables, PresenceWatchData, PresenceWatchVariables } from '../presence.ts'
import { presence_get, presence_leave, presence_update, presence_watch } from '../operations/presence.ts'

export type * from '../presence.ts'

/**
 * Who is there now.
 *
 * @example
 * ```ts
 * const { data } = await getPresence(client)
 * for (const { person, itemKey } of data?.people ?? []) console.log(person.name, itemKey)
 * ```
 */
export function getPresence(client: Client, variables?: PresenceGetVariables, options?: CallOptions): Request<PresenceGetData> {
  return call(client, presence_get, variables, options)
}

/**
 * Joins with a device, says that it is still there, or what changed for it. A device that says nothing for some time is gone; nobody can be present in somebody else's name.
 *
 * `client.presence.join` does this by itself: it comes again in time, and says everything again where that is needed.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ForbiddenError`, `NotFoundError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updatePresence(client, { deviceId: 'laptop', itemId: 'T-12', typing: true })
 * ```
 */
export function updatePresence(client: Client, variables: PresenceUpdateVariables, options?: CallOptions): Request<PresenceUpdateData> {
  return call(client, presence_update, variables, options)
}

/**
 * Leaves with a device, at once. One that is not there has left.
 *
 * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
 *
 * Its own errors: `ForbiddenError`, `NotFoundError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await leavePresence(client, { deviceId: 'laptop' })
 * ```
 */
export function leavePresence(client: Client, variables: PresenceLeaveVariables, options?: CallOptions): Request<PresenceLeaveData> {
  return call(client, presence_leave, variables, options)
}

/**
 * Who is there: the present state, then the newest whenever it changes, at most every 100 milliseconds. A reader that is slow misses states in between, and never the newest. It ends when the API key no longer stands.
 *
 * The first is the present state. It goes on when the connection drops; a loop that is slow misses states in between, and never the newest.
 *
 * @example
 * ```ts
 * for await (const { people } of watchPresence(client)) console.log(people.map(({ person }) => person.name))
 * ```
 */
export function watchPresence(client: Client, variables?: PresenceWatchVariables, options?: SubscribeOptions): Subscription<PresenceWatchData> {
  return watch(client, presence_watch, variables, options)
}
