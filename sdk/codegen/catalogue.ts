/** Reads `sdk/operations/*.graphql` into the model that the SDK's modules are printed from, and checks its conventions. */
import { Kind, TokenKind, isCompositeType, isInterfaceType, isListType, isNonNullType, isObjectType, isUnionType, parse, visit } from 'graphql'
import type { FieldNode, FragmentDefinitionNode, OperationDefinitionNode, OperationTypeNode, SelectionSetNode } from 'graphql'
import type { GraphQLCompositeType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql'

/** The text of one catalogue file. `name` is its file name without the extension: the domain. */
export interface CatalogueSource {
  name: string
  text: string
}

export interface CatalogueFragment {
  domain: string
  node: FragmentDefinitionNode
}

/** One operation: `projects_list` is the method `list` of the group `projects`, and the function `listProjects`. */
export interface CatalogueOperation {
  name: string
  group: string
  method: string
  functionName: string
  kind: `${OperationTypeNode}`
  /** Whether it takes `$projectId`, and can do without. */
  projectId: 'required' | 'optional' | undefined
  /** A mutation that must not be sent again, because its answer is a secret or uses something up: a comment line `@once` says so. */
  once: boolean
  node: OperationDefinitionNode
  /** The comment above the operation, split at `@example`; its line `@function name` is taken out. */
  remarks: string
  example: string
  /** The root field's description in the schema. */
  description: string
  /** How many fields the answer is unwrapped by: the document narrows down to one field per level. */
  depth: number
  /** The type of what the method answers, without null. Of a mutation it is the payload, never an error. */
  data: GraphQLCompositeType
  selectionSet: SelectionSetNode
  /** Whether the method answers a plain list of them. */
  many: boolean
  /** For a list that is read in pages: the key that holds one page's items. */
  items: string | undefined
  /** Names of the error types in a mutation's result. */
  errors: string[]
}

export interface CatalogueDomain {
  name: string
  /** The comment at the top of the file. */
  description: string
  operations: CatalogueOperation[]
  fragments: CatalogueFragment[]
}

export interface Catalogue {
  domains: CatalogueDomain[]
  fragments: ReadonlyMap<string, CatalogueFragment>
}

/** @throws Error naming the operation that breaks a convention of the catalogue. */
export function readCatalogue(schema: GraphQLSchema, sources: readonly CatalogueSource[]): Catalogue {
  const fragments = new Map<string, CatalogueFragment>()
  const homes = new Map<string, string>()
  const functions = new Map<string, string>()
  const parsed = sources.map(({ name, text }) => ({ name, text, definitions: parse(text).definitions }))
  for (const { name, definitions } of parsed) {
    for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, { domain: name, node })
  }
  const domains = parsed.map(({ name, text, definitions }) => {
    const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION).map((node) => readOperation(schema, node))
    for (const { name: operation, group, functionName } of operations) {
      const home = homes.get(group) ?? name
      if (home !== name) throw new Error(`The group ${group} lies in ${home}.graphql and in ${name}.graphql; a group has one file.`)
      homes.set(group, name)
      const other = functions.get(functionName)
      if (other) throw new Error(`${other} and ${operation} are both the function ${functionName}: name one of them with a comment line "@function name".`)
      functions.set(functionName, operation)
    }
    const description = commentText(/^((?:#.*\n)+)\n/.exec(text)?.[1] ?? '')
    return { name, description, operations, fragments: [...fragments.values()].filter((fragment) => fragment.domain === name) }
  })
  return { domains, fragments }
}

function readOperation(schema: GraphQLSchema, node: OperationDefinitionNode): CatalogueOperation {
  const name = node.name?.value ?? ''
  const [, group, method] = /^([a-z][A-Za-z0-9]*)_([a-z][A-Za-z0-9]*)$/.exec(name) ?? []
  if (group === undefined || method === undefined) throw new Error(`The operation "${name}" must be named <group>_<verb>.`)
  const rootType = schema.getRootType(node.operation)
  if (!rootType) throw new Error(`${name}: the schema has no ${node.operation} type.`)
  const root = onlyField(node.selectionSet)
  if (!root) throw new Error(`${name}: an operation of the catalogue selects exactly one root field.`)
  const comment = leadingComment(node)
  const functionName = /^@function (\w+)$/m.exec(comment)?.[1] ?? nameFunction(group, method)
  const once = /^@once$/m.test(comment)
  const [remarks = '', example = ''] = comment.replace(/^@function .*\n?/m, '').replace(/^@once\n?/m, '').split(/^@example\n/m).map((part) => part.trim())
  const description = rootType.getFields()[root.name.value]?.description ?? ''
  const common = { name, group, method, functionName, once, kind: node.operation, projectId: projectIdOf(node), node, remarks, example, description }
  if (node.operation === 'mutation' && declares(node, 'idempotencyKey') === once) throw new Error(`${name}: a mutation takes $idempotencyKey, so that it can be sent again; one that cannot says @once instead.`)
  if (node.operation === 'mutation') return { ...common, ...readPayload(name, fieldType(rootType, root), root), depth: 1, many: false, items: undefined }
  return { ...common, ...readAnswer(name, rootType, root), errors: [] }
}

/**
 * The standalone function of a method. A method that names what it acts on is its own function (`planning_getPlan` is
 * `getPlan`); a bare verb takes the group as its object, in the singular unless it speaks of many (`projects_list` is
 * `listProjects`, `projects_get` is `getProject`, `events_watch` is `watchEvents`). Where that reads wrong, a line
 * `@function name` in the operation's comment names it.
 */
export function nameFunction(group: string, method: string): string {
  if (/[A-Z]/.test(method)) return method
  const many = method === 'list' || method === 'watch'
  const object = many ? group : group.replace(/ies$/, 'y').replace(/([^s])s$/, '$1')
  return `${method}${object[0]!.toUpperCase()}${object.slice(1)}`
}

const variable = ({ variableDefinitions }: OperationDefinitionNode, name: string) => variableDefinitions?.find((item) => item.variable.name.value === name)
const declares = (node: OperationDefinitionNode, name: string): boolean => variable(node, name) !== undefined

function projectIdOf(node: OperationDefinitionNode): CatalogueOperation['projectId'] {
  const definition = variable(node, 'projectId')
  return definition && (definition.type.kind === Kind.NON_NULL_TYPE ? 'required' : 'optional')
}

/** A mutation answers a union of its payload and the typed errors it can produce (see the architecture's public conventions). */
function readPayload(name: string, type: GraphQLOutputType, root: FieldNode): Pick<CatalogueOperation, 'data' | 'selectionSet' | 'errors'> {
  const union = nullable(type)
  const members = isUnionType(union) ? union.getTypes() : []
  const payloads = members.filter((member) => member.name.endsWith('Payload'))
  const errors = members.filter((member) => member.getInterfaces().some((item) => item.name === 'Error'))
  const [data] = payloads
  const selections = root.selectionSet?.selections ?? []
  const selects = (fragment: string): boolean => selections.some((item) => item.kind === Kind.FRAGMENT_SPREAD && item.name.value === fragment)
  const named = selections.some((item) => item.kind === Kind.FIELD && item.name.value === '__typename')
  if (!data || payloads.length !== 1 || errors.length !== members.length - 1) {
    throw new Error(`${name}: a mutation answers a union of one ...Payload and types that implement Error.`)
  }
  if (!named || !selects('Failure') || !root.selectionSet) throw new Error(`${name}: a mutation selects __typename and ...Failure.`)
  return { data, selectionSet: root.selectionSet, errors: errors.map((error) => error.name) }
}

function readAnswer(name: string, rootType: GraphQLObjectType, root: FieldNode): Pick<CatalogueOperation, 'data' | 'selectionSet' | 'many' | 'depth' | 'items'> {
  let parent: GraphQLCompositeType = rootType
  let field: FieldNode | undefined = root
  let depth = 0
  let type: GraphQLOutputType = rootType
  const whole = nullable(fieldType(rootType, root))
  const item = isListType(whole) ? nullable(whole.ofType as GraphQLOutputType) : undefined
  if (item && isCompositeType(item) && root.selectionSet) return { data: item, selectionSet: root.selectionSet, many: true, depth: 1, items: undefined }
  while (field?.selectionSet && isObjectType(parent)) {
    type = nullable(fieldType(parent, field))
    if (!isCompositeType(type)) break
    depth += 1
    const inner: FieldNode | undefined = onlyField(field.selectionSet)
    // What a subscription's root field yields is one item.
    if (!inner?.selectionSet || rootType.name === 'Subscription') break
    parent = type
    field = inner
  }
  if (!isCompositeType(type) || !field?.selectionSet) throw new Error(`${name}: the answer must be an object, a union or a list of them.`)
  return { data: type, selectionSet: field.selectionSet, many: false, depth, items: itemsKey(type, field.selectionSet) }
}

/** A page holds one list beside `pageInfo` (a connection) or `hasMore` (a log read by sequence). */
function itemsKey(type: GraphQLCompositeType, { selections }: SelectionSetNode): string | undefined {
  if (!isObjectType(type)) return undefined
  const fields = selections.filter((item) => item.kind === Kind.FIELD)
  if (!fields.some((field) => field.name.value === 'pageInfo' || field.name.value === 'hasMore')) return undefined
  const lists = fields.filter((field) => isListType(nullable(fieldType(type, field))))
  return lists.length === 1 ? responseKey(lists[0]!) : undefined
}

/** The fragments that a node uses, directly or through others, each once. */
export function fragmentsUsed(node: OperationDefinitionNode | FragmentDefinitionNode, all: Catalogue['fragments'], found = new Set<string>()): Set<string> {
  visit(node, {
    FragmentSpread({ name: { value } }) {
      const fragment = all.get(value)
      if (!fragment || found.has(value)) return
      found.add(value)
      fragmentsUsed(fragment.node, all, found)
    },
  })
  return found
}

export const responseKey = (field: FieldNode): string => field.alias?.value ?? field.name.value

export const nullable = (type: GraphQLOutputType): GraphQLOutputType => (isNonNullType(type) ? type.ofType : type)

export function fieldType(parent: GraphQLCompositeType, field: FieldNode): GraphQLOutputType {
  const type = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value]?.type : undefined
  if (!type) throw new Error(`${parent.name} has no field ${field.name.value}.`)
  return type
}

function onlyField({ selections }: SelectionSetNode): FieldNode | undefined {
  const [first] = selections
  return selections.length === 1 && first?.kind === Kind.FIELD ? first : undefined
}

/** The lines of `#` directly above a definition. The parser drops comments from the tree but keeps their tokens. */
function leadingComment(node: OperationDefinitionNode): string {
  const lines: string[] = []
  let next = node.loc?.startToken
  for (let token = next?.prev; token?.kind === TokenKind.COMMENT; token = token.prev) {
    if (token.line !== (next?.line ?? 0) - 1) break
    lines.unshift(`#${token.value}`)
    next = token
  }
  return commentText(lines.join('\n'))
}

const commentText = (text: string): string => text.replace(/^# ?/gm, '').trim()
