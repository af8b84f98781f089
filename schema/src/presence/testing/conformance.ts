/** What every store of presence does: held against a model, over two processes that share it. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_DEVICES, SILENT } from '../store.ts'
import type { Device, DeviceState, PresenceStore } from '../store.ts'

export interface OpenStores {
  /** As two processes see it; the same one twice where a store is one process's own. */
  readonly stores: readonly [PresenceStore, PresenceStore]
  close(): Promise<void>
}

export const EXPIRY_MS = 40_000
const [ADA, BEN] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']

type Step =
  | { readonly kind: 'beat'; readonly userId: string; readonly deviceId: string; readonly says: Partial<DeviceState> }
  | { readonly kind: 'leave'; readonly userId: string; readonly deviceId: string }
  | { readonly kind: 'wait'; readonly ms: number }

const device = { userId: fc.constantFrom(ADA, BEN), deviceId: fc.constantFrom('laptop', 'phone') }
const says = fc.record<Partial<DeviceState>>({
  itemKey: fc.constantFrom(null, 'T-1', 'T-2'), typing: fc.boolean(), status: fc.constantFrom('ACTIVE', 'IDLE', 'AWAY'),
  cursor: fc.option(fc.record({ field: fc.constantFrom('title', 'notes.0'), offset: fc.nat(2 ** 31 - 1) })),
}, { requiredKeys: [] })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('beat' as const), ...device, says }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), ...device }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 15_000, EXPIRY_MS - 1, EXPIRY_MS) }) },
)

/** What is there at `now`, told from the whole history: the state of a device is what it said since it was last gone. */
function replay(history: readonly { readonly at: number; readonly step: Step }[], now: number): Device[] {
  return [ADA, BEN].flatMap((userId) => ['laptop', 'phone'].flatMap((deviceId) => {
    let found: Device | undefined
    for (const { at, step } of history) {
      if (step.kind === 'wait' || step.userId !== userId || step.deviceId !== deviceId) continue
      if (found && found.expiresAt <= at) found = undefined
      const before = found ?? { ...SILENT, userId, deviceId, name: userId, joinedAt: at, saidAt: at, expiresAt: 0 }
      found = step.kind === 'leave' ? undefined : { ...before, ...step.says, saidAt: Object.keys(step.says).length > 0 ? at : before.saidAt, expiresAt: at + EXPIRY_MS }
    }
    return found && found.expiresAt > now ? [found] : []
  }))
}

const sorted = (devices: readonly Device[]): Device[] => devices.toSorted((a, b) => (`${a.userId}${a.deviceId}` < `${b.userId}${b.deviceId}` ? -1 : 1))

export function describePresenceStore(name: string, open: () => Promise<OpenStores>): void {
  describe(`${name},`, () => {
    let opened: OpenStores
    let one: PresenceStore
    let other: PresenceStore
    let projects = 0
    const projectId = (): string => `project-${projects}`
    beforeEach(async () => {
      opened = await open()
      ;[one, other] = opened.stores
      projects++
    })
    afterEach(() => opened.close())

    const beat = (store: PresenceStore, deviceId: string, said: Partial<DeviceState>, now: number, userId = ADA) =>
      store.beat({ projectId: projectId(), userId, deviceId, name: userId, says: said, now, expiryMs: EXPIRY_MS })
    const list = async (store: PresenceStore, now: number): Promise<Device[]> => sorted((await store.list(projectId(), now)).devices)

    test('whatever the order of joining, heartbeats, changes, leaving and silence, knows who is there and what they said last, in every process', async () => {
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        projects++
        const history: { at: number; step: Step }[] = []
        let now = 1_800_000_000_000
        for (const [index, each] of steps.entries()) {
          const store = opened.stores[index % 2] as PresenceStore
          const before = replay(history, now)
          const there = before.some(({ userId, deviceId }) => each.kind !== 'wait' && userId === each.userId && deviceId === each.deviceId)
          if (each.kind === 'wait') now += each.ms
          else if (each.kind === 'beat') expect(await beat(store, each.deviceId, each.says, now, each.userId)).toBe(!there)
          else expect(await store.leave({ projectId: projectId(), userId: each.userId, deviceId: each.deviceId }, now)).toBe(there)
          history.push({ at: now, step: each })
          expect(await list(opened.stores[(index + 1) % 2] as PresenceStore, now)).toEqual(sorted(replay(history, now)))
        }
      }), { numRuns: 40 })
    })

    test('keeps projects apart', async () => {
      await beat(one, 'laptop', {}, 0)
      expect((await other.list('elsewhere', 0)).devices).toEqual([])
      expect((await other.list(projectId(), 0)).devices).toHaveLength(1)
    })

    test('tells every process what happened, and of a heartbeat nothing', async () => {
      const news: string[] = []
      const ended = Promise.withResolvers<void>()
      const stop = other.subscribe((id) => void (news.push(id) && id === 'end' && ended.resolve()))
      await beat(one, 'laptop', {}, 0)
      await beat(one, 'laptop', {}, 1)
      await beat(one, 'laptop', { typing: true }, 2)
      await one.leave({ projectId: projectId(), userId: ADA, deviceId: 'laptop' }, 3)
      await one.beat({ projectId: 'end', userId: ADA, deviceId: 'laptop', name: 'Ada', says: {}, now: EXPIRY_MS * 2, expiryMs: 1 })
      await ended.promise
      expect(news).toEqual([projectId(), projectId(), projectId(), 'end'])
      stop()
    })

    test('keeps so many devices of one person, and of one more lets go the one that was silent for longest', async () => {
      await beat(one, 'phone', {}, 0, BEN)
      for (let index = 0; index <= MAX_DEVICES; index++) await beat(one, `device-${index}`, {}, index + 1)
      const own = (await list(other, 100)).filter(({ userId }) => userId === ADA).map(({ deviceId }) => deviceId)
      expect([own.length, own.includes('device-0'), own.includes(`device-${MAX_DEVICES}`)]).toEqual([MAX_DEVICES, false, true])
      expect((await list(other, 100)).some(({ userId }) => userId === BEN)).toBe(true)
    })

    test('counts the devices that it hears from', async () => {
      await beat(one, 'laptop', {}, 0)
      await beat(one, 'phone', {}, 1)
      expect([one.count(2), one.count(EXPIRY_MS), one.count(EXPIRY_MS + 1)]).toEqual([2, 1, 0])
    })
  })
}
