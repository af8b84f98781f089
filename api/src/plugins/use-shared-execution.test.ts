import { buildSchema, parse } from 'graphql'
import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { SharedGroup, selectionVariables } from './use-shared-execution.ts'

test('subscribers differ by the variables of their selection, fragments included, and not by the arguments that chose the events', () => {
  const document = parse(`subscription ($projectId: ID!, $since: Int, $a: Boolean!, $b: Int, $c: Boolean!) {
    projectEvents(projectId: $projectId, since: $since) { sequence @include(if: $a) event { data(depth: $b) ...F } }
  } fragment F on Event { kind @skip(if: $c) }`)
  const root = (document.definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode
  expect(selectionVariables(document, root)).toEqual(['a', 'b', 'c'])
})

describe('equal subscribers', () => {
  const schema = buildSchema('type Query { a: Int } type Event { n: Int } type Subscription { event: Event }')
  const document = parse('subscription { event { n } }')
  let executed: number

  function groupOf(): SharedGroup {
    executed = 0
    return new SharedGroup({ schema, document, contextValue: {} }, () => {})
  }
  const event = (n: number): object => ({ event: { n: () => (executed++, n) } })

  test('share one execution and one text of an event, which is also what server-sent events write', async () => {
    const [group, first] = [groupOf(), event(1)]
    const [shared, again] = [await group.resultOf(first), await group.resultOf(first)]
    expect([shared === again, executed, shared.text]).toEqual([true, 1, '{"data":{"event":{"n":1}}}'])
    expect((shared.result as { stringify?: () => string }).stringify?.()).toBe(shared.text)
    expect((await group.resultOf(event(2))).text).toBe('{"data":{"event":{"n":2}}}')
  })

  test('share no text of a result that has errors: each is shown them in its own way', async () => {
    const { result, text } = await groupOf().resultOf({ event: { n: () => { throw new Error('broken') } } })
    expect([text, result.errors?.length, 'stringify' in result]).toEqual([undefined, 1, false])
  })

  test('leave nothing behind when the last of them goes', () => {
    let left = 0
    const group = new SharedGroup({ schema, document, contextValue: {} }, () => void left++)
    group.enter().enter()
    group.leave()
    expect(left).toBe(0)
    group.leave()
    expect(left).toBe(1)
  })
})
