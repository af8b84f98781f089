/**
 * The entry `@buildrunner/sdk/webhooks`: deliveries signed after Standard Webhooks, verified with Web Crypto alone; and the functions
 * of `client.webhooks`, which says where to the server sends them.
 *
 * @module
 */
export * from '../_generated/functions/webhooks.ts'
export type {
  PlanChangedEvent, ProjectArchivedEvent, ProjectCreatedEvent, ProjectFields, ProjectRestoredEvent, ProjectUpdatedEvent, UnknownEvent, WebhookEvent,
} from './events.ts'
export { WebhookError } from './error.ts'
export type { WebhookErrorCode } from './error.ts'
export { sign } from './sign.ts'
export type { SignOptions, WebhookHeaders } from './sign.ts'
export type { WebhookBody, WebhookSecret } from './signature.ts'
export { unwrap } from './unwrap.ts'
export type { HeadersLike, UnwrapOptions } from './unwrap.ts'
