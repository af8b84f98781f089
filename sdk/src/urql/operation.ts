/** Reads urql's operations, and fills in what the client knows. */
import { makeOperation } from '@urql/core'
import type { Operation } from '@urql/core'
import type { Config } from '../config.ts'
import { record } from '../errors.ts'

type Definition = Extract<Operation['query']['definitions'][number], { selectionSet: unknown; operation: unknown }>

/** The operation among the definitions of a document. */
export const definitionOf = ({ query }: Operation): Definition | undefined =>
  query.definitions.find((definition): definition is Definition => definition.kind === 'OperationDefinition')

/**
 * Fills in `$projectId`, `$idempotencyKey` and, for a mutation that takes its whole input as a variable, that input's
 * `idempotencyKey`. It happens before the cache, whose keys are made of arguments, and once: a retry is sent with the same key.
 */
export function fillIn(config: Config, operation: Operation): Operation {
  const definition = definitionOf(operation)
  const variables: Record<string, unknown> = { ...record(operation.variables) }
  const declared = new Set(definition?.variableDefinitions?.map(({ variable }) => variable.name.value))
  if (declared.has('projectId')) variables['projectId'] ??= config.projectId
  if (operation.kind === 'mutation') {
    if (declared.has('idempotencyKey')) variables['idempotencyKey'] ??= crypto.randomUUID()
    for (const name of inputsOf(definition)) variables[name] = { idempotencyKey: crypto.randomUUID(), ...record(variables[name]) }
  }
  return makeOperation(operation.kind, { ...operation, variables }, operation.context)
}

/** Variables that are the `input` of a mutation. */
const inputsOf = (definition: Definition | undefined): string[] =>
  (definition?.selectionSet.selections ?? []).flatMap((field) => {
    const input = field.kind === 'Field' ? field.arguments?.find(({ name }) => name.value === 'input')?.value : undefined
    return input?.kind === 'Variable' ? [input.name.value] : []
  })
