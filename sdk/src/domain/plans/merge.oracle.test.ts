/** The merge against a plain checker, cell by cell, that shares no code with it; and replicas that sync through a server. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges } from './changes.ts'
import { unflattenPlan } from './flat.ts'
import { mergePlans, type MergeInput, type MergeResult, type Resolution } from './merge.ts'
import { isValid, perform, plans, scripts, type Intent } from './testing/random-plans.ts'
import type { FlatPlan } from './types.ts'

/** Without renames and changes of kind an id is the same item in all three plans. */
const PLAIN: Intent['action'][] = [
  'add', 'addShared', 'remove', 'move', 'move', 'reorder', 'title', 'scalar', 'scalar', 'unset', 'label', 'unlabel', 'depend', 'undepend', 'estimate', 'custom', 'head',
]
const inputs: fc.Arbitrary<MergeInput> = fc
  .record({ base: plans(), one: scripts(10, PLAIN), two: scripts(10, PLAIN) })
  .map(({ base, one, two }) => ({ base, local: perform(base, one, 'l'), remote: perform(base, two, 'r') }))

const OPAQUE = ['title', 'description', 'assignee', 'notes', 'priority', 'status', 'estimate', 'custom']
const text = (value: unknown) => JSON.stringify(value ?? null)
const value = (plan: FlatPlan, id: string, field: string) => plan.items.get(id)?.fields[field]
const list = (plan: FlatPlan, id: string, field: 'labels' | 'dependsOn') => plan.items.get(id)?.fields[field] ?? []

/** An item and everything it lies in. */
const ancestors = (plan: FlatPlan, id: string | null | undefined): string[] => (typeof id === 'string' ? [id, ...ancestors(plan, plan.items.get(id)?.parentId)] : [])

/** Each way round: who edits, and who edits beside it. */
const bothWays = ({ base, local, remote }: MergeInput, result: MergeResult) => [
  { base, mine: local, theirs: remote, myResult: result.local, theirResult: result.remote },
  { base, mine: remote, theirs: local, myResult: result.remote, theirResult: result.local },
]
const reported = (result: MergeResult) => {
  const keys = new Set(result.conflicts.map(({ kind, id, field }) => [kind, id, field].join(' ').trim()))
  return { has: (kind: string, id: string | null, field = '') => keys.has([kind, id, field].join(' ').trim()), touches: (id: string) => result.conflicts.some((conflict) => conflict.id === id) }
}

describe('mergePlans against a checker of single cells', { timeout: 60_000 }, () => {
  it('merges every opaque field, and reports those that both sides set differently and no others', () => {
    fc.assert(fc.property(inputs, (input) => {
      const result = mergePlans(input)
      const conflicts = reported(result)
      for (const id of input.base.items.keys()) {
        if (!input.local.items.has(id) || !input.remote.items.has(id)) continue
        for (const field of OPAQUE) {
          const [before, mine, theirs] = [input.base, input.local, input.remote].map((plan) => text(value(plan, id, field)))
          const isConflict = mine !== before && theirs !== before && mine !== theirs
          const merged = mine !== before ? mine : theirs
          const expected = isConflict ? [true, mine, theirs, before] : [false, merged, merged, merged]
          expect([conflicts.has('field', id, field), ...[result.local, result.remote, result.base].map((plan) => text(value(plan, id, field)))]).toEqual(expected)
        }
      }
    }), { numRuns: 200 })
  })

  it('keeps every label that a side added and loses every one that a side took away', () => {
    fc.assert(fc.property(inputs, (input) => {
      const result = mergePlans(input)
      for (const id of input.base.items.keys()) {
        if (!input.local.items.has(id) || !input.remote.items.has(id)) continue
        const [before, mine, theirs] = [list(input.base, id, 'labels'), list(input.local, id, 'labels'), list(input.remote, id, 'labels')]
        const all = new Set([...before, ...mine, ...theirs])
        const expected = [...all].filter((label) => (before.includes(label) ? mine.includes(label) && theirs.includes(label) : true)).sort()
        for (const plan of [result.local, result.remote]) expect(list(plan, id, 'labels').toSorted()).toEqual(expected)
      }
    }), { numRuns: 200 })
  })

  it('moves what one side moved, and reports what both moved apart', () => {
    fc.assert(fc.property(inputs, (input) => {
      const result = mergePlans(input)
      const conflicts = reported(result)
      for (const [id, { parentId }] of input.base.items) {
        const [mine, theirs] = [input.local.items.get(id)?.parentId, input.remote.items.get(id)?.parentId]
        if (mine === undefined || theirs === undefined || parentId === null) continue
        const isConflict = mine !== parentId && theirs !== parentId && mine !== theirs
        if (isConflict) expect(conflicts.touches(id)).toBe(true)
        expect(conflicts.has('move-move', id) && !isConflict).toBe(false)
        const moved = mine !== parentId ? mine : theirs
        // Into a parent in conflict, or in an item in conflict, an item moves only with its own side.
        const places = ancestors(mine !== parentId ? input.local : input.remote, moved)
        if (isConflict || [id, ...places].some(conflicts.touches)) continue
        for (const plan of [result.local, result.remote]) expect(plan.items.get(id)?.parentId).toBe(moved)
      }
    }), { numRuns: 200 })
  })

  it('reports every deletion of what the other side worked on, and carries out every other one', () => {
    fc.assert(fc.property(inputs, (input) => {
      const result = mergePlans(input)
      const conflicts = reported(result)
      for (const { base, mine, theirs, myResult } of bothWays(input, result)) {
        for (const [id, before] of base.items) {
          const item = mine.items.get(id)
          if (item === undefined || theirs.items.has(id)) continue
          const isMoved = item.parentId !== before.parentId
          const isEdited = OPAQUE.concat('labels').some((field) => text(item.fields[field]) !== text(before.fields[field]))
          if (isMoved) expect(conflicts.has('move-delete', id)).toBe(true)
          if (isEdited) expect(conflicts.has('edit-delete', id)).toBe(true)
          for (const child of mine.items.values()) {
            const isNewChild = child.parentId === id && base.items.get(child.id)?.parentId !== id
            if (isNewChild && (theirs.items.has(child.id) || !base.items.has(child.id))) expect(conflicts.has('child-of-deleted', child.id)).toBe(true)
          }
          for (const other of mine.items.keys()) {
            const isNew = list(mine, other, 'dependsOn').includes(id) && !list(base, other, 'dependsOn').includes(id)
            if (isNew && (theirs.items.has(other) || !base.items.has(other))) expect(conflicts.has('edit-delete', id, 'dependsOn')).toBe(true)
          }
          if (isMoved || isEdited) expect(myResult.items.has(id)).toBe(true)
          if (result.conflicts.length === 0) expect(myResult.items.has(id)).toBe(false)
        }
      }
    }), { numRuns: 200 })
  })

  it('brings every addition and every new dependency to both sides, or reports why not', () => {
    fc.assert(fc.property(inputs, (input) => {
      const result = mergePlans(input)
      const conflicts = reported(result)
      for (const { base, mine, theirs, myResult, theirResult } of bothWays(input, result)) {
        for (const [id, item] of mine.items) {
          const other = theirs.items.get(id)
          if (!base.items.has(id)) {
            expect(myResult.items.has(id)).toBe(true)
            if (other !== undefined) {
              const isAlike = text([item.kind, item.parentId, Object.entries(item.fields).sort()]) === text([other.kind, other.parentId, Object.entries(other.fields).sort()])
              expect(conflicts.has('add-add', id)).toBe(!isAlike)
            } else expect(theirResult.items.has(id) || ancestors(mine, id).some(conflicts.touches)).toBe(true)
          }
          for (const dependency of list(mine, id, 'dependsOn')) {
            if (list(base, id, 'dependsOn').includes(dependency)) continue
            const isThere = [myResult, theirResult].every((plan) => list(plan, id, 'dependsOn').includes(dependency))
            expect(isThere || [...ancestors(mine, id), ...ancestors(mine, dependency)].some(conflicts.touches)).toBe(true)
          }
        }
      }
    }), { numRuns: 200 })
  })
})

interface Replica {
  plan: FlatPlan
  base: FlatPlan
}

/** One sync as client and server do it: the base of the next one is made from what the server has and the patch. */
function sync(replica: Replica, server: { plan: FlatPlan }, resolutions: Resolution[] = []): MergeResult {
  const result = mergePlans({ base: replica.base, local: replica.plan, remote: server.plan, resolutions })
  replica.plan = applyChanges(replica.plan, result.toLocal)
  server.plan = applyChanges(server.plan, result.toRemote)
  replica.base = applyChanges(server.plan, result.basePatch)
  return result
}

describe('three replicas that sync through one server', { timeout: 60_000 }, () => {
  const turns = fc.array(fc.record({ who: fc.nat(2), script: scripts(4) }), { maxLength: 10 })

  it('end with equal, valid plans in whatever order they edit and sync, conflicts decided as they come', () => {
    fc.assert(fc.property(plans(), turns, fc.array(fc.constantFrom<Resolution['keep']>('local', 'remote'), { minLength: 3, maxLength: 3 }), (base, script, keeps) => {
      const server = { plan: base }
      const replicas: Replica[] = [0, 1, 2].map(() => ({ plan: base, base }))
      script.forEach((turn, n) => {
        const replica = replicas[turn.who]!
        replica.plan = perform(replica.plan, turn.script, `t${n}-`)
        if (n % 2 === 0) sync(replica, server)
      })
      // Who syncs last has seen everything; the others sync once more.
      for (const who of [0, 1, 2, 0, 1, 2]) {
        const replica = replicas[who]!
        const { conflicts } = sync(replica, server)
        if (conflicts.length > 0) expect(sync(replica, server, conflicts.map(({ id, field }) => ({ id, field, keep: keeps[who]! }))).conflicts).toEqual([])
        expect(isValid(server.plan)).toBe(true)
      }
      for (const { plan } of replicas) expect(unflattenPlan(plan)).toEqual(unflattenPlan(server.plan))
    }), { numRuns: 200 })
  })

  it('lose nothing deleted and bring nothing back: a further sync changes nothing', () => {
    fc.assert(fc.property(plans(), turns, (base, script) => {
      const server = { plan: base }
      const replicas: Replica[] = [0, 1, 2].map(() => ({ plan: base, base }))
      script.forEach((turn, n) => {
        const replica = replicas[turn.who]!
        replica.plan = perform(replica.plan, turn.script, `t${n}-`)
        sync(replica, server)
        const again = sync(replica, server)
        expect([again.toLocal, again.toRemote]).toEqual([[], []])
      })
    }), { numRuns: 200 })
  })
})
