/** Links that are mailed, and what stands between two steps of signing in: single-use tokens of which the database has a hash. */
import { hash, randomBytes } from 'node:crypto'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import type { AuthStore } from './store.ts'

/** What a token is for, and how long it holds. */
export const VALID_MS = { verify: 24 * 3_600_000, reset: 3_600_000, 'second-factor': 10 * 60_000 } as const
export type Purpose = keyof typeof VALID_MS

const USER_BYTES = 16
const SECRET_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{64}$/

export interface Link {
  readonly userId: string
  readonly identifier: string
}

const identify = (purpose: Purpose, userId: string, secret: Buffer): Link => ({ userId, identifier: `${purpose}:${userId}:${hash('sha256', secret)}` })

/** What a token names; null when it is none. Who it belongs to is part of it, so that a used one can be recorded. */
export function readToken(purpose: Purpose, token: string): Link | null {
  if (!TOKEN.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  const hex = bytes.toString('hex', 0, USER_BYTES)
  const userId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return identify(purpose, userId, bytes.subarray(USER_BYTES))
}

const PURGE = statement('link:purge', `DELETE FROM verifications WHERE expires_at < $1::timestamptz - interval '7 days'`)

/** Makes a token and what the database keeps of it. */
export async function issueLink(db: Database, store: AuthStore, { purpose, userId, value, now }: { purpose: Purpose; userId: string; value: object; now: Date }): Promise<string> {
  const secret = randomBytes(SECRET_BYTES)
  const { identifier } = identify(purpose, userId, secret)
  await store.createVerificationValue({ identifier, value: JSON.stringify(value), expiresAt: new Date(now.getTime() + VALID_MS[purpose]), createdAt: now })
  await db.query(PURGE, [now])
  return Buffer.concat([Buffer.from(userId.replaceAll('-', ''), 'hex'), secret]).toString('base64url')
}

const DROP = statement('link:drop', `DELETE FROM verifications WHERE identifier LIKE $1::text || ':%'`)
const NEWEST = statement<{ value: string }>('link:newest', `SELECT value FROM verifications WHERE identifier LIKE $1::text || ':%' ORDER BY created_at DESC LIMIT 1`)
const PEEK = statement<{ value: string }>('link:peek', 'SELECT value FROM verifications WHERE identifier = $1::text AND expires_at > $2::timestamptz')

/** What a link would bring about; null when it is used or has expired. */
export async function peekLink<Value>(db: Database, { identifier }: Link, now: Date): Promise<Value | null> {
  const [row] = await db.query(PEEK, [identifier, now])
  return row === undefined ? null : (JSON.parse(row.value) as Value)
}

/** Uses a link, and so all of its purpose: what it brings about, or null when it is used or has expired; an expired one can be sent again. */
export async function useLink<Value>(db: Database, store: AuthStore, link: Link, now: Date): Promise<Value | null> {
  if ((await peekLink(db, link, now)) === null) return null
  const row = await store.consumeVerificationValue(link.identifier)
  if (row === null) return null
  await dropLinks(db, link.identifier.split(':', 1)[0] as Purpose, link.userId)
  return JSON.parse(row.value) as Value
}

export async function dropLinks(db: Database, purpose: Purpose, userId: string): Promise<void> {
  await db.query(DROP, [`${purpose}:${userId}`])
}

/** What the newest link of a purpose brings about, even when it has expired. */
export async function newestLink<Value>(db: Database, purpose: Purpose, userId: string): Promise<Value | null> {
  const [row] = await db.query(NEWEST, [`${purpose}:${userId}`])
  return row === undefined ? null : (JSON.parse(row.value) as Value)
}
