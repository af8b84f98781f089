// Generated from sdk/operations/presence.graphql by `npm run generate`. Do not edit.
import type { CallOptions, Request } from '../request.ts'
import type { SubscribeOptions, Subscription } from '../subscription.ts'
import type { PresenceCursorInput, PresenceStatus } from './schema.ts'

/** Somebody who is there, with one device or several: item, cursor and status are those of the device that was active last. */
export interface PresentPerson {
  /** Who. */
  person: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** How present. */
  status: PresenceStatus
  /** Key of the item they are on; null: none. */
  itemKey: string | null
  /** True while they type, on whichever device. */
  typing: boolean
  /** Where in a text. */
  cursor: {
    /** The field of the item, as the clients name it. */
    field: string
    /** In UTF-16 code units from its beginning. */
    offset: number
  } | null
  /** With how many devices. */
  devices: number
  /** Since when. */
  joinedAt: string
}

/** Who is there, in one project. */
export interface Presence {
  /** Each person once, in the order in which they came. */
  people: PresentPerson[]
  /** True while servers cannot tell each other: some who are there may be missing. It passes by itself. */
  degraded: boolean
}

/** What `presence.get` takes. */
export interface PresenceGetVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `presence.get` answers. */
export type PresenceGetData = Presence

/** What `presence.update` takes. */
export interface PresenceUpdateVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The device, by a name of its own that nobody else need know: a page, a process. 1 to 64 letters, digits and `_ . : -`. */
  deviceId: string
  /** Key or id of the item they are on. Where it is given, typing and cursor begin anew. */
  itemId?: string | null
  /** Whether they type. */
  typing?: boolean | null
  /** Where in a text. */
  cursor?: PresenceCursorInput | null
  /** How present they are. Default: ACTIVE; it becomes IDLE by itself when nothing is said for a minute. */
  status?: PresenceStatus | null
}

/** What `presence.update` answers. */
export interface PresenceUpdateData {
  /** True when the device was not there before, or no longer: whatever it had said must be said again. */
  joined: boolean
  /** Within so many seconds the next sign of life is due: one that names only project and device will do. */
  heartbeatSeconds: number
  /** Who is there. */
  presence: Presence
}

/** What `presence.leave` takes. */
export interface PresenceLeaveVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The device, by a name of its own that nobody else need know: a page, a process. 1 to 64 letters, digits and `_ . : -`. */
  deviceId: string
}

/** What `presence.leave` answers. */
export interface PresenceLeaveData {
  /** Who is there. */
  presence: Presence
}

/** What `presence.watch` takes. */
export interface PresenceWatchVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `presence.watch` answers. */
export type PresenceWatchData = Presence

/** Who is here, on which item, doing what. */
export interface PresenceGroup {
  /**
   * Who is there now.
   *
   * @example
   * ```ts
   * const { data } = await client.presence.get()
   * for (const { person, itemKey } of data?.people ?? []) console.log(person.name, itemKey)
   * ```
   */
  get(variables?: PresenceGetVariables, options?: CallOptions): Request<PresenceGetData>

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
   * const { data, error } = await client.presence.update({ deviceId: 'laptop', itemId: 'T-12', typing: true })
   * ```
   */
  update(variables: PresenceUpdateVariables, options?: CallOptions): Request<PresenceUpdateData>

  /**
   * Leaves with a device, at once. One that is not there has left.
   *
   * It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.
   *
   * Its own errors: `ForbiddenError`, `NotFoundError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.presence.leave({ deviceId: 'laptop' })
   * ```
   */
  leave(variables: PresenceLeaveVariables, options?: CallOptions): Request<PresenceLeaveData>

  /**
   * Who is there: the present state, then the newest whenever it changes, at most every 100 milliseconds. A reader that is slow misses states in between, and never the newest. It ends when the API key no longer stands.
   *
   * The first is the present state. It goes on when the connection drops; a loop that is slow misses states in between, and never the newest.
   *
   * @example
   * ```ts
   * for await (const { people } of client.presence.watch()) console.log(people.map(({ person }) => person.name))
   * ```
   */
  watch(variables?: PresenceWatchVariables, options?: SubscribeOptions): Subscription<PresenceWatchData>
}
