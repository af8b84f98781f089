/** From devices to people: somebody who is there with several devices is shown once. */
import { PRESENCE_STATUSES } from './store.ts'
import type { Device, DeviceState, PresenceStatus } from './store.ts'

export interface PresentPerson extends DeviceState {
  readonly userId: string
  readonly name: string
  readonly devices: number
  /** When the first of their devices that are there joined, in milliseconds. */
  readonly joinedAt: number
}

export interface Roster {
  /** In the order in which they came. */
  readonly people: readonly PresentPerson[]
  /** When time alone changes something: a device expires, or becomes idle. Infinity where nobody is. */
  readonly changesAt: number
}

type Judged = Device & { readonly now: PresenceStatus }

/** What a device counts as: whatever it said, one that has said nothing for long is idle. */
function judge(device: Device, now: number, idleMs: number): Judged {
  const idle = device.status === 'ACTIVE' && now - device.saidAt >= idleMs
  return { ...device, now: idle ? 'IDLE' : device.status }
}

const rank = ({ now }: Judged): number => PRESENCE_STATUSES.indexOf(now)

/** The device that speaks for its person: an active one before an idle one before one that is away, and of these the last that said something. */
const bySpeaking = (a: Judged, b: Judged): number => rank(a) - rank(b) || b.saidAt - a.saidAt || (a.deviceId < b.deviceId ? 1 : -1)

function personOf(devices: readonly Judged[]): PresentPerson {
  const [{ userId, name, itemKey, cursor, now }] = devices.toSorted(bySpeaking) as [Judged]
  return {
    userId, name, itemKey, cursor, status: now,
    typing: devices.some((device) => device.typing && device.now === 'ACTIVE'),
    devices: devices.length,
    joinedAt: Math.min(...devices.map(({ joinedAt }) => joinedAt)),
  }
}

export function rosterOf(devices: readonly Device[], now: number, idleMs: number): Roster {
  const judged = devices.map((device) => judge(device, now, idleMs))
  const people = [...Map.groupBy(judged, ({ userId }) => userId).values()].map(personOf)
  const times = judged.flatMap((device) => (device.now === 'ACTIVE' ? [device.expiresAt, device.saidAt + idleMs] : [device.expiresAt]))
  return { people: people.sort((a, b) => a.joinedAt - b.joinedAt || (a.userId < b.userId ? -1 : 1)), changesAt: Math.min(...times) }
}
