/** Reads what came back over HTTP: a GraphQL answer, or something else that answered in the server's place. */
import type { Config } from './config.ts'
import type { BuildRunnerError } from './errors.ts'
import { errorFromGraphQL, errorOf, record } from './errors.ts'

/** What the caller may still ask for, as the server said with an answer. */
export interface RateLimit {
  /** The quota of one window; absent when the server did not say. */
  readonly limit: number | undefined
  /** What is left of it. */
  readonly remaining: number
  /** When the whole quota is there again. */
  readonly resetAt: Date
}

/** Whose name a request was made in, while somebody acts as somebody else: what an interface shows as a banner. */
export interface ImpersonationBanner {
  /** Of the impersonation: what ends it. */
  readonly id: string
  /** Who really acts. */
  readonly impersonator: { readonly id: string; readonly name: string }
  /** Who is acted as. */
  readonly user: { readonly id: string; readonly name: string }
  /** Why, as it was given. */
  readonly reason: string
  /** When it ends by itself: ISO 8601. */
  readonly endsAt: string
}

/** A rule of the project's policy that let a write pass, and says something. */
export interface PolicyWarning {
  /** Its id. */
  readonly rule: string
  /** Its line in the policy file, from 1. */
  readonly line: number
  /** What it says. */
  readonly message: string
  /** What to do. */
  readonly remedy: string | null
}

/** Of a server that is degraded: `read-only` while its primary database is away and queries are answered from a replica, which may be behind. */
export type ServerMode = 'read-only'

/** What a call came to. `data` and `error` are both there when only a part failed. */
export interface Outcome {
  data?: unknown
  error?: BuildRunnerError | undefined
  requestId?: string | undefined
  rateLimit?: RateLimit | undefined
  impersonation?: ImpersonationBanner | undefined
  mode?: ServerMode | undefined
  warnings?: readonly PolicyWarning[] | undefined
}

/** What one attempt came to. */
export interface Answer extends Outcome {
  /** The HTTP status. */
  status?: number
  /** Another attempt may succeed. */
  passing?: boolean
  /** How long the server asks to wait first. */
  retryAfterMs?: number | undefined
}

const PASSING_STATUS = new Set([408, 429, 502, 503, 504])
/** What may succeed when it is tried again. */
export const PASSING_CODES = new Set(['SERVICE_UNAVAILABLE', 'RATE_LIMITED'])

/** GraphQL answers are classified by their codes alone; the HTTP status counts only where something else answered. */
export function readAnswer(config: Config, response: Response, text: string): Answer {
  const { status } = response
  const header = (name: string): string | undefined => config.credentials.redact(response.headers.get(name) ?? '') || undefined
  const { data, errors, extensions } = record(parse(text))
  const failures = Array.isArray(errors) ? errors : []
  const retryAfterMs = readRetryAfter(header('retry-after'))
  const told = record(extensions)
  const rateLimit = readRateLimit(told['rateLimit'], header)
  const impersonation = told['impersonation'] as ImpersonationBanner | undefined
  const mode = told['mode'] === 'read-only' ? ('read-only' as const) : undefined
  const warnings = record(told['policy'])['warnings'] as readonly PolicyWarning[] | undefined
  const common = { status, requestId: header('x-request-id'), rateLimit, impersonation, mode, warnings, retryAfterMs }
  if (failures.length === 0) return record(data) === data ? { ...common, data } : { ...common, ...notGraphQL(config, response, header, common) }
  const [first, ...more] = failures.map((failure) => errorFromGraphQL(failure, common.requestId)) as [BuildRunnerError, ...BuildRunnerError[]]
  const { message, details } = first
  const error = errorOf({ ...first, message, details: { ...waitOf(common, first.code), ...details }, errors: more.length > 0 ? [first, ...more] : undefined })
  return { ...common, data, error, requestId: error.requestId, passing: PASSING_CODES.has(error.code) }
}

function notGraphQL({ baseUrl }: Config, { status, type }: Response, header: (name: string) => string | undefined, common: Answer): Answer {
  const { requestId } = common
  const code = status === 429 ? 'RATE_LIMITED' : PASSING_STATUS.has(status) ? 'SERVICE_UNAVAILABLE' : 'BAD_RESPONSE'
  const details = { status, ...waitOf(common, code) }
  if (PASSING_STATUS.has(status)) {
    return { error: errorOf({ code, message: `${baseUrl} cannot serve this now (HTTP ${status}).`, requestId, details }), passing: true }
  }
  const location = header('location')
  const redirect = location || type === 'opaqueredirect' ? `a redirect${location ? ` to ${location}` : ''}` : ''
  const what = redirect || `HTTP ${status} ${header('content-type') ?? ''}`.trim()
  return { error: errorOf({ code, message: `${baseUrl}/graphql answered ${what} instead of GraphQL. Check baseUrl.`, requestId, details }) }
}

/** What an error says of the wait: how long the server asks for, and of a limit that was reached until when it holds. */
function waitOf({ retryAfterMs, rateLimit }: Answer, code: string): object {
  const resetAt = code === 'RATE_LIMITED' ? rateLimit?.resetAt.toISOString() : undefined
  return { ...(retryAfterMs !== undefined && { retryAfterMs }), ...(resetAt && { resetAt }) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined
  const seconds = Number(value)
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/**
 * `extensions.rateLimit`, else the header fields of draft-ietf-httpapi-ratelimit-headers: `RateLimit: "name";r=7;t=30` with the
 * quota in `RateLimit-Policy`, or the three fields of its earlier versions.
 */
function readRateLimit(told: unknown, header: (name: string) => string | undefined): RateLimit | undefined {
  const known = record(told)
  const parameter = (field: string, name: string): string | undefined => new RegExp(`;\\s*${name}=(\\d+)`).exec(header(field) ?? '')?.[1]
  const limit = Number(known['limit'] ?? header('ratelimit-limit') ?? parameter('ratelimit-policy', 'q') ?? NaN)
  const remaining = Number(known['remaining'] ?? header('ratelimit-remaining') ?? parameter('ratelimit', 'r') ?? NaN)
  const seconds = Number(header('ratelimit-reset') ?? parameter('ratelimit', 't') ?? NaN)
  const reset = typeof known['resetAt'] === 'string' ? Date.parse(known['resetAt']) : Date.now() + seconds * 1_000
  return Number.isNaN(remaining + reset) ? undefined : { limit: Number.isNaN(limit) ? undefined : limit, remaining, resetAt: new Date(reset) }
}
