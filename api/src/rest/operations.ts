/** The operations of the catalogue as the REST facade and its OpenAPI document need them: what goes in, what comes out. */
import { Kind, TypeInfo, astFromValue, getNamedType, getNullableType, isAbstractType, isCompositeType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType, parse, print, typeFromAST, visit, visitWithTypeInfo } from 'graphql'
import type { FieldNode, FragmentDefinitionNode, GraphQLCompositeType, GraphQLInputType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, OperationDefinitionNode, OperationTypeNode, SelectionSetNode } from 'graphql'
import { snakeCase } from './names.ts'

/** The SDK's catalogue: the texts of its operations, fragments included, by name. */
export interface Documents {
  readonly documents: Readonly<Record<string, string>>
}

export interface Parameter {
  /** The variable of the operation. */
  readonly variable: string
  readonly type: GraphQLInputType
  readonly required: boolean
  /** What the schema says of the argument or input field that takes it. */
  readonly description: string
  /** In GraphQL's notation. */
  readonly defaultValue: string | undefined
}

export interface Selections {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

export interface RestOperation extends Selections {
  readonly name: string
  readonly kind: OperationTypeNode
  /** As the catalogue has it, so that the server knows it for a trusted document. */
  readonly text: string
  /** What the schema says of the field that it is about: the root field, or the one that it alone leads to. */
  readonly description: string
  /** By their names in REST; `idempotencyKey` is not among them. */
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly takesIdempotencyKey: boolean
  /** How many fields lead to the answer. */
  readonly depth: number
  /** Type of the answer; of a mutation the union of its payload and errors. */
  readonly type: GraphQLCompositeType
  readonly selectionSet: SelectionSetNode
}

const IDEMPOTENCY_KEY = 'idempotencyKey'

/** The operations by name. Each is read when it is first asked for: reading all of them would be felt at every start. */
export interface Operations {
  get(name: string): RestOperation | undefined
  keys(): Iterable<string>
}

export function readOperations(schema: GraphQLSchema, { documents }: Documents): Operations {
  const read = new Map<string, RestOperation>()
  return {
    get(name) {
      const text = documents[name]
      if (!read.has(name) && text !== undefined) read.set(name, readOperation(schema, name, text))
      return read.get(name)
    },
    keys: () => Object.keys(documents),
  }
}

function readOperation(schema: GraphQLSchema, name: string, text: string): RestOperation {
  const document = parse(text)
  const node = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const rootType = node && schema.getRootType(node.operation)
  const [root] = node?.selectionSet.selections ?? []
  if (!rootType || root?.kind !== Kind.FIELD) throw new Error(`${name} is no operation of this schema.`)
  const parameters = readParameters(schema, node)
  return {
    schema, name, text, kind: node.operation,
    description: describe(rootType, root),
    fragments: new Map(document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment])),
    takesIdempotencyKey: parameters.delete(snakeCase(IDEMPOTENCY_KEY)),
    parameters,
    ...readAnswer(rootType, root, node.operation),
  }
}

/** `comment(...) { replies(...) { ... } }` is about replies. */
function describe(parent: GraphQLObjectType, field: FieldNode): string {
  const type = fieldType(parent, field)
  const [inner, ...others] = field.selectionSet?.selections ?? []
  const deeper = isObjectType(type) && inner?.kind === Kind.FIELD && others.length === 0 ? describe(type, inner) : ''
  return deeper || (parent.getFields()[field.name.value]?.description ?? '')
}

/** A query's document narrows down to its answer by one field per level. */
function readAnswer(rootType: GraphQLObjectType, root: FieldNode, kind: OperationTypeNode): Pick<RestOperation, 'depth' | 'type' | 'selectionSet'> {
  let field = root
  let type = fieldType(rootType, root)
  for (let depth = 1; ; depth++) {
    const [inner, ...others] = field.selectionSet?.selections ?? []
    const isLast = kind !== 'query' || others.length > 0 || inner?.kind !== Kind.FIELD || inner.selectionSet === undefined || !isObjectType(type)
    if (isLast) return { depth, type: type as GraphQLCompositeType, selectionSet: field.selectionSet as SelectionSetNode }
    type = fieldType(type as GraphQLObjectType, inner)
    field = inner
  }
}

const fieldType = (parent: GraphQLObjectType, field: FieldNode): GraphQLOutputType =>
  getNullableType(parent.getFields()[field.name.value]?.type) as GraphQLOutputType

function readParameters(schema: GraphQLSchema, node: OperationDefinitionNode): Map<string, Parameter> {
  const uses = readUses(schema, node)
  return new Map((node.variableDefinitions ?? []).map(({ variable, type: typeNode, defaultValue }) => {
    const name = variable.name.value
    const type = typeFromAST(schema, typeNode as never) as GraphQLInputType
    const use = uses.get(name)
    return [snakeCase(name), {
      variable: name, type, description: use?.description ?? '',
      required: isNonNullType(type) && defaultValue === undefined,
      defaultValue: defaultValue === undefined ? use?.defaultValue : print(defaultValue),
    }]
  }))
}

type Use = Pick<Parameter, 'description' | 'defaultValue'>

/** What the schema says of the argument or input field that each variable is given to. */
function readUses(schema: GraphQLSchema, node: OperationDefinitionNode): Map<string, Use> {
  const uses = new Map<string, Use>()
  const info = new TypeInfo(schema)
  const note = (name: string, target: { description?: string | null; defaultValue?: unknown; type: GraphQLInputType } | null | undefined): void => {
    const value = target?.defaultValue === undefined ? undefined : astFromValue(target.defaultValue, target.type)
    uses.set(name, { description: target?.description ?? '', defaultValue: value ? print(value) : undefined })
  }
  visit(node, visitWithTypeInfo(info, {
    Argument({ value }) {
      if (value.kind === Kind.VARIABLE) note(value.name.value, info.getArgument())
    },
    ObjectField({ name, value }) {
      const parent = getNamedType(info.getParentInputType())
      if (value.kind === Kind.VARIABLE && isInputObjectType(parent)) note(value.name.value, parent.getFields()[name.value])
    },
  }))
  return uses
}

/** A field of an answer, with everything that is selected of it. */
export interface SelectedField {
  readonly type: GraphQLOutputType
  readonly description: string
  readonly selectionSets: readonly SelectionSetNode[]
}

/**
 * The fields that selections have on an object type, by response key, in the document's order. `__typename` is among
 * them without a type of its own: whether it is shown is for the caller to say.
 */
export function selectedFields(from: Selections, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Map<string, SelectedField> {
  const fields = new Map<string, SelectedField>()
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const field = type.getFields()[selection.name.value]
        const more = selection.selectionSet === undefined ? [] : [selection.selectionSet]
        const known = fields.get(key)
        if (known !== undefined) fields.set(key, { ...known, selectionSets: [...known.selectionSets, ...more] })
        else if (field !== undefined) fields.set(key, { type: field.type, description: field.description ?? '', selectionSets: more })
        continue
      }
      const applied = selection.kind === Kind.INLINE_FRAGMENT ? selection : from.fragments.get(selection.name.value)
      if (applied !== undefined && applies(from.schema, applied.typeCondition?.name.value, type)) collect(applied.selectionSet)
    }
  }
  for (const selectionSet of selectionSets) collect(selectionSet)
  return fields
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  const wanted = condition === undefined ? type : schema.getType(condition)
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type))
}

/** The object types that a value of `type` can have: a mutation's payload alone, for its errors are problems. */
export function answerTypes({ schema }: Selections, type: GraphQLCompositeType): readonly GraphQLObjectType[] {
  if (!isAbstractType(type)) return [type]
  const members = schema.getPossibleTypes(type)
  const payloads = members.filter((member) => !isError(member))
  return payloads.length === 0 ? members : payloads
}

/** The errors among the members of a mutation's result. */
export const errorTypes = ({ schema }: Selections, type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
  isAbstractType(type) && !isInterfaceType(type) ? schema.getPossibleTypes(type).filter(isError) : []

const isError = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Error')

export const isComposite = (type: GraphQLOutputType): type is GraphQLCompositeType => isCompositeType(type)
