/** From a request to an answer: who asks, what is ordered for it, and which operation it is. */
import { errorOf, record } from '../errors.ts'
import type { BuildRunnerError } from '../errors.ts'
import { answer, answerData, answerError, answerFailure } from './answers.ts'
import { NOT_SIMULATED, checkVariables, resolverOf, shapeOf } from './catalogue.ts'
import { Orders, failedAnswer, networkError, wait } from './faults.ts'
import type { Failure } from './faults.ts'
import type { Call, State } from './state.ts'

/** A request as it came in. */
export interface RecordedRequest {
  /** `projects_list`; for a document without a name, the empty text. */
  readonly operation: string
  /** The variables as they were sent. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The request's headers. */
  readonly headers: Headers
  /** The text of a document of the caller's own; absent for a trusted document. */
  readonly query?: string
}

/** What a handler can use beside the variables. */
export interface HandlerCall<Data> {
  /** The request. */
  readonly request: RecordedRequest
  /** What the server itself answers. @throws BuildRunnerError what it refuses with */
  next(): Promise<Data>
}

/** Answers an operation in the server's place: the data as the client's method gives it. */
export type Handler<Variables = never, Data = unknown> = (variables: Variables, call: HandlerCall<Data>) => Data | Promise<Data>

type Variables = Readonly<Record<string, unknown>>

export class Dispatcher {
  readonly requests: RecordedRequest[] = []
  readonly failures = new Orders<Failure>()
  readonly delays = new Orders<number>()
  state: State
  readonly #scopesOf: (key: string | undefined) => readonly string[] | null
  readonly #handlers = new Map<string, Handler>()
  readonly #waiting = new Set<() => void>()

  constructor(state: State, scopesOf: (key: string | undefined) => readonly string[] | null) {
    this.state = state
    this.#scopesOf = scopesOf
  }

  handle(name: string, handler: Handler): () => void {
    this.#handlers.set(name, handler)
    return () => void (this.#handlers.get(name) === handler && this.#handlers.delete(name))
  }

  async waitForRequests(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  reset(state: State): void {
    this.state = state
    this.requests.length = 0
    this.failures.clear()
    this.delays.clear()
    this.#handlers.clear()
  }

  async fetch(request: Request): Promise<Response> {
    request.signal.throwIfAborted()
    if (!new URL(request.url).pathname.endsWith('/graphql')) return new Response('Not found', { status: 404 })
    const received = readRequest(request.headers, await textOf(request))
    const requestId = `req-${this.requests.push(received)}`
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
    const delay = this.delays.take(received.operation)
    if (delay !== undefined) await wait(delay, request.signal)
    const failure = this.failures.take(received.operation)
    if (failure === undefined) return this.#answer(received, requestId)
    if ('status' in failure) return failedAnswer(failure)
    if ('code' in failure) return answerFailure(failure, requestId)
    return this.#fault(failure.fault, request.signal, () => this.#answer(received, requestId))
  }

  async #fault(fault: 'network' | 'answer-lost' | 'malformed' | 'hang', signal: AbortSignal, run: () => Promise<Response>): Promise<Response> {
    if (fault === 'hang') await wait(Infinity, signal)
    if (fault === 'network') throw networkError()
    const response = await run()
    if (fault === 'answer-lost') throw networkError()
    const text = await response.text()
    return new Response(text.slice(0, text.length / 2), { headers: response.headers })
  }

  async #answer(request: RecordedRequest, requestId: string): Promise<Response> {
    const { operation, variables, headers } = request
    const shape = shapeOf(operation)
    const handler = this.#handlers.get(operation) as Handler<Variables> | undefined
    const [, key] = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '') ?? []
    const call: Call = { state: this.state, requestId, origin: headers.get('x-buildrunner-client') ?? 'test', scopes: this.#scopesOf(key) }
    const next = async (): Promise<unknown> => this.#resolve(operation, call, variables)
    try {
      if (shape !== undefined) checkVariables(shape, variables)
      const data = handler === undefined ? await next() : await handler(variables, { request, next })
      return shape === undefined ? answer({ data }, requestId) : answerData(shape, data, requestId)
    } catch (error) {
      return answerError(shape, error, requestId)
    }
  }

  #resolve(operation: string, call: Call, variables: Variables): unknown {
    const resolver = resolverOf(operation)
    if (resolver !== undefined) return resolver(call, variables)
    throw shapeOf(operation) === undefined ? noAnswer(operation) : notSimulated(operation)
  }
}

const notInTestServer = (message: string, operation: string): BuildRunnerError => errorOf({ code: 'NOT_IN_TEST_SERVER', message, details: { operation } })

const noAnswer = (name: string): BuildRunnerError =>
  notInTestServer(`The test server has no answer to ${name === '' ? 'a document without a name' : name}. Name the document (query Name { ... }) and answer it with server.onDocument().`, name)

const notSimulated = (name: string): BuildRunnerError =>
  notInTestServer(`The test server does not simulate ${NOT_SIMULATED.join(', ')}. Give ${name} an answer: server.on('${name}', (variables) => ({ ... })).`, name)

/** Large requests come in gzip. */
function textOf({ headers, body }: Request): Promise<string> {
  return new Response(headers.get('content-encoding') === 'gzip' ? body?.pipeThrough(new DecompressionStream('gzip')) : body).text()
}

/** The operation's name: of a trusted document the end of its id, else as its text says. */
function readRequest(headers: Headers, body: string): RecordedRequest {
  const { documentId, query, variables } = record(parse(body))
  const given = record(variables)
  if (typeof documentId === 'string') return { operation: documentId.slice(documentId.lastIndexOf('.') + 1), variables: given, headers }
  const text = typeof query === 'string' ? query : ''
  const [, operation = ''] = /^(?:\s|#.*)*(?:query|mutation|subscription)\s+(\w+)/.exec(text) ?? []
  return { operation, variables: given, headers, query: text }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
