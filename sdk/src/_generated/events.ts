// Generated from sdk/operations/events.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Operation } from '../request.ts'

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
  /** What changed. For `plan.changed`: `changes`, and `inverse`, which undoes them. */
  data: unknown
}

export const ProjectEventFragment = 'fragment ProjectEvent on Event{sequence kind version actor origin requestId createdAt data}'

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

export const events_list: Operation = { text: ['query events_list($projectId:ID!$since:Int!$first:Int=100){events(projectId:$projectId since:$since first:$first){events{...ProjectEvent}sequence hasMore gap}}', ProjectEventFragment], items: 'events' }

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
}

export const events = {
  list: events_list,
} satisfies Record<keyof EventsGroup, Operation>
