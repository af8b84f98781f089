/**
 * API keys: `br_<prefix>_<secret>`. The prefix finds the row; the whole key is compared with a bcrypt hash.
 *
 * bcrypt is slow on purpose, so a key that passed is remembered under a digest keyed with a secret of this process: the
 * memory never holds the key. Whether the row still stands is asked again at least once a second, in every process.
 */
import { hash, randomBytes } from 'node:crypto'
import bcrypt from 'bcryptjs'
import type { Actor, Clock } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import type { CredentialVerifier } from './credentials.ts'
import { STANDING_COLUMNS, standingJoin, standingOf } from './standing.ts'
import type { StandingRow } from './standing.ts'
import { createWatch } from './watch.ts'

/** bcrypt's cost of a new key: 2^10 rounds. What is stored tells its own. */
export const KEY_HASH_COST = 10
const ROW_FRESH_MS = 1_000
const MEMORY_MS = 10 * 60_000
const MAX_REMEMBERED = 10_000
const KEY = /^br_([a-z0-9]{8})_[A-Za-z0-9_-]{32}$/
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

export interface NewApiKey {
  /** Shown once. */
  readonly key: string
  readonly prefix: string
  readonly hash: string
}

/** @param cost - bcrypt's, 4 to 31. Tests take the lowest. */
export async function newApiKey(cost = KEY_HASH_COST): Promise<NewApiKey> {
  // 252 is the largest multiple of 36 in a byte: larger values would favour the first letters
  const letters: string[] = []
  while (letters.length < 8) for (const byte of randomBytes(16)) if (byte < 252 && letters.length < 8) letters.push(ALPHABET[byte % 36] as string)
  const prefix = letters.join('')
  const key = `br_${prefix}_${randomBytes(24).toString('base64url')}`
  return { key, prefix, hash: await bcrypt.hash(key, cost) }
}

interface KeyRow extends StandingRow {
  id: string
  organisation_id: string
  user_id: string
  project_id: string | null
  scopes: string[]
}

interface FoundRow extends KeyRow {
  key_hash: string
  valid: boolean
}

const COLUMNS = `k.id, k.organisation_id, k.user_id, k.project_id, k.scopes, ${STANDING_COLUMNS}`
const VALID = 'k.enabled AND (k.expires_at IS NULL OR k.expires_at > $2::timestamptz)'
const FIND = statement<FoundRow>('key:find', `SELECT ${COLUMNS}, k.key_hash, ${VALID} AS valid FROM api_keys k ${standingJoin('k')} WHERE k.key_prefix = $1::text`)
const STANDING = statement<KeyRow>('key:standing', `SELECT ${COLUMNS} FROM api_keys k ${standingJoin('k')} WHERE k.id = ANY($1::uuid[]) AND ${VALID}`)
const TOUCH = statement('key:touch', `UPDATE api_keys SET last_used_at = $2::timestamptz WHERE id = $1::uuid AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`)

interface Remembered {
  readonly hash: string
  readonly verifiedAt: number
  /** When the row was last read, and what it said. */
  readAt: number
  actor: KeyActor | null
  touchedAt: number
  /** The row is being read: whoever comes meanwhile waits for the same. */
  reading: Promise<KeyActor | null> | undefined
}

const actorOf = (row: KeyRow): KeyActor => ({
  userId: row.user_id, organisationId: row.organisation_id, apiKeyId: row.id, sessionId: null, projectId: row.project_id, scopes: new Set(row.scopes), impersonator: null, restriction: null,
  ...standingOf(row),
})

type KeyActor = Actor & { readonly apiKeyId: string }

export function createKeyVerifier(db: Database, clock: Clock): CredentialVerifier {
  const secret = randomBytes(32).toString('base64')
  const remembered = new Map<string, Remembered>()
  const comparisons = new Map<string, Promise<Remembered | null>>()

  async function read(prefix: string, now: Date): Promise<FoundRow | null> {
    const [row] = await db.query(FIND, [prefix, now])
    return row !== undefined && row.valid ? row : null
  }

  /** Notes the use of a key at most once a minute, and never makes a request wait for it. */
  function touch(entry: Remembered, now: Date): void {
    if (entry.actor === null || now.getTime() - entry.touchedAt < 60_000) return
    entry.touchedAt = now.getTime()
    db.query(TOUCH, [entry.actor.apiKeyId, now]).catch(() => {
      entry.touchedAt = 0
    })
  }

  async function readAgain(entry: Remembered, prefix: string, now: Date): Promise<KeyActor | null> {
    const row = await read(prefix, now)
    return row !== null && row.key_hash === entry.hash ? actorOf(row) : null
  }

  async function refresh(entry: Remembered, prefix: string, now: Date): Promise<KeyActor | null> {
    const reading = (entry.reading = readAgain(entry, prefix, now))
    try {
      const actor = await reading
      // forgotten meanwhile: what was read is older than that
      if (entry.reading === reading) Object.assign(entry, { actor, readAt: now.getTime() })
      return actor
    } finally {
      if (entry.reading === reading) entry.reading = undefined
    }
  }

  async function compare(key: string, prefix: string, digest: string, now: Date): Promise<Remembered | null> {
    const row = await read(prefix, now)
    if (row === null || !(await bcrypt.compare(key, row.key_hash))) return null
    const fresh: Remembered = { hash: row.key_hash, verifiedAt: now.getTime(), readAt: now.getTime(), actor: actorOf(row), touchedAt: 0, reading: undefined }
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
    remembered.set(digest, fresh)
    return fresh
  }

  return {
    watch: createWatch({ idOf: (actor) => actor.apiKeyId as string, read: (ids) => db.query(STANDING, [ids, clock.now()]), actorOf }),
    forget(id) {
      for (const entry of remembered.values()) if (entry.actor?.organisationId === id) Object.assign(entry, { readAt: 0, reading: undefined })
    },
    async verify(key) {
      const prefix = KEY.exec(key)?.[1]
      if (prefix === undefined) return null
      const now = clock.now()
      // a prefix is enough of a MAC here: no digest ever leaves this map
      const digest = hash('sha256', secret + key, 'base64')
      const entry = remembered.get(digest)
      if (entry !== undefined && now.getTime() - entry.verifiedAt < MEMORY_MS) {
        const actor = now.getTime() - entry.readAt < ROW_FRESH_MS ? entry.actor : await (entry.reading ?? refresh(entry, prefix, now))
        touch(entry, now)
        return actor
      }
      // whoever sends the key meanwhile waits for the same comparison: after a restart all its sockets come at once
      let comparing = comparisons.get(digest)
      if (comparing === undefined) comparisons.set(digest, (comparing = compare(key, prefix, digest, now).finally(() => comparisons.delete(digest))))
      const fresh = await comparing
      if (fresh === null) return null
      touch(fresh, now)
      return fresh.actor
    },
  }
}
