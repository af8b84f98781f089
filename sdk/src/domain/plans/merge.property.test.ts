import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, assertPlanChanges } from './changes.ts'
import { diffPlans } from './diff.ts'
import { unflattenPlan } from './flat.ts'
import { mergePlans, type MergeInput, type MergeResult, type Resolution } from './merge.ts'
import { isValid, perform, plans, scripts } from './testing/random-plans.ts'
import type { FlatPlan, PlanConflict } from './types.ts'

const RUNS = { numRuns: 200 }
const inputs = (length = 12): fc.Arbitrary<MergeInput> =>
  fc.record({ base: plans(), one: scripts(length), two: scripts(length) }).map(({ base, one, two }) => ({ base, local: perform(base, one, 'l'), remote: perform(base, two, 'r') }))
const shape = (plan: FlatPlan) => unflattenPlan(plan)

/** Whether the two maps of a flat plan say the same, and every list names existing items of the right parent. */
function isWellFormed({ items, children }: FlatPlan): boolean {
  const listed = [...children].flatMap(([parentId, list]) => list.map((id) => [id, parentId] as const))
  return listed.length === items.size && new Set(listed.map(([id]) => id)).size === items.size &&
    listed.every(([id, parentId]) => items.get(id)?.id === id && items.get(id)?.parentId === parentId) &&
    [...children.keys()].every((id) => id === null || items.has(id))
}

const decideAll = (conflicts: readonly PlanConflict[], keep: Resolution['keep']): Resolution[] =>
  conflicts.map(({ id, field }) => (field === undefined ? { id, keep } : { id, field, keep }))
const swapSides = ({ local, remote, ...conflict }: PlanConflict): PlanConflict => {
  const swapped: PlanConflict = conflict
  if (remote !== undefined) swapped.local = remote
  if (local !== undefined) swapped.remote = local
  return swapped
}
const again = ({ base, local, remote }: MergeResult): MergeInput => ({ base, local, remote })

describe('mergePlans', { timeout: 60_000 }, () => {
  it('gives valid, well-formed plans from valid ones', () => {
    fc.assert(fc.property(inputs(), (input) => {
      const result = mergePlans(input)
      for (const side of ['local', 'remote'] as const) expect(isWellFormed(result[side]) && isValid(result[side])).toBe(true)
      expect(isWellFormed(result.base)).toBe(true)
    }), RUNS)
  })

  it('gives changes that lead from each input to its result, and from the remote result to the next base', () => {
    fc.assert(fc.property(inputs(), (input) => {
      const result = mergePlans(input)
      for (const changes of [result.toLocal, result.toRemote, result.basePatch]) assertPlanChanges(JSON.parse(JSON.stringify(changes)))
      expect(shape(applyChanges(input.local, result.toLocal))).toEqual(shape(result.local))
      expect(shape(applyChanges(input.remote, result.toRemote))).toEqual(shape(result.remote))
      expect(shape(applyChanges(result.remote, result.basePatch))).toEqual(shape(result.base))
    }), RUNS)
  })

  it('ends with three equal plans when nothing conflicts', () => {
    fc.assert(fc.property(inputs(5), (input) => {
      const result = mergePlans(input)
      if (result.conflicts.length > 0) return
      expect(shape(result.remote)).toEqual(shape(result.local))
      expect(shape(result.base)).toEqual(shape(result.local))
      expect(result.basePatch).toEqual([])
    }), RUNS)
  })

  it('changes nothing and reports the same conflicts when it is repeated', () => {
    fc.assert(fc.property(inputs(), (input) => {
      const result = mergePlans(input)
      const repeated = mergePlans(again(result))
      expect(repeated.toLocal).toEqual([])
      expect(repeated.toRemote).toEqual([])
      expect(diffPlans(result.base, repeated.base)).toEqual([])
      expect(repeated.conflicts).toEqual(result.conflicts)
    }), RUNS)
  })

  it('swaps the sides of its results when the sides are swapped, and nothing else', () => {
    fc.assert(fc.property(inputs(), ({ base, local, remote }) => {
      const result = mergePlans({ base, local, remote })
      const swapped = mergePlans({ base, local: remote, remote: local })
      expect(shape(swapped.local)).toEqual(shape(result.remote))
      expect(shape(swapped.remote)).toEqual(shape(result.local))
      expect(shape(swapped.base)).toEqual(shape(result.base))
      expect(swapped.conflicts).toEqual(result.conflicts.map(swapSides))
    }), RUNS)
  })

  it.each(['local', 'remote'] as const)('has no conflict left when all are decided for %s, at once or later', (keep) => {
    fc.assert(fc.property(inputs(), (input) => {
      const open = mergePlans(input)
      for (const start of [input, again(open)]) {
        const result = mergePlans({ ...start, resolutions: decideAll(open.conflicts, keep) })
        expect(result.conflicts).toEqual([])
        expect(shape(result.remote)).toEqual(shape(result.local))
        expect(isWellFormed(result.local) && isValid(result.local)).toBe(true)
      }
    }), RUNS)
  })

  it('gives valid, well-formed plans when some of the conflicts are decided, and changes nothing more in the end', () => {
    const keeps = fc.array(fc.constantFrom<Resolution['keep'] | undefined>('local', 'remote', undefined), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(inputs(25), keeps, (input, pattern) => {
      const resolutions = mergePlans(input).conflicts.flatMap((conflict, n) => {
        const keep = pattern[n % pattern.length]
        return keep === undefined ? [] : decideAll([conflict], keep)
      })
      let result = mergePlans({ ...input, resolutions })
      for (const side of ['local', 'remote'] as const) expect(isWellFormed(result[side]) && isValid(result[side])).toBe(true)
      // What a decision makes of the other conflicts can settle more of them.
      for (let round = 0; round < 3; round++) result = mergePlans(again(result))
      const repeated = mergePlans(again(result))
      expect([repeated.toLocal, repeated.toRemote, repeated.conflicts]).toEqual([[], [], result.conflicts])
    }), RUNS)
  })

  it('gives the same for plans that share their items and for ones that do not', () => {
    fc.assert(fc.property(inputs(), (input) => {
      const result = mergePlans(input)
      for (const keep of ['local', 'remote'] as const) {
        const resolutions = decideAll(result.conflicts.slice(1), keep)
        expect(mergePlans({ ...structuredClone(input), resolutions })).toEqual(mergePlans({ ...input, resolutions }))
      }
    }), RUNS)
  })

  it('takes the version of a side when only that side changed anything', () => {
    fc.assert(fc.property(inputs(), ({ base, local }) => {
      for (const result of [mergePlans({ base, local, remote: base }), mergePlans({ base, local: base, remote: local }), mergePlans({ base, local, remote: local })]) {
        expect(result.conflicts).toEqual([])
        expect(shape(result.local)).toEqual(shape(local))
      }
    }), RUNS)
  })
})
