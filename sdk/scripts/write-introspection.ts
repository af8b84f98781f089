/**
 * What the entries beside the client know of the schema, printed from `schema/schema.graphql` by `npm run generate`: its types for
 * `@buildrunner/sdk/graphql`, in the form that gql.tada reads fastest, and the facts that configure the cache of `@buildrunner/sdk/urql`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { minifyIntrospection, preprocessIntrospection } from 'gql.tada/internal'
import { buildSchema, getNamedType, introspectionFromSchema, isAbstractType, isInputObjectType, isLeafType, isObjectType, isUnionType } from 'graphql'
import type { GraphQLField, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema } from 'graphql'

const HEADER = '// Generated from schema/schema.graphql by `npm run generate`. Do not edit.\n'

/** The schema as one type. Each document instantiates only what it selects of it. */
export function printTypes(schema: GraphQLSchema): string {
  return `${HEADER}export type introspection = ${preprocessIntrospection(minifyIntrospection(introspectionFromSchema(schema, { descriptions: false })))}\n`
}

/** See `sdk/src/urql/cache.ts` for what each fact is for. */
export function printCacheFacts(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
  const objects = types.filter(isObjectType)
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const facts = {
    possibleTypes: Object.fromEntries(types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)])),
    embedded: objects.filter((type) => !isEntity(type) && !roots.includes(type)).map(({ name }) => name),
    connections: objects.flatMap((type) => Object.values(type.getFields()).filter(isConnection).map(({ name }) => [type.name, name])),
    edits: Object.fromEntries(Object.values(schema.getMutationType()?.getFields() ?? {}).map(editOf).filter((edit) => edit !== undefined)),
  }
  const lines = Object.entries(facts).map(([name, value]) => `export const ${name} = ${JSON.stringify(value).replaceAll('"', "'")}\n`)
  return `${HEADER}${lines.join('')}`
}

/** An `id` that is never null is an identity; one that may be null is a label within its parent. */
const isEntity = (type: GraphQLObjectType): boolean => String(type.getFields()['id']?.type) === 'ID!'

const isConnection = ({ type }: GraphQLField<unknown, unknown>): boolean => getNamedType(type).name.endsWith('Connection')

/** A mutation that takes the `id` of an entity, answers that entity, and writes inputs into fields of the same name and type. */
function editOf({ name, type, args }: GraphQLField<unknown, unknown>): [string, object] | undefined {
  const input = args[0] && getNamedType(args[0].type)
  const result = getNamedType(type)
  const payload = isUnionType(result) ? result.getTypes().find((member) => member.name.endsWith('Payload')) : undefined
  if (!isInputObjectType(input) || String(input.getFields()['id']?.type) !== 'ID!' || !payload) return undefined
  for (const field of Object.values(payload.getFields())) {
    const entity = getNamedType(field.type)
    if (!isObjectType(entity) || !isEntity(entity)) continue
    const values = sharedLeaves(input, entity)
    if (values.length > 0) return [name, { payload: payload.name, field: field.name, entity: entity.name, values }]
  }
  return undefined
}

function sharedLeaves(input: GraphQLInputObjectType, entity: GraphQLObjectType): string[] {
  const nullable = (type: unknown): string => String(type).replace(/!$/, '')
  const fields = entity.getFields()
  return Object.values(input.getFields())
    .filter(({ name, type }) => name !== 'id' && isLeafType(getNamedType(type)) && nullable(type) === nullable(fields[name]?.type))
    .map(({ name }) => name)
}

if (import.meta.main) {
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'))
  writeFileSync(new URL('../src/graphql/_generated/introspection.ts', import.meta.url), printTypes(schema))
  writeFileSync(new URL('../src/urql/_generated/schema.ts', import.meta.url), printCacheFacts(schema))
}
