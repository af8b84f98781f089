import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rosterOf } from './people.ts'
import { SILENT } from './store.ts'
import type { Device } from './store.ts'

const IDLE_MS = 60_000
const device = (changes: Partial<Device>): Device => ({ ...SILENT, userId: 'ada', deviceId: 'laptop', name: 'Ada', joinedAt: 0, saidAt: 0, expiresAt: 1_000_000, ...changes })
const peopleAt = (now: number, ...devices: Device[]) => rosterOf(devices, now, IDLE_MS).people

describe('somebody with several devices', () => {
  test('is shown once, where the device is that said something last', () => {
    const people = peopleAt(10, device({ itemKey: 'T-1', saidAt: 5 }), device({ deviceId: 'phone', itemKey: 'T-2', joinedAt: 3, saidAt: 4 }))
    expect(people).toEqual([{ userId: 'ada', name: 'Ada', itemKey: 'T-1', cursor: null, status: 'ACTIVE', typing: false, devices: 2, joinedAt: 0 }])
  })

  test('is where they are active, though another device spoke last and is idle or away', () => {
    const active = device({ itemKey: 'T-1', saidAt: 1 })
    expect(peopleAt(10, active, device({ deviceId: 'phone', itemKey: 'T-2', saidAt: 9, status: 'AWAY' }))).toMatchObject([{ itemKey: 'T-1', status: 'ACTIVE' }])
    expect(peopleAt(10, active, device({ deviceId: 'phone', itemKey: 'T-2', saidAt: 9, status: 'IDLE' }))).toMatchObject([{ itemKey: 'T-1', status: 'ACTIVE' }])
  })

  test('types when any of them does', () => {
    expect(peopleAt(10, device({ typing: true, saidAt: 1 }), device({ deviceId: 'phone', saidAt: 9 }))).toMatchObject([{ typing: true }])
  })
})

test('whoever says nothing for long is idle, and types no longer', () => {
  const typing = device({ typing: true, saidAt: 1 })
  expect(peopleAt(IDLE_MS, typing)).toMatchObject([{ status: 'ACTIVE', typing: true }])
  expect(peopleAt(IDLE_MS + 1, typing)).toMatchObject([{ status: 'IDLE', typing: false }])
})

test('who is away does not become idle', () => {
  expect(peopleAt(IDLE_MS, device({ status: 'AWAY' }))).toMatchObject([{ status: 'AWAY' }])
})

test('people stand in the order in which they came', () => {
  expect(peopleAt(10, device({ userId: 'ben', joinedAt: 2 }), device({ joinedAt: 5 }), device({ userId: 'cleo', joinedAt: 2 })).map(({ userId }) => userId)).toEqual(['ben', 'cleo', 'ada'])
})

const anyDevice = fc.record({
  ...Object.fromEntries(Object.entries(SILENT).map(([name, value]) => [name, fc.constant(value)])) as object,
  userId: fc.constantFrom('ada', 'ben'), deviceId: fc.constantFrom('a', 'b', 'c'), name: fc.constant('N'), joinedAt: fc.nat(50), saidAt: fc.nat(100_000), expiresAt: fc.integer({ min: 100_001, max: 200_000 }),
  status: fc.constantFrom('ACTIVE' as const, 'IDLE' as const, 'AWAY' as const), typing: fc.boolean(), itemKey: fc.constantFrom('T-1', 'T-2'),
}) as fc.Arbitrary<Device>
const devices = fc.uniqueArray(anyDevice, { selector: ({ userId, deviceId }) => userId + deviceId })

test('the order in which devices are listed makes no difference, and each person is there once with all of theirs', () => {
  fc.assert(fc.property(devices, fc.integer({ min: 100_000, max: 300_000 }), (all, now) => {
    const roster = rosterOf(all, now, IDLE_MS)
    expect(rosterOf(all.toReversed(), now, IDLE_MS)).toEqual(roster)
    expect(roster.people.map(({ userId }) => userId).sort()).toEqual([...new Set(all.map(({ userId }) => userId))].sort())
    expect(roster.people.reduce((sum, person) => sum + person.devices, 0)).toBe(all.length)
  }))
})

test('until `changesAt` time alone changes nothing', () => {
  fc.assert(fc.property(devices, fc.integer({ min: 100_000, max: 200_000 }), fc.nat(), (all, now, wait) => {
    const there = all.filter(({ expiresAt }) => expiresAt > now)
    const { people, changesAt } = rosterOf(there, now, IDLE_MS)
    expect(changesAt).toBeGreaterThan(now)
    const later = now + (wait % (Math.min(changesAt, now + 100_000) - now))
    expect(rosterOf(all.filter(({ expiresAt }) => expiresAt > later), later, IDLE_MS).people).toEqual(people)
  }))
})
