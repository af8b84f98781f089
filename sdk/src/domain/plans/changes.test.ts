import { describe, expect, it } from 'vitest'
import { PlanChangeError, applyChanges, assertPlanChanges, invertChanges } from './changes.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import type { Plan, PlanChange } from './types.ts'

const plan: Plan = {
  version: 1,
  project: { name: 'Demo' },
  milestones: [
    { id: 'M1', title: 'One', steps: [
      { id: 'S1', title: 'Build', microsteps: [{ id: 'a', title: 'A', labels: ['x'] }, { id: 'b', title: 'B', dependsOn: ['a'] }] },
      { id: 'S2', title: 'Test', dependsOn: ['S1'] },
    ] },
    { id: 'M2', title: 'Two', dependsOn: ['M1', 'ghost'] },
  ],
}
const flat = flattenPlan(plan)
const after = (...changes: PlanChange[]) => unflattenPlan(applyChanges(flat, changes))

const batches: Record<string, PlanChange[]> = {
  'an added subtree': [{ op: 'add', kind: 'step', parentId: 'M2', after: null, item: { id: 'S3', title: 'New', microsteps: [{ id: 'c', title: 'C' }] } }],
  'an update that sets, replaces and removes': [{ op: 'update', id: 'a', set: { title: 'AA', labels: null, status: 'done', notes: 'n' } }],
  'a move to another parent': [{ op: 'move', id: 'a', parentId: 'S2', after: null }],
  'a move within the parent': [{ op: 'move', id: 'a', parentId: 'S1', after: 'b' }],
  'a removed subtree': [{ op: 'remove', id: 'M1' }],
  'a rename with children and dependents': [{ op: 'rename', id: 'S1', to: 'S9' }],
  'a rename onto a dangling dependency': [{ op: 'rename', id: 'M1', to: 'ghost' }],
  'a rename after removal, addition and rename': [
    { op: 'rename', id: 'a', to: 'a1' }, { op: 'remove', id: 'S2' }, { op: 'add', kind: 'microstep', parentId: 'S1', after: 'b', item: { id: 'c', title: 'C', dependsOn: ['a1'] } },
    { op: 'rename', id: 'a1', to: 'a2' }, { op: 'update', id: 'b', set: { dependsOn: ['c', 'a2'] } }, { op: 'rename', id: 'c', to: 'c2' },
  ],
  'a changed head': [{ op: 'head', set: { project: { name: 'Other' }, extra: { deep: [1] } } }],
}

describe('applyChanges', () => {
  it('leaves the plan it is given untouched', () => {
    const before = structuredClone(plan)
    for (const batch of Object.values(batches)) applyChanges(flat, batch)
    expect(unflattenPlan(flat)).toEqual(before)
  })

  it('shares what the changes do not touch', () => {
    const next = applyChanges(flat, [{ op: 'update', id: 'a', set: { title: 'AA' } }])
    expect(next.items.get('b')).toBe(flat.items.get('b'))
    expect(next.children.get('S1')).toBe(flat.children.get('S1'))
  })

  it('renames an item in every dependency and sets nothing else', () => {
    const next = applyChanges(flat, [{ op: 'rename', id: 'S1', to: 'S9' }])
    expect(next.items.get('S2')?.fields.dependsOn).toEqual(['S9'])
    expect(next.items.get('a')?.parentId).toBe('S9')
    expect(next.items.get('S9')?.fields).toEqual({ title: 'Build' })
    expect(next.children.get('M1')).toEqual(['S9', 'S2'])
  })

  it('never stores a default', () => {
    const next = applyChanges(flat, [{ op: 'update', id: 'a', set: { status: 'todo', labels: [], notes: null } }])
    expect(next.items.get('a')?.fields).toEqual({ title: 'A' })
  })

  it('takes the subtree along when it removes', () => {
    expect([...applyChanges(flat, [{ op: 'remove', id: 'M1' }]).items.keys()]).toEqual(['M2'])
  })

  it('applies the changes of a batch in order', () => {
    const next = after({ op: 'move', id: 'a', parentId: 'S2', after: null }, { op: 'remove', id: 'S1' }, { op: 'rename', id: 'a', to: 'z' })
    expect(next.milestones[0]?.steps).toEqual([{ id: 'S2', title: 'Test', dependsOn: ['S1'], microsteps: [{ id: 'z', title: 'A', labels: ['x'] }] }])
  })

  it.each<[string, string, PlanChange]>([
    ['an unknown item', 'unknown-item', { op: 'update', id: 'nope', set: {} }],
    ['an unknown parent', 'unknown-item', { op: 'move', id: 'a', parentId: 'nope', after: null }],
    ['an id that exists', 'duplicate-id', { op: 'add', kind: 'microstep', parentId: 'S1', after: null, item: { id: 'M2', title: 'x' } }],
    ['an id twice in one subtree', 'duplicate-id', { op: 'add', kind: 'step', parentId: 'M1', after: null, item: { id: 'n', title: 'x', microsteps: [{ id: 'n', title: 'x' }] } }],
    ['a rename to an id that exists', 'duplicate-id', { op: 'rename', id: 'a', to: 'b' }],
    ['a parent of the wrong kind', 'wrong-parent-kind', { op: 'move', id: 'a', parentId: 'M1', after: null }],
    ['a microstep at the top', 'wrong-parent-kind', { op: 'move', id: 'a', parentId: null, after: null }],
    ['a step inside itself', 'wrong-parent-kind', { op: 'move', id: 'S1', parentId: 'a', after: null }],
    ['a sibling that lies elsewhere', 'unknown-sibling', { op: 'move', id: 'a', parentId: 'S2', after: 'b' }],
    ['a place behind itself', 'unknown-sibling', { op: 'move', id: 'a', parentId: 'S1', after: 'a' }],
    ['children set as a field', 'reserved-field', { op: 'update', id: 'S1', set: { microsteps: [] } }],
    ['milestones set as head', 'reserved-field', { op: 'head', set: { milestones: [] } }],
    ['a removed title', 'required-field', { op: 'update', id: 'a', set: { title: null } }],
  ])('refuses %s with %s and the place in the batch', (_title, code, change) => {
    const batch: PlanChange[] = [{ op: 'update', id: 'b', set: { notes: 'n' } }, change]
    for (const run of [applyChanges, invertChanges]) {
      expect(() => run(flat, batch)).toThrow(expect.objectContaining({ name: 'PlanChangeError', code, index: 1 }))
    }
  })
})

describe('invertChanges', () => {
  it.each(Object.entries(batches))('undoes %s exactly', (_title, batch) => {
    const next = applyChanges(flat, batch)
    expect(unflattenPlan(next)).not.toEqual(plan)
    const undone = applyChanges(next, invertChanges(flat, batch))
    expect(unflattenPlan(undone)).toEqual(plan)
    expect(undone.children).toEqual(flat.children)
  })
})

describe('assertPlanChanges', () => {
  it('accepts every batch that has the right shape', () => {
    for (const batch of Object.values(batches)) expect(() => assertPlanChanges(JSON.parse(JSON.stringify(batch)))).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ['no list', {}, ''],
    ['no object', [null], '/0'],
    ['an unknown operation', [{ op: 'explode' }], '/0/op'],
    ['an inherited name as operation', [{ op: 'constructor' }], '/0/op'],
    ['a missing id', [{ op: 'remove' }], '/0/id'],
    ['an id with white space', [{ op: 'rename', id: 'a', to: 'b c' }], '/0/to'],
    ['a missing place', [{ op: 'move', id: 'a', parentId: 'S1' }], '/0/after'],
    ['an unknown member', [{ op: 'remove', id: 'a', force: true }], '/0/force'],
    ['an unknown status', [{ op: 'update', id: 'a', set: { status: 'started' } }], '/0/set/status'],
    ['a null title', [{ op: 'update', id: 'a', set: { title: null } }], '/0/set/title'],
    ['a label that is no string', [{ op: 'update', id: 'a', set: { labels: ['x', 3] } }], '/0/set/labels/1'],
    ['a criterion with a bad check', [{ op: 'update', id: 'a', set: { acceptanceCriteria: [{ text: 't', check: { kind: 'command' } }] } }], '/0/set/acceptanceCriteria/0/check/run'],
    ['a date that does not exist', [{ op: 'update', id: 'M1', set: { dueDate: '2026-02-30' } }], '/0/set/dueDate'],
    ['an estimate below zero', [{ op: 'update', id: 'a', set: { estimate: { optimistic: -1, likely: 2, pessimistic: 3 } } }], '/0/set/estimate/optimistic'],
    ['a prototype as a field', JSON.parse('[{"op":"update","id":"a","set":{"__proto__":{}}}]'), '/0/set/__proto__'],
    ['a nested item without title', [{ op: 'add', kind: 'step', parentId: 'M1', after: null, item: { id: 's', title: 's', microsteps: [{ id: 'm' }] } }], '/0/item/microsteps/0/title'],
    ['a project without name', [{ op: 'head', set: { project: {} } }], '/0/set/project/name'],
  ])('refuses %s and names the place', (_title, value, pointer) => {
    let error: unknown
    try { assertPlanChanges(value) } catch (caught) { error = caught }
    expect(error).toBeInstanceOf(PlanChangeError)
    expect(error).toMatchObject({ code: 'invalid-change', pointer })
  })
})
