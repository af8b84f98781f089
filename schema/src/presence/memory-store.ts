/** Presence inside one process. */
import { EventEmitter } from 'node:events'
import { MAX_DEVICES, joining, said } from './store.ts'
import type { Beat, Device, PresenceStore } from './store.ts'

type Room = Map<string, Device>

const keyOf = ({ userId, deviceId }: Pick<Device, 'userId' | 'deviceId'>): string => `${userId}/${deviceId}`

/** Makes place for one more device of the same person. */
function limit(room: Room, userId: string): void {
  const own = [...room.values()].filter((device) => device.userId === userId)
  const [oldest] = own.toSorted((a, b) => a.expiresAt - b.expiresAt)
  if (own.length >= MAX_DEVICES && oldest) room.delete(keyOf(oldest))
}

export function createMemoryPresence(): PresenceStore {
  const news = new EventEmitter().setMaxListeners(0)
  const rooms = new Map<string, Room>()
  let sweepAt = 0

  function sweep(now: number): void {
    for (const [projectId, room] of rooms) {
      for (const [key, { expiresAt }] of room) if (expiresAt <= now) room.delete(key)
      if (room.size === 0) rooms.delete(projectId)
    }
  }

  function roomOf({ projectId, now, expiryMs }: Beat): Room {
    // once in the time that a device lives: what it costs does not grow with the beats
    if (now >= sweepAt) {
      sweep(now)
      sweepAt = now + expiryMs
    }
    const room = rooms.get(projectId) ?? new Map<string, Device>()
    rooms.set(projectId, room)
    return room
  }

  return {
    async beat(beat) {
      const room = roomOf(beat)
      const known = room.get(keyOf(beat))
      const joins = known === undefined || known.expiresAt <= beat.now
      if (joins) {
        room.delete(keyOf(beat))
        limit(room, beat.userId)
      }
      const says = said(beat)
      room.set(keyOf(beat), { ...(joins ? joining(beat) : known), ...says, expiresAt: beat.now + beat.expiryMs })
      if (joins || says.saidAt !== undefined) news.emit('news', beat.projectId)
      return joins
    },
    async leave(device, now) {
      const room = rooms.get(device.projectId)
      const known = room?.get(keyOf(device))
      room?.delete(keyOf(device))
      if (known === undefined || known.expiresAt <= now) return false
      news.emit('news', device.projectId)
      return true
    },
    async list(projectId, now) {
      return { devices: [...(rooms.get(projectId)?.values() ?? [])].filter(({ expiresAt }) => expiresAt > now), degraded: false }
    },
    subscribe(listener) {
      news.on('news', listener)
      return () => void news.off('news', listener)
    },
    count(now) {
      sweep(now)
      let count = 0
      for (const room of rooms.values()) count += room.size
      return count
    },
  }
}
