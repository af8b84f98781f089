// Generated from sdk/operations/events.graphql by `npm run generate`. Do not edit.
import { list, watch } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest } from '../../request.ts'
import type { SubscribeOptions, Subscription } from '../../subscription.ts'
import type { EventsListData, EventsListVariables, EventsWatchData, EventsWatchVariables } from '../events.ts'
import { events_list, events_watch } from '../operations/events.ts'

export type * from '../events.ts'

/**
 * Events of a project after a sequence.
 *
 * Iterating reads on, page by page, up to the newest event; it throws `HISTORY_GAP` where history was cut.
 *
 * @example
 * ```ts
 * for await (const event of listEvents(client, { since: 0 })) console.log(event.sequence, event.kind)
 * ```
 */
export function listEvents(client: Client, variables: EventsListVariables, options?: CallOptions): ListRequest<EventsListData, EventsListData['events'][number]> {
  return list(client, events_list, variables, options)
}

/**
 * Events of a project as they happen: each once and in order, or an explicit gap. It ends with an error when the API key or session no longer stands, or may no longer read the plan.
 *
 * Each event comes once and in order, also when the connection drops: it is opened again, and what was missed is delivered first.
 * Without `since` it begins now: the first message has neither event nor gap, and tells from which sequence on. With `kinds`
 * (`plan.changed`, or `comment.*` for all that begin so) others are passed over: sequences skip, and a message with neither tells
 * now and then how far it is.
 *
 * @example
 * ```ts
 * for await (const { event, gap } of watchEvents(client, { since: 0 })) {
 *   if (event) console.log(event.sequence, event.kind)
 *   else if (gap !== null) console.log(`events up to ${gap} are gone: read the plan again`)
 * }
 * ```
 */
export function watchEvents(client: Client, variables?: EventsWatchVariables, options?: SubscribeOptions): Subscription<EventsWatchData> {
  return watch(client, events_watch, variables, options)
}
