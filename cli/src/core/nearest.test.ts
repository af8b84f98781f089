import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['stauts', ['status', 'sync', 'show'], ['status']],
  ['T-1', ['T-2', 't-1', 'M-9'], ['t-1', 'T-2']],
  ['sign', ['sign-in', 'sign-out', 'other'], ['sign-in', 'sign-out']],
  ['xyzzy', ['status', 'sync'], []],
  ['a', ['b', 'c', 'd', 'e'], ['b', 'c', 'd']],
])('%j among %j is near %j', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toEqual(expected)
})
