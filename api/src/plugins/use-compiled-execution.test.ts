import fc from 'fast-check'
import { buildSchema, execute, parse } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLFieldResolver, GraphQLObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { useCompiledExecution } from './use-compiled-execution.ts'

const schema = buildSchema(`
  enum Size { SMALL LARGE }
  input Part { name: String!, size: Size, tags: [String!] }
  input Change { id: ID!, title: String, count: Int = 3, size: Size, parts: [Part!] }
  type Echo { asked: String!, times(n: Int! = 2): Int! }
  type Query { echo(change: Change!, first: Int! = 50): Echo! }
  type Mutation { change(input: Change!): Echo! }
`)
function resolve(type: string, field: string, resolver: GraphQLFieldResolver<unknown, unknown>): void {
  const { [field]: found } = (schema.getType(type) as GraphQLObjectType).getFields()
  found!.resolve = resolver
}
// as text, because an idempotency key stands for what was asked with its members in their order
resolve('Query', 'echo', (_root, { change, first }) => ({ asked: JSON.stringify([change, first]) }))
resolve('Mutation', 'change', (_root, { input }) => ({ asked: JSON.stringify(input) }))
resolve('Echo', 'times', (_echo, { n }) => n as number)

const MUTATION = parse('mutation ($id: ID!, $title: String, $count: Int, $size: Size = LARGE, $parts: [Part!], $n: Int! = 7) { change(input: { parts: $parts, size: $size, id: $id, title: $title, count: $count }) { asked times(n: $n) } }')
const QUERY = parse('query ($change: Change!, $first: Int! = 9) { echo(change: $change, first: $first) { asked } }')

/** A server that has executed the document before. */
function serverFor(document: DocumentNode): (variableValues: Record<string, unknown>) => ExecutionResult | Promise<ExecutionResult> {
  let run: typeof execute = execute
  void useCompiledExecution().onExecute?.({ setExecuteFn: (fn: typeof execute) => void (run = fn) } as never)
  const ask = (variableValues: Record<string, unknown>) => run({ schema, document, variableValues } satisfies ExecutionArgs) as ExecutionResult | Promise<ExecutionResult>
  void ask({})
  return ask
}

const text = fc.constantFrom('a', '', 'ü')
const size = fc.constantFrom('SMALL', 'LARGE', 'HUGE')
const wrong = fc.constantFrom(null, 1.5, [], {})
const part = fc.record({ name: fc.oneof({ weight: 9, arbitrary: text }, wrong), size, tags: fc.oneof(text, fc.array(text)), more: text }, { requiredKeys: ['name'] })
const parts = fc.oneof({ weight: 5, arbitrary: fc.array(part, { maxLength: 3 }) }, part, wrong)
const title = fc.oneof({ weight: 4, arbitrary: text }, wrong)
const count = fc.oneof({ weight: 4, arbitrary: fc.integer() }, wrong)

const answer = async (result: ExecutionResult | Promise<ExecutionResult>): Promise<unknown> => JSON.parse(JSON.stringify(await result))

describe('useCompiledExecution', () => {
  it('answers every set of variables as the interpreter does', async () => {
    const ask = serverFor(MUTATION)
    await fc.assert(fc.asyncProperty(fc.record({ id: text, title, count, size, parts, n: count }, { requiredKeys: [] }), async (variableValues) => {
      expect(await answer(ask(variableValues))).toEqual(await answer(execute({ schema, document: MUTATION, variableValues })))
    }), { numRuns: 500 })
  })

  it('reads input objects of variables as the interpreter does', async () => {
    const ask = serverFor(QUERY)
    await fc.assert(fc.asyncProperty(fc.record({ change: fc.record({ id: text, title, count, size, parts }, { requiredKeys: [] }), first: count }, { requiredKeys: ['change'] }), async (variableValues) => {
      expect(await answer(ask(variableValues))).toEqual(await answer(execute({ schema, document: QUERY, variableValues })))
    }), { numRuns: 500 })
  })

  it('goes on answering a document with more optional variables than it is compiled for', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `v${index}`)
    const tags = names.map((name) => `{ name: "x", size: $${name} }`).join(' ')
    const document = parse(`mutation (${names.map((name) => `$${name}: Size`).join(' ')}) { change(input: { id: 1, parts: [${tags}] }) { asked } }`)
    const ask = serverFor(document)
    for (let set = 0; set < 2 ** names.length; set++) {
      const variableValues = Object.fromEntries(names.filter((_, index) => (set >> index) % 2 === 1).map((name) => [name, 'SMALL']))
      expect(await answer(ask(variableValues))).toEqual(await answer(execute({ schema, document, variableValues })))
    }
  })
})
