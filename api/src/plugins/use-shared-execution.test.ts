import { parse } from 'graphql'
import type { FieldNode, OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import { selectionVariables } from './use-shared-execution.ts'

test('subscribers differ by the variables of their selection, fragments included, and not by the arguments that chose the events', () => {
  const document = parse(`subscription ($projectId: ID!, $since: Int, $a: Boolean!, $b: Int, $c: Boolean!) {
    projectEvents(projectId: $projectId, since: $since) { sequence @include(if: $a) event { data(depth: $b) ...F } }
  } fragment F on Event { kind @skip(if: $c) }`)
  const root = (document.definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode
  expect(selectionVariables(document, root)).toEqual(['a', 'b', 'c'])
})
