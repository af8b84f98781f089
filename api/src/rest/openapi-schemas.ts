/** JSON Schemas (2020-12, as OpenAPI 3.1 has them) of what operations take and answer. */
import { Kind, getNamedType, isAbstractType, isEnumType, isInputObjectType, isListType, isNonNullType, parseValue, valueFromASTUntyped } from 'graphql'
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType, GraphQLObjectType, GraphQLOutputType, SelectionSetNode } from 'graphql'
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31'
import { enumName, snakeCase } from './names.ts'
import { answerTypes, isComposite, selectedFields } from './operations.ts'
import type { Parameter, RestOperation, Selections } from './operations.ts'
import { TYPE_KEY } from './output.ts'

export type Schema = SchemaObject | ReferenceObject
/** Named schemas, collected while the document is made. */
export type Components = Map<string, Schema>

const SCALARS: Readonly<Record<string, SchemaObject>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  Date: { type: 'string', format: 'date' },
  JSON: {},
  PlanDocument: { type: 'object' },
  PlanChanges: { type: 'array', items: { type: 'object' } },
}

const reference = (name: string): ReferenceObject => ({ $ref: `#/components/schemas/${name}` })

function scalar(name: string, description?: string | null): SchemaObject {
  const schema = SCALARS[name]
  if (schema === undefined) throw new Error(`The scalar ${name} has no JSON Schema: add it to SCALARS in api/src/rest/openapi-schemas.ts.`)
  return name in OPAQUE_DESCRIBED ? { ...schema, description: description ?? '' } : schema
}

/** Scalars whose own description says more than their schema. */
const OPAQUE_DESCRIBED: Readonly<Record<string, true>> = { PlanDocument: true, PlanChanges: true }

function orNull(schema: Schema): Schema {
  if ('$ref' in schema || schema.type === undefined) return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] }
  return { ...schema, type: [schema.type, 'null'].flat() as NonNullable<SchemaObject['type']> }
}

const described = (schema: Schema, description: string | null | undefined): Schema => (description ? { ...schema, description } : schema)

function enumSchema(type: GraphQLEnumType, components: Components): Schema {
  const values = type.getValues().map(({ name }) => enumName(name))
  components.set(type.name, { type: 'string', enum: values, description: `${type.description ?? ''} A newer server may answer further values.`.trim() })
  return reference(type.name)
}

/** The body of an operation's success. */
export function answerSchema(operation: RestOperation, components: Components): Schema {
  const { type, selectionSet } = operation
  const [only, ...others] = answerTypes(operation, type)
  return isListType(type) || only === undefined || others.length > 0 ? named(operation, type, [selectionSet], components) : objectSchema(operation, only, [selectionSet], components)
}

function outputSchema(from: Selections, type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[], components: Components): Schema {
  return isNonNullType(type) ? named(from, type.ofType, selectionSets, components) : orNull(named(from, type, selectionSets, components))
}

function named(from: Selections, type: GraphQLOutputType, selectionSets: readonly SelectionSetNode[], components: Components): Schema {
  if (isNonNullType(type)) return named(from, type.ofType, selectionSets, components)
  if (isListType(type)) return { type: 'array', items: outputSchema(from, type.ofType, selectionSets, components) }
  if (isEnumType(type)) return enumSchema(type, components)
  if (!isComposite(type)) return scalar(type.name, type.description)
  if (!isAbstractType(type)) return objectSchema(from, type, selectionSets, components)
  return { oneOf: from.schema.getPossibleTypes(type).map((member) => withType(objectSchema(from, member, selectionSets, components), member.name)) }
}

/** The member of a union says which it is. */
function withType(schema: Schema, name: string): Schema {
  const { properties = {}, required = [], ...rest } = schema as SchemaObject
  return { ...rest, properties: { [TYPE_KEY]: { type: 'string', const: snakeCase(name) }, ...properties }, required: [TYPE_KEY, ...required] }
}

/** A selection that is one fragment is a component of the fragment's name. */
function objectSchema(from: Selections, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[], components: Components): Schema {
  const [only, ...others] = selectionSets.flatMap(({ selections }) => selections)
  const fragment = only?.kind === Kind.FRAGMENT_SPREAD && others.length === 0 ? from.fragments.get(only.name.value) : undefined
  if (fragment === undefined) return plainObject(from, type, selectionSets, components)
  const { name: { value: name }, selectionSet } = fragment
  if (!components.has(name)) components.set(name, {}).set(name, described(plainObject(from, type, [selectionSet], components), type.description))
  return reference(name)
}

function plainObject(from: Selections, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[], components: Components): SchemaObject {
  const fields = [...selectedFields(from, type, selectionSets)]
  const properties = fields.map(([key, field]) => [snakeCase(key), described(outputSchema(from, field.type, field.selectionSets, components), field.description)] as const)
  return { type: 'object', properties: Object.fromEntries(properties), required: properties.map(([name]) => name) }
}

/** What a parameter takes. Null can be said in a body only. */
export function parameterSchema({ type, defaultValue }: Parameter, place: 'text' | 'body', components: Components): Schema {
  const schema = place === 'body' ? inputSchema(type, components) : namedInput(type, components)
  return defaultValue === undefined || defaultValue === 'null' || '$ref' in schema ? schema : { ...schema, default: jsonOf(defaultValue, type) as never }
}

function inputSchema(type: GraphQLInputType, components: Components): Schema {
  return isNonNullType(type) ? namedInput(type.ofType, components) : orNull(namedInput(type, components))
}

function namedInput(type: GraphQLInputType, components: Components): Schema {
  if (isNonNullType(type)) return namedInput(type.ofType, components)
  if (isListType(type)) return { type: 'array', items: inputSchema(type.ofType, components) }
  if (isEnumType(type)) return enumSchema(type, components)
  if (!isInputObjectType(type)) return scalar(type.name, type.description)
  if (!components.has(type.name)) components.set(type.name, {}).set(type.name, described(inputObject(type, components), type.description))
  return reference(type.name)
}

/** The server refuses names that it does not know, and so does the schema. */
function inputObject(type: GraphQLInputObjectType, components: Components): SchemaObject {
  const fields = Object.values(type.getFields())
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined).map(({ name }) => snakeCase(name))
  const properties = fields.map((field) => [snakeCase(field.name), described(inputSchema(field.type, components), field.description)] as const)
  return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }), additionalProperties: false }
}

function jsonOf(text: string, type: GraphQLInputType): unknown {
  const value: unknown = valueFromASTUntyped(parseValue(text))
  return isEnumType(getNamedType(type)) && typeof value === 'string' ? enumName(value) : value
}
