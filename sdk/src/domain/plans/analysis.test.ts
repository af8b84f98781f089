import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzePlan, blockedItems, criticalPath, expectedHours, progressOf, readySet, waves, whatIf } from './analysis.ts'
import { applyChanges } from './changes.ts'
import { flattenPlan } from './flat.ts'
import { EMPTY_PLAN, perform, plans, scripts } from './testing/random-plans.ts'
import type { FlatPlan, Plan, PlanItem } from './types.ts'

const house: Plan = {
  version: 1, project: { name: 'House' },
  milestones: [
    { id: 'site', title: 'Site', steps: [{ id: 'dig', title: 'Dig', microsteps: [
      { id: 'survey', title: 'Survey', status: 'done', estimate: 2 },
      { id: 'trench', title: 'Trench', status: 'in_progress', estimate: { optimistic: 2, likely: 3, pessimistic: 10 }, dependsOn: ['survey'] },
      { id: 'pump', title: 'Pump', status: 'cancelled', estimate: 50 },
    ] }] },
    { id: 'permits', title: 'Permits', dependsOn: ['site'] },
    { id: 'shell', title: 'Shell', dependsOn: ['permits'], steps: [
      { id: 'walls', title: 'Walls', microsteps: [{ id: 'brick', title: 'Brick', estimate: 5 }, { id: 'window', title: 'Window', estimate: 1 }] },
      { id: 'roof', title: 'Roof', dependsOn: ['walls'], microsteps: [{ id: 'beam', title: 'Beam' }, { id: 'tile', title: 'Tile', estimate: 2, status: 'blocked', dependsOn: ['beam'] }] },
    ] },
    { id: 'paint', title: 'Paint', steps: [{ id: 'colour', title: 'Colour', microsteps: [{ id: 'choose', title: 'Choose', estimate: 1 }] }] },
  ],
}
const flat = flattenPlan(house)

const finished = (item: PlanItem) => item.fields.status === 'done' || item.fields.status === 'cancelled'
const randomPlans = fc.record({ plan: plans(), script: scripts(30, ['depend', 'depend', 'scalar', 'scalar', 'estimate', 'add', 'move']) }).map(({ plan, script }) => perform(plan, script, 's'))

/** For each microstep the unfinished ones it waits for, every dependency written out: slow and plain. */
function expanded(plan: FlatPlan): Map<string, Set<string>> {
  const inside = (id: string): string[] => (plan.items.get(id)!.kind === 'microstep' ? [id] : (plan.children.get(id) ?? []).flatMap(inside))
  const ancestors = (id: string | null): string[] => (id === null ? [] : [id, ...ancestors(plan.items.get(id)!.parentId)])
  const below = (id: string): string[] => [id, ...(plan.children.get(id) ?? []).flatMap(below)]
  const needs = (id: string): string[] => ancestors(id).flatMap((at) => plan.items.get(at)!.fields.dependsOn ?? []).flatMap((other) => (inside(other).length > 0 ? inside(other) : below(other).flatMap(needs)))
  const open = [...plan.items.values()].filter((item) => item.kind === 'microstep' && !finished(item))
  return new Map(open.map(({ id }) => [id, new Set(needs(id).filter((other) => !finished(plan.items.get(other)!)))]))
}

describe('progressOf', { timeout: 60_000 }, () => {
  it('counts microsteps by status, leaves cancelled ones out and weighs by estimates', () => {
    expect(progressOf(flat)).toMatchObject({ total: 7, done: 1, inProgress: 1, blocked: 1, todo: 4, inReview: 0, cancelled: 1, hours: { done: 2, total: 2 + 4 + 5 + 1 + 1 + 2 + 1, assumed: 1 } })
    expect(progressOf(flat).percent).toBeCloseTo(100 / 7)
    expect(progressOf(flat, 'dig').percent).toBe(50)
  })

  it('names the children that each figure is made of', () => {
    expect(progressOf(flat).of.map(({ id, total, done }) => ({ id, total, done }))).toEqual([
      { id: 'site', total: 2, done: 1 }, { id: 'permits', total: 0, done: 0 }, { id: 'shell', total: 4, done: 0 }, { id: 'paint', total: 1, done: 0 },
    ])
    expect(progressOf(flat, 'dig').of[2]).toMatchObject({ id: 'pump', kind: 'microstep', status: 'cancelled', total: 0, hours: { total: 0 } })
  })

  it('has figures that are the sums of their parts, at every item', () => {
    fc.assert(fc.property(randomPlans, (plan) => {
      for (const id of [undefined, ...plan.items.keys()]) {
        const { of, ...figures } = progressOf(plan, id)
        for (const count of ['total', 'todo', 'inProgress', 'blocked', 'inReview', 'done', 'cancelled'] as const) expect(of.reduce((sum, part) => sum + part[count], 0)).toBe(figures[count])
        expect(of.reduce((sum, part) => sum + part.hours.total, 0)).toBeCloseTo(figures.hours.total)
        expect(figures.total).toBe(figures.todo + figures.inProgress + figures.blocked + figures.inReview + figures.done)
      }
    }), { numRuns: 50 })
  })

  it('is zero for an empty plan and refuses an id that is not there', () => {
    expect(progressOf(EMPTY_PLAN)).toMatchObject({ percent: 0, total: 0, of: [] })
    expect(() => progressOf(flat, 'nope')).toThrow(RangeError)
  })
})

describe('readySet and blockedItems', { timeout: 60_000 }, () => {
  it('finds what can start, and every reason why the rest cannot', () => {
    expect(readySet(flat)).toEqual(['choose'])
    expect(blockedItems(flat).map(({ id }) => id)).toEqual(['brick', 'window', 'beam', 'tile'])
    expect(blockedItems(flat).at(-1)?.reasons).toEqual([
      { kind: 'status', message: 'its status is blocked' },
      { kind: 'dependency', id: 'beam', message: 'it depends on beam, which is not finished' },
      { kind: 'inherited', id: 'walls', via: 'roof', message: 'its step roof depends on walls, which is not finished' },
      { kind: 'inherited', id: 'permits', via: 'shell', message: 'its milestone shell depends on permits, which is not finished' },
    ])
  })

  it('counts an item without microsteps as finished when what it depends on is', () => {
    const dug = applyChanges(flat, [{ op: 'update', id: 'trench', set: { status: 'done' } }])
    expect(readySet(dug)).toEqual(['brick', 'window', 'choose'])
  })

  it('holds a microstep up that depends on something that does not exist', () => {
    const plan = applyChanges(flat, [{ op: 'update', id: 'choose', set: { dependsOn: ['ghost'] } }])
    expect(readySet(plan)).toEqual([])
    expect(blockedItems(plan).at(-1)).toEqual({ id: 'choose', reasons: [{ kind: 'missing', id: 'ghost', message: 'it depends on ghost, which does not exist' }] })
  })

  it('agrees with dependencies written out one by one', () => {
    fc.assert(fc.property(randomPlans, (plan) => {
      const needs = expanded(plan)
      const ready = [...needs].filter(([id, others]) => others.size === 0 && (plan.items.get(id)!.fields.status ?? 'todo') === 'todo').map(([id]) => id)
      expect(readySet(plan).toSorted()).toEqual(ready.sort())
      const held = [...needs].filter(([id, others]) => others.size > 0 || plan.items.get(id)!.fields.status === 'blocked').map(([id]) => id)
      expect(blockedItems(plan).map(({ id }) => id).sort()).toEqual(held.sort())
    }), { numRuns: 200 })
  })
})

describe('waves', { timeout: 60_000 }, () => {
  it('groups unfinished microsteps by what has to come first', () => {
    expect(waves(flat)).toEqual([['trench', 'choose'], ['brick', 'window'], ['beam'], ['tile']])
  })

  it('agrees with dependencies written out one by one', () => {
    fc.assert(fc.property(randomPlans, (plan) => {
      const needs = expanded(plan)
      const level = (id: string): number => Math.max(0, ...[...needs.get(id)!].map((other) => level(other) + 1))
      const groups = waves(plan)
      expect(groups.flat().toSorted()).toEqual([...needs.keys()].sort())
      groups.forEach((group, wave) => group.forEach((id) => expect(level(id)).toBe(wave)))
    }), { numRuns: 200 })
  })
})

describe('criticalPath', { timeout: 60_000 }, () => {
  it('is the longest chain of remaining work, with slack for the rest', () => {
    const result = criticalPath(flat)
    expect(result).toMatchObject({ ids: ['trench', 'brick', 'beam', 'tile'], expectedHours: 4 + 5 + 1 + 2, assumed: { microsteps: 1, hoursEach: 1 }, cyclic: [] })
    expect(result.slack.find(({ id }) => id === 'window')).toEqual({ id: 'window', hours: 4, duration: 1, earliestStart: 4, earliestFinish: 5, latestStart: 8, latestFinish: 9 })
    expect(result.slack.find(({ id }) => id === 'choose')?.hours).toBe(11)
  })

  it('takes another default where an estimate is missing', () => {
    expect(criticalPath(flat, { defaultHours: 8 })).toMatchObject({ expectedHours: 19, assumed: { microsteps: 1, hoursEach: 8 } })
  })

  it('names what lies on a cycle instead of scheduling it', () => {
    const plan = applyChanges(flat, [{ op: 'update', id: 'brick', set: { dependsOn: ['window'] } }, { op: 'update', id: 'window', set: { dependsOn: ['brick'] } }])
    expect(criticalPath(plan).cyclic).toEqual(['brick', 'window', 'beam', 'tile'])
    expect(waves(plan)).toEqual([['trench', 'choose']])
  })

  it('agrees with dependencies written out one by one', () => {
    fc.assert(fc.property(randomPlans, (plan) => {
      const needs = expanded(plan)
      const hours = (id: string) => (plan.items.get(id)!.fields.estimate === undefined ? 1 : expectedHours(plan.items.get(id)!.fields.estimate!))
      const finish = (id: string): number => hours(id) + Math.max(0, ...[...needs.get(id)!].map(finish))
      const result = criticalPath(plan)
      expect(result.expectedHours).toBeCloseTo(Math.max(0, ...[...needs.keys()].map(finish)))
      expect(result.ids.reduce((sum, id) => sum + hours(id), 0)).toBeCloseTo(result.expectedHours)
      for (const slack of result.slack) expect(slack.earliestFinish).toBeCloseTo(finish(slack.id))
    }), { numRuns: 200 })
  })

  it('gives slack that can be used up without delaying the end, and not more', () => {
    fc.assert(fc.property(randomPlans, fc.nat(), (plan, n) => {
      const { slack, expectedHours: end } = criticalPath(plan)
      const one = slack[n % Math.max(1, slack.length)]
      if (one === undefined) return
      const taking = (hours: number) => whatIf(plan, [{ op: 'update', id: one.id, set: { estimate: hours } }]).after.expectedHours
      expect(taking(one.duration + one.hours)).toBeCloseTo(end)
      expect(taking(one.duration + one.hours + 1)).toBeCloseTo(end + 1)
    }), { numRuns: 200 })
  })
})

describe('whatIf', { timeout: 60_000 }, () => {
  it('compares the path before and after', () => {
    const result = whatIf(flat, [{ op: 'update', id: 'window', set: { estimate: 20 } }])
    expect(result.after.ids).toEqual(['trench', 'window', 'beam', 'tile'])
    expect(result.delayHours).toBe(15)
    expect(whatIf(flat, [{ op: 'update', id: 'brick', set: { status: 'done' } }]).delayHours).toBe(-4)
  })
})

describe('analyzePlan', { timeout: 60_000 }, () => {
  it('gives all figures of one plan, as JSON', () => {
    const analysis = analyzePlan(flat)
    expect(analysis).toEqual({ progress: progressOf(flat), ready: readySet(flat), waves: waves(flat), blocked: blockedItems(flat), criticalPath: criticalPath(flat) })
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis)
  })
})
