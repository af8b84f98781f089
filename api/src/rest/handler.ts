/**
 * The REST facade: `/api/...` over the catalogue of operations. It translates; everything else (who may do what, limits,
 * policy, idempotency, masking) happens in the one pipeline that GraphQL has, because the operation is executed there.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { requestIdOf } from '../context.ts'
import { readBody } from './body.ts'
import { allowed, corsHeaders, preflight } from './cors.ts'
import { execute, subscribe } from './execute.ts'
import type { Execution, Yoga } from './execute.ts'
import { readInput } from './input.ts'
import type { Operations, RestOperation } from './operations.ts'
import { answerWriter } from './output.ts'
import { badRequest, Problem, PROBLEM_TYPE } from './problem.ts'
import { entityTag, isUnchanged, links, locationOf } from './response-headers.ts'
import type { Address } from './response-headers.ts'
import { createRouter } from './router.ts'
import type { Match } from './router.ts'
import type { Method, Route } from './routes.ts'
import { lastEventId, messages, sendStream, STREAM_TYPE } from './stream.ts'

export interface RestOptions {
  readonly yoga: Yoga
  readonly operations: Operations
  readonly routes: readonly Route[]
  /** Makes the OpenAPI document; asked once, when it is first read. */
  readonly openApi: () => Promise<object>
  /** Header fields about a request that was executed: its rate limits, who impersonates. */
  readonly headersOf: (req: IncomingMessage) => OutgoingHttpHeaders
  /** Told of what is a fault of the facade itself. */
  readonly onFault: (error: unknown, requestId: string) => void
}

export interface Rest {
  /** Whether a path is the facade's: below `/api`, one of its paths without that prefix, or `/openapi.json`. */
  handles(path: string): boolean
  /** Answers; it never rejects. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string | AsyncIterableIterator<string> | null
}

const OPENAPI = '/openapi.json'
const IF_MATCH = 'If-Match is not evaluated here. To change a plan only as you read it, give `expected_sequence` to POST .../plan/changes.'

export function createRest(options: RestOptions): Rest {
  const router = createRouter(options.routes)
  const writers = new Map<string, (value: unknown) => unknown>()
  let openApi: Promise<string> | undefined

  function write(operation: RestOperation, value: unknown): unknown {
    const writer = writers.get(operation.name) ?? answerWriter(operation)
    writers.set(operation.name, writer)
    return writer(value)
  }

  async function respond(req: IncomingMessage, url: Address, found: Match): Promise<Answer> {
    const method = (req.method === 'HEAD' ? 'GET' : (req.method ?? 'GET')) as Method
    const route = found.routes.get(method)
    const operation = route && options.operations.get(route.operation)
    if (route === undefined || operation === undefined) throw notAllowed(found, req.method ?? '')
    const isRead = method === 'GET'
    if (!isRead && req.headers['if-match'] !== undefined) throw badRequest([{ parameter: 'If-Match', detail: IF_MATCH }])
    const body = isRead ? undefined : await readBody(req)
    const { variables, locate } = readInput(operation, { path: found.parameters, query: url.searchParams, body, aliases: route.aliases ?? {} })
    const key = req.headers['idempotency-key']
    if (operation.takesIdempotencyKey && key !== undefined) variables['idempotencyKey'] = key
    if (operation.kind === 'subscription') return follow(req, { operation, variables, locate })
    const { value, headers } = await execute(options.yoga, req, { operation, variables, locate })
    return success(req, { route, url, body: write(operation, value) as Record<string, unknown>, headers })
  }

  async function follow(req: IncomingMessage, execution: Execution): Promise<Answer> {
    const since = lastEventId(req)
    if (since !== undefined) execution.variables['since'] = since
    const { values, headers } = await subscribe(options.yoga, req, execution)
    return { status: 200, headers: { ...headers, 'content-type': STREAM_TYPE, 'cache-control': 'no-store', 'x-accel-buffering': 'no' }, body: messages(values, (value) => write(execution.operation, value), requestIdOf(req)) }
  }

  async function answer(req: IncomingMessage): Promise<Answer> {
    const [pathname = '/', query] = (req.url ?? '/').split(/\?(.*)/s)
    const url = { pathname, searchParams: new URLSearchParams(query) }
    if (url.pathname === OPENAPI) return describe(req)
    const found = router(url.pathname)
    if (found === null) throw new Problem({ code: 'NOT_FOUND', detail: `There is nothing at ${url.pathname}. The paths are listed in /openapi.json.` })
    return req.method === 'OPTIONS' ? { status: 204, headers: preflight(found), body: null } : respond(req, url, found)
  }

  async function describe(req: IncomingMessage): Promise<Answer> {
    if (req.method !== 'GET' && req.method !== 'HEAD') throw new Problem({ code: 'METHOD_NOT_ALLOWED', detail: 'The OpenAPI document can only be read.', headers: { allow: 'GET, HEAD' } })
    openApi ??= options.openApi().then((document) => JSON.stringify(document))
    return read(req, 200, { 'content-type': 'application/json', 'cache-control': 'public, no-cache' }, await openApi)
  }

  return {
    handles: (path) => path === OPENAPI || path.startsWith('/api/') || router(path) !== null,
    async handle(req, res) {
      const requestId = requestIdOf(req)
      const answered = await answer(req).catch((error: unknown) => {
        // a caller who left in the middle of a request is no fault
        if (!(error instanceof Problem) && !res.headersSent && !res.destroyed) options.onFault(error, requestId)
        return problemAnswer(error, requestId)
      })
      await send(req, res, { ...answered, headers: { ...answered.headers, ...options.headersOf(req), ...corsHeaders, 'x-request-id': requestId } })
    },
  }
}

async function send(req: IncomingMessage, res: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const isHead = req.method === 'HEAD'
  if (body === null || typeof body === 'string') {
    if (res.headersSent || res.destroyed) return
    res.writeHead(status, { ...headers, ...(body !== null && { 'content-length': Buffer.byteLength(body) }) })
    res.end(isHead ? undefined : (body ?? undefined))
  } else if (isHead || res.destroyed) {
    await body.return?.()
    res.writeHead(status, headers).end()
  } else await sendStream(res.writeHead(status, headers), body)
}

const notAllowed = (found: Match, method: string): Problem =>
  new Problem({ code: 'METHOD_NOT_ALLOWED', detail: `This path takes ${allowed(found)}; it does not take ${method}.`, headers: { allow: allowed(found) } })

interface Success {
  readonly route: Route
  readonly url: Address
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: OutgoingHttpHeaders
}

function success(req: IncomingMessage, { route, url, body, headers }: Success): Answer {
  const text = JSON.stringify(body)
  const status = route.unwellStatus?.when(body) === true ? route.unwellStatus.status : (route.status ?? 200)
  const common = { ...headers, 'content-type': 'application/json' }
  if (route.method !== 'GET') {
    const location = route.location === undefined ? {} : { location: locationOf(route.location, url, body) }
    return { status, headers: { ...common, ...location, 'cache-control': 'no-store' }, body: text }
  }
  const cached = { 'cache-control': 'private, no-cache', vary: 'authorization' }
  return route.isFile === true ? file(req, body, { ...headers, ...cached }) : read(req, status, { ...common, ...links(url, body), ...cached }, text)
}

/** Names of files are made of slugs, words and days: nothing in them needs quoting. */
const file = (req: IncomingMessage, { content_type: type, file_name: name, content }: Success['body'], headers: OutgoingHttpHeaders): Answer =>
  read(req, 200, { ...headers, 'content-type': type as string, 'content-disposition': `attachment; filename="${name as string}"` }, content as string)

/** What can be read again carries an entity tag, and is not sent again to whoever has it. */
function read(req: IncomingMessage, status: number, headers: OutgoingHttpHeaders, body: string): Answer {
  const etag = entityTag(body)
  const { 'content-type': type, ...rest } = headers
  if (status === 200 && isUnchanged(req.headers['if-none-match'], etag)) return { status: 304, headers: { ...rest, etag }, body: null }
  return { status, headers: { ...rest, 'content-type': type, etag }, body }
}

function problemAnswer(error: unknown, requestId: string): Answer {
  const problem = error instanceof Problem ? error : new Problem({ code: 'INTERNAL', detail: 'Something went wrong on our side. The request id finds it in the log.' })
  return { status: problem.status, headers: { ...problem.headers, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }, body: JSON.stringify(problem.toBody(requestId)) }
}
