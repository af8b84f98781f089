import { BuildRunnerError } from '../errors.ts'

/**
 * Why a delivery was refused.
 *
 * - `WEBHOOK_SECRET_INVALID`, `WEBHOOK_BODY_NOT_RAW`, `WEBHOOK_OPTION_INVALID`: the receiver's own program is at fault. Answer 500.
 * - `WEBHOOK_HEADER_MISSING`, `WEBHOOK_TIMESTAMP_INVALID`, `WEBHOOK_SIGNATURE_INVALID`: this is no Standard Webhooks delivery. Answer 400.
 * - `WEBHOOK_TIMESTAMP_TOO_OLD`, `WEBHOOK_TIMESTAMP_TOO_NEW`: a replay, or a clock that is wrong. Answer 400.
 * - `WEBHOOK_SIGNATURE_MISMATCH`: another secret, or something between changed the body. Answer 401.
 * - `WEBHOOK_PAYLOAD_INVALID`: it is signed, but holds no event. Answer 400.
 */
export type WebhookErrorCode =
  | 'WEBHOOK_SECRET_INVALID'
  | 'WEBHOOK_BODY_NOT_RAW'
  | 'WEBHOOK_OPTION_INVALID'
  | 'WEBHOOK_HEADER_MISSING'
  | 'WEBHOOK_TIMESTAMP_INVALID'
  | 'WEBHOOK_TIMESTAMP_TOO_OLD'
  | 'WEBHOOK_TIMESTAMP_TOO_NEW'
  | 'WEBHOOK_SIGNATURE_INVALID'
  | 'WEBHOOK_SIGNATURE_MISMATCH'
  | 'WEBHOOK_PAYLOAD_INVALID'

/**
 * A delivery that must not be trusted, or a receiver that cannot verify one. It holds neither a secret nor the body.
 *
 * @example
 * ```ts
 * try {
 *   await unwrap(body, headers, secret)
 * } catch (error) {
 *   if (error instanceof WebhookError && error.code === 'WEBHOOK_TIMESTAMP_TOO_OLD') console.warn('a replay?')
 *   else throw error
 * }
 * ```
 */
export class WebhookError extends BuildRunnerError {
  /** Stable; switch on it. */
  declare readonly code: WebhookErrorCode

  /** @internal */
  constructor(code: WebhookErrorCode, message: string) {
    super({ code, message })
  }

  override get name(): string {
    return 'WebhookError'
  }
}
