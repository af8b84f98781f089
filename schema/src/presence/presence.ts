/**
 * Follows who is present. Each follower begins with the present state, and then gets the newest one whenever it differs from
 * the last: what changes within a moment comes as one state, and a follower that is slow to ask gets what is there when it
 * asks. So nobody holds a backlog, and a slow one costs nothing.
 *
 * All followers of a project share one room in this process. It reads the store when there is news, when time alone changes
 * something (a device falls silent or idle), and every few seconds in any case: news may be lost on its way.
 */
import type { Clock } from '../context.ts'
import { DomainError } from '../shared/errors.ts'
import type { OperatorPolicy } from '../shared/operator-policy.ts'
import { createTicker } from '../shared/ticker.ts'
import { PresenceFollower } from './follower.ts'
import { rosterOf } from './people.ts'
import type { PresentPerson, Roster } from './people.ts'
import type { Beat, DeviceRef, PresenceStore } from './store.ts'

export interface PresenceState {
  readonly people: readonly PresentPerson[]
  /** True: only those are known that this process hears from. */
  readonly degraded: boolean
}

export interface Presence {
  /** @returns whether the device joined with it */
  beat(beat: Omit<Beat, 'now' | 'expiryMs'>): Promise<boolean>
  /** @returns whether the device was there */
  leave(device: DeviceRef): Promise<boolean>
  read(projectId: string): Promise<PresenceState>
  /** States of a project, beginning with the present one. It must be ended: by `return`, by the end of a loop over it, or by `fail`; `onEnd` is then called, once. */
  follow(projectId: string, onEnd?: () => void): PresenceFollower
  /** Devices that this process hears from, and followers. */
  count(): { devices: number; followers: number }
  /** Ends every follower with `SERVICE_UNAVAILABLE`. */
  close(): void
}

export interface PresenceOptions {
  readonly store: PresenceStore
  readonly clock: Clock
  readonly policy: OperatorPolicy['presence']
  /** How often is looked for what time alone changes. Default: 1000. */
  readonly tickMs?: number
  /** Waited after each state before the next. Default: 100 milliseconds. */
  readonly pause?: () => Promise<void>
}

/** A room reads at least this often. */
const REFRESH_MS = 5_000
const PAUSE_MS = 100

const pauseShortly = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, PAUSE_MS).unref())

type Read = (projectId: string) => Promise<PresenceState & Pick<Roster, 'changesAt'>>

/** One project's followers in this process. */
class Room {
  readonly followers = new Set<PresenceFollower>()
  /** When it reads without news. */
  due = 0
  readonly #read: () => ReturnType<Read>
  readonly #pause: () => Promise<void>
  readonly #clock: Clock
  #state: PresenceState | undefined
  #text = ''
  #busy = false
  #hasNews = false

  constructor(read: () => ReturnType<Read>, pause: () => Promise<void>, clock: Clock) {
    this.#read = read
    this.#pause = pause
    this.#clock = clock
  }

  join(follower: PresenceFollower): void {
    this.followers.add(follower)
    if (this.#state) follower.offer(this.#state)
    void this.wake()
  }

  /** Reads, and once more for all that happens meanwhile. */
  async wake(): Promise<void> {
    this.#hasNews = true
    if (this.#busy) return
    this.#busy = true
    while (this.#hasNews && this.followers.size > 0) {
      this.#hasNews = false
      const { changesAt, ...state } = await this.#read()
      this.due = Math.min(changesAt, this.#clock.now().getTime() + REFRESH_MS)
      if (this.#tell(state)) await this.#pause()
    }
    this.#busy = false
  }

  /** False when there is nothing to tell. */
  #tell(state: PresenceState): boolean {
    const text = JSON.stringify(state)
    if (text === this.#text) return false
    this.#text = text
    this.#state = state
    for (const follower of this.followers) follower.offer(state)
    return true
  }
}

export function createPresence({ store, clock, policy, tickMs = 1_000, pause = pauseShortly }: PresenceOptions): Presence {
  const [expiryMs, idleMs] = [policy.expirySeconds * 1_000, policy.idleSeconds * 1_000]
  const rooms = new Map<string, Room>()
  let stopListening = (): void => {}
  const now = (): number => clock.now().getTime()
  const ticker = createTicker(tickMs, async () => {
    const time = now()
    for (const room of rooms.values()) if (room.due <= time) void room.wake()
  })

  const read: Read = async (projectId) => {
    const time = now()
    const { devices, degraded } = await store.list(projectId, time)
    return { ...rosterOf(devices, time, idleMs), degraded }
  }

  function open(projectId: string): Room {
    if (rooms.size === 0) {
      stopListening = store.subscribe((id) => void rooms.get(id)?.wake())
      ticker.start()
    }
    const room = new Room(() => read(projectId), pause, clock)
    rooms.set(projectId, room)
    return room
  }

  function leave(projectId: string, room: Room, follower: PresenceFollower): void {
    room.followers.delete(follower)
    if (room.followers.size > 0 || !rooms.delete(projectId) || rooms.size > 0) return
    stopListening()
    void ticker.stop()
  }

  return {
    beat: (beat) => store.beat({ ...beat, now: now(), expiryMs }),
    leave: (device) => store.leave(device, now()),
    async read(projectId) {
      const { people, degraded } = await read(projectId)
      return { people, degraded }
    },
    follow(projectId, onEnd) {
      const room = rooms.get(projectId) ?? open(projectId)
      const follower = new PresenceFollower((ended) => {
        leave(projectId, room, ended)
        onEnd?.()
      })
      room.join(follower)
      return follower
    },
    count() {
      let followers = 0
      for (const room of rooms.values()) followers += room.followers.size
      return { devices: store.count(now()), followers }
    },
    close() {
      const error = new DomainError('SERVICE_UNAVAILABLE', 'The server stops. Subscribe again.')
      for (const room of rooms.values()) for (const follower of room.followers) follower.fail(error)
    },
  }
}
