/** The root entry of @buildrunner/sdk. It reaches no built-in module of Node, no zod and no graphql. */
export type * from './_generated/index.ts'
export { BuildRunnerSDK } from './client.ts'
export type { BuildRunnerOptions, WebSocketConstructor } from './config.ts'
export type { Plan, PlanChange } from './domain/plans/types.ts'
export {
  AbortedError,
  AlreadyExistsError,
  BuildRunnerError,
  ConfigurationError,
  ConflictError,
  DocumentError,
  ForbiddenError,
  IdempotencyConflictError,
  InputError,
  InternalError,
  LimitExceededError,
  NetworkError,
  NotFoundError,
  PolicyError,
  ResponseError,
  ServiceUnavailableError,
  TimeoutError,
  UnauthenticatedError,
  ValidationError,
} from './errors.ts'
export type { BuildRunnerErrorInit } from './errors.ts'
export { ListRequest, Request } from './request.ts'
export type { CallOptions, Result, UnknownMember } from './request.ts'
export { Subscription } from './subscription.ts'
export type { SubscribeOptions } from './subscription.ts'
