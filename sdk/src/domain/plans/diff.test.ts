import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, assertPlanChanges, invertChanges } from './changes.ts'
import { describeChanges } from './describe.ts'
import { diffPlans } from './diff.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import { longestIncreasing } from './increasing.ts'
import { perform, plans, scripts } from './testing/random-plans.ts'
import type { FlatPlan, Plan } from './types.ts'

const planOf = (...ids: string[]): FlatPlan =>
  flattenPlan({ version: 1, project: { name: 'P' }, milestones: [{ id: 'M', title: 'M', steps: [{ id: 'S', title: 'S', microsteps: ids.map((id) => ({ id, title: id })) }] }] })
const pairs = fc.record({ from: plans(), one: scripts(), two: scripts() }).map(({ from, one, two }) => ({ from: perform(from, one, 'l'), to: perform(from, two, 'r') }))
/** What a plan becomes when it is written and read again: no object is shared with the original. */
const reread = (plan: FlatPlan): FlatPlan => flattenPlan(JSON.parse(JSON.stringify(unflattenPlan(plan))) as Plan)

describe('diffPlans', { timeout: 60_000 }, () => {
  it('finds nothing between a plan and itself read again', () => {
    fc.assert(fc.property(plans(), (plan) => {
      expect(diffPlans(plan, reread(plan))).toEqual([])
    }))
  })

  it('gives changes that turn one plan into the other, and that have the right shape', () => {
    fc.assert(
      fc.property(pairs, ({ from, to }) => {
        const changes = diffPlans(from, reread(to))
        assertPlanChanges(JSON.parse(JSON.stringify(changes)))
        expect(unflattenPlan(applyChanges(from, changes))).toEqual(unflattenPlan(to))
      }),
      { numRuns: 200 },
    )
  })

  it('gives changes that invertChanges undoes exactly', () => {
    fc.assert(
      fc.property(pairs, ({ from, to }) => {
        const changes = diffPlans(from, to)
        const undone = applyChanges(applyChanges(from, changes), invertChanges(from, changes))
        expect(unflattenPlan(undone)).toEqual(unflattenPlan(from))
      }),
      { numRuns: 200 },
    )
  })

  it('moves no more siblings than a longest ordered part leaves over', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'g'], { minLength: 7 }), (order) => {
        const moves = diffPlans(planOf('a', 'b', 'c', 'd', 'e', 'f', 'g'), planOf(...order))
        expect(moves.every((change) => change.op === 'move')).toBe(true)
        expect(moves).toHaveLength(7 - longestOrdered(order))
      }),
    )
  })

  it('sees a rename through renamedFrom, with its children and dependents', () => {
    const plan: Plan = { version: 1, project: { name: 'P' }, milestones: [{ id: 'M', title: 'M', steps: [{ id: 'S', title: 'S', microsteps: [{ id: 'a', title: 'a' }] }] }, { id: 'N', title: 'N', dependsOn: ['S'] }] }
    const renamed: Plan = structuredClone(plan)
    Object.assign(renamed.milestones[0]!.steps![0]!, { id: 'S2', renamedFrom: 'S' })
    renamed.milestones[1]!.dependsOn = ['S2']
    expect(diffPlans(flattenPlan(plan), flattenPlan(renamed))).toEqual([{ op: 'rename', id: 'S', to: 'S2' }, { op: 'update', id: 'S2', set: { renamedFrom: 'S' } }])
  })

  it('takes the item for a new one when the old id is still there', () => {
    const to = applyChanges(planOf('a'), [{ op: 'add', kind: 'microstep', parentId: 'S', after: 'a', item: { id: 'b', title: 'b', renamedFrom: 'a' } }])
    expect(diffPlans(planOf('a'), to).map((change) => change.op)).toEqual(['add'])
  })

  it('names only the fields that differ, and null for those that are gone', () => {
    const from = applyChanges(planOf('a'), [{ op: 'update', id: 'a', set: { labels: ['x'], custom: { deep: [1] }, notes: 'n' } }])
    const to = applyChanges(from, [{ op: 'update', id: 'a', set: { labels: ['x', 'y'], custom: { deep: [1] }, notes: null } }])
    expect(diffPlans(from, to)).toEqual([{ op: 'update', id: 'a', set: { labels: ['x', 'y'], notes: null } }])
  })
})

/** The same number by dynamic programming, as an oracle. */
function longestOrdered(order: readonly string[]): number {
  const best = order.map(() => 1)
  order.forEach((id, i) => order.slice(0, i).forEach((other, j) => { if (other < id) best[i] = Math.max(best[i]!, best[j]! + 1) }))
  return Math.max(...best)
}

describe('longestIncreasing', { timeout: 60_000 }, () => {
  it('marks an increasing subsequence', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.nat(99)), (values) => {
      const kept = values.filter((_, i) => longestIncreasing(values)[i])
      expect(kept).toEqual(kept.toSorted((a, b) => a - b))
    }))
  })
})

describe('describeChanges', { timeout: 60_000 }, () => {
  it('lists items added, removed, renamed and moved, and fields before and after', () => {
    const from = flattenPlan({ version: 1, project: { name: 'P' }, milestones: [
      { id: 'M', title: 'M', steps: [{ id: 'S', title: 'S', microsteps: [{ id: 'a', title: 'A' }, { id: 'b', title: 'B' }] }, { id: 'T', title: 'T' }] },
      { id: 'N', title: 'N', steps: [{ id: 'U', title: 'U', microsteps: [{ id: 'c', title: 'C' }] }] },
    ] })
    const to = applyChanges(from, [
      { op: 'move', id: 'b', parentId: 'T', after: null }, { op: 'remove', id: 'N' },
      { op: 'add', kind: 'step', parentId: 'M', after: 'T', item: { id: 'V', title: 'V', microsteps: [{ id: 'd', title: 'D' }] } },
      { op: 'rename', id: 'a', to: 'a2' }, { op: 'update', id: 'a2', set: { renamedFrom: 'a', title: 'AA' } }, { op: 'head', set: { owner: 'x' } },
    ])
    expect(describeChanges(from, to)).toEqual({
      added: [{ id: 'V', kind: 'step', title: 'V', parentId: 'M' }, { id: 'd', kind: 'microstep', title: 'D', parentId: 'V' }],
      removed: [{ id: 'N', kind: 'milestone', title: 'N', parentId: null }, { id: 'U', kind: 'step', title: 'U', parentId: 'N' }, { id: 'c', kind: 'microstep', title: 'C', parentId: 'U' }],
      renamed: [{ from: 'a', to: 'a2', kind: 'microstep', title: 'AA' }],
      moved: [{ id: 'b', kind: 'microstep', title: 'B', from: { parentId: 'S', after: 'a' }, to: { parentId: 'T', after: null } }],
      changed: [{ id: 'a2', kind: 'microstep', title: 'AA', fields: [{ field: 'title', before: 'A', after: 'AA' }, { field: 'renamedFrom', after: 'a' }] }],
      head: [{ field: 'owner', after: 'x' }],
    })
  })
})
