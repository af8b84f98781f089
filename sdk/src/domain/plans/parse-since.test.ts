import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges } from './changes.ts'
import { diffPlans } from './diff.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import { parsePlanSince } from './parse-since.ts'
import { hasErrors } from './problems.ts'
import { perform, plans, scripts } from './testing/random-plans.ts'
import { isEqualRecord } from './equal.ts'
import type { FlatPlan, Plan, PlanChange } from './types.ts'
import { parsePlan } from './validate.ts'

const base = plans()
const print = (plan: FlatPlan, more: object = {}) => JSON.stringify({ ...unflattenPlan(plan), 'x-sync': { projectId: 'p', sequence: 1 }, ...more }, null, 2)

/** Holds what parsePlanSince says of a text against what parsePlan says. */
function compare(text: string, base: FlatPlan): void {
  const { plan, problems } = parsePlan(text)
  const since = parsePlanSince(text, base)
  if (plan === undefined) {
    expect(hasErrors(since.problems)).toBe(true)
    expect(since).toEqual({ problems })
  } else {
    const flat = flattenPlan(plan)
    const { changes, ...rest } = since as { changes: PlanChange[] }
    expect(rest).toEqual({ plan, flat, problems: [] })
    expect(applyChanges(base, changes)).toEqual(flat)
    // Only the order of updates, which are of different items, may differ.
    expect(changes.map((change) => JSON.stringify(change)).toSorted()).toEqual(diffPlans(base, flat).map((change) => JSON.stringify(change)).toSorted())
  }
}

/** Faults that a person, or a program, makes in a text; each of them at one of the places that it fits. */
const FAULTS: readonly [find: RegExp, by: string][] = [
  [/"title": "[^"]*"/g, '"title": ""'], [/"title": "[^"]*"/g, '"title": null'], [/"title": "[^"]*",?/g, ''], [/"title"/g, '"titel"'],
  [/"title": "[^"]*"/g, '"title": "x", "title": "y"'], [/"title": "[^"]*"/g, '"title": "x", "__proto__": 1'], [/"title": "[^"]*"/g, '"title": "x", "labels": {}'],
  [/"title": "[^"]*"/g, '"title": "x", "description": null'], [/"title": "[^"]*"/g, '"title": "x", "assignee": []'], [/"title": "[^"]*"/g, '"title": "x", "status": "todo"'],
  [/"title": "[^"]*"/g, '"title": "x", "labels": []'], [/"title": "[^"]*"/g, '"title": "x", "steps": null'], [/"title": "[^"]*"/g, '"title": "x", "constructor": 1'],
  [/"title": "[^"]*"/g, '"title": "x", "x-deep": [{ "a": { "a": 1, "\\u0061": 2 } }]'], [/"title": "[^"]*"/g, `"title": "x", "x-deep": ${'['.repeat(98)}${']'.repeat(98)}`],
  [/"title": "[^"]*"/g, '"title": ": {"'], [/"title": "[^"]*"/g, '"title": "\\":"'], [/"title": "[^"]*"/g, '"title": "x", "x-deep": [{ "__proto__": 1 }]'],
  [/"id": "i[^"]*"/g, '"id": "i0"'], [/"id": "i[^"]*"/g, '"id": 5'], [/"id": "i[^"]*"/g, '"id": "a b"'], [/"id": "i[^"]*"/g, '"id": "new", "renamedFrom": "i0"'],
  [/"dependsOn": \[\s*"[^"]*"/g, '"dependsOn": ["ghost"'], [/"dependsOn": \[/g, '"dependsOn": ["i0", '], [/"dependsOn": \[/g, '"dependsOn": ["i1", "i2", '],
  [/"title": "[^"]*"/g, '"title": "x", "dependsOn": ["i0", "i1"]'], [/"text": "[^"]*"/g, '"text": "x", "text": "y"'], [/"text": "[^"]*"/g, '"text": 1'],
  [/"estimate": \d+/g, '"estimate": -1'], [/"version": 1/g, '"version": 2'], [/"version": 1/g, '"version": "1"'], [/"project": \{/g, '"project": { "x": 1,'],
  [/"name": "[^"]*"/g, '"name": ""'], [/"sequence": 1/g, '"sequence": -1'], [/"sequence": 1/g, '"sequence": 1, "sequence": 1'], [/"milestones": \[/g, '"milestones": [null,'],
  [/"(?:micro)?steps": \[/g, '"steps": [{ "id": "i1", "title": "x" },'], [/"microsteps"/g, '"steps"'], [/,/g, ''], [/\}/g, '},'], [/\[/g, '[[],'], [/^/g, '\uFEFF'],
]

function damage(text: string, [find, by]: (typeof FAULTS)[number], place: number): string {
  const places = [...text.matchAll(find)]
  if (places.length === 0) return text
  const { index, 0: found } = places[place % places.length]!
  return text.slice(0, index) + by + text.slice(index + found.length)
}

describe('parsePlanSince', () => {
  it('says of an edited plan what parsePlan says, and how it differs', () => {
    fc.assert(fc.property(base, scripts(), (plan, script) => compare(print(perform(plan, script, 'n')), plan)), { numRuns: 200 })
  })

  it('says of a text with faults what parsePlan says', () => {
    const faults = fc.array(fc.tuple(fc.constantFrom(...FAULTS), fc.nat(999)), { minLength: 1, maxLength: 3 })
    fc.assert(fc.property(base, faults, (plan, faults) => compare(faults.reduce((text, [fault, place]) => damage(text, fault, place), print(plan)), plan)), { numRuns: 300 })
  })

  it('says of any two plans what parsePlan says', () => {
    fc.assert(fc.property(base, base, (plan, other) => compare(print(other), plan)), { numRuns: 100 })
  })

  it('finds circles that only the whole plan shows', () => {
    const document = (more: object): Plan => ({ version: 1, project: { name: 'x' }, milestones: [{ id: 'a', title: 'x', dependsOn: ['b'] }, { id: 'b', title: 'x', ...more }] })
    const base = flattenPlan(document({}))
    expect(parsePlanSince(JSON.stringify(document({ dependsOn: ['a'] })), base).problems).toMatchObject([{ code: 'dependency-cycle' }])
    expect(parsePlanSince(JSON.stringify(document({ steps: [{ id: 's', title: 'x', dependsOn: ['a'] }] })), base).problems).toMatchObject([{ code: 'dependency-cycle' }])
  })

  it('shares what did not change with the earlier plan', () => {
    fc.assert(fc.property(base, scripts(3), (plan, script) => {
      const edited = perform(plan, script, 'n')
      const { flat } = parsePlanSince(print(edited), plan) as { flat: FlatPlan }
      for (const [id, item] of flat.items) {
        const old = plan.items.get(id)
        if (old !== undefined && old.kind === item.kind && old.parentId === item.parentId && isEqualRecord(old.fields, item.fields)) expect(item).toBe(old)
      }
    }), { numRuns: 100 })
  })
})
