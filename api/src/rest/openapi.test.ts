import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { openApi } from '../testing/rest.ts'
import { EXAMPLES } from './examples.ts'
import { OPERATIONS } from './index.ts'
import { ROUTES, WITHOUT_ROUTE } from './routes.ts'

test('the document is valid OpenAPI 3.1, by an independent validator', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(openApi) as never)
  expect([valid, errors]).toEqual([true, undefined])
  expect(validator.version).toBe('3.1')
})

test('every operation of the catalogue has one route and an example, or stands in the list of those without, with a reason', () => {
  const bound = ROUTES.map(({ operation }) => operation)
  expect([...bound, ...Object.keys(WITHOUT_ROUTE)].sort()).toEqual([...OPERATIONS.keys()].sort())
  expect(Object.keys(EXAMPLES).sort()).toEqual([...bound].sort())
  for (const reason of Object.values(WITHOUT_ROUTE)) expect(reason.length).toBeGreaterThan(20)
})

test('every operation has an id, a tag, a summary and its parameters described', () => {
  const operations = Object.values(openApi.paths ?? {}).flatMap((item) => Object.values(item)) as any[]
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(ROUTES.map(({ operation }) => operation).sort())
  for (const { operationId, tags, summary, description, parameters = [] } of operations) {
    expect([operationId, tags.length, summary.length > 5, description.length > 5]).toEqual([operationId, 1, true, true])
    for (const parameter of parameters) if (!('$ref' in parameter)) expect(`${operationId}: ${parameter.name} ${typeof parameter.schema}`).toContain('object')
  }
})

test('names are in snake_case everywhere but in opaque values', () => {
  const names: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { properties, example: _opaque, ...rest } = value as Record<string, unknown>
    if (properties !== undefined) names.push(...Object.keys(properties as object))
    Object.values({ ...rest, properties }).forEach(collect)
  }
  collect(openApi)
  expect(names.length).toBeGreaterThan(200)
  expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([])
})
