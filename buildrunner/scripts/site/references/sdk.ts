/** The reference of the SDK: a page for each group of methods, from the catalogue, and one for each entry, from its comments. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import ts from 'typescript'
import { OPERATIONS } from '../../../../api/src/rest/index.ts'
import { blocks, code, fence, link, printPage, prose, table, tabs } from './markdown.ts'
import { codeLink, codeTabs, codesOf, readOperations, root } from './operations.ts'
import type { Operation } from './operations.ts'
import { facts } from './rest.ts'
import { entryPages } from './sdk-entries.ts'

/** Pages by their paths below `reference/sdk`. */
export async function sdkPages(): Promise<Map<string, string>> {
  const { operations } = readOperations()
  const groups = [...new Set(operations.map(({ group }) => group))].sort()
  const pages = groups.map((group, index) => [`${group}.mdx`, groupPage(group, 100 + index, operations.filter((operation) => operation.group === group))] as const)
  const entries = await entryPages()
  return new Map([['index.mdx', indexPage(operations, entries)], ...entries.map(({ path, text }) => [path, text] as const), ...pages])
}

function groupPage(group: string, order: number, operations: readonly Operation[]): string {
  const { domain } = operations[0] as Operation
  const declarations = readDeclarations(domain)
  const types = [...declarations].filter(([name]) => !/(?:Data|Variables)$/.test(name))
  return printPage({
    title: `client.${group}`, order, components: ['Tabs', 'Facts', 'Live'],
    description: `The ${operations.length} methods of client.${group}: parameters, answers, errors and examples.`,
    body: blocks(
      `Methods of the client, which are functions of the entry ${code(`@buildrunner/sdk/${group}`)} too. A method answers a [request](/reference/sdk/client/): await it for ${code('{ data, error }')}, or call ${code('.orThrow()')}. What is marked with a star must be given; ${code('projectId')} is the client's own where it is left out.`,
      ...operations.map((operation) => method(operation, declarations)),
      types.length === 0 ? '' : '## Types', types.length === 0 ? '' : `What the answers of this group are made of; ${code(`import type { ... } from '@buildrunner/sdk'`)}.`,
      ...types.flatMap(([name, text]) => [`### ${name}`, fence('ts', text, 'signature')]),
    ),
  })
}

function method(operation: Operation, declarations: ReadonlyMap<string, string>): string {
  const { name, method: own, url, route, command, errors, functionName, cost } = operation
  const type = name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  const classes = [...new Set(errors)].map((error) => `${code(error)} (${codesOf(error).map(codeLink).join(', ')})`)
  return blocks(
    `## ${own}`, prose(OPERATIONS.get(name)?.description ?? ''), prose(operation.remarks),
    fence('ts', signature(operation, type, declarations), 'signature'),
    facts([
      ['Function', code(functionName)], ['Permission', operation.permission], ['Cost', `${cost} ${cost === 1 ? 'point' : 'points'}`],
      ['REST', link(code(`${route.method} /api${route.path}`), url.rest)], ['GraphQL', link(code(operation.field.name), url.graphql)],
      ...(command === undefined ? [] : [['CLI', link(code(`br ${command}`), url.cli ?? '')] as const]),
    ]),
    parameters(operation),
    declarations.has(`${type}Data`) ? blocks('**Answer**', fence('ts', declarations.get(`${type}Data`) ?? '', 'signature')) : '',
    classes.length === 0 ? '' : `**Errors of its own** ${classes.join(', ')}; and those of [every call](/reference/sdk/errors/).`,
    tabs(codeTabs(operation).map(([label, content], index) => [label, index === 0 && operation.kind === 'query' ? `<Live>\n\n${content}\n\n</Live>` : content])),
  )
}

function signature({ group, method: own, kind, items }: Operation, type: string, declarations: ReadonlyMap<string, string>): string {
  const variables = declarations.get(`${type}Variables`) ?? ''
  const isOptional = !/^ {2}\w+: /m.test(variables)
  const given = variables === '' ? [] : [`variables${isOptional ? '?' : ''}: ${type}Variables`]
  const answer = kind === 'subscription' ? `Subscription<${type}Data>` : items === undefined ? `Request<${type}Data>` : `ListRequest<${type}Data, ${type}Data['${items}'][number]>`
  const options = kind === 'subscription' ? 'SubscribeOptions' : 'CallOptions'
  const line = `client.${group}.${own}(${[...given, `options?: ${options}`].join(', ')}): ${answer}`
  return line.length <= 76 ? line : `client.${group}.${own}(\n${[...given, `options?: ${options}`].map((text) => `  ${text},\n`).join('')}): ${answer}`
}

function parameters({ name, projectId }: Operation): string {
  const operation = OPERATIONS.get(name)
  const rows = [...(operation?.parameters.values() ?? [])].map(({ variable, type, required, description, defaultValue }) => {
    const must = required && !(variable === 'projectId' && projectId === 'required')
    return [`${code(variable)}${must ? ' *' : ''}`, typeText(type), `${prose(description)}${defaultValue === undefined || defaultValue === 'null' ? '' : ` Default: ${code(defaultValue)}.`}`]
  })
  const key = operation?.takesIdempotencyKey === true ? [[code('idempotencyKey'), code('string'), 'Names the call: sent again with the same input it happens once. The client makes one for each call.']] : []
  return table(['Variable', 'Type', 'What it is'], [...rows, ...key])
}

const SCALARS: Readonly<Record<string, string>> = { ID: 'string', String: 'string', Int: 'number', Float: 'number', Boolean: 'boolean', DateTime: 'string', Date: 'string', JSON: 'unknown' }

/** In TypeScript's words, with a link to the values of an enum and the fields of an input. */
function typeText(type: GraphQLInputType): string {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return `${typeText(nullable.ofType)} list`
  const named = getNamedType(nullable)
  const text = code(SCALARS[named.name] ?? named.name)
  return isEnumType(named) ? named.getValues().map(({ name }) => code(`'${name}'`)).slice(0, 8).join(', ') : isInputObjectType(named) ? link(text, `/reference/rest/types/#type-${named.name}`) : text
}

/** The declarations of a module that was generated, with their comments, by name. */
function readDeclarations(domain: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, 'sdk', 'src', '_generated', `${domain}.ts`), 'utf8')
  const source = ts.createSourceFile(`${domain}.ts`, text, ts.ScriptTarget.Latest, true)
  return new Map(source.statements.flatMap((node) => (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? [[node.name.text, text.slice(node.getFullStart(), node.end).trim().replaceAll(/^export /gm, '')] as const] : [])))
}

function indexPage(operations: readonly Operation[], entries: Awaited<ReturnType<typeof entryPages>>): string {
  const groups = [...new Set(operations.map(({ group }) => group))].sort()
  return printPage({
    title: 'TypeScript SDK', label: 'Overview', order: 0,
    description: `The ${operations.length} methods of the client in ${groups.length} groups, and the ${entries.length} entries of @buildrunner/sdk.`,
    body: blocks(
      `The package ${code('@buildrunner/sdk')} runs in Node 20.19 and newer, Deno, Bun, workers and browsers. Its root entry holds the client and its errors; everything else is an entry of its own, so that a program carries only what it uses.`,
      '## The client', table(['Group', 'Methods'], groups.map((group) => [link(code(`client.${group}`), `/reference/sdk/${group}/`), operations.filter((operation) => operation.group === group).map(({ method: own, url }) => link(code(own), url.sdk)).join(' ')])),
      '## Entries', table(['Entry', 'What it holds'], entries.map(({ entry, path, about }) => [link(code(entry), `/reference/sdk/${path.replace('.mdx', '')}/`), about])),
    ),
  })
}
