import { bytesOf, importSecrets, signedContent, toBase64 } from './signature.ts'
import type { WebhookBody, WebhookSecret } from './signature.ts'

/** Options of {@link sign}. */
export interface SignOptions {
  /**
   * Names the delivery: the same for every attempt to deliver it.
   *
   * @defaultValue `msg_` and a random UUID
   */
  id?: string | undefined
  /**
   * When it is sent, in milliseconds since 1970; the header has whole seconds.
   *
   * @defaultValue `Date.now()`
   */
  sentAtMs?: number | undefined
}

/** The headers of a signed delivery. */
export interface WebhookHeaders extends Record<string, string> {
  /** Names the delivery; receivers remember it, so that a delivery that arrives twice counts once. */
  'webhook-id': string
  /** Seconds since 1970. */
  'webhook-timestamp': string
  /** `v1,` and base64; with several secrets, one for each, parted by spaces. */
  'webhook-signature': string
}

/**
 * Signs a body as the server does, for tests of a receiver.
 *
 * @param body - What is sent, unchanged.
 * @param secret - One signature is made with each.
 * @returns the headers to send beside the body
 * @throws WebhookError `WEBHOOK_SECRET_INVALID`, `WEBHOOK_BODY_NOT_RAW`
 *
 * @example
 * ```ts
 * const body = JSON.stringify({ type: event.kind, timestamp: event.createdAt, data: event })
 * await fetch('http://localhost:4100/', { method: 'POST', body, headers: await sign(body, secret) })
 * ```
 */
export async function sign(body: WebhookBody, secret: WebhookSecret, options: SignOptions = {}): Promise<WebhookHeaders> {
  const keys = await importSecrets(secret)
  const id = options.id ?? `msg_${crypto.randomUUID()}`
  const timestamp = String(Math.floor((options.sentAtMs ?? Date.now()) / 1_000))
  const content = signedContent(id, timestamp, bytesOf(body))
  const signatures = await Promise.all(keys.map((key) => crypto.subtle.sign('HMAC', key, content)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.map((signature) => `v1,${toBase64(signature)}`).join(' ') }
}
