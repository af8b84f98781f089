import { expect, test } from 'vitest'
import { affectedCriteria } from './affected-criteria.ts'
import { applyChanges } from './changes.ts'
import { flattenPlan } from './flat.ts'

const plan = flattenPlan({
  version: 1, project: { name: 'House' },
  milestones: [
    {
      id: 'M1', title: 'Walls', acceptanceCriteria: [{ text: 'Stands' }],
      steps: [{ id: 'S1', title: 'Bricks', microsteps: [{ id: 'a', title: 'A', acceptanceCriteria: [{ id: 'c1', text: 'Dry' }] }] }],
    },
    { id: 'M2', title: 'Roof', acceptanceCriteria: [{ text: 'Tight' }] },
  ],
})

test('criteria of the item and of all that lies in it, and of nothing else', () => {
  expect(affectedCriteria([plan], 'M1')).toEqual([{ itemKey: 'M1', id: null, text: 'Stands' }, { itemKey: 'a', id: 'c1', text: 'Dry' }])
  expect(affectedCriteria([plan], 'S1')).toEqual([{ itemKey: 'a', id: 'c1', text: 'Dry' }])
})

test('what a decision adds and what it takes away are both named, and what stays once', () => {
  const after = applyChanges(plan, [{ op: 'update', id: 'a', set: { acceptanceCriteria: [{ id: 'c1', text: 'Warm' }] } }])
  expect(affectedCriteria([plan, after], 'S1')).toEqual([{ itemKey: 'a', id: 'c1', text: 'Dry' }, { itemKey: 'a', id: 'c1', text: 'Warm' }])
  expect(affectedCriteria([plan, applyChanges(plan, [{ op: 'remove', id: 'S1' }])], 'M1')).toHaveLength(2)
})

test('an item that is nowhere and the head of the document have none', () => {
  expect([affectedCriteria([plan], 'nope'), affectedCriteria([plan], null)]).toEqual([[], []])
})
