import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges } from '../plans/changes.ts'
import { diffPlans } from '../plans/diff.ts'
import { flattenPlan } from '../plans/flat.ts'
import { perform, plans, scripts } from '../plans/testing/random-plans.ts'
import type { FlatPlan, PlanChange } from '../plans/types.ts'
import { phasesEntered } from './gates.ts'
import { MovingPlan } from './moving-plan.ts'
import { itemFacts, planFacts } from './plan-facts.ts'
import { simulatePolicy } from './simulate.ts'
import type { PastEvent } from './simulate.ts'
import { ACTOR, PROJECT, compiled, policyOf } from './testing/sample.ts'

const event = (sequence: number, changes?: readonly PlanChange[], rest: Partial<PastEvent> = {}): PastEvent => ({ sequence, kind: 'plan.changed', at: new Date(0), actor: ACTOR, changes, ...rest })
async function* inPages(events: readonly PastEvent[], size = 2): AsyncIterable<readonly PastEvent[]> {
  for (let at = 0; at < events.length; at += size) yield events.slice(at, at + size)
}
const phased = (plan: FlatPlan, phases: readonly string[]): FlatPlan =>
  applyChanges(plan, (plan.children.get(null) ?? []).map((id, index) => ({ op: 'update', id, set: { phase: phases[index % phases.length] } })))

test('a plan that is changed in place says of itself and of each item what the plan made anew says', () => {
  fc.assert(fc.property(plans(), scripts(), (before, script) => {
    const after = perform(before, script, 'n')
    const moving = new MovingPlan(before)
    for (const change of diffPlans(before, after)) moving.apply(change, () => undefined)
    const { remainingHours, progress, ...counts } = planFacts(after)
    expect(moving.planFacts()).toMatchObject(counts)
    expect(moving.planFacts().remainingHours).toBeCloseTo(remainingHours)
    expect(moving.planFacts().progress).toBeCloseTo(progress)
    for (const item of after.items.values()) {
      const here = moving.items.get(item.id)
      expect(here && moving.itemFacts(here, { place: true, dependencies: true })).toEqual(itemFacts(item, after))
    }
  }), { numRuns: 60 })
})

const GATES = 'version: 1\nphases: [{ phase: Build }, { phase: QA, require: { approvals: { roles: [PM] } } }, { phase: Beta, require: { approvals: { roles: [PM] } } }]'

test('the phases that a dry run sees entered are those that the write path sees', async () => {
  await fc.assert(fc.asyncProperty(plans(), scripts(), async (plain, script) => {
    const before = phased(plain, ['Build', 'QA', 'Beta'])
    const after = perform(before, script, 'n')
    const changes = diffPlans(before, after)
    // diffs of what is removed and made again under one id are another item to the one, and the same to the other
    fc.pre(!changes.some((change) => change.op === 'add' && before.items.has(change.item.id)))
    const renamed = new Map(changes.flatMap((change) => (change.op === 'rename' ? [[change.to, change.id] as const] : [])))
    const entered = phasesEntered(policyOf(GATES).phases, before, after, after.items.keys(), renamed)
    const { rules } = await simulatePolicy(compiled(GATES), { project: PROJECT, plan: before, events: inPages([event(1, changes)]) })
    expect(rules.map(({ ruleId, hits }) => [ruleId, hits])).toEqual(['QA', 'Beta'].map((phase) => [`phase:${phase}`, entered.filter((one) => one.phase === phase).length]))
  }), { numRuns: 60 })
})

const PLAN = flattenPlan({
  version: 1, project: { name: 'P' },
  milestones: [{ id: 'M', title: 'Launch', phase: 'Build', steps: [{ id: 'S', title: 'API', microsteps: [{ id: 'T1', title: 'One', estimate: 4 }, { id: 'T2', title: 'Two', dependsOn: ['T1'] }] }] }],
})

test('a dry run counts what each rule would have met, tells some of it, and says what it cannot know', async () => {
  const policy = compiled(`version: 1
rules:
  - { id: order, when: [plan.status.set], condition: "item.status == 'done' && item.openDependencies > 0", effect: block, message: "{{item.id}} waits." }
  - { id: growth, when: [plan.*], condition: cost.addedHours >= 8, effect: require_approval, approvals: { roles: [PM] }, message: Grows. }
  - { id: proof, when: [plan.status.set], condition: "!item.evidence.passed", effect: block, message: No proof. }
  - { id: talk, when: [comment.added], effect: warn, message: Talk. }
  - { id: pushes, when: [sync.push], effect: notify, notify: { roles: [PM] }, message: Pushed. }
`)
  const set = (id: string, fields: Record<string, unknown>): PlanChange => ({ op: 'update', id, set: fields })
  const events = [
    event(1, [set('T2', { status: 'done' })]),
    event(2, [set('T1', { status: 'done' })], { action: 'sync.push' }),
    event(3, [set('T2', { status: 'todo' }), set('T2', { status: 'done' })]),
    event(4, undefined, { kind: 'comment.added' }),
    event(5, [{ op: 'add', kind: 'microstep', parentId: 'S', after: null, item: { id: 'T3', title: 'Three', estimate: 9 } }]),
    event(6, [{ op: 'remove', id: 'M' }]),
  ]
  const { rules, ...sums } = await simulatePolicy(policy, { project: PROJECT, plan: PLAN, events: inPages(events), samples: 1 })
  expect(sums).toEqual({ events: 6, writes: 9, stopped: 2 })
  expect(rules).toMatchObject([
    { ruleId: 'order', hits: 1, samples: [{ sequence: 1, itemId: 'T2', message: 'T2 waits.', actorId: 'usr_1' }], unknown: [] },
    { ruleId: 'growth', hits: 1, samples: [{ sequence: 5, itemId: 'T3' }] },
    { ruleId: 'proof', hits: 0, unknown: ['evidence'] },
    { ruleId: 'talk', hits: 1, samples: [{ sequence: 4, itemId: null }] },
    { ruleId: 'pushes', hits: 1 },
  ])
})
