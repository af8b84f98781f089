/** Prints the types of the SDK's generated modules from the catalogue: one module per domain, one for enums and inputs, and an index. */
import { TypeInfo, astFromValue, getNamedType, isEnumType, isInputObjectType, isNonNullType } from 'graphql'
import { print, typeFromAST, visit, visitWithTypeInfo } from 'graphql'
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType, GraphQLSchema, VariableDefinitionNode } from 'graphql'
import type { Catalogue, CatalogueDomain, CatalogueOperation } from './catalogue.ts'
import { docBlock, fragmentInterface, inputType, newImports, objectType, selectionType } from './shapes.ts'
import type { Imports, ShapeContext } from './shapes.ts'

export const HEADER = (source: string): string => `// Generated from ${source} by \`npm run generate\`. Do not edit.\n`

/** The client fills these in, or takes them as a call's option. */
const FILLED = { projectId: "Default: the client's `projectId`.", idempotencyKey: undefined } as const

export const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1)
export const typeName = ({ group, method }: CatalogueOperation): string => `${pascal(group)}${pascal(method)}`
export const groupNames = (domain: CatalogueDomain): string[] => [...new Set(domain.operations.map(({ group }) => group))]

interface VariableUse {
  description: string
  defaultValue: string | undefined
}

interface VariableInfo extends VariableUse {
  name: string
  type: GraphQLInputType
  optional: boolean
}

/** The modules of types by their names: the domains, `schema` and `index`. */
export function printTypes(schema: GraphQLSchema, catalogue: Catalogue): Map<string, string> {
  const domains = catalogue.domains.map((domain) => ({ name: domain.name, ...printDomain(schema, catalogue, domain) }))
  const files = new Map(domains.map(({ name, content }) => [name, content]))
  return files.set('schema', printSchemaTypes(schema, domains.flatMap(({ imports }) => [...imports.schema]))).set('index', printIndex(catalogue))
}

/** The module of one domain: what its fragments, operations and groups look like. */
function printDomain(schema: GraphQLSchema, catalogue: Catalogue, domain: CatalogueDomain): { content: string; imports: Imports } {
  const context: ShapeContext = { schema, catalogue, imports: newImports() }
  const fragmentTypes = domain.fragments.map(({ node }) => fragmentInterface(context, node))
  const operations = domain.operations.map((operation) => printOperation(context, operation))
  const groups = groupNames(domain).map((group) => printGroup(context, domain, group))
  const body = [...fragmentTypes, ...operations, ...groups].filter(Boolean).join('\n')
  return { content: `${HEADER(`sdk/operations/${domain.name}.graphql`)}${printImports(context, domain)}\n${body}`, imports: context.imports }
}

/** The enums and input objects that the domains refer to, and those that these refer to. */
function printSchemaTypes(schema: GraphQLSchema, used: Iterable<string>): string {
  const imports = newImports()
  const printed = new Map<string, string>()
  const queue = [...used]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (printed.has(name)) continue
    const type = schema.getType(name)
    const before = new Set(imports.schema)
    printed.set(name, isEnumType(type) ? printEnum(type) : isInputObjectType(type) ? printInput(type, imports) : '')
    queue.push(...[...imports.schema].filter((item) => !before.has(item)))
  }
  const body = [...printed.keys()].sort().map((name) => printed.get(name)).join('\n')
  return `${HEADER('schema/schema.graphql')}${plansImport(imports)}\n${body}`
}

/** The index: every public type, and the groups under their names. */
function printIndex(catalogue: Catalogue): string {
  const domains = catalogue.domains.filter(({ operations }) => operations.length > 0)
  const entries = domains.flatMap((domain) => groupNames(domain).map((group) => ({ group, domain }))).sort((a, b) => (a.group < b.group ? -1 : 1))
  const imports = domains.map((domain) => `import type { ${groupNames(domain).map((group) => `${pascal(group)}Group`).join(', ')} } from './${domain.name}.ts'\n`)
  const fields = entries.map(({ group, domain }) => `${docBlock(domain.description, '  ')}  readonly ${group}: ${pascal(group)}Group\n`)
  const exports = catalogue.domains.map(({ name }) => `export type * from './${name}.ts'\n`)
  return `${HEADER('sdk/operations')}${imports.join('')}\n${exports.join('')}
/** The methods of the client, by group. */
export interface Groups {
${fields.join('')}}
`
}

function printOperation(context: ShapeContext, operation: CatalogueOperation): string {
  const name = typeName(operation)
  const variables = readVariables(context.schema, operation).filter((variable) => variable.name !== 'idempotencyKey')
  const fields = variables.map((variable) => {
    const declaration = `${variable.name}${variable.optional ? '?' : ''}: ${variableType(variable, context.imports)}`
    return `${docBlock(variableDoc(variable), '  ')}  ${declaration}\n`
  })
  const one = operation.errors.length > 0 ? payloadType(context, operation) : selectionType(context, operation.data, operation.selectionSet, '')
  const typed = operation.many ? (/^\w+$/.test(one) ? `${one}[]` : `(${one})[]`) : one
  const data = typed.startsWith('{') && !typed.includes('\n} | ') ? `export interface ${name}Data ${typed}\n` : `export type ${name}Data = ${typed}\n`
  const doc = docBlock(`What \`${operation.group}.${operation.method}\` takes.`)
  const taken = fields.length > 0 ? `${doc}export interface ${name}Variables {\n${fields.join('')}}\n\n` : ''
  return `${taken}${docBlock(`What \`${operation.group}.${operation.method}\` answers.`)}${data}`
}

function payloadType(context: ShapeContext, { data, selectionSet }: CatalogueOperation): string {
  const payload = context.schema.getType(data.name)
  if (!payload || !('getInterfaces' in payload) || !('isTypeOf' in payload)) throw new Error(`${data.name} is no object type.`)
  return objectType(context, payload, selectionSet, { indent: '', typename: undefined })
}

function printGroup(context: ShapeContext, domain: CatalogueDomain, group: string): string {
  const operations = domain.operations.filter((operation) => operation.group === group)
  const methods = operations.map((operation) => `${docBlock(methodDoc(context, operation), '  ')}  ${operation.method}(${parameters(context, operation)}): ${answerType(operation)}\n`)
  return `${docBlock(domain.description)}export interface ${pascal(group)}Group {\n${methods.join('\n')}}\n`
}

/** Methods without required variables take them as an option; one with no variables at all takes options only. */
export function parameters(context: ShapeContext, operation: CatalogueOperation): string {
  const variables = readVariables(context.schema, operation).filter(({ name }) => name !== 'idempotencyKey')
  const optional = variables.every((variable) => variable.optional)
  const given = variables.length > 0 ? `${typeName(operation)}Variables` : 'Record<string, never>'
  return `variables${optional ? '?' : ''}: ${given}, options?: ${operation.kind === 'subscription' ? 'SubscribeOptions' : 'CallOptions'}`
}

export function answerType(operation: CatalogueOperation): string {
  const data = `${typeName(operation)}Data`
  if (operation.kind === 'subscription') return `Subscription<${data}>`
  return operation.items ? `ListRequest<${data}, ${data}['${operation.items}'][number]>` : `Request<${data}>`
}

export function methodDoc(context: ShapeContext, operation: CatalogueOperation): string {
  const errors = operation.errors.length > 0 ? `Its own errors: ${operation.errors.map((name) => `\`${name}\``).join(', ')}.` : ''
  const example = operation.example || sampleCall(context.schema, operation)
  const once = operation.once ? 'It is never sent again by itself: after a `NetworkError` or a `TimeoutError` it may or may not have been carried out.' : ''
  const prose = [operation.description, operation.remarks, once, errors].filter(Boolean).join('\n\n')
  return `${prose}\n\n@example\n\`\`\`ts\n${example}\n\`\`\``
}

function sampleCall(schema: GraphQLSchema, operation: CatalogueOperation): string {
  const required = readVariables(schema, operation).filter((variable) => !variable.optional)
  const fields = required.map(({ name, type }) => (sample(name, type) === name ? name : `${name}: ${sample(name, type)}`))
  if (operation.kind === 'subscription') return `for await (const item of client.${operation.group}.${operation.method}()) console.log(item)`
  return `const { data, error } = await client.${operation.group}.${operation.method}(${fields.length > 0 ? `{ ${fields.join(', ')} }` : ''})`
}

function sample(name: string, type: GraphQLInputType): string {
  const shape = inputType(isNonNullType(type) ? type.ofType : type, newImports())
  if (shape.startsWith('number')) return '1'
  if (shape.startsWith('string')) return `'${name === 'id' ? 'T-12' : name}'`
  return /\[\]|Array/.test(shape) ? '[]' : name
}

function readVariables(schema: GraphQLSchema, operation: CatalogueOperation): VariableInfo[] {
  const uses = variableUses(schema, operation)
  return (operation.node.variableDefinitions ?? []).map((definition) => readVariable(schema, operation, definition, uses.get(definition.variable.name.value)))
}

function readVariable(schema: GraphQLSchema, operation: CatalogueOperation, definition: VariableDefinitionNode, use: VariableUse | undefined): VariableInfo {
  const name = definition.variable.name.value
  const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined
  if (!type) throw new Error(`${operation.name}: the type of $${name} is not in the schema.`)
  const defaultValue = definition.defaultValue ? print(definition.defaultValue) : use?.defaultValue
  const optional = !isNonNullType(type) || definition.defaultValue !== undefined || name in FILLED
  return { name, type, description: use?.description ?? '', defaultValue, optional }
}

/** What the schema says of the argument or input field that each variable is given to. */
function variableUses(schema: GraphQLSchema, { node }: CatalogueOperation): Map<string, VariableUse> {
  const uses = new Map<string, VariableUse>()
  const info = new TypeInfo(schema)
  const read = (name: string, target: { description?: string | null; defaultValue?: unknown; type: GraphQLInputType } | null | undefined): void => {
    const value = target && target.defaultValue !== undefined ? astFromValue(target.defaultValue, target.type) : undefined
    uses.set(name, { description: target?.description ?? '', defaultValue: value ? print(value) : undefined })
  }
  visit(node, visitWithTypeInfo(info, {
    Argument: ({ value }) => (value.kind === 'Variable' ? read(value.name.value, info.getArgument()) : undefined),
    ObjectField: {
      enter({ name, value }) {
        const parent = getNamedType(info.getParentInputType())
        if (value.kind === 'Variable' && isInputObjectType(parent)) read(value.name.value, parent.getFields()[name.value])
      },
    },
  }))
  return uses
}

function variableDoc({ name, description, defaultValue }: VariableInfo): string {
  const filled = name === 'projectId' ? FILLED.projectId : defaultValue !== undefined && defaultValue !== 'null' ? `Default: ${defaultValue}.` : ''
  return [description, filled].filter(Boolean).join(' ')
}

/** What has a default is left out, not set to null. */
function variableType({ type, defaultValue }: VariableInfo, imports: Imports): string {
  const printed = inputType(type, imports)
  return defaultValue === undefined ? printed : printed.replace(/ \| null$/, '')
}

/** A value with its own name as its type: `Status.DONE`, or just `'DONE'`. */
function printEnum(type: GraphQLEnumType): string {
  const values = type.getValues().map(({ name, description }) => `${docBlock(description ?? '', '  ')}  ${name}: '${name}',\n`)
  const doc = docBlock(`${type.description ?? ''}\n\nA newer server may answer further values.`)
  return `${doc}export const ${type.name} = {\n${values.join('')}} as const\n${doc}export type ${type.name} = keyof typeof ${type.name} | (string & {})\n`
}

function printInput(type: GraphQLInputObjectType, imports: Imports): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const value = field.defaultValue === undefined ? undefined : astFromValue(field.defaultValue, field.type)
    const doc = [field.description, value && `Default: ${print(value)}.`].filter(Boolean).join(' ')
    const optional = !isNonNullType(field.type) || field.defaultValue !== undefined
    return `${docBlock(doc, '  ')}  ${field.name}${optional ? '?' : ''}: ${inputType(field.type, imports)}\n`
  })
  return `${docBlock(type.description ?? '')}export interface ${type.name} {\n${fields.join('')}}\n`
}

function printImports({ imports, catalogue }: ShapeContext, domain: CatalogueDomain): string {
  const own = new Set(domain.fragments.map(({ node }) => node.name.value))
  const lines = [plansImport(imports), coreImports(domain.operations, imports)]
  if (imports.schema.size > 0) lines.push(`import type { ${[...imports.schema].sort().join(', ')} } from './schema.ts'\n`)
  for (const { name, fragments } of catalogue.domains) {
    const types = fragments.map(({ node }) => node.name.value).filter((fragment) => !own.has(fragment) && imports.fragments.has(fragment)).sort()
    if (types.length > 0) lines.push(`import type { ${types.join(', ')} } from './${name}.ts'\n`)
  }
  return lines.join('')
}

/** What the signatures of operations name, from the core. `up` leads to the folder of the core. */
export function coreImports(operations: readonly CatalogueOperation[], { unknownMember }: Pick<Imports, 'unknownMember'>, up = '../'): string {
  const kinds = new Set(operations.map(({ kind }) => (kind === 'subscription' ? kind : 'call')))
  const answers = operations.flatMap((operation) => (operation.kind === 'subscription' ? [] : [operation.items ? 'ListRequest' : 'Request']))
  const core = [...new Set([...answers, ...(kinds.has('call') ? ['CallOptions'] : []), ...(unknownMember ? ['UnknownMember'] : [])])].sort()
  const subscription = kinds.has('subscription') ? `import type { SubscribeOptions, Subscription } from '${up}subscription.ts'\n` : ''
  return `${core.length > 0 ? `import type { ${core.join(', ')} } from '${up}request.ts'\n` : ''}${subscription}`
}

const plansImport = ({ plans }: Imports): string => (plans.size > 0 ? `import type { ${[...plans].sort().join(', ')} } from '../domain/plans/types.ts'\n` : '')
