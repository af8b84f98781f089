/** The reference of the REST facade, from its OpenAPI document: one page a tag, one of types, and what all have in common. */
import type { OpenAPIObject, OperationObject, ParameterObject, ReferenceObject, ResponseObject, SchemaObject } from 'openapi3-ts/oas31'
import { OPERATIONS } from '../../../../api/src/rest/index.ts'
import { openApiDocument } from '../../../../api/src/rest/openapi.ts'
import { ROUTES, TAGS } from '../../../../api/src/rest/routes.ts'
import type { Tag } from '../../../../api/src/rest/routes.ts'
import manifest from '../../../../api/package.json' with { type: 'json' }
import type { TryItOperation } from '../../../../docs-site/src/islands/try-it/operation.ts'
import { blocks, code, fence, link, plain, printPage, property, prose, sentence, table, tabs } from './markdown.ts'
import { codeLink, codeTabs, problemCodesOf, readOperations, tagSlug } from './operations.ts'
import type { Operation } from './operations.ts'
import { answerTable, inputTable, members, nameOf, typeAnchor, typeOf } from './rest-schemas.ts'
import type { Schema } from './rest-schemas.ts'

/** Pages by their paths below `reference/rest`. */
export function restPages(): Map<string, string> {
  const document = openApiDocument(OPERATIONS, ROUTES, manifest.version)
  const { operations } = readOperations()
  const tags = Object.keys(TAGS) as Tag[]
  const pages = tags.map((tag, index) => [`${tagSlug(tag)}.mdx`, tagPage(tag, index + 2, operations.filter(({ route }) => route.tag === tag), document)] as const)
  return new Map([['index.mdx', indexPage(document, operations)], ['types.mdx', typesPage(document)], ...pages])
}

function operationObject(document: OpenAPIObject, { route }: Operation): OperationObject {
  const found = document.paths?.[`/api${route.path}`]?.[route.method.toLowerCase() as 'get']
  if (found === undefined) throw new Error(`${route.operation} is not in the OpenAPI document.`)
  return found
}

function tagPage(tag: Tag, order: number, operations: readonly Operation[], document: OpenAPIObject): string {
  const sections = operations.map((operation) => section(operation, operationObject(document, operation), document))
  const title = `${tag} over REST`
  const description = `${TAGS[tag]} The routes, with parameters, bodies, answers, problems and code.`
  return printPage({ title, label: tag, order, description, components: ['Tabs', 'Endpoint', 'Facts', 'TryIt'], body: blocks(prose(TAGS[tag]), ...sections) })
}

function section(operation: Operation, described: OperationObject, document: OpenAPIObject): string {
  const { route, url, command } = operation
  return blocks(
    `## ${operation.group}.${operation.method}`,
    `<Endpoint ${property('id', operation.name)} ${property('method', route.method)} ${property('path', `/api${route.path}`)} />`,
    prose(described.description ?? ''), prose(operation.remarks),
    facts([
      ['Permission', operation.permission], ['Cost', `${operation.cost} ${operation.cost === 1 ? 'point' : 'points'}`],
      ['SDK', link(code(`client.${operation.group}.${operation.method}`), url.sdk)], ['GraphQL', link(code(operation.field.name), url.graphql)],
      ...(command === undefined ? [] : [['CLI', link(code(`br ${command}`), url.cli ?? '')] as const]),
    ]),
    parametersOf(described), bodyOf(described), responsesOf(described, operation),
    tabs(codeTabs(operation)),
    `<TryIt ${property('operation', tryItOf(operation, described, document))} />`,
  )
}

/** Short facts in one line that wraps. */
export const facts = (items: readonly (readonly [name: string, value: string])[]): string =>
  `<Facts>\n\n${items.map(([name, value]) => `- **${name}** ${value}`).join('\n')}\n\n</Facts>`

const own = (described: OperationObject): ParameterObject[] => (described.parameters ?? []).filter((parameter): parameter is ParameterObject => !('$ref' in parameter))

function parametersOf(described: OperationObject): string {
  const rows = own(described).map(({ name, in: place, required, schema = {}, description = '' }) => {
    const { default: initial } = schema as { default?: unknown }
    return [`${code(name)}${required === true ? ' *' : ''}`, place, typeOf(schema), `${prose(description)}${initial === undefined ? '' : ` Default: ${code(JSON.stringify(initial))}.`}`]
  })
  return rows.length === 0 ? '' : blocks('**Parameters**', table(['Name', 'In', 'Type', 'What it is'], rows))
}

function bodyOf({ requestBody }: OperationObject): string {
  const content = requestBody !== undefined && !('$ref' in requestBody) ? requestBody.content['application/json'] : undefined
  return content?.schema === undefined ? '' : blocks('**Body**', inputTable(content.schema))
}

function responsesOf(described: OperationObject, operation: Operation): string {
  const responses = Object.entries(described.responses as Record<string, ResponseObject | ReferenceObject>)
  const answers = responses.flatMap(([status, response]) => ('$ref' in response || !/^[23]/.test(status) ? [] : [answer(status, response)]))
  const problems = problemCodesOf(operation).map(codeLink)
  const line = problems.length === 0 ? `Only those of ${link('every request', '/reference/rest/#problems')}.` : `${problems.join(' ')} and those of ${link('every request', '/reference/rest/#problems')}.`
  return blocks('**Answer**', ...answers, `**Problems** ${line}`)
}

function answer(status: string, { description, content }: ResponseObject): string {
  const [type, media] = Object.entries(content ?? {})[0] ?? []
  const kind = type === undefined || type === 'application/json' ? '' : ` As ${code(type)}.`
  return blocks(`${code(status)} ${prose(sentence(description))}${kind}`, media?.schema === undefined ? '' : answerTable(media.schema))
}

function tryItOf(operation: Operation, described: OperationObject, document: OpenAPIObject): TryItOperation {
  const content = described.requestBody !== undefined && !('$ref' in described.requestBody) ? described.requestBody.content['application/json'] : undefined
  return {
    name: operation.name, method: operation.route.method, path: `/api${operation.route.path}`,
    isPublic: described.security?.length === 0, isStream: operation.kind === 'subscription',
    parameters: own(described).map((parameter) => ({
      name: parameter.name, in: parameter.in as 'path' | 'query', required: parameter.required === true, description: plain(parameter.description ?? ''),
      list: 'style' in parameter, choices: choicesOf(parameter.schema ?? {}, document), value: exampleText(parameter.example),
    })),
    ...(content !== undefined && { body: JSON.stringify(content.example ?? {}, null, 2) }),
  }
}

const exampleText = (value: unknown): string => (value === undefined || value === null ? '' : Array.isArray(value) ? value.join('\n') : String(value))

function choicesOf(schema: Schema, document: OpenAPIObject): readonly string[] {
  if ('$ref' in schema) return choicesOf(document.components?.schemas?.[nameOf(schema)] ?? {}, document)
  if (schema.type === 'boolean') return ['true', 'false']
  return schema.type === 'array' ? [] : ((schema.enum ?? []) as string[])
}

/** Codes that any request can be answered with. */
const EVERYWHERE = ['UNAUTHENTICATED', 'FORBIDDEN', 'MFA_REQUIRED', 'ORGANISATION_REQUIRED', 'BAD_USER_INPUT', 'NOT_FOUND', 'METHOD_NOT_ALLOWED', 'UNSUPPORTED_MEDIA_TYPE', 'LIMIT_EXCEEDED', 'RATE_LIMITED', 'READ_ONLY', 'SERVICE_UNAVAILABLE', 'INTERNAL']

function indexPage(document: OpenAPIObject, operations: readonly Operation[]): string {
  const headers = Object.values(document.components?.parameters ?? {}).flatMap((parameter) => ('$ref' in parameter ? [] : [[code(parameter.name), prose(parameter.description ?? '')]]))
  const problem = document.components?.schemas?.['Problem'] as SchemaObject
  const rows = operations.map(({ route, url, name }) => [link(code(`${route.method} /api${route.path}`), url.rest), prose(OPERATIONS.get(name)?.description.split(/(?<=\.)\s/)[0] ?? '')])
  return printPage({
    title: 'REST API', label: 'Overview', order: 0,
    description: `Every operation as JSON over HTTP: ${operations.length} routes, what all of them have in common, and the problems they answer.`,
    body: blocks(
      prose(document.info.description ?? ''),
      `A server serves the OpenAPI 3.1 document of its own version as ${code('GET /api/openapi.json')}. In tables a star marks what must be given.`,
      '## Headers of writes', table(['Header', 'What it does'], headers),
      '## Problems', 'Every failure is a problem (RFC 9457) with the media type `application/problem+json`. Match on `code`; these can answer any request:',
      EVERYWHERE.map(codeLink).join(' '),
      table(['Member', 'Type', 'What it is'], members(problem).map(({ name, schema, required }) => [`${code(name)}${required ? ' *' : ''}`, typeOf(schema), prose((schema as SchemaObject).description ?? '')])),
      fence('json', JSON.stringify({ type: 'urn:buildrunner:error:NOT_FOUND', title: 'There is no such thing, or it belongs to someone else.', status: 404, detail: 'There is no item "T-99" that this key can see.', code: 'NOT_FOUND', request_id: '01a2008b-71a0-7f2e-be42-65f046903171' }, null, 2), 'title="404 Not Found"'),
      '## All routes', table(['Route', 'What it does'], rows),
    ),
  })
}

function typesPage(document: OpenAPIObject): string {
  const sections = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => {
    const { description = '', enum: values } = schema as SchemaObject
    const body = values === undefined ? inputTable(schema) : `One of ${values.map((value) => code(String(value))).join(', ')}.`
    return blocks(`<Definition ${property('id', typeAnchor(name))} ${property('name', name)} ${property('kind', values === undefined ? 'object' : 'values')} />`, prose(description), body)
  })
  return printPage({
    title: 'Types of the REST API', label: 'Types', order: 99, components: ['Definition'],
    description: 'The objects and values that bodies, parameters and answers of the REST API are made of.',
    body: blocks('What the tables of the routes name. A star marks what is always there, or must be given.', ...sections),
  })
}
