/** What leaves the server: GraphQL over HTTP, with errors where the real one has them. */
import { BuildRunnerError } from '../errors.ts'
import type { Shape } from './catalogue.ts'
import { retryAfter } from './faults.ts'
import type { GraphQLFailure } from './faults.ts'

const HTTP_STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, SERVICE_UNAVAILABLE: 503, INTERNAL: 500 }

/** Errors that a mutation answers as members of its union; others are errors of the request. */
const MEMBERS = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED', 'ALREADY_EXISTS', 'CONFLICT', 'IDEMPOTENCY_CONFLICT', 'POLICY_REFUSED'])

export const answer = (body: unknown, requestId: string, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...init.headers } })

/** `value` at the place where the operation selects it. */
function placed({ path }: Shape, value: unknown): unknown {
  return path.reduceRight((inner, field) => ({ [field]: inner }), value)
}

export function answerData(shape: Shape, data: unknown, requestId: string): Response {
  const value = shape.payload === undefined ? data : { __typename: shape.payload, ...(data as object) }
  return answer({ data: placed(shape, value) }, requestId)
}

/** @throws what is no error of the API: a fault of a test's own handler must not look like an answer */
export function answerError(shape: Shape | undefined, error: unknown, requestId: string): Response {
  if (!(error instanceof BuildRunnerError)) throw error
  const { code, name, message, path, details } = error
  if (shape?.payload !== undefined && MEMBERS.has(code)) {
    return answer({ data: placed(shape, { __typename: name, code, message, path: path ?? null, ...details }) }, requestId)
  }
  const known = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null))
  const extensions = { code, ...(path === undefined ? {} : { path }), ...known, requestId }
  // Variables are refused before anything is executed: there is no data then, and no place in it.
  const body = shape === undefined || code === 'BAD_USER_INPUT' ? {} : { data: placed({ ...shape, path: shape.path.slice(0, 1) }, null) }
  return answer({ ...body, errors: [{ message, ...('data' in body ? { path: shape?.path } : {}), extensions }] }, requestId, { status: HTTP_STATUS[code] ?? 200 })
}

export const answerFailure = ({ code, message = 'The test server was told to answer this.', details, retryAfterSeconds }: GraphQLFailure, requestId: string): Response =>
  answer({ data: null, errors: [{ message, extensions: { ...details, code, requestId } }] }, requestId, { status: HTTP_STATUS[code] ?? 200, headers: retryAfter(retryAfterSeconds) })
