/** Verifies a delivery and reads its event. */
import { record } from '../errors.ts'
import { WebhookError } from './error.ts'
import type { WebhookEvent } from './events.ts'
import { bytesOf, fromBase64, importSecrets, signedContent } from './signature.ts'
import type { WebhookBody, WebhookSecret } from './signature.ts'

/** A `Headers` object, or a record with names in any case, such as Node's `request.headers`. */
export type HeadersLike = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** Options of {@link unwrap}. */
export interface UnwrapOptions {
  /**
   * How far the delivery's timestamp may lie in the past or in the future, in milliseconds.
   *
   * @defaultValue 300000
   */
  toleranceMs?: number | undefined
  /**
   * The time, in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  now?: (() => number) | undefined
}

const TOLERANCE_MS = 300_000
/** Whoever sends may choose how many signatures there are, and each costs a hash over the whole body. */
const MAX_SIGNATURES = 16
const SHA256_BYTES = 32

/**
 * Verifies a delivery after Standard Webhooks and answers its event. Nothing of the body is read before its signature is found right.
 *
 * @remarks A delivery can arrive more than once: remember its `webhook-id` header, which the signature covers, for as long as
 * the tolerance and the retries last. Comparing takes the same time wherever two signatures differ.
 *
 * @param body - The raw text or bytes, as they arrived; never a parsed object.
 * @param headers - The request's headers.
 * @param secret - The endpoint's secret; several while one replaces another: any of them may have signed.
 * @throws WebhookError with a code for each cause
 *
 * @example
 * ```ts
 * const event = await unwrap(await request.text(), request.headers, 'whsec_...')
 * if (event.kind === 'plan.changed') console.log(event.projectId, event.data.changes.length)
 * ```
 * @see https://www.standardwebhooks.com
 */
export async function unwrap(body: WebhookBody, headers: HeadersLike, secret: WebhookSecret, options: UnwrapOptions = {}): Promise<WebhookEvent> {
  const keys = await importSecrets(secret)
  const bytes = bytesOf(body)
  const id = header(headers, 'webhook-id')
  const timestamp = header(headers, 'webhook-timestamp')
  const signatures = readSignatures(header(headers, 'webhook-signature'))
  checkTimestamp(timestamp, options)
  const content = signedContent(id, timestamp, bytes)
  for (const key of keys) {
    for (const signature of signatures) if (await crypto.subtle.verify('HMAC', key, signature, content)) return readEvent(bytes)
  }
  throw new WebhookError('WEBHOOK_SIGNATURE_MISMATCH', 'No signature belongs to this body and secret. Check the secret, and that nothing changed the body on its way.')
}

function header(headers: HeadersLike, name: string): string {
  const value = typeof record(headers)['get'] === 'function' ? (headers as Headers).get(name) : inAnyCase(record(headers), name)
  if (value) return value
  throw new WebhookError('WEBHOOK_HEADER_MISSING', `The header ${name} is missing. Pass on the headers of the request as they arrived.`)
}

function inAnyCase(headers: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = headers[Object.keys(headers).find((key) => key.toLowerCase() === name) ?? name]
  return Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : undefined
}

/** The signatures of scheme `v1`; those of other schemes are for other receivers. */
function readSignatures(header: string): Uint8Array<ArrayBuffer>[] {
  const entries = header.split(/\s+/).filter((entry) => entry.startsWith('v1,'))
  const signatures = entries.map((entry) => fromBase64(entry.slice('v1,'.length))).filter((bytes) => bytes?.length === SHA256_BYTES)
  if (signatures.length > 0 && entries.length <= MAX_SIGNATURES) return signatures as Uint8Array<ArrayBuffer>[]
  const fault = entries.length > MAX_SIGNATURES ? `more than ${MAX_SIGNATURES} signatures` : 'no signature of the form v1,<base64>'
  throw new WebhookError('WEBHOOK_SIGNATURE_INVALID', `The header webhook-signature holds ${fault}.`)
}

function checkTimestamp(text: string, { toleranceMs = TOLERANCE_MS, now = Date.now }: UnwrapOptions): void {
  if (!(toleranceMs >= 0)) throw new WebhookError('WEBHOOK_OPTION_INVALID', `toleranceMs must be 0 or more, and is ${toleranceMs}.`)
  if (!/^\d{1,12}$/.test(text)) throw new WebhookError('WEBHOOK_TIMESTAMP_INVALID', 'The header webhook-timestamp must be whole seconds since 1970.')
  const lateMs = now() - Number(text) * 1_000
  // The header has whole seconds: what was sent this second may look up to one older than it is. A clock that answers NaN refuses.
  if (!(lateMs < toleranceMs + 1_000)) throw new WebhookError('WEBHOOK_TIMESTAMP_TOO_OLD', `The delivery is ${seconds(lateMs)} old. ${CLOCK}`)
  if (!(-lateMs <= toleranceMs)) throw new WebhookError('WEBHOOK_TIMESTAMP_TOO_NEW', `The delivery is dated ${seconds(-lateMs)} ahead. ${CLOCK}`)
}

const CLOCK = 'It may be a replay; or check the clock of this machine.'
const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

const TEXTS = ['kind', 'projectId', 'actor', 'origin', 'requestId', 'createdAt'] as const

/** The body is `{ type, timestamp, data }`; `data` is the event. What its own `data` holds follows from `kind` and `version`. */
function readEvent(bytes: Uint8Array): WebhookEvent {
  let event: Readonly<Record<string, unknown>>
  try {
    event = record(record(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))['data'])
  } catch {
    // What JSON.parse throws quotes the body.
    throw new WebhookError('WEBHOOK_PAYLOAD_INVALID', 'The delivery is signed, but its body is not JSON in UTF-8.')
  }
  const fault = TEXTS.find((name) => typeof event[name] !== 'string') ?? ['sequence', 'version'].find((name) => !Number.isInteger(event[name]))
  if (fault) throw new WebhookError('WEBHOOK_PAYLOAD_INVALID', `The delivery is signed, but its body is no event: ${fault} is missing or of another type.`)
  return event as unknown as WebhookEvent
}
