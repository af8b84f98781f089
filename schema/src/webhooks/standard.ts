/**
 * Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): what is sent, how
 * it is signed, when it is tried again.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { StoredEvent } from '../events/reader.ts'
import { encodeNodeId } from '../shared/ids.ts'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/** HMAC-SHA256 over id, time and body, in base64. */
const signature = (secret: string, content: string): string => `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(content).digest('base64')}`

/**
 * Headers of one attempt.
 *
 * @param id names the delivery: the same for every attempt
 * @param secrets one signature for each: two while one replaces the other
 */
export function signedHeaders(id: string, body: string, secrets: readonly string[], now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)).join(' ') }
}

/** The event as the API shows it, and the project in whose stream it stands. */
export function standardBody(event: StoredEvent, projectId: string): string {
  const { sequence, kind, version, actor, origin, requestId, data } = event
  const createdAt = new Date(event.createdAt).toISOString()
  const shown = { sequence, kind, version, projectId: encodeNodeId('Project', projectId), actor: encodeNodeId('User', actor), origin, requestId, createdAt, data }
  return JSON.stringify({ type: kind, timestamp: createdAt, data: shown })
}

/** Seconds before each further attempt, as the specification suggests; it begins with an attempt at once. Three days in all. */
const RETRY_SECONDS = [5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 20 * 3_600, 24 * 3_600]
/** The part of a wait that chance adds to it: what failed together must not come back together. */
const JITTER = 0.1

/** Milliseconds until the next attempt after so many; null after the last. @param random from 0 to 1 */
export function waitAfter(attempts: number, random: number): number | null {
  const seconds = RETRY_SECONDS[attempts - 1]
  return seconds === undefined ? null : Math.round(seconds * 1_000 * (1 + JITTER * random))
}

const MAX_RETRY_AFTER_MS = 24 * 3_600_000

/** What a `Retry-After` (RFC 9110) asks for: seconds, or a date. At most a day counts, so that no receiver puts off for good. */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS)
}
