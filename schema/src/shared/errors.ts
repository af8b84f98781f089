/** Errors of the domains: each has a stable code. They become members of a mutation's union, or request errors. */
import type { PlanConflict, PlanProblem } from '@buildrunner/sdk/plans'
import type { Restriction } from '../context.ts'
import type { Tier } from './operator-policy.ts'

export const ERROR_CODES = {
  UNAUTHENTICATED: 'The request carries no key or session, or one that is unknown, revoked or expired.',
  FORBIDDEN: 'The key or the role may not do this; the error names the permission that is missing.',
  MFA_REQUIRED: 'The organisation asks for a second factor, and the session was opened without one.',
  ORGANISATION_REQUIRED: 'The session works in no organisation.',
  SESSION_REQUIRED: 'Only a person who has signed in may do this: an API key may not, and nobody for somebody else.',
  INVALID_CREDENTIALS: 'E-mail address and password do not belong together, or the address was not verified.',
  ACCOUNT_LOCKED: 'Signing in failed too often in a row; `lockedUntil` says when it is possible again.',
  CODE_INVALID: 'The code of the second factor is wrong, was used before, or came too late.',
  LINK_INVALID: 'The link is unknown, was used before or has expired.',
  NOT_FOUND: 'There is no such thing, or it belongs to someone else.',
  VALIDATION_FAILED: 'An input is at fault; `path` says which, `problems` lists the faults of a plan.',
  ALREADY_EXISTS: 'The name or id is taken.',
  CONFLICT: 'The thing changed since the caller read it.',
  IDEMPOTENCY_CONFLICT: 'The idempotency key was used before, with another request.',
  POLICY_REFUSED: 'A rule of the policy forbids it; the error names the rule.',
  APPROVAL_REQUIRED: 'A rule of the policy wants agreement to it; the error names the rule, who may agree, and the approval that waits, if there is one.',
  LIMIT_EXCEEDED: 'The operation is larger than the server accepts.',
  RATE_LIMITED: 'Too much was asked for in a while; `resetAt` says when asking is worth while again.',
  PLAN_LIMIT_REACHED: 'The plan of the organisation holds no more of this; `limit` names it, `upgradeTo` the plan that does.',
  GRAPHQL_PARSE_FAILED: 'The document is no GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  DOCUMENT_UNKNOWN: 'The server does not know a document of this id.',
  DOCUMENT_NOT_TRUSTED: 'The server executes only documents that it knows, and the key may not send others.',
  BAD_USER_INPUT: 'A variable is missing or of the wrong type.',
  BAD_REQUEST: 'The request is no GraphQL request.',
  SERVICE_UNAVAILABLE: 'The server cannot serve this now; trying again later can help.',
  READ_ONLY: 'The primary database is away: queries are answered from a replica, and nothing is changed. It passes by itself.',
  INTERNAL: 'An unexpected fault; the request id finds it in the log.',
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/** Base of every error a service throws on purpose. */
export class DomainError extends Error {
  readonly code: ErrorCode
  /** Where in the input the fault lies. Not named `path`: graphql-js takes an error with a path for one of its own. */
  readonly inputPath: readonly string[] | null
  constructor(code: ErrorCode, message: string, path: readonly string[] | null = null) {
    super(message)
    this.name = new.target.name
    this.code = code
    this.inputPath = path
  }
}

const RESTRICTIONS: Readonly<Record<Restriction, string>> = {
  MFA_REQUIRED: 'The organisation asks for a second factor. Enable one (br auth two-factor enable), or sign in again with its code.',
  ORGANISATION_REQUIRED: 'This session works in no organisation. Accept an invitation, or switch to an organisation that you are a member of.',
}

export class UnauthenticatedError extends DomainError {
  constructor(message = 'Send an API key or the token of a session: Authorization: Bearer ...') {
    super('UNAUTHENTICATED', message)
  }
}

/** Why nobody may do it in somebody else's name. */
export const IMPERSONATING = 'IMPERSONATING'
const NOT_FOR_OTHERS = "Nobody may do this in somebody else's name. End the impersonation first: br admin stop."

export class ForbiddenError extends DomainError {
  readonly permission: string
  /**
   * @param lacking the role that lacks it, or why the session may do nothing here; null when the scopes of the key do not cover it
   * @param message what else stands in the way
   */
  constructor(permission: string, lacking: string | null = null, message?: string) {
    const restriction = RESTRICTIONS[lacking as Restriction] as string | undefined
    super(restriction === undefined ? 'FORBIDDEN' : (lacking as Restriction), message ?? restriction ?? (lacking === null
      ? `This key lacks the permission ${permission}. Use a key that has it, or ask an administrator.`
      : lacking === IMPERSONATING ? NOT_FOR_OTHERS : `The permission ${permission} is missing: the role ${lacking} does not have it. Ask somebody who may give you another role.`))
    this.permission = permission
  }
}

/** Somebody did not prove who they are, or not in the way that this asks for. */
export class SignInError extends DomainError {
  readonly lockedUntil: Date | null
  constructor(code: 'INVALID_CREDENTIALS' | 'ACCOUNT_LOCKED' | 'CODE_INVALID' | 'LINK_INVALID' | 'SESSION_REQUIRED', message: string, path: readonly string[] | null = null, lockedUntil: Date | null = null) {
    super(code, message, path)
    this.lockedUntil = lockedUntil
  }
}

export class NotFoundError extends DomainError {
  constructor(what: string, id: string, path: readonly string[] | null = null) {
    super('NOT_FOUND', `There is no ${what} ${JSON.stringify(id)} that this key can see.`, path)
  }
}

export class ValidationError extends DomainError {
  readonly problems: readonly PlanProblem[]
  constructor(message: string, path: readonly string[] | null = null, problems: readonly PlanProblem[] = []) {
    super('VALIDATION_FAILED', message, path)
    this.problems = problems
  }
}

export class AlreadyExistsError extends DomainError {
  constructor(message: string, path: readonly string[] | null = null) {
    super('ALREADY_EXISTS', message, path)
  }
}

export class ConflictError extends DomainError {
  readonly conflicts: readonly PlanConflict[]
  constructor(message: string, conflicts: readonly PlanConflict[] = []) {
    super('CONFLICT', message)
    this.conflicts = conflicts
  }
}

export class IdempotencyConflictError extends DomainError {
  constructor(key: string) {
    super('IDEMPOTENCY_CONFLICT', `The idempotency key ${JSON.stringify(key)} was used for another request. Use a new key for a new request.`, ['idempotencyKey'])
  }
}

/** Why a rule refuses. */
export interface PolicyRefusal {
  readonly rule: string
  /** Of the rule in its policy file; null: a rule of the product. */
  readonly line: number | null
  readonly message: string
  /** What to do. */
  readonly remedy?: string | null
  /** What is missing, one sentence each. */
  readonly satisfiedBy?: readonly string[]
  /** True: agreement is all that is missing. */
  readonly needsApproval?: boolean
  /** UUID of the approval that waits for a decision. */
  readonly approvalId?: string | null
}

/** `POLICY_REFUSED`, or `APPROVAL_REQUIRED` where agreement is all that is missing. */
export class PolicyError extends DomainError {
  readonly rule: string
  readonly line: number | null
  readonly remedy: string | null
  readonly satisfiedBy: readonly string[]
  /** UUID. */
  readonly approvalId: string | null
  constructor(refusal: PolicyRefusal) {
    super(refusal.needsApproval === true ? 'APPROVAL_REQUIRED' : 'POLICY_REFUSED', refusal.message)
    this.rule = refusal.rule
    this.line = refusal.line
    this.remedy = refusal.remedy ?? null
    this.satisfiedBy = refusal.satisfiedBy ?? []
    this.approvalId = refusal.approvalId ?? null
  }
}

/** What the tier of an organisation limits. */
export type LimitName = 'seats' | 'members' | 'projects'

export class PlanLimitError extends DomainError {
  readonly limit: LimitName
  /** The tier that holds more; null when none does. */
  readonly upgradeTo: Tier | null
  /** @param message names the limit and the way out */
  constructor(limit: LimitName, upgradeTo: Tier | null, message: string) {
    super('PLAN_LIMIT_REACHED', message)
    this.limit = limit
    this.upgradeTo = upgradeTo
  }
}
