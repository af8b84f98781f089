/**
 * Which changes of the schema break which operation of an earlier release. The released schema is cut down to what one
 * operation touches, and only that is compared: whatever is reported then concerns the operation, and a change elsewhere
 * (however breaking it would be for someone's own documents) does not.
 */
import { Kind, TypeInfo, buildASTSchema, findBreakingChanges, getNamedType, isAbstractType, isInputObjectType, isUnionType, parse, typeFromAST, validate, visit, visitWithTypeInfo } from 'graphql'
import type { DocumentNode, GraphQLNamedType, GraphQLSchema } from 'graphql'

export interface Break {
  /** Name of the operation in the catalogue. */
  readonly operation: string
  readonly what: string
}

/** What an operation touches: of each type its fields (null: all of them), of each `Type.field` its arguments. */
interface Touched {
  readonly fields: Map<string, Set<string> | null>
  readonly arguments: Map<string, Set<string>>
}

/**
 * @param released the schema of the release, in SDL
 * @param documents the texts of the release's catalogue, by name
 * @param current today's schema
 */
export function schemaBreaks(released: string, documents: Readonly<Record<string, string>>, current: GraphQLSchema): Break[] {
  const ast = parse(released, { noLocation: true })
  const schema = buildASTSchema(ast, { assumeValidSDL: true })
  return Object.entries(documents).flatMap(([operation, text]) => {
    const document = parse(text)
    const changes = findBreakingChanges(cutDown(ast, touchedBy(schema, document)), current).map(({ description }) => description)
    const whats = changes.length > 0 ? changes : validate(current, document).map(({ message }) => message)
    return whats.map((what) => ({ operation, what }))
  })
}

function touchedBy(schema: GraphQLSchema, document: DocumentNode): Touched {
  const touched: Touched = { fields: new Map(), arguments: new Map() }
  const info = new TypeInfo(schema)
  visit(document, visitWithTypeInfo(info, {
    Field({ name }) {
      const parent = info.getParentType()
      touch(schema, touched, parent, name.value)
      if (parent && isAbstractType(parent)) for (const member of schema.getPossibleTypes(parent)) touch(schema, touched, member, name.value)
      touch(schema, touched, getNamedType(info.getType()))
    },
    InlineFragment: () => touch(schema, touched, getNamedType(info.getType())),
    FragmentDefinition: () => touch(schema, touched, getNamedType(info.getType())),
    Argument({ name }) {
      const field = `${info.getParentType()?.name}.${info.getFieldDef()?.name}`
      touched.arguments.set(field, (touched.arguments.get(field) ?? new Set()).add(name.value))
      touch(schema, touched, getNamedType(info.getInputType()))
    },
    ObjectField: {
      enter({ name }) {
        touch(schema, touched, getNamedType(info.getParentInputType()), name.value)
        touch(schema, touched, getNamedType(info.getInputType()))
      },
    },
    // who calls the operation may use every field of an input object that a variable takes
    VariableDefinition: ({ type }) => touchWhole(schema, touched, getNamedType(typeFromAST(schema, type as never))),
  }))
  return touched
}

function touch(schema: GraphQLSchema, { fields }: Touched, type: GraphQLNamedType | null | undefined, field?: string): void {
  if (!type) return
  const known = fields.get(type.name)
  if (known === undefined) fields.set(type.name, new Set(field === undefined ? [] : [field]))
  else if (field !== undefined) known?.add(field)
  if (known === undefined && isUnionType(type)) for (const member of schema.getPossibleTypes(type)) touch(schema, { fields, arguments: new Map() }, member)
}

function touchWhole(schema: GraphQLSchema, touched: Touched, type: GraphQLNamedType | undefined): void {
  if (type === undefined || touched.fields.get(type.name) === null) return
  touched.fields.set(type.name, null)
  if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) touchWhole(schema, touched, getNamedType(field.type))
}

/** The schema with what is touched alone. Enums keep their values, unions their members, types the interfaces that are touched. */
function cutDown(ast: DocumentNode, { fields, arguments: args }: Touched): GraphQLSchema {
  const isTouched = (type: string, field: string): boolean => fields.get(type) === null || fields.get(type)?.has(field) === true
  const definitions = ast.definitions.flatMap((node) => {
    if (!('name' in node) || node.name === undefined) return [node]
    const type = node.name.value
    if (!fields.has(type)) return []
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [{ ...node, fields: node.fields?.filter(({ name }) => isTouched(type, name.value)) ?? [] }]
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [node]
    const kept = (node.fields ?? []).filter(({ name }) => isTouched(type, name.value)).map((field) => {
      const used = args.get(`${type}.${field.name.value}`)
      return { ...field, arguments: field.arguments?.filter(({ name }) => used?.has(name.value)) ?? [] }
    })
    return [{ ...node, fields: kept, interfaces: node.interfaces?.filter(({ name }) => fields.has(name.value)) ?? [] }]
  })
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: true, assumeValidSDL: true })
}
