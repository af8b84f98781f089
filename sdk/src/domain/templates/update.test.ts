import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges } from '../plans/changes.ts'
import { diffPlans } from '../plans/diff.ts'
import { flattenPlan, unflattenPlan } from '../plans/flat.ts'
import { hasErrors } from '../plans/problems.ts'
import { isValid, perform, scripts } from '../plans/testing/random-plans.ts'
import type { FlatPlan, PlanChange, PlanConflict } from '../plans/types.ts'
import { validatePlan } from '../plans/validate.ts'
import { instantiate } from './instantiate.ts'
import { usedTemplates } from './mark.ts'
import { pack, sample } from './testing/sample.ts'
import type { Template, TemplateItem, TemplateUse } from './types.ts'
import { newPlan, updateFromTemplates } from './update.ts'

const VALUES = { app: 'Shop' }
const uses = (...templates: Template[]): TemplateUse[] => templates.map((template) => ({ template, values: VALUES }))
const planFrom = (...templates: Template[]): FlatPlan => flattenPlan(newPlan(instantiate(uses(...templates)))!)
const withoutMark = ({ head: { 'x-template': _, ...head }, ...plan }: FlatPlan) => unflattenPlan({ ...plan, head })

/** A next version: the plan of the sample after a script, with the same braces. */
function revised(script: Parameters<typeof perform>[1]): Template {
  const plain = sample({ version: '1.0.0', variables: [], policy: {}, anchors: [] })
  plain.plan = { project: { name: 'Shop' }, milestones: instantiate([{ template: sample(), values: VALUES }]).plan!.milestones as TemplateItem[] }
  const next = unflattenPlan(perform(flattenPlan({ version: 1, project: { name: 'Shop' }, milestones: plain.plan.milestones as never }), script, 't'))
  return { ...plain, version: '2.0.0', plan: { project: { name: 'Shop' }, milestones: next.milestones as TemplateItem[] } }
}
/** Renames are the merge's own matter; a kind that changes is a deletion and an addition. */
const EDITS = ['add', 'remove', 'move', 'reorder', 'title', 'scalar', 'unset', 'label', 'unlabel', 'depend', 'undepend', 'criterion', 'editCriterion', 'link', 'estimate'] as const
const edits = scripts(10, EDITS)

describe('an update', { timeout: 60_000 }, () => {
  it('never loses what people did, whatever the next version says', () => {
    fc.assert(fc.property(edits, edits, (mine, theirs) => {
      const first = revised([])
      const made = planFrom(first)
      const plan = perform(made, mine, 'mine')
      const { changes, conflicts } = updateFromTemplates({ plan, previous: uses(first), next: uses(revised(theirs)) })
      const after = applyChanges(plan, changes)
      expect(isValid(after)).toBe(true)
      for (const change of diffPlans(made, plan)) expectKept(change, plan, after, conflicts)
    }), { numRuns: 100 })
  })

  it('brings the next version where nobody changed anything, and changes nothing when repeated', () => {
    fc.assert(fc.property(edits, edits, (mine, theirs) => {
      const [first, second] = [revised([]), revised(theirs)]
      const untouched = updateFromTemplates({ plan: planFrom(first), previous: uses(first), next: uses(second) })
      expect(untouched.conflicts).toEqual([])
      expect(withoutMark(applyChanges(planFrom(first), untouched.changes))).toEqual(withoutMark(planFrom(second)))
      const plan = perform(planFrom(first), mine, 'mine')
      const open = updateFromTemplates({ plan, previous: uses(first), next: uses(second) })
      const resolutions = open.conflicts.map(({ id, field }) => ({ id, ...(field !== undefined && { field }), keep: 'local' as const }))
      const decided = updateFromTemplates({ plan, previous: uses(first), next: uses(second), resolutions })
      expect(decided.conflicts).toEqual([])
      const after = applyChanges(plan, decided.changes)
      expect(updateFromTemplates({ plan: after, previous: uses(second), next: uses(second) })).toMatchObject({ changes: [], conflicts: [] })
    }), { numRuns: 50 })
  })

  it('reports what both changed with its three values, and takes a decision', () => {
    const next = sample({ version: '1.1.0' })
    next.plan.milestones[0]!.title = 'Build {{app}} well'
    const plan = applyChanges(planFrom(sample()), [{ op: 'update', id: 'build', set: { title: 'Mine' } }, { op: 'update', id: 'write', set: { status: 'done' } }])
    const input = { plan, previous: uses(sample()), next: uses(next) }
    const open = updateFromTemplates(input)
    expect(open.conflicts).toEqual([{ kind: 'field', id: 'build', field: 'title', base: 'Build Shop', local: 'Mine', remote: 'Build Shop well' }])
    const decided = updateFromTemplates({ ...input, resolutions: [{ id: 'build', keep: 'remote' }] })
    const after = applyChanges(plan, decided.changes)
    expect(after.items.get('build')?.fields.title).toBe('Build Shop well')
    expect(after.items.get('write')?.fields.status).toBe('done')
    expect(usedTemplates(after.head).map(({ version }) => version)).toEqual(['1.1.0'])
  })

  it('leaves the name of a project alone that was there before its templates', () => {
    const plan = flattenPlan({ version: 1, project: { name: 'Ours' }, milestones: [{ id: 'own', title: 'Own' }] })
    const { changes, conflicts } = updateFromTemplates({ plan, previous: [], next: uses(sample()) })
    const after = applyChanges(plan, changes)
    expect(conflicts).toEqual([])
    expect(after.head['project']).toEqual({ name: 'Ours' })
    expect(after.children.get(null)).toHaveLength(3)
    expect(after.items.get('own')).toEqual(plan.items.get('own'))
    // and also afterwards, when the template is known
    const again = updateFromTemplates({ plan: after, previous: uses(sample()), next: uses(sample({ version: '1.0.1' })) })
    expect(applyChanges(after, again.changes).head['project']).toEqual({ name: 'Ours' })
    expect(again.conflicts).toEqual([])
  })

  it('joins a pack to a plan that is there, and keeps every id when a newer template wants one of them', () => {
    const plan = planFrom(sample())
    const joined = applyChanges(plan, updateFromTemplates({ plan, previous: uses(sample()), next: uses(sample(), pack()) }).changes)
    expect(joined.items.get('ship')?.fields.dependsOn).toEqual(['build', 'extra'])
    const greedy = sample({ version: '1.1.0' })
    greedy.plan.milestones.push({ id: 'extra', title: 'Of the template now' })
    const remembered = usedTemplates(joined.head)
    const previous = [{ template: sample(), values: VALUES }, { template: pack(), ids: remembered[1]?.ids }]
    const { changes, conflicts } = updateFromTemplates({ plan: joined, previous, next: uses(greedy, pack()) })
    const after = applyChanges(joined, changes)
    expect(conflicts).toEqual([])
    expect(after.items.get('extra')?.fields.title).toBe('Extra')
    expect(after.items.get('sample-extra')?.fields.title).toBe('Of the template now')
    const [of, again] = usedTemplates(after.head)
    expect(updateFromTemplates({ plan: after, previous: [{ template: greedy, values: VALUES, ids: of?.ids }, { template: pack(), ids: again?.ids }], next: uses(greedy, pack()) }).changes).toEqual([])
  })

  it('follows a value that changes', () => {
    const plan = planFrom(sample())
    const { changes } = updateFromTemplates({ plan, previous: uses(sample()), next: [{ template: sample(), values: { ...VALUES, regions: ['eu', 'asia'] } }] })
    const after = applyChanges(plan, changes)
    expect(['deploy-eu', 'deploy-us', 'deploy-asia'].map((id) => after.items.has(id))).toEqual([true, false, true])
    expect(hasErrors(validatePlan(unflattenPlan(after)))).toBe(false)
  })
})

/** What a person changed is there after the update, or is named in a conflict, where the person's side stands. */
function expectKept(change: PlanChange, plan: FlatPlan, after: FlatPlan, conflicts: readonly PlanConflict[]): void {
  switch (change.op) {
    case 'add': return expect(after.items.has(change.item.id)).toBe(true)
    case 'remove': return expect(after.items.has(change.id)).toBe(false)
    case 'move': return expect(after.items.get(change.id)?.parentId).toBe(plan.items.get(change.id)?.parentId)
    case 'update': {
      const [mine, kept] = [plan.items.get(change.id)!.fields, after.items.get(change.id)?.fields]
      for (const field of Object.keys(change.set)) {
        const value = mine[field]
        if (['labels', 'acceptanceCriteria', 'links', 'dependsOn'].includes(field)) expectElements(field, change, value, kept?.[field], after, conflicts)
        else expect(kept?.[field]).toEqual(value)
      }
    }
  }
}

/** Lists merge by element: what was added to one is in it, but for a dependency on what the template took away. */
function expectElements(field: string, { id }: { id: string }, mine: unknown, kept: unknown, after: FlatPlan, conflicts: readonly PlanConflict[]): void {
  if (conflicts.some((conflict) => conflict.id === id)) return
  const before = (planFrom(revised([])).items.get(id)?.fields[field] ?? []) as unknown[]
  const has = (list: readonly unknown[], element: unknown): boolean => list.some((other) => JSON.stringify(other) === JSON.stringify(element))
  for (const element of (mine ?? []) as unknown[]) {
    if (has(before, element) || (field === 'dependsOn' && !after.items.has(element as string))) continue
    expect(has((kept ?? []) as unknown[], element)).toBe(true)
  }
}
