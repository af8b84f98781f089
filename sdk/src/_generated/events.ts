// Generated from sdk/operations/events.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest } from '../request.ts'
import type { SubscribeOptions, Subscription } from '../subscription.ts'

/** One entry of the event log: one write. */
export interface ProjectEvent {
  /** Number in the project's stream: gapless, ascending. */
  sequence: number
  /** What happened, e.g. `plan.changed`. */
  kind: string
  /** Version of the shape of `data` for this kind. */
  version: number
  /** Node id of who did it. */
  actor: string
  /** Through which client, e.g. `cli/0.1.0`. */
  origin: string
  /** The request it came with. */
  requestId: string
  /** When. */
  createdAt: string
  /** What changed. For `plan.changed`: `changes`, and `inverse`, which undoes them. For `comment.*`: `commentId`, `threadId`, `itemKey`. */
  data: unknown
}

/** What a subscription to events delivers: an event, or a gap. A message with neither tells where the subscriber stands: the first does, and one now and then while events that it did not ask for are passed over. */
export interface EventMessage {
  /** Where the subscriber stands now: subscribing with this as `since` goes on after this message. */
  sequence: number
  /** The event; null for a gap, and where the message only tells the sequence. */
  event: ProjectEvent | null
  /** Set when history up to this sequence was cut: read the plan again; the events after it follow. */
  gap: number | null
}

/** What `events.list` takes. */
export interface EventsListVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The last sequence the caller has seen; 0 for all. */
  since: number
  /** At most this many, 1 to 1000. Default: 100. Default: 100. */
  first?: number
}

/** What `events.list` answers. */
export interface EventsListData {
  /** The events. */
  events: ProjectEvent[]
  /** Sequence of the newest event of the stream. */
  sequence: number
  /** True when more follow: ask again from the last sequence. */
  hasMore: boolean
  /** Set when history up to this sequence was cut: read the plan again and go on from there. */
  gap: number | null
}

/** What `events.watch` takes. */
export interface EventsWatchVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The last sequence the caller has seen: what came after it is delivered first. 0 for all. Default: from now on. */
  since?: number | null
  /** Which events: kinds such as `plan.changed`, or `comment.*` for all that begin so; 1 to 20. Default: all. What is left out is passed over: `since` goes on to count it. */
  kinds?: readonly string[] | null
}

/** What `events.watch` answers. */
export type EventsWatchData = EventMessage

/** The event log: every change of a project, in order. */
export interface EventsGroup {
  /**
   * Events of a project after a sequence.
   *
   * Iterating reads on, page by page, up to the newest event; it throws `HISTORY_GAP` where history was cut.
   *
   * @example
   * ```ts
   * for await (const event of client.events.list({ since: 0 })) console.log(event.sequence, event.kind)
   * ```
   */
  list(variables: EventsListVariables, options?: CallOptions): ListRequest<EventsListData, EventsListData['events'][number]>

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
   * for await (const { event, gap } of client.events.watch({ since: 0 })) {
   *   if (event) console.log(event.sequence, event.kind)
   *   else if (gap !== null) console.log(`events up to ${gap} are gone: read the plan again`)
   * }
   * ```
   */
  watch(variables?: EventsWatchVariables, options?: SubscribeOptions): Subscription<EventsWatchData>
}
