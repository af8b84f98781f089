import { readFileSync, readdirSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { fragmentsUsed, readCatalogue } from './catalogue.ts'
import { printAll } from './print.ts'

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
  type Query { "One car." car(id: ID!): Car vehicle(id: ID!): Vehicle name: String }
  type Mutation { paint(input: PaintInput!): PaintResult! scrap(id: ID!): Boolean! }
`)
const FAILURE = 'fragment Failure on Error { code message }'
const read = (text: string) => readCatalogue(schema, [{ name: 'cars', text: `${FAILURE}\n${text}` }])
const printed = (text: string) => printAll(schema, read(text)).get('cars') ?? ''

describe('the catalogue refuses', () => {
  test.each([
    ['a name without a group', 'query list { car(id: 1) { id } }', '<group>_<verb>'],
    ['two root fields', 'query cars_get { car(id: 1) { id } name }', 'exactly one root field'],
    ['a bare value', 'query cars_name { name }', 'an object or a union'],
    ['a mutation without typed errors', 'mutation cars_scrap { scrap(id: 1) }', 'a union'],
    ['a mutation that selects no error', 'mutation cars_paint { paint(input: { id: 1, colour: RED }) { __typename } }', '...Failure'],
  ])('%s', (_, text, message) => expect(() => read(text)).toThrow(message))

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
    expect(() => printAll(strange, catalogue)).toThrow('scalar Strange')
  })
})

test('what is committed is what the schema and the operations give: run `npm run generate` when this fails', () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const names = readdirSync(new URL('../operations', import.meta.url)).sort()
  const sources = names.map((name) => ({ name: name.replace('.graphql', ''), text: read(`operations/${name}`) }))
  const schema = buildSchema(read('../schema/schema.graphql'))
  const files = printAll(schema, readCatalogue(schema, sources))
  expect([...files.keys()].map((name) => `${name}.ts`).sort()).toEqual(readdirSync(new URL('../src/_generated', import.meta.url)).sort())
  for (const [name, content] of files) expect(read(`src/_generated/${name}.ts`).trim()).toBe(content.trim())
})
