/**
 * Presence that several server processes share: one hash a project, in which each device is a field.
 *
 * An entry says itself until when it counts, so that it is gone for every process once its device was silent for long enough,
 * whatever became of the process that wrote it. What has expired is deleted when a device joins; the whole hash by Redis, when
 * nobody was there for that time. A beat reads and writes in one script: two that come at once lose nothing of each other.
 *
 * While Redis is away each process knows what it hears itself, and says that it is degraded. It comes back with the next beats.
 */
import { createMemoryPresence } from '@buildrunner/schema/presence/memory-store'
import { MAX_DEVICES, joining, said } from '@buildrunner/schema/presence/store'
import type { Device, DeviceRef, PresenceStore } from '@buildrunner/schema/presence/store'
import type { Logger } from 'pino'
import type { RedisConnection } from './redis.ts'

export interface RedisPresenceOptions {
  readonly redis: Pick<RedisConnection, 'client' | 'listen'>
  readonly logger: Logger
  /** How long Redis may take to answer before it counts as away. Default: 1000. */
  readonly timeoutMs?: number
}

const PREFIX = 'buildrunner:presence:'

/** KEYS: the hash. ARGV: the field, the person's fields begin with, what is said, the entry of who joins, now, how long it lives, devices of one person, the channel. */
const BEAT = `
local field, own, now, life = ARGV[1], ARGV[2], tonumber(ARGV[5]), tonumber(ARGV[6])
local said = cjson.decode(ARGV[3])
local held = redis.call('HGET', KEYS[1], field)
local entry = held and cjson.decode(held)
local joins = not entry or entry.expiresAt <= now
if joins then
  entry = cjson.decode(ARGV[4])
  local count, oldest, until_ = 0, nil, nil
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local expiresAt = cjson.decode(all[i + 1]).expiresAt
    if expiresAt <= now then redis.call('HDEL', KEYS[1], all[i])
    elseif string.sub(all[i], 1, #own) == own then
      count = count + 1
      if not until_ or expiresAt < until_ then oldest, until_ = all[i], expiresAt end
    end
  end
  if count >= tonumber(ARGV[7]) then redis.call('HDEL', KEYS[1], oldest) end
end
for name, value in pairs(said) do entry[name] = value end
entry.expiresAt = now + life
redis.call('HSET', KEYS[1], field, cjson.encode(entry))
redis.call('PEXPIRE', KEYS[1], life)
if joins or next(said) then redis.call('PUBLISH', ARGV[8], '') end
return joins and 1 or 0`

/** KEYS: the hash. ARGV: the field, now, the channel. */
const LEAVE = `
local held = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
if not held or cjson.decode(held).expiresAt <= tonumber(ARGV[2]) then return 0 end
redis.call('PUBLISH', ARGV[3], '')
return 1`

const fieldOf = ({ userId, deviceId }: Pick<DeviceRef, 'userId' | 'deviceId'>): string => `${userId}/${deviceId}`

export async function createRedisPresence({ redis: { client, listen }, logger, timeoutMs = 1_000 }: RedisPresenceOptions): Promise<PresenceStore> {
  /** What this process hears itself: all there is while Redis is away. */
  const own = createMemoryPresence()
  const listeners = new Set<(projectId: string) => void>()
  await listen(PREFIX, (projectId) => {
    for (const listener of listeners) listener(projectId)
  })

  /** What Redis answers; `fallback` where it does not. */
  async function ask<Answer, Fallback>(command: () => Promise<Answer>, fallback: Fallback): Promise<Answer | Fallback> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    })
    try {
      return await Promise.race([command(), late])
    } catch (error) {
      logger.debug({ err: error }, 'presence without Redis')
      return fallback
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async beat(beat) {
      const joined = await own.beat(beat)
      const key = PREFIX + beat.projectId
      const args = [fieldOf(beat), `${beat.userId}/`, JSON.stringify(said(beat)), JSON.stringify(joining(beat)), String(beat.now), String(beat.expiryMs), String(MAX_DEVICES), key]
      return await ask(async () => (await client.eval(BEAT, { keys: [key], arguments: args })) === 1, joined)
    },
    async leave(device, now) {
      const left = await own.leave(device, now)
      const key = PREFIX + device.projectId
      return await ask(async () => (await client.eval(LEAVE, { keys: [key], arguments: [fieldOf(device), String(now), key] })) === 1, left)
    },
    async list(projectId, now) {
      const entries = await ask(() => client.hVals(PREFIX + projectId), null)
      if (entries === null) return { ...(await own.list(projectId, now)), degraded: true }
      return { devices: entries.map((entry) => JSON.parse(entry) as Device).filter(({ expiresAt }) => expiresAt > now), degraded: false }
    },
    subscribe(listener) {
      listeners.add(listener)
      // while Redis is there, it tells this process too
      const stop = own.subscribe((projectId) => {
        if (!client.isReady) listener(projectId)
      })
      return () => {
        listeners.delete(listener)
        stop()
      }
    },
    count: own.count,
  }
}
