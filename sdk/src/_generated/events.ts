// Generated from sdk/operations/events.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Operation } from '../request.ts'

export interface ProjectEvent {
  sequence: number
  kind: string
  version: number
  actor: string
  origin: string
  requestId: string
  createdAt: string
  data: unknown
}

export const ProjectEventFragment = 'fragment ProjectEvent on Event{sequence kind version actor origin requestId createdAt data}'

/** What `events.list` takes. */
export interface EventsListVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  since: number
  /** Default: 100. */
  first?: number
}

/** What `events.list` answers. */
export interface EventsListData {
  events: ProjectEvent[]
  sequence: number
  hasMore: boolean
  gap: number | null
}

export const events_list: Operation = { text: ['query events_list($projectId:ID!$since:Int!$first:Int=100){events(projectId:$projectId since:$since first:$first){events{...ProjectEvent}sequence hasMore gap}}', ProjectEventFragment], items: 'events' }

/** The event log: every change of a project, in order. */
export interface EventsGroup {
  /**
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
