/** From an operation's answer to the body of a REST response: names in snake_case, opaque JSON as it is. */
import { isAbstractType, isEnumType, isListType, isNonNullType } from 'graphql'
import type { GraphQLObjectType, GraphQLOutputType, SelectionSetNode } from 'graphql'
import { enumName, snakeCase } from './names.ts'
import { answerTypes, isComposite, selectedFields } from './operations.ts'
import type { RestOperation, Selections } from './operations.ts'

type Write = (value: unknown) => unknown

/** Names the member of a union. */
export const TYPE_KEY = 'type'

/**
 * Makes the function that writes an operation's answer. It is made from the types, not from the values: whether a key
 * is a name of ours or a part of someone's JSON cannot be seen from the value.
 */
export function answerWriter(operation: RestOperation): Write {
  const { type, selectionSet } = operation
  const [only, ...others] = answerTypes(operation, type)
  return isListType(type) || only === undefined || others.length > 0 ? writerOf(operation, type, [selectionSet]) : objectWriter(operation, only, [selectionSet])
}

function writerOf(from: Selections, type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[]): Write {
  if (isNonNullType(type)) return writerOf(from, type.ofType, selectionSets)
  if (isListType(type)) {
    const write = writerOf(from, type.ofType, selectionSets)
    return (value) => (Array.isArray(value) ? value.map(write) : null)
  }
  if (isEnumType(type)) return (value) => (typeof value === 'string' ? enumName(value) : null)
  if (!isComposite(type)) return (value) => value
  if (!isAbstractType(type)) return objectWriter(from, type, selectionSets)
  const members = new Map(from.schema.getPossibleTypes(type).map((member) => [member.name, objectWriter(from, member, selectionSets)]))
  return (value) => {
    const typename = (value as { __typename?: string } | null)?.__typename ?? ''
    return value === null ? null : { [TYPE_KEY]: snakeCase(typename), ...(members.get(typename)?.(value) as object) }
  }
}

function objectWriter(from: Selections, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Write {
  const fields = [...selectedFields(from, type, selectionSets)].map(([key, field]) => [key, snakeCase(key), writerOf(from, field.type, field.selectionSets)] as const)
  return (value) => {
    if (value === null || value === undefined) return null
    const written: Record<string, unknown> = {}
    for (const [key, name, write] of fields) written[name] = write((value as Record<string, unknown>)[key] ?? null)
    return written
  }
}
