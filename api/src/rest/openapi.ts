/** The OpenAPI 3.1 document of the REST facade, made from the binding table, the catalogue and the schema. */
import { OpenApiBuilder } from 'openapi3-ts/oas31'
import type { HeaderObject, OpenAPIObject, OperationObject, ParameterObject, ReferenceObject, RequestBodyObject, ResponseObject, ResponsesObject, SchemaObject } from 'openapi3-ts/oas31'
import { OVERRIDE_HEADER } from '../override.ts'
import { EXAMPLES, restExample } from './examples.ts'
import { isText } from './input.ts'
import { answerSchema, parameterSchema } from './openapi-schemas.ts'
import type { Components } from './openapi-schemas.ts'
import type { Operations, Parameter, RestOperation } from './operations.ts'
import { PROBLEM_TYPE } from './problem.ts'
import { TAGS, WITHOUT_KEY } from './routes.ts'
import type { Route } from './routes.ts'
import { STREAM_TYPE } from './stream.ts'

const DESCRIPTION = `Every operation of BuildRunner as JSON over HTTP. Names are in snake_case; plan documents, plan changes and the data of events are passed on as they are.

Send an API key as \`Authorization: Bearer br_...\`. A write that carries an \`Idempotency-Key\` happens once, however often it is sent. Reads carry an \`ETag\`; lists carry a \`Link\` to the next page. Errors are problem details (RFC 9457): match on \`code\`.`

const SECURITY = 'apiKey'
const PROBLEM_CONTENT = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } }

export function openApiDocument(operations: Operations, routes: readonly Route[], version: string): OpenAPIObject {
  const components: Components = new Map()
  const builder = OpenApiBuilder.create()
    .addOpenApiVersion('3.1.0')
    .addInfo({ title: 'BuildRunner API', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } })
    .addServer({ url: '/' })
    .addSecurityScheme(SECURITY, { type: 'http', scheme: 'bearer', description: 'An API key: `br_...`. It is shown once, when it is made.' })
    .addResponse('Problem', { description: 'What is wrong, as problem details.', content: PROBLEM_CONTENT, headers: { 'X-Request-Id': REQUEST_ID } })
    .addParameter('IdempotencyKey', IDEMPOTENCY_KEY)
    .addParameter('Override', OVERRIDE)
  for (const [name, description] of Object.entries(TAGS)) builder.addTag({ name, description })
  builder.rootDoc.security = [{ [SECURITY]: [] }]
  const paths = new Map<string, Record<string, OperationObject>>()
  for (const route of routes) {
    const operation = operations.get(route.operation)
    if (operation === undefined) throw new Error(`${route.method} ${route.path} names ${route.operation}, which is not in the catalogue.`)
    const item = paths.get(route.path) ?? {}
    paths.set(route.path, item)
    item[route.method.toLowerCase()] = describe(operation, route, components)
  }
  for (const [path, item] of paths) builder.addPath(`/api${path}`, item)
  for (const [name, schema] of [...components, ['Problem', PROBLEM] as const].sort(([a], [b]) => (a < b ? -1 : 1))) builder.addSchema(name, schema as SchemaObject)
  return builder.getSpec()
}

function describe(operation: RestOperation, route: Route, components: Components): OperationObject {
  const isRead = route.method === 'GET'
  const example = restExample(operation, EXAMPLES[operation.name]?.variables ?? {})
  const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))
  const given = [...operation.parameters].map(([name, parameter]) => ({ name, parameter, place: inPath.has(name) ? 'path' : isRead ? 'query' : 'body' }))
  const parameters = given.flatMap(({ name, parameter, place }) => (place === 'body' ? [] : [describeParameter(name, parameter, place as 'path' | 'query', { route, components, example: example[name] })]))
  const body = given.filter(({ place }) => place === 'body').map(({ name, parameter }) => [name, parameter] as const)
  const headers: ReferenceObject[] = operation.takesIdempotencyKey ? ['IdempotencyKey', 'Override'].map((name) => ({ $ref: `#/components/parameters/${name}` })) : []
  const [summary = ''] = operation.description.split(/(?<=\.)\s/)
  return {
    operationId: operation.name,
    tags: [route.tag],
    summary: summary.replace(/\.$/, ''),
    description: operation.description,
    ...(WITHOUT_KEY.has(route.operation) && { security: [] }),
    ...(parameters.length + headers.length > 0 && { parameters: [...parameters, ...headers] }),
    ...(body.length > 0 && { requestBody: describeBody(body, components, example) }),
    responses: describeResponses(operation, route, components),
  }
}

interface ParameterContext {
  readonly route: Route
  readonly components: Components
  readonly example: unknown
}

function describeParameter(name: string, parameter: Parameter, place: 'path' | 'query', { route, components, example }: ParameterContext): ParameterObject {
  if (!isText(parameter.type)) throw new Error(`${route.operation}: ${name} cannot stand in a ${place}.`)
  const aliases = Object.entries(route.aliases ?? {}).filter(([, target]) => target === name).map(([alias]) => `Also as \`${alias}\`.`)
  const description = [parameter.description, ...aliases].filter(Boolean).join(' ')
  const schema = parameterSchema(parameter, 'text', components)
  const isList = 'type' in schema && [schema.type].flat().includes('array')
  return {
    name, in: place, required: place === 'path' || parameter.required, schema,
    ...(description && { description }),
    ...(isList && { style: 'form', explode: true }),
    ...(example !== undefined && { example }),
  }
}

function describeBody(members: readonly (readonly [string, Parameter])[], components: Components, example: Readonly<Record<string, unknown>>): RequestBodyObject {
  const properties = members.map(([name, parameter]) => {
    const schema = parameterSchema(parameter, 'body', components)
    return [name, parameter.description ? { ...schema, description: parameter.description } : schema] as const
  })
  const required = members.filter(([, parameter]) => parameter.required).map(([name]) => name)
  const given = Object.fromEntries(members.flatMap(([name]) => (name in example ? [[name, example[name]]] : [])))
  const schema: SchemaObject = { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }), additionalProperties: false }
  return { required: required.length > 0, content: { 'application/json': { schema, example: given } } }
}

/** What a route answers that sends a file: its media type is that of the format asked for. */
const FILES = { 'text/csv': { schema: { type: 'string' } }, 'application/json': { schema: { type: 'object', additionalProperties: true } } } as const

function describeResponses(operation: RestOperation, route: Route, components: Components): ResponsesObject {
  const isStream = operation.kind === 'subscription'
  const content = route.isFile === true ? FILES : { [isStream ? STREAM_TYPE : 'application/json']: { schema: answerSchema(operation, components) } }
  const isRead = route.method === 'GET' && !isStream
  const success: ResponseObject = { description: isStream ? STREAM : route.status === 201 ? 'It was made.' : 'The answer.', headers: headersOf(operation, route), content }
  const problem: ReferenceObject = { $ref: '#/components/responses/Problem' }
  const failures = ['400', '401', '403', '422', '429', ...(route.path.includes('{') ? ['404'] : []), ...(isRead ? [] : ['409', '415'])]
  return {
    [String(route.status ?? 200)]: success,
    ...(isRead && { 304: { description: 'Nothing changed since the `ETag` that the request names.' } }),
    ...Object.fromEntries(failures.map((status) => [status, problem])),
    ...(route.unwellStatus && { [String(route.unwellStatus.status)]: { description: route.unwellStatus.description, content: { ...content, ...PROBLEM_CONTENT } } }),
    default: problem,
  }
}

const STREAM = 'Server-sent events without end. The `data` of each is this, its `id` a sequence: a client that sends it as `Last-Event-ID` goes on after it.'

const text = (description: string): HeaderObject => ({ description, schema: { type: 'string' } })
const REQUEST_ID = text('Finds this request in the log; the one that was sent, or a new one.')

function headersOf(operation: RestOperation, route: Route): Record<string, HeaderObject> {
  const isPage = operation.selectionSet.selections.some((item) => item.kind === 'Field' && (item.name.value === 'pageInfo' || item.name.value === 'hasMore'))
  return {
    'X-Request-Id': REQUEST_ID,
    ...(route.method === 'GET' && operation.kind === 'query' && { ETag: text('Send it as `If-None-Match` to be told whether anything changed.') }),
    ...(isPage && { Link: text('`rel="next"` is the next page, until there is none.') }),
    ...(route.location !== undefined && { Location: text('Where to read what was made.') }),
  }
}

const IDEMPOTENCY_KEY: ParameterObject = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 },
  description: 'Names this request: sent again with the same input it is answered from the first time; with another input it is refused.',
}

const OVERRIDE: ParameterObject = {
  name: OVERRIDE_HEADER, in: 'header', required: false, schema: { type: 'string' }, example: 'rules=done-needs-evidence; reason=Hotfix%20for%204711',
  description: "Writes in spite of the project's own rules that refuse: their ids and why, the reason percent-encoded. It needs the permission governance.override, and is audited.",
}

const PROBLEM: SchemaObject = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
  properties: {
    type: { type: 'string', description: 'Names the kind of problem: `urn:buildrunner:error:<code>`.' },
    title: { type: 'string', description: 'The kind of problem, for people.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What is wrong and what to do.' },
    code: { type: 'string', description: 'Stable; match on this. GraphQL and the SDK use the same codes.' },
    request_id: { type: 'string', description: 'Finds the request in the log.' },
    errors: {
      type: 'array',
      description: 'Each thing that is wrong with the request.',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          detail: { type: 'string', description: 'What is wrong.' },
          pointer: { type: 'string', description: 'JSON pointer (RFC 6901) into the body, as a fragment.' },
          parameter: { type: 'string', description: 'The parameter of the path, the query or the header.' },
        },
      },
    },
    permission: { type: 'string', description: 'The permission that the key lacks.' },
    rule: { type: 'string', description: 'The rule of the policy that refused.' },
    line: { type: 'integer', description: 'Its line in the policy file.' },
    remedy: { type: 'string', description: 'What to do, in the words of the rule.' },
    satisfied_by: { type: 'array', items: { type: 'string' }, description: 'What the rule misses: a sentence each.' },
    approval_id: { type: 'string', description: 'The approval that waits for a decision.' },
    limit: { type: 'string', description: 'What of the tier is used up: `seats`, `members` or `projects`.' },
    upgrade_to: { type: 'string', description: 'The tier that holds more.' },
    reset_at: { type: 'string', format: 'date-time', description: 'When asking is worth while again.' },
    problems: { type: 'array', items: { $ref: '#/components/schemas/PlanProblem' }, description: 'The faults of a plan.' },
    conflicts: { type: 'array', items: { $ref: '#/components/schemas/ConflictValue' }, description: 'What conflicts, with base, local and remote.' },
  },
}
