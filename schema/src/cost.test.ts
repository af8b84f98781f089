import { buildSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { createCosts } from './cost.ts'
import { schema } from './schema.ts'

const DOCUMENT = parse('query($first: Int, $inner: Int) { projects(first: $first) { nodes { microsteps(first: $inner) { nodes { key title status } } } } }')

test('the cost of a document is known for each page size, not for whatever was asked for first', () => {
  const costs = createCosts(schema)
  const within = (first: number, inner: number): boolean => costs.isWithinLimits(DOCUMENT, { first, inner })
  expect([within(10, 10), within(100, 100), within(10, 10), within(100, 100)]).toEqual([true, false, true, false])
  expect(costs.costOf(DOCUMENT, { first: 10, inner: 10 })).toBeGreaterThan(10 * 10 * 3)
})

test('a document is counted once for all that differ in other variables alone', () => {
  let counted = 0
  const counting = buildSchema('type Query { item(id: ID): String }')
  Object.assign(counting.getQueryType()!.getFields()['item']!.extensions, { complexity: () => (counted++, 1) })
  const costs = createCosts(counting)
  const document = parse('query($id: ID) { item(id: $id) }')
  expect(['a', 'b', 'c'].map((id) => costs.isWithinLimits(document, { id }))).toEqual([true, true, true])
  expect(counted).toBe(1)
})

test('what cannot be counted is left to the execution, for one point', () => {
  expect(createCosts(schema).costOf(DOCUMENT, { first: 'ten' })).toBe(1)
  expect(createCosts(schema).isWithinLimits(DOCUMENT, { first: 'ten' })).toBe(false)
})
