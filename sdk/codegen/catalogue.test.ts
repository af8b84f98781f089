import { readFileSync, readdirSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { fragmentsUsed, nameFunction, readCatalogue } from './catalogue.ts'
import { manifestOf } from './operations.ts'
import { printAll } from './preset.ts'

const schema = buildSchema(`
  scalar JSON
  interface Error { code: String! message: String! }
  type NotFoundError implements Error { code: String! message: String! }
  enum Colour { "Like the sky." BLUE RED }
  type Page { hasNextPage: Boolean! endCursor: String }
  type Cars { nodes: [Car!]! pageInfo: Page! }
  "Has wheels."
  type Car { id: ID! colour: Colour! "How many it seats." seats: Int wheels: [[Int!]!]! cars(first: Int): Cars! }
  type Boat { id: ID! }
  union Vehicle = Car | Boat
  input PaintInput { id: ID! "Two coats of it." colour: Colour! coats: Int = 2 options: [Option!] }
  input Option { name: String! value: JSON }
  type PaintPayload { car: Car! }
  union PaintResult = PaintPayload | NotFoundError
  type Query { "One car." car(id: ID!): Car all: [Car!]! vehicle(id: ID!): Vehicle name: String }
  type Moved { car: Car! }
  type Subscription { moved(id: ID!): Moved! }
  type Mutation { paint(input: PaintInput!): PaintResult! scrap(id: ID!): Boolean! }
`)
const FAILURE = 'fragment Failure on Error { code message }'
const read = (text: string) => readCatalogue(schema, [{ name: 'cars', text: `${FAILURE}\n${text}` }])
const PACKAGE = JSON.stringify({ exports: { './plans': { '@buildrunner/source': './src/domain/plans/index.ts' }, './package.json': './package.json' } })
const file = (name: string, text: string) => printAll(schema, read(text), PACKAGE).get(name) ?? ''
const printed = (text: string) => file('src/_generated/cars.ts', text)

describe('the catalogue refuses', () => {
  test.each([
    ['a name without a group', 'query list { car(id: 1) { id } }', '<group>_<verb>'],
    ['two root fields', 'query cars_get { car(id: 1) { id } name }', 'exactly one root field'],
    ['a bare value', 'query cars_name { name }', 'an object, a union'],
    ['a mutation without a key', 'mutation cars_scrap { scrap(id: 1) }', '$idempotencyKey'],
    ['a mutation that takes a key and cannot be sent again', '# @once\nmutation cars_scrap($idempotencyKey: String) { scrap(id: 1) }', '$idempotencyKey'],
    ['a mutation without typed errors', 'mutation cars_scrap($idempotencyKey: String) { scrap(id: 1) }', 'a union'],
    ['a mutation that selects no error', 'mutation cars_paint($idempotencyKey: String) { paint(input: { id: 1, colour: RED }) { __typename } }', '...Failure'],
    ['two operations for one function', 'query cars_list { car(id: 1) { id } } query other_listCars { car(id: 1) { id } }', '@function name'],
    ['a group with the name of an entry', 'query plans_get { car(id: 1) { id } }', 'name the group otherwise'],
  ])('%s', (_, text, message) => expect(() => printed(text)).toThrow(message))

  test('a group in two files', () => {
    const text = 'query cars_get { car(id: 1) { id } }'
    expect(() => readCatalogue(schema, [{ name: 'a', text }, { name: 'b', text }])).toThrow('a group has one file')
  })
})

describe('an operation', () => {
  test('answers what its document narrows down to, page by page where there is pageInfo', () => {
    const { domains } = read('query cars_list($first: Int) { car(id: 1) { cars(first: $first) { list: nodes { id } pageInfo { hasNextPage } } } }')
    expect(domains[0]?.operations[0]).toMatchObject({ group: 'cars', method: 'list', depth: 2, items: 'list' })
  })

  test('is described by the comment above it, its example apart, and by the schema', () => {
    const { domains } = read('# Far away.\n\n# Fetches it.\n# @example\n# await go()\nquery cars_get { car(id: 1) { id } }')
    expect(domains[0]?.operations[0]).toMatchObject({ description: 'One car.', remarks: 'Fetches it.', example: 'await go()' })
  })

  test('brings each fragment once, through others too', () => {
    const { domains, fragments } = read('fragment A on Car { ...B } fragment B on Car { id } query cars_get { car(id: 1) { ...A ...B } }')
    expect([...fragmentsUsed(domains[0]!.operations[0]!.node, fragments)]).toEqual(['A', 'B'])
  })
})

describe('the printed module', () => {
  test('types answers with their descriptions, nullability and lists', () => {
    expect(printed('query cars_get { car(id: 1) { id seats wheels colour } }')).toContain(`export interface CarsGetData {
  id: string
  /** How many it seats. */
  seats: number | null
  wheels: number[][]
  colour: Colour
}`)
  })

  test('types a plain list as an array', () => {
    expect(printed('query cars_all { all { seats } }')).toContain('export type CarsAllData = ({\n  /** How many it seats. */\n  seats: number | null\n})[]')
    expect(printed('query cars_all { all { seats } }')).toContain('all(variables?: Record<string, never>, options?: CallOptions): Request<CarsAllData>')
  })

  test('types a union by its members and one for those to come', () => {
    const text = printed('query cars_any { vehicle(id: 1) { __typename ... on Car { seats } ... on Boat { id } } }')
    expect(text).toContain("__typename: 'Car'")
    expect(text).toContain("__typename: 'Boat'")
    expect(text).toContain('} | UnknownMember')
  })

  test('types a mutation as its payload and names its errors in the documentation', () => {
    const text = printed(`mutation cars_paint($id: ID!, $colour: Colour!, $coats: Int, $options: [Option!], $idempotencyKey: String) {
      paint(input: { id: $id, colour: $colour, coats: $coats, options: $options }) { __typename ...Failure ... on PaintPayload { car { id } } }
    }`)
    expect(text).toContain('export interface CarsPaintData {\n  car: {\n    id: string\n  }\n}')
    expect(text).toContain('Its own errors: `NotFoundError`.')
    expect(text).toContain(`export interface CarsPaintVariables {
  id: string
  /** Two coats of it. */
  colour: Colour
  /** Default: 2. */
  coats?: number
  options?: readonly Option[] | null
}`)
  })

  test('refuses a scalar that has no TypeScript type', () => {
    const strange = buildSchema('scalar Strange type Thing { value: Strange } type Query { thing: Thing }')
    const catalogue = readCatalogue(strange, [{ name: 'things', text: 'query things_get { thing { value } }' }])
    expect(() => printAll(strange, catalogue, PACKAGE)).toThrow('scalar Strange')
  })
})

describe('a standalone function', () => {
  test.each([
    ['planning', 'getPlan', 'getPlan'],
    ['projects', 'list', 'listProjects'],
    ['projects', 'get', 'getProject'],
    ['events', 'watch', 'watchEvents'],
    ['policies', 'create', 'createPolicy'],
    ['access', 'check', 'checkAccess'],
    ['health', 'check', 'checkHealth'],
  ])('of %s_%s is %s', (group, method, name) => expect(nameFunction(group, method)).toBe(name))

  test('is named by its comment where the rule reads wrong, and documented as itself', () => {
    const text = file('src/_generated/functions/cars.ts', "# Paints.\n# @function findCar\n# @example\n# await client.cars.get({ id: 'a' })\nquery cars_get($id: ID!) { car(id: $id) { id } }")
    expect(text).toContain('export function findCar(client: Client, variables: CarsGetVariables, options?: CallOptions): Request<CarsGetData> {\n  return call(client, cars_get, variables, options)')
    expect(text).toContain(" * await findCar(client, { id: 'a' })")
    expect(text).toContain(' * Paints.\n *\n')
  })
})

describe('the manifest', () => {
  const CAR = 'fragment Wheels on Car { wheels } query cars_get { car(id: 1) { ...Wheels } }'

  test('holds each text with its fragments, and its id changes with any of them', () => {
    const { id, documents } = manifestOf(read(CAR))
    expect(documents).toEqual({ cars_get: 'query cars_get{car(id:1){...Wheels}}fragment Wheels on Car{wheels}' })
    expect(id).toMatch(/^[\w-]{16}$/)
    expect(manifestOf(read(CAR)).id).toBe(id)
    expect(manifestOf(read(CAR.replace('{ wheels }', '{ wheels seats }'))).id).not.toBe(id)
  })

  test('is no part of the operations that the client carries', () => {
    expect(file('src/_generated/operations/cars.ts', CAR)).toContain("export const cars_get: Operation = { name: 'cars_get', kind: 'query' }")
    expect(JSON.parse(file('documents.json', CAR))).toEqual(manifestOf(read(CAR)))
  })
})

test('a subscription yields what its root field does', () => {
  expect(printed('subscription cars_watch { moved(id: 1) { car { seats } } }')).toContain('watch(variables?: Record<string, never>, options?: SubscribeOptions): Subscription<CarsWatchData>')
})

test('the package gets an entry for each group, and keeps the others', () => {
  const { exports } = JSON.parse(file('package.json', 'query cars_get { car(id: 1) { id } }')) as { exports: Record<string, object> }
  expect(Object.keys(exports)).toEqual(['./plans', './cars', './package.json'])
  expect(exports['./cars']).toMatchObject({ '@buildrunner/source': './src/_generated/functions/cars.ts', require: { types: './dist/cars.d.cts' } })
})

test('what is committed is what the schema and the operations give: run `npm run generate` when this fails', () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const names = readdirSync(new URL('../operations', import.meta.url)).sort()
  const sources = names.map((name) => ({ name: name.replace('.graphql', ''), text: read(`operations/${name}`) }))
  const schema = buildSchema(read('../schema/schema.graphql'))
  const files = printAll(schema, readCatalogue(schema, sources), read('package.json'))
  const committed = readdirSync(new URL('../src/_generated', import.meta.url), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  expect([...files.keys()].filter((name) => name.endsWith('.ts')).sort()).toEqual(committed.map((name) => `src/_generated/${name}`).sort())
  for (const [name, content] of files) expect(read(name).trim(), name).toBe(content.trim())
})
