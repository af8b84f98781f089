import { expect, test } from 'vitest'
import { conflictName, resolutionsFor } from './resolve.ts'

// `a.title` is an item of its own and also a field of `a`: both are meant by that name.
const conflicts = [
  { id: 'a', field: 'title' },
  { id: 'a', field: 'status' },
  { id: 'a.title', field: null },
  { id: null, field: 'project' },
]

test('without items every conflict is decided', () => {
  expect(resolutionsFor(conflicts, { side: 'remote', items: [] })).toEqual([
    { id: 'a', field: 'title', keep: 'REMOTE' },
    { id: 'a', field: 'status', keep: 'REMOTE' },
    { id: 'a.title', keep: 'REMOTE' },
    { id: null, field: 'project', keep: 'REMOTE' },
  ])
})

test.each([
  [
    'a',
    [
      ['a', 'title'],
      ['a', 'status'],
    ],
  ],
  ['a.status', [['a', 'status']]],
  [
    'a.title',
    [
      ['a', 'title'],
      ['a.title', undefined],
    ],
  ],
  ['plan.project', [[null, 'project']]],
  ['plan', [[null, 'project']]],
])('--item %s decides %j', (item, expected) => {
  expect(resolutionsFor(conflicts, { side: 'local', items: [item] })).toEqual(
    expected.map(([id, field]) => ({ id, ...(field === undefined ? {} : { field }), keep: 'LOCAL' })),
  )
})

test('an item that is not in conflict is refused, and the conflicts are named', () => {
  expect(() => resolutionsFor(conflicts, { side: 'local', items: ['a', 'b'] })).toThrow(
    expect.objectContaining({ code: 'CONFLICT_UNKNOWN', exitCode: 6, remedy: expect.stringContaining('a.status') }),
  )
  expect(conflictName({ id: null, field: 'project' })).toBe('plan.project')
})
