/**
 * Where presence is kept: by project, what each device of a person said last, until it has been silent for too long. It is no
 * part of the event log, and nothing of it outlives a few minutes.
 */

export const PRESENCE_STATUSES = ['ACTIVE', 'IDLE', 'AWAY'] as const
export type PresenceStatus = (typeof PRESENCE_STATUSES)[number]

/** A place in a text that is being edited. */
export interface Cursor {
  /** Which field of the item, as the clients name it. */
  readonly field: string
  /** In UTF-16 code units from its beginning. */
  readonly offset: number
}

/** What a device says of its person. */
export interface DeviceState {
  /** The item of the plan they are on. */
  readonly itemKey: string | null
  readonly typing: boolean
  readonly cursor: Cursor | null
  readonly status: PresenceStatus
}

/** One device of one person in one project: a session of presence. Times are in milliseconds, by the clock of the servers. */
export interface Device extends DeviceState {
  readonly userId: string
  readonly deviceId: string
  /** Of the person, as others see it. */
  readonly name: string
  readonly joinedAt: number
  /** When it last said something; a heartbeat says nothing. */
  readonly saidAt: number
  readonly expiresAt: number
}

export interface DeviceRef {
  readonly projectId: string
  readonly userId: string
  readonly deviceId: string
}

/** A sign of life. The first of a device is its joining. */
export interface Beat extends DeviceRef {
  readonly name: string
  /** What is said; nothing: a heartbeat. */
  readonly says: Partial<DeviceState>
  readonly now: number
  /** After so many milliseconds of silence the device is gone. */
  readonly expiryMs: number
}

export interface Present {
  readonly devices: readonly Device[]
  /** True: what other processes know is out of reach, and these are only the devices that this process hears from. */
  readonly degraded: boolean
}

/** None of its methods fails: where the store is out of reach, presence is degraded. */
export interface PresenceStore {
  /** @returns whether the device joined with it */
  beat(beat: Beat): Promise<boolean>
  /** @returns whether the device was there */
  leave(device: DeviceRef, now: number): Promise<boolean>
  /** Devices that have not expired. */
  list(projectId: string, now: number): Promise<Present>
  /** Calls `listener` for each project in which a device joined, said something or left, in whatever process, until the returned function is called. */
  subscribe(listener: (projectId: string) => void): () => void
  /** How many devices this process hears from. */
  count(now: number): number
}

/** What a device that says nothing else is taken to say. */
export const SILENT: DeviceState = { itemKey: null, typing: false, cursor: null, status: 'ACTIVE' }

/** Devices of one person in one project; with one more, the one that was silent for longest is gone. */
export const MAX_DEVICES = 20

/** What a device says beside a heartbeat, with when; a heartbeat says nothing. */
export const said = ({ says, name, now }: Beat): Partial<Device> => (Object.keys(says).length === 0 ? {} : { ...says, name, saidAt: now })

/** A device as it joins, before it has said anything. */
export const joining = ({ userId, deviceId, name, now, expiryMs }: Beat): Device => ({ ...SILENT, userId, deviceId, name, joinedAt: now, saidAt: now, expiresAt: now + expiryMs })
