/** The reference of the GraphQL API, from the schema as the server builds it: its extensions say more than its text. */
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isScalarType, isUnionType, print, astFromValue, isSpecifiedScalarType } from 'graphql'
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType, GraphQLType } from 'graphql'
import { schema } from '../../../../schema/src/schema.ts'
import { blocks, code, fence, link, printPage, property, prose, sentence, table } from './markdown.ts'
import { describePermission, readOperations, rootFieldHomes } from './operations.ts'
import type { Operation } from './operations.ts'
import { facts } from './rest.ts'

const KINDS = [['query', 'Queries', 'Query'], ['mutation', 'Mutations', 'Mutation'], ['subscription', 'Subscriptions', 'Subscription']] as const
/** Where a type has its page that more than two domains use, or that no operation of the catalogue reaches. */
const SHARED = 'shared'

interface RootField {
  readonly kind: (typeof KINDS)[number][0]
  readonly type: string
  readonly field: GraphQLField<unknown, unknown>
}

interface Atlas {
  /** Domain of each root field, and of each type, by name. */
  readonly fields: ReadonlyMap<RootField, string>
  readonly types: ReadonlyMap<string, string>
  readonly operations: readonly Operation[]
}

/** Pages by their paths below `reference/graphql`. */
export function graphqlPages(): Map<string, string> {
  const { catalogue, operations } = readOperations()
  const homes = rootFieldHomes(catalogue)
  const fields = new Map(rootFields().map((item) => [item, homes.get(`${item.kind}.${item.field.name}`) ?? SHARED] as const))
  const atlas: Atlas = { fields, types: placeTypes(fields), operations }
  const about = new Map(catalogue.domains.map(({ name, description }) => [name, description] as const))
  const domains = [...new Set([...fields.values(), ...atlas.types.values()])].sort()
  const pages = domains.map((domain, index) => [`${domain}.mdx`, domainPage(domain, about.get(domain) ?? 'What several domains use, and what belongs to none.', index + 2, atlas)] as const)
  return new Map([['index.mdx', indexPage(atlas)], ...pages])
}

const rootFields = (): RootField[] =>
  KINDS.flatMap(([kind]) => { const type = schema.getRootType(kind as never); return Object.values(type?.getFields() ?? {}).map((field) => ({ kind, type: type?.name ?? '', field })) })

const ownTypes = (): GraphQLNamedType[] => {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
  return Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !roots.has(type))
}

/** A type stands with the domain whose fields lead to it; one that many lead to is shared. */
function placeTypes(fields: ReadonlyMap<RootField, string>): ReadonlyMap<string, string> {
  const users = new Map<string, Map<string, number>>()
  const walk = (type: GraphQLType, domain: string, distance: number): void => {
    const named = getNamedType(type) as GraphQLNamedType
    const known = users.get(named.name) ?? new Map<string, number>()
    if ((known.get(domain) ?? Infinity) <= distance) return
    users.set(named.name, known.set(domain, distance))
    for (const next of neighbours(named)) walk(next, domain, distance + 1)
  }
  for (const [{ field }, domain] of fields) for (const type of [field.type, ...field.args.map((argument) => argument.type)]) walk(type, domain, 0)
  return new Map(ownTypes().map(({ name }) => [name, nearest(users.get(name) ?? new Map())]))
}

function neighbours(type: GraphQLNamedType): readonly GraphQLType[] {
  if (isUnionType(type)) return type.getTypes()
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => field.type)
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields()).flatMap((field) => [field.type, ...field.args.map((argument) => argument.type)])
  return []
}

function nearest(users: ReadonlyMap<string, number>): string {
  const least = Math.min(...users.values())
  const closest = [...users].filter(([, distance]) => distance === least).map(([domain]) => domain)
  return closest.length === 1 ? (closest[0] as string) : SHARED
}

const typeUrl = (name: string, { types }: Atlas): string => `/reference/graphql/${types.get(name)}/#type-${name}`

/** `[Comment!]!` with a link from its name. */
function typeText(type: GraphQLType, atlas: Atlas): string {
  const { name } = getNamedType(type) as GraphQLNamedType
  const text = code(String(type))
  return atlas.types.has(name) ? link(text, typeUrl(name, atlas)) : text
}

function about({ description, deprecationReason }: { readonly description?: string | null | undefined; readonly deprecationReason?: string | null | undefined }): string {
  return `${deprecationReason ? `**Deprecated:** ${prose(deprecationReason)} ` : ''}${prose(description ?? '')}`.trim()
}

function inputRow(input: GraphQLArgument | GraphQLInputField, atlas: Atlas): string[] {
  const initial = input.defaultValue === undefined ? undefined : astFromValue(input.defaultValue, input.type)
  return [code(input.name), typeText(input.type, atlas), `${about(input)}${initial ? ` Default: ${code(print(initial))}.` : ''}`]
}

const inputRows = (inputs: readonly (GraphQLArgument | GraphQLInputField)[], atlas: Atlas): string => table(['Argument', 'Type', 'What it is'], inputs.map((input) => inputRow(input, atlas)))

function domainPage(domain: string, description: string, order: number, atlas: Atlas): string {
  const items = [...atlas.fields].filter(([, home]) => home === domain).map(([item]) => item)
  const sections = KINDS.map(([kind, heading]) => {
    const own = items.filter((item) => item.kind === kind)
    return own.length === 0 ? '' : blocks(`## ${heading}`, ...own.map((item) => rootSection(item, atlas)))
  })
  const types = ownTypes().filter(({ name }) => atlas.types.get(name) === domain)
  const title = domain === 'qa' ? 'Quality' : `${domain.charAt(0).toUpperCase()}${domain.slice(1)}`
  return printPage({
    title: `${title} in GraphQL`, label: title, order, components: ['Facts', 'Definition'],
    description: `${description.split(/\n\n|(?<=\.)\s/)[0]} Queries, mutations, subscriptions and types, with cost and permission.`,
    body: blocks(prose(description), ...sections, types.length === 0 ? '' : '## Types', ...types.map((type) => typeSection(type, atlas))),
  })
}

function rootSection({ kind, type, field }: RootField, atlas: Atlas): string {
  const senders = atlas.operations.filter((operation) => operation.kind === kind && operation.field.name === field.name)
  const costs = senders.map(({ cost }) => cost)
  const range = Math.min(...costs) === Math.max(...costs) ? `${costs[0]}` : `${Math.min(...costs)} to ${Math.max(...costs)}`
  const given = field.args.length === 0 ? '' : `(${field.args.map((argument) => `${argument.name}: ${String(argument.type)}`).join(', ')})`
  return blocks(
    `<span id="${kind}-${field.name}"></span>`, `### ${field.name}`, about(field),
    fence('graphql', `extend type ${type} {\n  ${field.name}${given}: ${String(field.type)}\n}`, 'sdl'),
    facts([
      ['Permission', describePermission(field)], ...(costs.length === 0 ? [] : [['Cost', `${range} ${range === '1' ? 'point' : 'points'} as the SDK asks`] as const]), ['Answers', typeText(field.type, atlas)],
      ...(senders.length === 0 ? [] : [
        ['SDK', senders.map(({ group, method, url }) => link(code(`client.${group}.${method}`), url.sdk)).join(', ')] as const,
        ['REST', senders.map(({ route, url }) => link(code(`${route.method} /api${route.path}`), url.rest)).join(', ')] as const,
      ]),
    ]),
    inputRows(field.args, atlas),
  )
}

function typeSection(type: GraphQLNamedType, atlas: Atlas): string {
  return blocks(`<Definition ${property('id', `type-${type.name}`)} ${property('name', type.name)} ${property('kind', kindOf(type))} />`, about(type), typeBody(type, atlas))
}

const kindOf = (type: GraphQLNamedType): string =>
  isEnumType(type) ? 'enum' : isInputObjectType(type) ? 'input' : isUnionType(type) ? 'union' : isInterfaceType(type) ? 'interface' : isScalarType(type) ? 'scalar' : 'type'

function typeBody(type: GraphQLNamedType, atlas: Atlas): string {
  const named = (name: string): string => link(code(name), typeUrl(name, atlas))
  if (isEnumType(type)) return table(['Value', 'What it means'], type.getValues().map((value) => [code(value.name), about(value)]))
  if (isUnionType(type)) return `One of ${type.getTypes().map(({ name }) => named(name)).join(', ')}.`
  if (isInputObjectType(type)) return inputRows(Object.values(type.getFields()), atlas)
  if (!isObjectType(type) && !isInterfaceType(type)) return ''
  const parents = type.getInterfaces().map(({ name }) => named(name))
  return blocks(parents.length === 0 ? '' : `Is a ${parents.join(', ')}.`, table(['Field', 'Type', 'What it is'], Object.values(type.getFields()).map((field) => fieldRow(field, atlas))))
}

function fieldRow(field: GraphQLField<unknown, unknown>, atlas: Atlas): string[] {
  const permission = describePermission(field)
  const given = field.args.map((argument) => `${code(argument.name)} (${typeText(argument.type, atlas)})${argument.description ? `: ${prose(argument.description)}` : ''}`)
  const parts = [about(field), given.length === 0 ? '' : `Arguments: ${given.map(sentence).join(' ')}`, permission === 'none' ? '' : `Permission: ${permission}.`]
  return [code(field.name), typeText(field.type, atlas), parts.filter(Boolean).join(' ')]
}

function indexPage(atlas: Atlas): string {
  const rows = (kind: string): string[][] => [...atlas.fields].filter(([item]) => item.kind === kind).map(([{ field }, domain]) => [link(code(field.name), `/reference/graphql/${domain}/#${kind}-${field.name}`), prose(field.description?.split(/(?<=\.)\s/)[0] ?? '')])
  return printPage({
    title: 'GraphQL API', label: 'Overview', order: 0,
    description: `The ${atlas.fields.size} queries, mutations and subscriptions of the GraphQL API and its ${atlas.types.size} types, by domain.`,
    body: blocks(
      'The endpoint is `/graphql`, over HTTP and over WebSocket (`graphql-transport-ws`); its page in a browser is a [playground](/graphql). Send an API key or the token of a session as `Authorization: Bearer ...`.',
      'Lists are Relay connections, and every thing has a node id. A mutation answers a union of its payload and the typed errors that it can produce; every error has a stable `code`. Each operation costs points, about one for each field of its answer; the rate of an organisation is counted in them, and `rateLimit` says what is left.',
      ...KINDS.flatMap(([kind, heading]) => [`## ${heading}`, table(['Field', 'What it does'], rows(kind))]),
    ),
  })
}
