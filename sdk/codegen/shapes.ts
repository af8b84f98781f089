/** Prints TypeScript types: of what a selection answers, and of what variables take. */
import { Kind, getNamedType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql'
import { typeFromAST } from 'graphql'
import type { FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql'
import type { GraphQLCompositeType, GraphQLInputType, GraphQLObjectType, GraphQLOutputType, GraphQLSchema } from 'graphql'
import { fieldType, responseKey } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'

/** Scalars of the schema as TypeScript types; `plans` names are imported from the plan engine. A scalar that is missing here fails the generation. */
const SCALARS: Readonly<Record<string, { type: string; plans?: string }>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'number' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string' },
  Date: { type: 'string' },
  JSON: { type: 'unknown' },
  PlanDocument: { type: 'Plan', plans: 'Plan' },
  PlanChanges: { type: 'PlanChange[]', plans: 'PlanChange' },
}

/** What one printed module must import. */
export interface Imports {
  /** Enums and input objects, from `schema.ts`. */
  schema: Set<string>
  /** Types of the plan engine. */
  plans: Set<string>
  /** Fragments, whose names are the names of their types. */
  fragments: Set<string>
  /** `UnknownMember` of the core, when a union is answered. */
  unknownMember: boolean
}

export const newImports = (): Imports => ({ schema: new Set(), plans: new Set(), fragments: new Set(), unknownMember: false })

export interface ShapeContext {
  schema: GraphQLSchema
  catalogue: Catalogue
  imports: Imports
}

/** A documentation comment, or nothing. */
export function docBlock(text: string, indent = ''): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split('\n')
  if (lines[0] === '') return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line ? ` ${line}` : ''}\n`).join('')}${indent} */\n`
}

function scalarType(name: string, imports: Imports): string {
  const scalar = SCALARS[name]
  if (!scalar) throw new Error(`The scalar ${name} has no TypeScript type: add it to SCALARS in sdk/codegen/shapes.ts.`)
  if (scalar.plans) imports.plans.add(scalar.plans)
  return scalar.type
}

const listOf = (type: string): string => (/[|&{]/.test(type) ? `Array<${type}>` : `${type}[]`)

/** The type that a variable or an input field takes. */
export function inputType(type: GraphQLInputType, imports: Imports): string {
  if (isNonNullType(type)) return inputNamed(type.ofType, imports)
  return `${inputNamed(type, imports)} | null`.replace(/^unknown \| null$/, 'unknown')
}

function inputNamed(type: GraphQLInputType, imports: Imports): string {
  if (isListType(type)) return `readonly ${listOf(inputType(type.ofType, imports))}`.replace('readonly Array<', 'ReadonlyArray<')
  if (isNonNullType(type)) return inputNamed(type.ofType, imports)
  if (!isEnumType(type) && !isInputObjectType(type)) return scalarType(type.name, imports)
  imports.schema.add(type.name)
  return type.name
}

/** The type of what a selection on `type` answers. A selection that is one fragment is that fragment's type. */
export function selectionType(context: ShapeContext, type: GraphQLCompositeType, selectionSet: SelectionSetNode, indent: string): string {
  if (!isAbstractType(type)) return objectType(context, type, selectionSet, { indent, typename: undefined })
  context.imports.unknownMember = true
  const members = context.schema.getPossibleTypes(type).map((member) => objectType(context, member, selectionSet, { indent, typename: member.name }))
  return [...members, 'UnknownMember'].join(' | ')
}

interface ObjectTypeOptions {
  indent: string
  /** The literal that `__typename` has; undefined leaves `__typename` out of the type. */
  typename: string | undefined
}

/** The type of what a selection answers for one object type. */
export function objectType(context: ShapeContext, type: GraphQLObjectType, selectionSet: SelectionSetNode, { indent, typename }: ObjectTypeOptions): string {
  const parts = applicable(context, type, selectionSet)
  const fields = parts.fields.filter((field) => field.name.value !== '__typename' || typename !== undefined)
  for (const name of parts.fragments) context.imports.fragments.add(name)
  if (fields.length === 0) return parts.fragments.join(' & ') || 'object'
  const inner = `${indent}  `
  const lines = fields.map((field) => (field.name.value === '__typename' ? `${inner}__typename: '${typename}'\n` : fieldLine(context, type, field, inner)))
  return [...parts.fragments, `{\n${lines.join('')}${indent}}`].join(' & ')
}

function fieldLine(context: ShapeContext, parent: GraphQLObjectType, field: FieldNode, indent: string): string {
  const description = parent.getFields()[field.name.value]?.description ?? ''
  return `${docBlock(description, indent)}${indent}${responseKey(field)}: ${outputType(context, fieldType(parent, field), field, indent)}\n`
}

function outputType(context: ShapeContext, type: GraphQLOutputType, field: FieldNode, indent: string): string {
  if (!isNonNullType(type)) return `${nonNullOutput(context, type, field, indent)} | null`.replace(/^unknown \| null$/, 'unknown')
  return nonNullOutput(context, type.ofType, field, indent)
}

function nonNullOutput(context: ShapeContext, type: GraphQLOutputType, field: FieldNode, indent: string): string {
  if (isListType(type)) return listOf(outputType(context, type.ofType, field, indent))
  const named = getNamedType(type)
  if (isCompositeType(named)) return selectionType(context, named, field.selectionSet!, indent)
  if (!isEnumType(named)) return scalarType(named.name, context.imports)
  context.imports.schema.add(named.name)
  return named.name
}

/** The fields and fragments of a selection that hold for an object type, inline fragments opened. */
function applicable(context: ShapeContext, type: GraphQLObjectType, selectionSet: SelectionSetNode): { fields: FieldNode[]; fragments: string[] } {
  const fields: FieldNode[] = []
  const fragments: string[] = []
  const matches = (condition: string): boolean => {
    const wanted = context.schema.getType(condition)
    return wanted === type || (isAbstractType(wanted) && context.schema.isSubType(wanted, type))
  }
  for (const item of selectionSet.selections) {
    if (item.kind === Kind.FIELD) fields.push(item)
    else if (item.kind === Kind.INLINE_FRAGMENT) {
      if (item.typeCondition && !matches(item.typeCondition.name.value)) continue
      const inner = applicable(context, type, item.selectionSet)
      fields.push(...inner.fields)
      fragments.push(...inner.fragments)
    } else {
      const fragment = context.catalogue.fragments.get(item.name.value)
      if (fragment && matches(fragment.node.typeCondition.name.value)) fragments.push(item.name.value)
    }
  }
  return { fields, fragments }
}

/** The interface of a fragment on an object type; a fragment on an interface or a union (`Failure`) has none. */
export function fragmentInterface(context: ShapeContext, node: FragmentDefinitionNode): string {
  const type = typeFromAST(context.schema, node.typeCondition)
  if (!isObjectType(type)) return ''
  const name = node.name.value
  const shape = objectType(context, type, node.selectionSet, { indent: '', typename: undefined })
  const declaration = shape.startsWith('{') ? `export interface ${name} ${shape}` : `export type ${name} = ${shape}`
  return `${docBlock(type.description ?? '')}${declaration}\n`
}
