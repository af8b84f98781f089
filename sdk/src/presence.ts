/** What `client.presence` can do beside its operations. The code behind it is loaded when it is called first. */
import type { Client } from './client.ts'
import type { BuildRunnerError } from './errors.ts'
import type { PresenceSession } from './presence-session.ts'
import type { PresenceCursorInput, PresenceStatus } from './_generated/schema.ts'

/** What is said of a device's person. What is left out stays as it is; null takes it back. */
export interface PresenceChange {
  /** Key or id of the item they are on. Where it is given, `typing` and `cursor` begin anew. */
  readonly itemId?: string | null | undefined
  /** Whether they type. */
  readonly typing?: boolean | null | undefined
  /** Where in a text. */
  readonly cursor?: PresenceCursorInput | null | undefined
  /**
   * How present they are. The server makes it `IDLE` when nothing is said for a minute; a page that is hidden is `AWAY` by itself.
   *
   * @defaultValue `'ACTIVE'`
   */
  readonly status?: PresenceStatus | null | undefined
}

/** Options of `client.presence.join()`, and what is said with it. */
export interface JoinPresenceOptions extends PresenceChange {
  /**
   * The project: a node id, a UUID or a slug.
   *
   * @defaultValue the client's `projectId`
   */
  readonly projectId?: string | undefined
  /**
   * Names the device, 1 to 64 letters, digits and `_ . : -`. Whoever is there with several is shown once.
   *
   * @defaultValue a random one
   */
  readonly deviceId?: string | undefined
  /**
   * Told of what could not be said, and goes on: a change that the server refused, a network that is away. After an error for which
   * the session `ended` nothing follows.
   */
  readonly onError?: ((error: BuildRunnerError) => void) | undefined
}

/** Of `client.presence`, beside its operations. */
export interface PresenceTools {
  /**
   * Joins, and stays until `leave()`: heartbeats are sent by themselves, also after the server forgot everything or was away. They
   * keep no process alive. In a page, a hidden one is `AWAY`, and one that is closed leaves.
   *
   * @throws BuildRunnerError when the server refuses the joining, or does not answer it
   *
   * @example
   * ```ts
   * const here = await client.presence.join({ itemId: 'T-12' })
   * here.update({ typing: true })
   * await here.leave()
   * ```
   */
  join(options?: JoinPresenceOptions): Promise<PresenceSession>
}

export const presenceTools = (client: Client): PresenceTools => ({
  join: async (options) => (await import('./presence-session.ts')).joinPresence(client, options),
})
