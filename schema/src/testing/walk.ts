/** Operations made by walking the schema: every root field, with values for its arguments and everything selected that it can answer. */
import { getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql'
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql'

export type RootField = GraphQLField<unknown, unknown>

/**
 * Values of arguments and input fields: by `owner.name` (the owner is a field or an input type), else by name. `undefined`
 * leaves an optional one out.
 */
export type Values = Readonly<Record<string, unknown>>

/** Thrown where a value is wanted that nobody thought of: a new argument must not go untested. */
export class MissingValue extends Error {}

export interface Operation {
  readonly source: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Values of arguments and input fields of the type ID: what the operation names. */
  readonly ids: readonly string[]
}

export interface Walk {
  readonly schema: GraphQLSchema
  readonly values: Values
  /** How many levels of fields are selected below a root field. Default: 4. */
  readonly depth?: number
}

type Input = GraphQLArgument | GraphQLInputField

const isId = (type: GraphQLInputType): boolean => getNamedType(type).name === 'ID'
const isRequired = ({ type, defaultValue }: Input): boolean => isNonNullType(type) && defaultValue === undefined

function valueOf(values: Values, owner: string, input: Input, ids: string[]): unknown {
  const named = [`${owner}.${input.name}`, input.name].find((name) => name in values)
  const type = getNullableType(input.type)
  if (named !== undefined) {
    const value = values[named]
    if (isId(type) && value !== undefined) ids.push(...([] as string[]).concat(value as string | string[]))
    return value
  }
  if (isInputObjectType(type)) {
    const inner: string[] = []
    const value = inputOf(values, type.name, Object.values(type.getFields()), inner)
    ids.push(...inner)
    return isRequired(input) || inner.length > 0 ? value : undefined
  }
  if (isListType(type) && !isId(type) && !isRequired(input)) return undefined
  if (isEnumType(type) && isRequired(input)) return type.getValues()[0]?.name
  if (isRequired(input) || isId(type)) throw new MissingValue(`${owner}.${input.name}: ${String(input.type)} has no value. Add one to VALUES in schema/src/testing/isolation.test.ts: for an id, one of the other organisation.`)
  return undefined
}

/** All that is required, and every id. */
function inputOf(values: Values, owner: string, inputs: readonly Input[], ids: string[]): Record<string, unknown> {
  const entries = inputs.map((input) => [input.name, input.name === 'idempotencyKey' ? undefined : valueOf(values, owner, input, ids)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** Arguments of a field inside a selection, as literals. */
function literalArgs(values: Values, parent: string, field: GraphQLField<unknown, unknown>): string {
  const given = Object.entries(inputOf(values, `${parent}.${field.name}`, field.args, []))
  return given.length === 0 ? '' : `(${given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')})`
}

function selectType(walk: Walk, type: GraphQLObjectType, path: readonly string[]): string {
  const isConnection = type.name.endsWith('Connection')
  const fields = Object.values(type.getFields()).filter(({ name }) => !isConnection || name !== 'edges')
  const selected = fields.flatMap((field) => {
    const inner = select(walk, field.type, [...path, type.name])
    // the members of a union may have fields of one name and different types
    return inner === null ? [] : [`${type.name}_${field.name}: ${field.name}${literalArgs(walk.values, type.name, field)}${inner}`]
  })
  return ['__typename', ...selected].join(' ')
}

/** A selection of all fields, as deep as the walk goes and never through the same type twice; null: nothing can be selected. */
function select(walk: Walk, output: GraphQLOutputType, path: readonly string[]): string | null {
  const type = getNamedType(output)
  if (isAbstractType(type)) return ` { __typename ${walk.schema.getPossibleTypes(type).filter(({ name }) => !path.includes(name)).map((member) => `... on ${member.name} { ${selectType(walk, member, path)} }`).join(' ')} }`
  if (!isObjectType(type)) return ''
  return path.includes(type.name) || path.filter((name) => !name.endsWith('Connection')).length >= (walk.depth ?? 4) ? null : ` { ${selectType(walk, type, path)} }`
}

/** @throws MissingValue for an argument without a value that is required or an id. */
export function operationFor(walk: Walk, kind: 'query' | 'mutation' | 'subscription', field: RootField): Operation {
  const ids: string[] = []
  const variables = inputOf(walk.values, field.name, field.args, ids)
  const args = field.args.filter(({ name }) => name in variables)
  const head = args.length === 0 ? '' : `(${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})`
  const pass = args.length === 0 ? '' : `(${args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})`
  return { source: `${kind} ${head} { answer: ${field.name}${pass}${select(walk, field.type, [])} }`, variables, ids }
}

export const rootFields = (type: GraphQLObjectType | null | undefined): RootField[] => Object.values(type?.getFields() ?? {})

/** The object types that a node id can lead to. */
export const nodeTypes = (schema: GraphQLSchema): string[] => schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name)
