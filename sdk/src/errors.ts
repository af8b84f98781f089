/**
 * The SDK's errors: one base class, and a subclass for each code a caller can act on.
 *
 * The codes are the server's (`extensions.code` of a request error, `code` of an error in a mutation's result) and a few
 * of the client's own. A code that this version does not know arrives as a plain {@link BuildRunnerError}.
 */
import type { ConflictValue, PlanProblem } from './_generated/shared.ts'

/** What an error is made of. */
export interface BuildRunnerErrorInit {
  /** Stable; e.g. `NOT_FOUND`. */
  code: string
  /** What is wrong and what to do, for people. */
  message: string
  /** Finds the request in the server's log. */
  requestId?: string | undefined
  /** The input at fault. */
  path?: readonly (string | number)[] | undefined
  /** Everything else that the server said. */
  details?: Readonly<Record<string, unknown>> | undefined
  /** Every error of the answer. */
  errors?: readonly BuildRunnerError[] | undefined
  /** What led to it. */
  cause?: unknown
}

/**
 * Base class of every error of the SDK. It never holds the API key: not in its message, its cause, its JSON, nor what `inspect()` shows.
 *
 * @example
 * ```ts
 * const { error } = await client.projects.create({ name: 'Website' })
 * if (error instanceof AlreadyExistsError) console.log('choose another slug:', error.path)
 * else if (error) throw error
 * ```
 */
export class BuildRunnerError extends Error {
  /** Stable; switch on it, never on the message. */
  readonly code: string
  /** Finds the request in the server's log; absent when no server answered. */
  declare readonly requestId: string | undefined
  /** The input at fault; of a field that failed alone, its place in the answer. */
  declare readonly path: readonly (string | number)[] | undefined
  /** Everything else the server said. */
  readonly details: Readonly<Record<string, unknown>>
  /** Every error of the answer, when there is more than this one. */
  declare readonly errors: readonly BuildRunnerError[] | undefined

  constructor(init: BuildRunnerErrorInit) {
    super(init.message, 'cause' in init ? { cause: init.cause } : undefined)
    this.code = init.code
    this.details = init.details ?? {}
    // What is absent is no property at all, so that a log does not list it.
    if (init.requestId !== undefined) this.requestId = init.requestId
    if (init.path !== undefined) this.path = init.path
    if (init.errors !== undefined) this.errors = init.errors
  }

  /** What logs and `JSON.stringify` get. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, requestId, path, details, errors } = this
    return { ...details, name, code, message, requestId, path, errors }
  }

  override get name(): string {
    return 'BuildRunnerError'
  }
}

/** `UNAUTHENTICATED`: no API key, or one that is unknown, disabled or expired. */
export class UnauthenticatedError extends BuildRunnerError {
  override get name(): string {
    return 'UnauthenticatedError'
  }
}

/**
 * `FORBIDDEN`: the API key or the role may not do this; `MFA_REQUIRED`: the organisation asks for a second factor;
 * `ORGANISATION_REQUIRED`: the session works in no organisation.
 */
export class ForbiddenError extends BuildRunnerError {
  /** The permission that is missing. */
  get permission(): string | undefined {
    return text(this.details['permission'])
  }

  override get name(): string {
    return 'ForbiddenError'
  }
}

/** `NOT_FOUND`: there is no such thing, or the API key may not see it. */
export class NotFoundError extends BuildRunnerError {
  override get name(): string {
    return 'NotFoundError'
  }
}

/** `VALIDATION_FAILED`: an input is at fault; `path` says which. */
export class ValidationError extends BuildRunnerError {
  /** The faults of a plan; empty when another input is at fault. */
  get problems(): readonly PlanProblem[] {
    return list(this.details['problems'])
  }

  override get name(): string {
    return 'ValidationError'
  }
}

/** `ALREADY_EXISTS`: the name or id is taken. */
export class AlreadyExistsError extends BuildRunnerError {
  override get name(): string {
    return 'AlreadyExistsError'
  }
}

/**
 * Somebody did not prove who they are: `INVALID_CREDENTIALS`, `ACCOUNT_LOCKED` (too many failures in a row), `CODE_INVALID` (second
 * factor), `LINK_INVALID` (unknown, used or expired), `SESSION_REQUIRED` (an API key may not do this).
 */
export class SignInError extends BuildRunnerError {
  /** When signing in is possible again, of `ACCOUNT_LOCKED`. */
  get lockedUntil(): Date | undefined {
    const lockedUntil = text(this.details['lockedUntil'])
    return lockedUntil === undefined ? undefined : new Date(lockedUntil)
  }

  override get name(): string {
    return 'SignInError'
  }
}

/** `CONFLICT`: the thing changed since it was read. Read it again and decide. */
export class ConflictError extends BuildRunnerError {
  /** What conflicts, with the base and what each side made of it. */
  get conflicts(): readonly ConflictValue[] {
    return list(this.details['conflicts'])
  }

  override get name(): string {
    return 'ConflictError'
  }
}

/** `IDEMPOTENCY_CONFLICT`: the idempotency key was used before, for another request. */
export class IdempotencyConflictError extends BuildRunnerError {
  override get name(): string {
    return 'IdempotencyConflictError'
  }
}

/** `POLICY_REFUSED`: a rule of the policy forbids it. */
export class PolicyError extends BuildRunnerError {
  /** The name of the rule. */
  get rule(): string | undefined {
    return text(this.details['rule'])
  }

  /** The line of the policy file, from 1. */
  get line(): number | undefined {
    return number(this.details['line'])
  }

  /** What to do, in the words of the rule. */
  get remedy(): string | undefined {
    return text(this.details['remedy'])
  }

  /** What is missing, a sentence each; empty where the rule tells only by its message. */
  get satisfiedBy(): readonly string[] {
    return list(this.details['satisfiedBy'])
  }

  override get name(): string {
    return 'PolicyError'
  }
}

/**
 * `APPROVAL_REQUIRED`: a rule of the policy wants agreement first. Ask for it with `client.governance.requestApproval`, and send the
 * same change again once it is granted.
 */
export class ApprovalRequiredError extends PolicyError {
  /** The approval that waits for a decision; absent when nobody has asked for one. */
  get approvalId(): string | undefined {
    return text(this.details['approvalId'])
  }

  override get name(): string {
    return 'ApprovalRequiredError'
  }
}

/** `LIMIT_EXCEEDED`: the operation is larger than the server accepts. Ask for less at a time. */
export class LimitExceededError extends BuildRunnerError {
  override get name(): string {
    return 'LimitExceededError'
  }
}

/** `RATE_LIMITED`: too much was asked for in a while. The SDK has waited and tried again already where `timeoutMs` allowed it. */
export class RateLimitError extends BuildRunnerError {
  /** When asking is worth while again. */
  get resetAt(): Date | undefined {
    const resetAt = text(this.details['resetAt'])
    return resetAt === undefined ? undefined : new Date(resetAt)
  }

  /** How long the server asked to wait, in milliseconds. */
  get retryAfterMs(): number | undefined {
    return number(this.details['retryAfterMs'])
  }

  override get name(): string {
    return 'RateLimitError'
  }
}

/** `PLAN_LIMIT_REACHED`: the organisation's plan does not hold more of this. */
export class PlanLimitError extends BuildRunnerError {
  /** What is used up: `projects`, `members`, ... */
  get limit(): string | undefined {
    return text(this.details['limit'])
  }

  /** The plan that would allow it. */
  get upgradeTo(): string | undefined {
    return text(this.details['upgradeTo'])
  }

  override get name(): string {
    return 'PlanLimitError'
  }
}

/** `INTERNAL`: an unexpected fault of the server. Report it with the `requestId`. */
export class ServerError extends BuildRunnerError {
  override get name(): string {
    return 'ServerError'
  }
}

/** `SERVICE_UNAVAILABLE`: the server cannot serve this now. The SDK has retried already where that was safe. */
export class ServiceUnavailableError extends ServerError {
  /** How long the server asked to wait, in milliseconds. */
  get retryAfterMs(): number | undefined {
    return number(this.details['retryAfterMs'])
  }

  override get name(): string {
    return 'ServiceUnavailableError'
  }
}

/**
 * `READ_ONLY`: the server's primary database is away. It answers queries from a replica, and changes nothing; it leaves this mode
 * by itself. The change was not carried out: keep it, and try again.
 */
export class ReadOnlyError extends ServiceUnavailableError {
  override get name(): string {
    return 'ReadOnlyError'
  }
}

/** `CIRCUIT_OPEN`: what was called has failed too often in a row, and is left alone for a while. Nothing was sent. */
export class CircuitOpenError extends BuildRunnerError {
  /** How long until it is tried again, in milliseconds. */
  get retryAfterMs(): number | undefined {
    return number(this.details['retryAfterMs'])
  }

  override get name(): string {
    return 'CircuitOpenError'
  }
}

/**
 * The server does not execute this document: `GRAPHQL_PARSE_FAILED` and `GRAPHQL_VALIDATION_FAILED` say what is wrong with it,
 * `DOCUMENT_UNKNOWN` that the server is older than this version of the SDK (give the client `documents`), `DOCUMENT_NOT_TRUSTED`
 * that it takes no text from this API key.
 */
export class DocumentError extends BuildRunnerError {
  override get name(): string {
    return 'DocumentError'
  }
}

/** `BAD_USER_INPUT` or `BAD_REQUEST`: a variable or an option is missing or of the wrong type. */
export class InputError extends BuildRunnerError {
  override get name(): string {
    return 'InputError'
  }
}

/** `INVALID_CONFIGURATION`: an option of the client or a `BUILDRUNNER_*` variable is wrong. Nothing was sent. */
export class ConfigurationError extends BuildRunnerError {
  override get name(): string {
    return 'ConfigurationError'
  }
}

/** `TIMEOUT`: the call did not end within `timeoutMs`, retries included. Whether a mutation was carried out is not known. */
export class TimeoutError extends BuildRunnerError {
  override get name(): string {
    return 'TimeoutError'
  }
}

/** `ABORTED`: the caller's signal, or `cancel()`, ended the call. */
export class AbortedError extends BuildRunnerError {
  override get name(): string {
    return 'AbortedError'
  }
}

/** `NETWORK`: no answer arrived. */
export class NetworkError extends BuildRunnerError {
  override get name(): string {
    return 'NetworkError'
  }
}

/** `BAD_RESPONSE`: what answered is not a BuildRunner server, or something between changed the answer. */
export class ResponseError extends BuildRunnerError {
  /** The HTTP status. */
  get status(): number | undefined {
    return number(this.details['status'])
  }

  override get name(): string {
    return 'ResponseError'
  }
}

/** @internal */
export const CLASSES: ReadonlyMap<string, typeof BuildRunnerError> = new Map<string, typeof BuildRunnerError>([
  ['UNAUTHENTICATED', UnauthenticatedError],
  ['FORBIDDEN', ForbiddenError],
  ['MFA_REQUIRED', ForbiddenError],
  ['ORGANISATION_REQUIRED', ForbiddenError],
  ['SESSION_REQUIRED', SignInError],
  ['INVALID_CREDENTIALS', SignInError],
  ['ACCOUNT_LOCKED', SignInError],
  ['CODE_INVALID', SignInError],
  ['LINK_INVALID', SignInError],
  ['NOT_FOUND', NotFoundError],
  ['VALIDATION_FAILED', ValidationError],
  ['ALREADY_EXISTS', AlreadyExistsError],
  ['CONFLICT', ConflictError],
  ['IDEMPOTENCY_CONFLICT', IdempotencyConflictError],
  ['POLICY_REFUSED', PolicyError],
  ['APPROVAL_REQUIRED', ApprovalRequiredError],
  ['LIMIT_EXCEEDED', LimitExceededError],
  ['RATE_LIMITED', RateLimitError],
  ['PLAN_LIMIT_REACHED', PlanLimitError],
  ['SERVICE_UNAVAILABLE', ServiceUnavailableError],
  ['READ_ONLY', ReadOnlyError],
  ['CIRCUIT_OPEN', CircuitOpenError],
  ['INTERNAL', ServerError],
  ['GRAPHQL_PARSE_FAILED', DocumentError],
  ['GRAPHQL_VALIDATION_FAILED', DocumentError],
  ['DOCUMENT_UNKNOWN', DocumentError],
  ['DOCUMENT_NOT_TRUSTED', DocumentError],
  ['BAD_USER_INPUT', InputError],
  ['BAD_REQUEST', InputError],
  ['INVALID_CONFIGURATION', ConfigurationError],
  ['TIMEOUT', TimeoutError],
  ['ABORTED', AbortedError],
  ['NETWORK', NetworkError],
  ['BAD_RESPONSE', ResponseError],
])

/** The error of a code, in the class made for it. */
export const errorOf = (init: BuildRunnerErrorInit): BuildRunnerError => new (CLASSES.get(init.code) ?? BuildRunnerError)(init)

/** One entry of a GraphQL answer's `errors`. */
export function errorFromGraphQL(entry: unknown, requestId: string | undefined): BuildRunnerError {
  const { message, path, extensions } = record(entry)
  const { code, path: input, requestId: known, ...details } = record(extensions)
  const reason = text(message) ?? 'The server named no reason.'
  return errorOf({ code: text(code) ?? 'UNKNOWN', message: reason, path: places(input) ?? places(path), requestId: text(known) ?? requestId, details })
}

/** The error that a mutation answered instead of its payload. */
export function errorFromMember(value: unknown, requestId: string | undefined): BuildRunnerError {
  const { __typename, code, message, path, ...details } = record(value)
  const missing = `The server answered ${text(__typename)}, which this version of the SDK does not know.`
  return errorOf({ code: text(code) ?? 'UNKNOWN', message: text(message) ?? missing, path: places(path), requestId, details })
}

/** `value` when it is an object, else an empty one: remote data is never trusted to have a shape. */
export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const list = <Item>(value: unknown): readonly Item[] => (Array.isArray(value) ? (value as Item[]) : [])
const places = (value: unknown): (string | number)[] | undefined =>
  Array.isArray(value) ? value.filter((item): item is string | number => typeof item === 'string' || typeof item === 'number') : undefined
