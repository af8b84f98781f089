/** Presence of several processes, on a real Redis. */
import { createPresence } from '@buildrunner/schema/presence/presence'
import type { PresenceStore } from '@buildrunner/schema/presence/store'
import { EXPIRY_MS, describePresenceStore } from '@buildrunner/schema/presence/testing/conformance'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasRedis, startRedis } from '../testing/redis.ts'
import type { TestRedis } from '../testing/redis.ts'
import { createRedisPresence } from './redis-presence.ts'
import { connectRedis } from './redis.ts'
import type { RedisConnection } from './redis.ts'

const logger = pino({ level: 'silent' })

describe.skipIf(!hasRedis('presence of several processes'))('on Redis', () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())

  async function open(): Promise<{ store: PresenceStore; connection: RedisConnection }> {
    const connection = await connectRedis(redis.url, logger)
    return { store: await createRedisPresence({ redis: connection, logger }), connection }
  }

  describePresenceStore('presence of two processes', async () => {
    const [one, other] = await Promise.all([open(), open()])
    await one.connection.client.flushAll()
    return { stores: [one.store, other.store], close: async () => void (await Promise.all([one.connection.close(), other.connection.close()])) }
  })

  describe('presence,', () => {
    let one: Awaited<ReturnType<typeof open>>
    let other: Awaited<ReturnType<typeof open>>
    beforeAll(async () => {
      [one, other] = await Promise.all([open(), open()])
    })
    afterAll(async () => void (await Promise.all([one.connection.close(), other.connection.close()])))

    const beat = (store: PresenceStore, deviceId: string, says = {}, projectId = 'p', expiryMs = EXPIRY_MS) => store.beat({ projectId, userId: 'ada', deviceId, name: 'Ada', says, now: Date.now(), expiryMs })
    const list = async (store: PresenceStore) => {
      const { devices, degraded } = await store.list('p', Date.now())
      return { devices: devices.map(({ deviceId, itemKey }) => `${deviceId} ${itemKey}`).sort(), degraded }
    }

    test('changes of one device that come at once to two processes lose nothing of each other', async () => {
      await beat(one.store, 'laptop', {}, 'race')
      await Promise.all(Array.from({ length: 50 }, (_, offset) => [beat(one.store, 'laptop', { cursor: { field: 'title', offset } }, 'race'), beat(other.store, 'laptop', { itemKey: `T-${offset}`, typing: true }, 'race')]).flat())
      expect((await other.store.list('race', Date.now())).devices).toMatchObject([{ itemKey: 'T-49', typing: true, cursor: { offset: 49 } }])
    })

    test('deletes by itself what nobody is in any more', async () => {
      await beat(one.store, 'laptop', {}, 'left', 20)
      await expect.poll(() => one.connection.client.exists('buildrunner:presence:left')).toBe(0)
    })

    test('whoever was heard by a process that is gone expires for the others, and their followers are told', async () => {
      let now = Date.now()
      const presence = createPresence({ store: other.store, clock: { now: () => new Date(now) }, policy: DEFAULT_OPERATOR_POLICY.presence, tickMs: 5 })
      await beat(one.store, 'laptop', {}, 'killed')
      const follower = presence.follow('killed')
      expect((await follower.next()).value!.people).toHaveLength(1)
      now += EXPIRY_MS + 1_000
      expect((await follower.next()).value!.people).toEqual([])
      await follower.return()
    })

    test('without Redis a process knows whom it hears itself, and says so; with it again, the next beats bring everybody', async () => {
      await Promise.all([beat(one.store, 'laptop', { itemKey: 'T-1' }), beat(other.store, 'phone', { itemKey: 'T-2' })])
      expect(await list(one.store)).toEqual({ devices: ['laptop T-1', 'phone T-2'], degraded: false })
      const follower = createPresence({ store: one.store, clock: { now: () => new Date() }, policy: DEFAULT_OPERATOR_POLICY.presence, tickMs: 20 }).follow('p')
      expect((await follower.next()).value).toMatchObject({ degraded: false, people: [{ devices: 2 }] })
      await redis.stop()
      expect(await beat(one.store, 'laptop', { itemKey: 'T-3' })).toBe(false)
      expect(await list(one.store)).toEqual({ devices: ['laptop T-3'], degraded: true })
      expect((await follower.next()).value).toMatchObject({ degraded: true, people: [{ itemKey: 'T-3', devices: 1 }] })
      await redis.start()
      await expect.poll(async () => (await list(one.store)).degraded || (await list(other.store)).degraded, { timeout: 10_000 }).toBe(false)
      // Redis has forgotten them, and they learn it: what they had said must be said again
      expect(await beat(one.store, 'laptop')).toBe(true)
      await expect.poll(() => beat(other.store, 'phone', { itemKey: 'T-2' }), { timeout: 10_000 }).toBe(false)
      expect(await list(one.store)).toEqual({ devices: ['laptop null', 'phone T-2'], degraded: false })
      expect((await follower.next()).value!.degraded).toBe(false)
      await follower.return()
    })

    test('a Redis that does not answer counts as away', async () => {
      const mute = { ...one.connection, client: { isReady: true, hVals: () => new Promise(() => {}), eval: () => new Promise(() => {}) } as never }
      const store = await createRedisPresence({ redis: mute, logger, timeoutMs: 10 })
      expect(await beat(store, 'laptop')).toBe(true)
      expect(await list(store)).toEqual({ devices: ['laptop null'], degraded: true })
    })
  })
})
