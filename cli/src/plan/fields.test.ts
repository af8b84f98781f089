import { expect, test } from 'vitest'
import { fieldsFromOptions, parseEstimate, parseLink } from './fields.ts'

test.each([
  ['3', 3],
  ['1.5', 1.5],
  ['4h', 4],
  ['2/4/8', { optimistic: 2, likely: 4, pessimistic: 8 }],
  ['2 / 4 / 8', { optimistic: 2, likely: 4, pessimistic: 8 }],
])('the estimate %j is %j', (value, expected) => {
  expect(parseEstimate(value)).toEqual(expected)
})

test.each(['', 'soon', '-1', '1/2', '1/2/3/4', '8/4/2', '1/x/3', 'NaN', '1e400'])('the estimate %j is refused', (value) => {
  expect(() => parseEstimate(value)).toThrow(expect.objectContaining({ code: 'INVALID_VALUE', exitCode: 2 }))
})

test('a link is a URL with an optional title', () => {
  expect(parseLink('https://a.example/x')).toEqual({ url: 'https://a.example/x' })
  expect(parseLink('docs/a.md The guide')).toEqual({ url: 'docs/a.md', title: 'The guide' })
  expect(() => parseLink('  ')).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }))
})

test('options become fields, each element once; what the kind does not have is refused', () => {
  expect(fieldsFromOptions('microstep', { status: 'done', label: ['a', 'b', 'a'], criterion: ['x, y'] })).toEqual({
    status: 'done',
    labels: ['a', 'b'],
    acceptanceCriteria: [{ text: 'x, y' }],
  })
  expect(() => fieldsFromOptions('step', { status: 'done' })).toThrow(expect.objectContaining({ code: 'USAGE' }))
  expect(() => fieldsFromOptions('microstep', { due: '2027-01-01' })).toThrow(
    expect.objectContaining({ message: '--due is only for items of kind milestone; this is one of kind microstep.' }),
  )
})
