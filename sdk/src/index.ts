/** The root entry of @buildrunner/sdk. It reaches no built-in module of Node, no zod and no graphql. */
export type * from './_generated/index.ts'
export * from './_generated/schema.ts'
export type { ImpersonationBanner, PolicyWarning, RateLimit, ServerMode } from './answer.ts'
export type { AuditTools, ExportAuditOptions, VerifyAuditOptions } from './audit.ts'
export { Client } from './client.ts'
export type { AttemptInfo, BuildRunnerOptions, WebSocketConstructor } from './config.ts'
export type { GivenVariables, TypedDocument } from './document.ts'
export type { AuditKey } from './domain/audit/checkpoint.ts'
export type { AuditPin, AuditReport, Finding, FindingKind } from './domain/audit/report.ts'
export type { AuditProgress } from './domain/audit/verify.ts'
export type { Plan, PlanChange } from './domain/plans/types.ts'
export {
  AbortedError,
  AlreadyExistsError,
  ApprovalRequiredError,
  BuildRunnerError,
  CircuitOpenError,
  ConfigurationError,
  ConflictError,
  DocumentError,
  ForbiddenError,
  IdempotencyConflictError,
  InputError,
  LimitExceededError,
  NetworkError,
  NotFoundError,
  PlanLimitError,
  PolicyError,
  RateLimitError,
  ReadOnlyError,
  ResponseError,
  ServerError,
  ServiceUnavailableError,
  SignInError,
  TimeoutError,
  UnauthenticatedError,
  ValidationError,
} from './errors.ts'
export type { BuildRunnerErrorInit } from './errors.ts'
export type { JoinPresenceOptions, PresenceChange, PresenceTools } from './presence.ts'
export type { PresenceSession } from './presence-session.ts'
export { ListRequest, Request } from './request.ts'
export type { CallOptions, Result, UnknownMember } from './request.ts'
export { BuildRunnerSDK } from './sdk.ts'
export { Subscription } from './subscription.ts'
export type { SubscribeOptions } from './subscription.ts'
