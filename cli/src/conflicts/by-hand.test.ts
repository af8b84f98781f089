import { flattenPlan } from '@buildrunner/sdk/plans'
import { expect, test } from 'vitest'
import { canMerge, changeByHand, parseValue, valueSource, withMarks, withoutMarks } from './by-hand.ts'
import type { OpenConflict } from './conflict.ts'

const conflict = (values: Partial<OpenConflict>): OpenConflict => ({
  id: 'x', source: 'file', kind: 'field', itemKey: 'M1', itemTitle: null, field: 'title', base: null, local: null, remote: null, by: null, createdAt: null, ...values,
})
const criterion = conflict({ field: 'acceptanceCriteria', base: { id: 'c1', text: 'Old' }, local: { id: 'c1', text: 'Ours' }, remote: { id: 'c1', text: 'Theirs' } })
const plan = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M1', title: 'One', acceptanceCriteria: [{ id: 'c0', text: 'Stays' }, { id: 'c1', text: 'Ours' }] }] })

test.each([
  [conflict({ base: 'a', local: 'b', remote: 'c' }), '{"not": "JSON here"}', '{"not": "JSON here"}'],
  [conflict({ field: 'estimate', local: 3, remote: 5 }), '4', 4],
  [conflict({ field: 'estimate', local: 3, remote: { optimistic: 1, likely: 2, pessimistic: 3 } }), '{"optimistic":1,"likely":2,"pessimistic":4}', { optimistic: 1, likely: 2, pessimistic: 4 }],
  [criterion, 'Of both', { id: 'c1', text: 'Of both' }],
  [criterion, '{"text":"New","evidence":"x"}', { text: 'New', evidence: 'x' }],
])('a value is read as the sides are: %#', (given, text, expected) => {
  expect(parseValue(given, text)).toEqual(expected)
})

test('what has to be JSON and is not is refused', () => {
  expect(() => parseValue(conflict({ field: 'estimate', local: 3 }), 'soon')).toThrow(expect.objectContaining({ code: 'INVALID_VALUE', exitCode: 2 }) as Error)
})

test('one element of a list is replaced, the others stay; what is not there is added', () => {
  expect(changeByHand(plan, criterion, 'local', { id: 'c1', text: 'Both' })).toEqual({ op: 'update', id: 'M1', set: { acceptanceCriteria: [{ id: 'c0', text: 'Stays' }, { id: 'c1', text: 'Both' }] } })
  expect(changeByHand(plan, criterion, 'remote', { id: 'c1', text: 'Both' })).toMatchObject({ set: { acceptanceCriteria: [{ id: 'c0' }, { text: 'Ours' }, { text: 'Both' }] } })
})

test('a field of the head is changed in the head', () => {
  expect(changeByHand(plan, conflict({ itemKey: null, field: 'project' }), 'local', { name: 'y' })).toEqual({ op: 'head', set: { project: { name: 'y' } } })
})

test('a text with marks shows the three values; with marks left nothing is decided', () => {
  const marked = withMarks(criterion)
  expect(marked.split('\n')).toEqual(['<<<<<<< local', 'Ours', '||||||| base', 'Old', '=======', 'Theirs', '>>>>>>> remote', ''])
  expect(() => withoutMarks(marked)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error)
  expect(withoutMarks('Both\nlines\n')).toBe('Both\nlines')
})

test('a value as text is read as the same value', () => {
  for (const value of ['a\nb', 3, { optimistic: 1, likely: 2, pessimistic: 3 }]) expect(parseValue(conflict({ local: value }), valueSource(value))).toEqual(value)
  expect(valueSource(null)).toBe('')
})

test('only the value of a field is merged by hand', () => {
  expect([conflict({}), conflict({ kind: 'edit-delete', field: null }), conflict({ field: 'id' }), conflict({ kind: 'cycle', field: 'dependsOn' })].map(canMerge)).toEqual([true, false, false, false])
})
