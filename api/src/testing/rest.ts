/** A REST client for tests that holds every response against the OpenAPI document. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { OPERATIONS } from '../rest/index.ts'
import { openApiDocument } from '../rest/openapi.ts'
import { createRouter } from '../rest/router.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Method } from '../rest/routes.ts'

export const openApi = openApiDocument(OPERATIONS, ROUTES, '1.2.3')

type Json = Record<string, any>

/** Objects may not have more than the document says: in a test, an undocumented member is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)])) as Json
  return members['properties'] !== undefined && members['type'] !== undefined ? { additionalProperties: false, ...members } : members
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/)
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
ajv.addSchema({ $id: 'openapi', components: closed(openApi.components) })
const validators = new Map<string, ValidateFunction>()

function validator(schema: Json): ValidateFunction {
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"openapi#/components/')
  let validate = validators.get(text)
  if (validate === undefined) validators.set(text, (validate = ajv.compile(JSON.parse(text) as Json)))
  return validate
}

const resolve = (value: Json): Json => (typeof value['$ref'] === 'string' ? (value['$ref'] as string).slice(2).split('/').reduce<Json>((parent, key) => parent[key], openApi as Json) : value)

/** @throws Error with what is documented otherwise, or not at all. */
export function checkResponse(method: string, path: string, response: { status: number; type: string | null; body: unknown }): void {
  const found = createRouter(ROUTES)(path)
  const route = found?.routes.get((method === 'HEAD' ? 'GET' : method) as Method)
  if (route === undefined || response.status === 304) return
  const responses = openApi.paths?.[`/api${route.path}`]?.[route.method.toLowerCase() as 'get']?.responses as Json
  const documented = resolve(responses[response.status] ?? responses['default'])
  const content = (documented['content'] as Json)[response.type ?? ''] as Json | undefined
  if (content === undefined) throw new Error(`${method} ${path} answers ${response.status} as ${response.type}; documented is ${Object.keys(documented['content'] as Json).join()}`)
  const validate = validator(content['schema'] as Json)
  if (!validate(response.body)) throw new Error(`${method} ${path} answers ${response.status} otherwise than documented: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(response.body)}`)
  seen.add(route.operation)
}

const seen = new Set<string>()
/** Operations of which a response was checked. */
export const checkedOperations = (): ReadonlySet<string> => seen

export interface RestResponse {
  readonly status: number
  readonly headers: Headers
  readonly body: any
}

export interface RestInit {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type CallRest = (request: string, init?: RestInit) => Promise<RestResponse>

/** `call('GET /api/projects')`; a body is sent as JSON. */
export const restClient = (baseUrl: string, apiKey?: string): CallRest => async (request, { body, headers } = {}) => {
  const [method = '', address = ''] = request.split(' ')
  const response = await fetch(`${baseUrl}${address}`, {
    method, headers: { ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type')?.split(';')[0] ?? null
  const parsed: unknown = text === '' ? undefined : type?.endsWith('json') === true ? JSON.parse(text) : text
  if (method !== 'OPTIONS' && method !== 'HEAD') checkResponse(method, new URL(address, baseUrl).pathname, { status: response.status, type, body: parsed })
  return { status: response.status, headers: response.headers, body: parsed }
}
