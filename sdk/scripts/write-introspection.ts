/**
 * What the entries beside the client know of the schema, printed from `schema/schema.graphql` by `npm run generate`: its types for
 * `@buildrunner/sdk/graphql`, in the form that gql.tada reads fastest, and the facts that configure the cache of `@buildrunner/sdk/urql`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { minifyIntrospection, preprocessIntrospection } from 'gql.tada/internal'
import { buildSchema, introspectionFromSchema, isAbstractType, isNonNullType, isObjectType } from 'graphql'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'

const HEADER = '// Generated from schema/schema.graphql by `npm run generate`. Do not edit.\n'

/** The schema as one type. Each document instantiates only what it selects of it. */
export function printTypes(schema: GraphQLSchema): string {
  return `${HEADER}export type introspection = ${preprocessIntrospection(minifyIntrospection(introspectionFromSchema(schema, { descriptions: false })))}\n`
}

/** See `sdk/src/urql/cache.ts` for what each fact is for. */
export function printCacheFacts(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
  const objects = types.filter(isObjectType).filter((type) => ![schema.getMutationType(), schema.getSubscriptionType(), schema.getQueryType()].includes(type))
  const possibleTypes = types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)] as const)
  const facts = {
    possibleTypes: Object.fromEntries(possibleTypes),
    embedded: objects.filter((type) => !isEntity(type)).map(({ name }) => name),
    connections: Object.fromEntries(types.filter(isObjectType).map((type) => [type.name, connectionFields(type)] as const).filter(([, fields]) => fields.length > 0)),
  }
  const lines = Object.entries(facts).map(([name, value]) => `export const ${name} = ${JSON.stringify(value).replaceAll('"', "'")}\n`)
  return `${HEADER}${lines.join('')}`
}

/** An `id` that is never null is an identity; one that may be null is only a label within its parent. */
function isEntity(type: GraphQLObjectType): boolean {
  const id = type.getFields()['id']
  return id !== undefined && isNonNullType(id.type) && String(id.type) === 'ID!'
}

function connectionFields(type: GraphQLObjectType): string[] {
  const isConnection = (name: string): boolean => name.endsWith('Connection')
  return Object.values(type.getFields()).filter((field) => isConnection(String(field.type).replace('!', ''))).map(({ name }) => name)
}

if (import.meta.main) {
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'))
  writeFileSync(new URL('../src/graphql/_generated/introspection.ts', import.meta.url), printTypes(schema))
  writeFileSync(new URL('../src/urql/_generated/schema.ts', import.meta.url), printCacheFacts(schema))
}
