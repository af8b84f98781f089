/** JSON Schemas of the OpenAPI document as tables: one row a member, members of members with dotted names. */
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31'
import { code, link, prose, table } from './markdown.ts'

export type Schema = SchemaObject | ReferenceObject

export const TYPES_URL = '/reference/rest/types/'
export const nameOf = ({ $ref = '' }: ReferenceObject | { readonly $ref?: string }): string => $ref.slice('#/components/schemas/'.length)
export const typeAnchor = (name: string): string => `type-${name}`
const typeLink = (name: string): string => link(code(name), `${TYPES_URL}#${typeAnchor(name)}`)

/** `string`, `Comment`, `string[] or null`, as markdown. */
export function typeOf(schema: Schema): string {
  if ('$ref' in schema) return typeLink(nameOf(schema))
  const { type, anyOf, oneOf, items, format, const: constant } = schema as SchemaObject & { const?: unknown }
  if (constant !== undefined) return code(JSON.stringify(constant))
  if (anyOf ?? oneOf) return [...new Set((anyOf ?? oneOf ?? []).map(typeOf))].join(' or ')
  const names = [type ?? []].flat().map((name) => (name === 'array' && items !== undefined ? `${typeOf(items)} list` : code(name === 'string' && format !== undefined ? format : name)))
  return names.length === 0 ? 'any JSON' : names.join(' or ')
}

interface Member {
  readonly name: string
  readonly schema: Schema
  readonly required: boolean
}

/** The members of an object, and those of objects in it that have no name of their own. */
export function members(schema: Schema, prefix = ''): Member[] {
  const object = inline(schema)
  if (object === undefined) return []
  return Object.entries(object.properties ?? {}).flatMap(([key, member]) => {
    const name = `${prefix}${key}${isList(member) ? '[]' : ''}`
    return [{ name: `${prefix}${key}`, schema: member, required: object.required?.includes(key) ?? false }, ...members(member, `${name}.`)]
  })
}

const isList = (schema: Schema): boolean => !('$ref' in schema) && [schema.type ?? []].flat().includes('array')

function inline(schema: Schema): SchemaObject | undefined {
  if ('$ref' in schema) return undefined
  if (isList(schema)) return schema.items === undefined ? undefined : inline(schema.items)
  const [only, ...others] = (schema.anyOf ?? []).filter((member) => !('type' in member) || member.type !== 'null')
  if (only !== undefined && others.length === 0) return inline(only)
  return schema.properties === undefined ? undefined : schema
}

const about = (schema: Schema): string => {
  const { description = '', default: initial } = schema as { description?: string; default?: unknown }
  return `${prose(description)}${initial === undefined ? '' : ` Default: ${code(JSON.stringify(initial))}.`}`.trim()
}

/** What a body takes. */
export const inputTable = (schema: Schema): string =>
  table(['Member', 'Type', 'What it is'], members(schema).map(({ name, schema: member, required }) => [`${code(name)}${required ? ' *' : ''}`, typeOf(member), about(member)]))

/** What an answer holds; a union has a table for each of its kinds. */
export function answerTable(schema: Schema): string {
  const named = '$ref' in schema ? `A ${typeOf(schema)}.` : isList(schema) && schema.items !== undefined && '$ref' in schema.items ? `A list of ${typeOf(schema.items)}.` : ''
  if (named !== '') return named
  const { oneOf = [] } = schema as SchemaObject
  if (oneOf.length > 0) return oneOf.map((member, index) => `One of ${oneOf.length}, number ${index + 1}:\n\n${answerTable(member)}`).join('\n\n')
  const rows = members(schema).map(({ name, schema: member }) => [code(name), typeOf(member), about(member)])
  return rows.length === 0 ? typeOf(schema) : table(['Member', 'Type', 'What it is'], rows)
}
