/** Errors of the REST facade: problem details (RFC 9457), with the code that the SDK and GraphQL know them by. */
import { STATUS_CODES } from 'node:http'
import { ERROR_CODES } from '@buildrunner/schema/shared/errors'
import { snakeCase } from './names.ts'

export const PROBLEM_TYPE = 'application/problem+json'

/** One fault of a request: `pointer` (RFC 6901, as a fragment) into its body, or the name of a `parameter`. */
export interface InputFault {
  readonly detail: string
  readonly pointer?: string
  readonly parameter?: string
}

/** HTTP statuses of codes. A code that is not here is a fault of the request. */
const STATUSES: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  INVALID_CREDENTIALS: 401,
  CODE_INVALID: 401,
  PLAN_LIMIT_REACHED: 402,
  FORBIDDEN: 403,
  MFA_REQUIRED: 403,
  ORGANISATION_REQUIRED: 403,
  SESSION_REQUIRED: 403,
  ACCOUNT_LOCKED: 403,
  POLICY_REFUSED: 403,
  APPROVAL_REQUIRED: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  LINK_INVALID: 410,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_FAILED: 422,
  IDEMPOTENCY_CONFLICT: 422,
  LIMIT_EXCEEDED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  SERVICE_UNAVAILABLE: 503,
  READ_ONLY: 503,
}

/** What the facade refuses by itself, before an operation runs. */
export const OWN_TITLES: Readonly<Record<string, string>> = {
  BAD_USER_INPUT: 'A parameter is missing, unknown or of the wrong type.',
  METHOD_NOT_ALLOWED: 'This path does not take the method.',
  UNSUPPORTED_MEDIA_TYPE: 'The body is not JSON.',
}

export const statusOfCode = (code: string): number => STATUSES[code] ?? 400

export interface ProblemInit {
  readonly code: string
  readonly detail: string
  /** Default: the code's own. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly errors?: readonly InputFault[]
  /** Further members: `problems`, `conflicts`, `permission`, `rule`, `line`, `remedy`, `satisfied_by`, `approval_id`, `limit`, `upgrade_to`. */
  readonly members?: Readonly<Record<string, unknown>>
}

/** A refusal, thrown anywhere below the handler. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly #init: ProblemInit

  constructor(init: ProblemInit) {
    super(init.detail)
    this.code = init.code
    this.status = init.status ?? statusOfCode(init.code)
    this.headers = { ...(this.status === 401 && { 'www-authenticate': 'Bearer' }), ...init.headers }
    this.#init = init
  }

  /** The body of the response. */
  toBody(requestId: string): Record<string, unknown> {
    const { code, status } = this
    const title = (ERROR_CODES as Readonly<Record<string, string>>)[code] ?? OWN_TITLES[code] ?? STATUS_CODES[status] ?? 'Error'
    const { detail, errors = [], members } = this.#init
    return { type: `urn:buildrunner:error:${code}`, title, status, detail, code, request_id: requestId, ...(errors.length > 0 && { errors }), ...members }
  }
}

/** A request that is not well-formed, with everything that is wrong about it. */
export function badRequest(faults: readonly InputFault[]): Problem {
  return new Problem({ code: 'BAD_USER_INPUT', detail: faults.map(({ detail }) => detail).join(' '), errors: faults })
}

const MEMBERS = ['permission', 'problems', 'conflicts', 'rule', 'line', 'remedy', 'satisfiedBy', 'approvalId', 'limit', 'upgradeTo', 'resetAt'] as const

/** What an operation answered instead of its result: an entry of `errors`, or an error that is a member of a mutation's union. */
export interface AnsweredError {
  readonly code: string
  readonly message: string
  /** Where in the input, in the operation's names. */
  readonly path: readonly (string | number)[]
  readonly details: Readonly<Record<string, unknown>>
  readonly http?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
}

/** @param locate says where in the request a variable of the operation was given */
export function problemOf({ code, message, path, details, http }: AnsweredError, locate: (path: readonly (string | number)[]) => InputFault | null): Problem {
  const fault = path.length === 0 ? null : locate(path)
  const members = Object.fromEntries(MEMBERS.flatMap((name) => {
    const value = details[name]
    return value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? [] : [[snakeCase(name), value]]
  }))
  const status = STATUSES[code] ?? http?.status ?? 400
  return new Problem({ code, status, detail: message, members, ...(http?.headers && { headers: http.headers }), ...(fault && { errors: [{ ...fault, detail: message }] }) })
}
