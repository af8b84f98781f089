/** Executes an operation in Yoga's pipeline and takes its answer, or its error, out of the result. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import type { YogaServerInstance } from 'graphql-yoga'
import type { ServerContext } from '../context.ts'
import type { ReadInput } from './input.ts'
import type { RestOperation } from './operations.ts'
import { problemOf, Problem } from './problem.ts'
import type { AnsweredError } from './problem.ts'
import type { RestCall } from './use-rest.ts'

export type Yoga = Pick<YogaServerInstance<ServerContext, object>, 'fetch' | 'fetchAPI'>

export interface Execution extends ReadInput {
  readonly operation: RestOperation
}

export interface Executed {
  /** What the operation answered, as GraphQL names it. */
  readonly value: unknown
  /** What the pipeline says in headers, e.g. about rate limits. */
  readonly headers: OutgoingHttpHeaders
}

/** Headers that speak about the body, or about who may ask: ours say it of the REST response. */
const OWN = /^(content-|access-control-|cache-control$|vary$|transfer-encoding$)/

type Result = ExecutionResult | AsyncIterable<ExecutionResult>

const isStream = (result: Result): result is AsyncIterable<ExecutionResult> => Symbol.asyncIterator in result

async function run(yoga: Yoga, req: IncomingMessage, { operation, variables }: Execution): Promise<{ result: Result; headers: OutgoingHttpHeaders }> {
  const restCall: RestCall = { params: { variables, query: operation.text } }
  const request = new yoga.fetchAPI.Request('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  const response = await yoga.fetch(request, { req, restCall } as never)
  if (restCall.result === undefined) throw new Error(`${operation.name} gave no result (HTTP ${response.status})`)
  return { result: restCall.result, headers: Object.fromEntries([...response.headers].filter(([name]) => !OWN.test(name))) }
}

/** @throws Problem for every error that the operation answered. */
export async function execute(yoga: Yoga, req: IncomingMessage, execution: Execution): Promise<Executed> {
  const { result, headers } = await run(yoga, req, execution)
  return { value: valueOf(execution, result as ExecutionResult), headers }
}

/** Answers of a subscription, as they come. Its iterator throws what `execute` throws, and has no state that outlives `return`. */
export async function subscribe(yoga: Yoga, req: IncomingMessage, execution: Execution): Promise<{ values: AsyncIterableIterator<unknown>; headers: OutgoingHttpHeaders }> {
  const { result, headers } = await run(yoga, req, execution)
  if (!isStream(result)) throw problemOf(errorOf(execution.operation, result) ?? NO_STREAM, execution.locate)
  const source = result[Symbol.asyncIterator]()
  // No generator: its `return` would wait for the value that is awaited, which may never come.
  const values: AsyncIterableIterator<unknown> = {
    [Symbol.asyncIterator]: () => values,
    async next() {
      const { done, value } = await source.next()
      return done === true ? { done, value: undefined } : { done: false, value: valueOf(execution, value) }
    },
    async return() {
      await source.return?.()
      return { done: true, value: undefined }
    },
  }
  return { values, headers }
}

const NO_STREAM: AnsweredError = { code: 'INTERNAL', message: 'The subscription did not begin.', path: [], details: {} }

function valueOf({ operation, locate }: Execution, result: ExecutionResult): unknown {
  const error = errorOf(operation, result)
  if (error !== undefined) throw problemOf(error, locate)
  return answerOf(operation, result)
}

function answerOf({ depth, name }: RestOperation, { data }: ExecutionResult): unknown {
  let value: unknown = data
  for (let level = 0; level < depth; level++) value = Object.values((value ?? {}) as object)[0]
  if (value === null || value === undefined) throw new Problem({ code: 'NOT_FOUND', detail: `${name.replace('_', '.')} found nothing that this key may see.` })
  return value
}

/** A read that failed in part is refused as a whole: a REST body has no place for both. */
function errorOf(operation: RestOperation, { data, errors }: ExecutionResult): AnsweredError | undefined {
  const [first] = errors ?? []
  if (first !== undefined) return fromEntry(first as GraphQLFormattedError)
  const member = Object.values((data ?? {}) as Record<string, Readonly<Record<string, unknown>> | null>)[0]
  const isRefused = operation.kind === 'mutation' && member !== null && member !== undefined && !String(member['__typename']).endsWith('Payload')
  return isRefused ? { code: String(member['code']), message: String(member['message']), path: pathOf(member['path']), details: member } : undefined
}

function fromEntry({ message, extensions = {} }: GraphQLFormattedError): AnsweredError {
  const { code = 'INTERNAL', path, http, ...details } = extensions as Readonly<Record<string, unknown>>
  return { code: String(code), message, path: pathOf(path), details, http: http as NonNullable<AnsweredError['http']> }
}

const pathOf = (path: unknown): readonly (string | number)[] => (Array.isArray(path) ? (path as (string | number)[]) : [])
