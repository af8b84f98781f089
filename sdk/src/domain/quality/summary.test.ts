import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattenPlan } from '../plans/flat.ts'
import type { Plan, PlanItem, Status } from '../plans/types.ts'
import { planQuality, type CriterionVerdict } from './summary.ts'
import type { CriterionState } from './verdict.ts'

const STATUSES: readonly Status[] = ['todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled']
const verdict = (key: string, state: CriterionState, flaky = false): CriterionVerdict => ({ key, state, flaky, evidenceId: state === 'missing' ? null : `evidence-of-${key}`, staleBecause: state === 'stale' ? 'CRITERION_CHANGED' : null })

/** A milestone of two steps; `statuses` are those of the microsteps of each. */
const planOf = (...statuses: readonly (readonly Status[])[]) => {
  const steps = statuses.map((some, s) => ({ id: `S${s + 1}`, title: 'Step', microsteps: some.map((status, m) => ({ id: `T${s + 1}${m + 1}`, title: 'Microstep', status })) }))
  return flattenPlan({ version: 1, project: { name: 'P' }, milestones: [{ id: 'M', title: 'Milestone', steps }] } satisfies Plan)
}
/** Every item has one criterion, named as the item. */
const one = (states: Readonly<Record<string, CriterionState>>) => ({ id }: PlanItem): CriterionVerdict[] => (states[id] === undefined ? [] : [verdict(id, states[id])])

describe('the quality of a plan', () => {
  it('counts criteria by where they stand, but for those of cancelled microsteps', () => {
    const plan = planOf(['todo', 'cancelled'], ['done'])
    const { counts } = planQuality(plan, one({ M: 'missing', S1: 'stale', T11: 'met', T12: 'failed', T21: 'failed' }))
    expect(counts).toEqual({ total: 4, met: 1, failed: 1, stale: 1, missing: 1, flaky: 0, doneWithoutEvidence: 1 })
  })

  it('asks for criteria that are due: of what is in review or done, and of what holds nothing else', () => {
    const states = { M: 'met', S1: 'met', S2: 'failed', T11: 'met', T12: 'missing', T21: 'met' } as const
    expect(planQuality(planOf(['in_review', 'todo'], ['done']), one(states)).compliance).toMatchObject({ count: 2, of: 3, value: 2 / 3 })
    expect(planQuality(planOf(['done', 'cancelled'], ['done']), one(states)).compliance).toMatchObject({ count: 4, of: 5 })
    expect(planQuality(planOf([], []), one(states)).compliance).toEqual({ count: 0, of: 0, value: null, because: [] })
  })

  it('names reasons in document order, what lowers a figure first', () => {
    const { met, stale } = planQuality(planOf(['todo', 'todo'], ['todo']), one({ M: 'met', T11: 'met', T12: 'stale', T21: 'missing' }))
    expect(met.because).toEqual([
      { item: 'T12', criterion: 'T12', state: 'stale', evidenceId: 'evidence-of-T12' }, { item: 'T21', criterion: 'T21', state: 'missing', evidenceId: null },
      { item: 'M', criterion: 'M', state: 'met', evidenceId: 'evidence-of-M' }, { item: 'T11', criterion: 'T11', state: 'met', evidenceId: 'evidence-of-T11' },
    ])
    expect(stale).toMatchObject({ count: 1, of: 4, because: [{ item: 'T12' }] })
  })

  it('takes a microstep for done only where evidence says so; one without criteria is not', () => {
    const { proven, counts } = planQuality(planOf(['done', 'done'], ['done', 'todo']), one({ T11: 'met', T12: 'failed', T22: 'met' }))
    expect([counts.doneWithoutEvidence, proven.count, proven.of]).toEqual([2, 1, 3])
    expect(proven.because.map(({ item, criterion }) => [item, criterion])).toEqual([['T12', 'T12'], ['T21', null], ['T11', 'T11']])
  })

  it('is that of a part, when asked for one', () => {
    const plan = planOf(['done'], ['done'])
    expect(planQuality(plan, one({ M: 'met', S1: 'met', T11: 'failed', T21: 'met' }), 'S1').counts).toMatchObject({ total: 2, met: 1, failed: 1 })
    expect(() => planQuality(plan, () => [], 'X')).toThrow(RangeError)
  })

  it('adds up: every count is that of its parts, and of its reasons', () => {
    const states = fc.constantFrom<CriterionState>('met', 'failed', 'stale', 'missing')
    const part = fc.array(fc.constantFrom(...STATUSES), { maxLength: 4 })
    fc.assert(fc.property(part, part, fc.array(fc.tuple(states, fc.boolean()), { minLength: 11, maxLength: 11 }), (first, second, drawn) => {
      const plan = planOf(first, second)
      const order = [...plan.items.keys()]
      const verdicts = ({ id }: PlanItem): CriterionVerdict[] => [verdict(id, ...drawn[order.indexOf(id)]!)]
      const whole = planQuality(plan, verdicts)
      const parts = ['S1', 'S2'].map((id) => planQuality(plan, verdicts, id))
      const { total, met, failed, stale, missing, flaky, doneWithoutEvidence } = whole.counts
      expect(met + failed + stale + missing).toBe(total)
      expect(total).toBe(1 + parts.reduce((sum, { counts }) => sum + counts.total, 0))
      expect(doneWithoutEvidence).toBe(parts.reduce((sum, { counts }) => sum + counts.doneWithoutEvidence, 0))
      expect([whole.met.because.length, whole.stale.because.length, whole.flaky.because.length]).toEqual([total, stale, flaky])
      expect(whole.proven.of - whole.proven.count).toBe(doneWithoutEvidence)
      for (const { value } of [whole.compliance, whole.met, whole.stale, whole.flaky, whole.proven]) expect(value === null || (value >= 0 && value <= 1)).toBe(true)
    }))
  })
})
