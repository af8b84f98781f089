/**
 * The signature of Standard Webhooks (https://www.standardwebhooks.com), scheme `v1`: HMAC-SHA256 over
 * `<webhook-id>.<webhook-timestamp>.<body>`, in base64. The body goes in as the bytes that travelled: JSON that was parsed
 * and printed again is another text, and another signature.
 */
import { WebhookError } from './error.ts'

/** A body as it travelled. A parsed object is refused. */
export type WebhookBody = string | Uint8Array | ArrayBuffer

/** `whsec_` and base64; several while a secret is being replaced. */
export type WebhookSecret = string | readonly string[]

const encoder = new TextEncoder()

/** @throws WebhookError `WEBHOOK_BODY_NOT_RAW` */
export function bytesOf(body: WebhookBody): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return encoder.encode(body)
  if (body instanceof Uint8Array) return new Uint8Array(body)
  // A buffer of another realm (a test runner's, a worker's) is no instance of this one's class.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body)
  const remedy = 'Read it before anything parses it: await request.text(), express.raw({ type: "application/json" }), or the bytes of the stream.'
  throw new WebhookError('WEBHOOK_BODY_NOT_RAW', `The body must be the raw text or bytes of the request, and is ${describe(body)}. ${remedy}`)
}

const describe = (value: unknown): string => (value === null || value === undefined ? String(value) : typeof value === 'object' ? 'a parsed object' : `a ${typeof value}`)

/** What is signed. */
export function signedContent(id: string, timestamp: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(`${id}.${timestamp}.`)
  const content = new Uint8Array(head.length + body.length)
  content.set(head)
  content.set(body, head.length)
  return content
}

/** Named by what makes it: the type's own name is global in browsers only. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** The keys of all secrets. @throws WebhookError `WEBHOOK_SECRET_INVALID`, which never shows the secret */
export function importSecrets(secret: WebhookSecret): Promise<Key[]> {
  const secrets = typeof secret === 'string' ? [secret] : Array.isArray(secret) ? (secret as readonly unknown[]) : []
  if (secrets.length === 0) throw invalidSecret('there is none')
  return Promise.all(secrets.map(importSecret))
}

function importSecret(secret: unknown): Promise<Key> {
  if (typeof secret !== 'string') throw invalidSecret('it is no text')
  const bytes = fromBase64(secret.replace(/^whsec_/, ''))
  if (bytes === undefined) throw invalidSecret('it is not base64')
  if (bytes.length === 0) throw invalidSecret('it is empty')
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

const invalidSecret = (reason: string): WebhookError =>
  new WebhookError('WEBHOOK_SECRET_INVALID', `The secret cannot be used: ${reason}. It begins with whsec_ and goes on in base64; copy it again.`)

/** The bytes of a base64 text, or undefined when it is none. `atob` alone would overlook white space in it. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

export const toBase64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))
