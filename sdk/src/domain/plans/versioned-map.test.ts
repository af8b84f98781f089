import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges } from './changes.ts'
import { diffPlans } from './diff.ts'
import { unflattenPlan } from './flat.ts'
import { graphFaults, hasSameGraph, isInOrder } from './graph-rules.ts'
import { VersionedMap, differingKeys, versioned } from './versioned-map.ts'
import { mergePlans } from './merge.ts'
import { EMPTY_PLAN, perform, plans, scripts } from './testing/random-plans.ts'
import type { FlatPlan, PlanChange } from './types.ts'

type Act = ['set', number, number] | ['delete', number] | ['copy'] | ['compact']
const key = fc.nat(30)
const acts = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('set' as const), key, fc.nat(9)) }, { weight: 3, arbitrary: fc.tuple(fc.constant('delete' as const), key) },
  { weight: 1, arbitrary: fc.constant<Act>(['copy']) }, { weight: 1, arbitrary: fc.constant<Act>(['compact']) },
), { maxLength: 60 })
const contents = <K, V>(map: ReadonlyMap<K, V>) => new Map(map)

describe('VersionedMap', () => {
  it('says what a map says, whatever is written to it, and leaves what it is a copy of as it was', () => {
    fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat(9))), acts, (entries, script: Act[]) => {
      const root = new Map(entries)
      const model = new Map(root)
      let map = VersionedMap.over(root)
      const before: [VersionedMap<number, number>, Map<number, number>][] = []
      for (const act of script) {
        if (act[0] === 'set') void [map.set(act[1], act[2]), model.set(act[1], act[2])]
        else if (act[0] === 'delete') expect(map.delete(act[1])).toBe(model.delete(act[1]))
        else {
          before.push([map, new Map(model)])
          map = act[0] === 'copy' ? VersionedMap.over(map) : VersionedMap.over(VersionedMap.compact(map))
        }
        expect(map.size).toBe(model.size)
      }
      for (const [one, same] of [...before, [map, model] as const]) {
        expect(contents(one)).toEqual(same)
        expect([...one.keys()].every((own) => one.has(own) && one.get(own) === same.get(own))).toBe(true)
        const seen = new Map<number, number>()
        one.forEach((value, own) => seen.set(own, value))
        expect(seen).toEqual(contents(one))
        expect(new Set(one.values())).toEqual(new Set(same.values()))
      }
      expect(contents(root)).toEqual(new Map(entries))
    }))
  })

  it('knows where two copies can differ', () => {
    fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat(9))), acts, acts, (entries, one, other) => {
      const root = VersionedMap.over(new Map(entries))
      const [a, b] = [one, other].map((script: Act[]) => {
        const map = VersionedMap.over(root)
        for (const act of script) {
          if (act[0] === 'set') map.set(act[1], act[2])
          if (act[0] === 'delete') map.delete(act[1])
        }
        return map
      }) as [VersionedMap<number, number>, VersionedMap<number, number>]
      const told = differingKeys(a, b)
      for (let at = 0; at <= 30; at++) if (a.get(at) !== b.get(at)) expect(told.has(at)).toBe(true)
      expect(told.size).toBeLessThanOrEqual(one.length + other.length)
    }))
  })

  it('lets go of the keys of what was discarded', () => {
    const map = VersionedMap.over(new Map([[0, 'kept']]))
    expect(VersionedMap.compact(map)).toBe(map)
    const discarded = VersionedMap.over(map)
    for (let key = 1; key < 1000; key++) discarded.set(key, 'never kept')
    const compacted = VersionedMap.compact(map)
    expect(contents(compacted)).toEqual(contents(map))
    expect(VersionedMap.differing([map, compacted])).toBeUndefined()
    expect(VersionedMap.compact(compacted)).toBe(compacted)
  })

  it('tells every key of maps that have nothing in common', () => {
    const one = new Map([[1, 'a'], [2, 'b']])
    expect(differingKeys(one, new Map([[3, 'c']]))).toEqual(new Set([1, 2, 3]))
    expect(differingKeys(VersionedMap.over(one), VersionedMap.over(new Map(one)))).toEqual(new Set([1, 2]))
    const root = VersionedMap.over(one)
    expect(differingKeys(VersionedMap.over(root), VersionedMap.over(root))).toEqual(new Set())
  })
})

const pairs = (length = 12) => fc.record({ base: plans(), one: scripts(length), two: scripts(length) })
  .map(({ base, one, two }) => ({ base, local: perform(base, one, 'l'), remote: perform(base, two, 'r') }))
const shape = (plan: FlatPlan) => unflattenPlan(plan)
const after = (plan: FlatPlan, changes: readonly PlanChange[]) => shape(applyChanges(plan, changes))

describe('a plan of versioned maps', { timeout: 60_000 }, () => {
  it('merges as a plan of plain maps does', () => {
    fc.assert(fc.property(pairs(), ({ base, local, remote }) => {
      const root = versioned(base)
      const input = { base: root, local: applyChanges(root, diffPlans(base, local)), remote: applyChanges(root, diffPlans(base, remote)) }
      const [plain, result] = [mergePlans({ base, local, remote }), mergePlans(input)]
      expect(result.conflicts).toEqual(plain.conflicts)
      for (const part of ['base', 'local', 'remote'] as const) expect(shape(result[part])).toEqual(shape(plain[part]))
      expect(after(input.local, result.toLocal)).toEqual(shape(plain.local))
      expect(after(input.remote, result.toRemote)).toEqual(shape(plain.remote))
      expect(after(result.remote, result.basePatch)).toEqual(shape(plain.base))
      expect(shape(root)).toEqual(shape(base))
    }), { numRuns: 200 })
  })
})

describe('isInOrder', () => {
  it('holds for no plan with a fault, and for every plan in which nothing waits for what stands behind it', () => {
    fc.assert(fc.property(pairs(), ({ base, local, remote }) => {
      for (const plan of [base, local, mergePlans({ base, local, remote }).remote]) {
        for (const { id } of plan.items.values()) {
          // takes an item away from under what depends on it
          const broken = applyChanges(plan, [{ op: 'remove', id }])
          if ([...broken.items.values()].some(({ fields }) => fields.dependsOn?.some((other) => !broken.items.has(other)))) expect(isInOrder(broken)).toBe(false)
        }
        const bare = applyChanges(plan, [...plan.items.values()].flatMap(({ id, fields }): PlanChange[] => (fields.dependsOn ? [{ op: 'update', id, set: { dependsOn: null } }] : [])))
        expect(isInOrder(bare)).toBe(true)
      }
    }), { numRuns: 50 })
  })

  it.each([
    ['itself', 'b', ['b'], false], ['what stands behind it', 'a', ['b'], false], ['what it lies in', 'b', ['s'], false], ['what lies in it', 's', ['a'], false],
    ['nothing that there is', 'b', ['nowhere'], false], ['a sibling before it', 'b', ['a'], true], ['a whole step before its own', 'c', ['s'], true],
  ])('is asked of an item that depends on %s', (_, id, dependsOn, expected) => {
    const item = (name: string) => ({ id: name, title: name })
    const plan = applyChanges(EMPTY_PLAN, [
      { op: 'add', kind: 'milestone', parentId: null, after: null, item: { ...item('m'), steps: [{ ...item('s'), microsteps: [item('a'), item('b')] }, { ...item('t'), microsteps: [item('c')] }] } },
      { op: 'update', id, set: { dependsOn } },
    ])
    expect(isInOrder(plan)).toBe(expected)
  })
})

describe('hasSameGraph', () => {
  it('holds between plans that differ in their texts alone, whose faults are the same then', () => {
    fc.assert(fc.property(plans(), scripts(6, ['title', 'scalar', 'label', 'head', 'reorder']), scripts(6, ['depend', 'move', 'remove', 'add']), (base, texts, structure) => {
      const root = versioned(base)
      expect(hasSameGraph(root, applyChanges(root, diffPlans(base, perform(base, texts, 't'))))).toBe(true)
      const other = perform(base, structure, 's')
      const changes = diffPlans(base, other).filter((change) => change.op !== 'move' || base.items.get(change.id)?.parentId !== change.parentId)
      expect(hasSameGraph(root, applyChanges(root, diffPlans(base, other)))).toBe(changes.length === 0)
      if (changes.length === 0) expect(graphFaults(other)).toEqual(graphFaults(base))
    }), { numRuns: 100 })
  })
})
