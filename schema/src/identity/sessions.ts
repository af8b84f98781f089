/**
 * Sessions: `bs_` and 32 random bytes. The token is shown once; the database has its SHA-256, which for 256 random bits is as
 * good as a slow hash. Whether the row still stands is asked at least once a second, in every process.
 */
import { PLATFORM } from '../audit/entry.ts'
import type { Actor, Clock, Restriction } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import type { OrganisationRole } from '../shared/permissions.ts'
import { hashToken } from '../shared/tokens.ts'
import type { CredentialVerifier } from './credentials.ts'
import { STANDING_COLUMNS, standingOf } from './standing.ts'
import type { Standing, StandingRow } from './standing.ts'
import { createWatch } from './watch.ts'

const FRESH_MS = 1_000
const TOUCH_MS = 60_000
const MAX_REMEMBERED = 10_000
const TOKEN = /^bs_[A-Za-z0-9_-]{43}$/

interface SessionRow extends Omit<StandingRow, 'role'> {
  id: string
  user_id: string
  organisation_id: string | null
  mfa: boolean
  require_mfa: boolean | null
  /** Null: no member of that organisation, or of none. */
  role: OrganisationRole | null
  admin_id: string | null
  admin_name: string
  user_name: string
  impersonation_id: string
  reason: string
  ends_at: Date
}

/** Sessions that stand at $2; one that impersonates stands while its impersonation does, and its impersonator is an administrator. */
const SESSION = `SELECT s.id, s.user_id, m.organisation_id, s.mfa, o.require_mfa, ${STANDING_COLUMNS}, i.admin_id, a.name AS admin_name, u.name AS user_name, i.id AS impersonation_id, i.reason, i.ends_at
  FROM sessions s JOIN users u ON u.id = s.user_id
  LEFT JOIN members m ON m.organisation_id = s.organisation_id AND m.user_id = s.user_id
  LEFT JOIN organisations o ON o.id = m.organisation_id
  LEFT JOIN impersonations i ON i.id = s.impersonation_id LEFT JOIN users a ON a.id = i.admin_id
  WHERE s.expires_at > $2::timestamptz AND (s.impersonation_id IS NULL OR (i.ended_at IS NULL AND i.ends_at > $2::timestamptz
    AND (a.platform_role IS NOT NULL OR EXISTS (SELECT FROM members am WHERE am.organisation_id = i.organisation_id AND am.user_id = a.id AND am.role = 'TenantAdmin'))))`
const FIND = statement<SessionRow>('session:find', `${SESSION} AND s.token_hash = $1::text`)
const STANDING = statement<SessionRow>('session:standing', `${SESSION} AND s.id = ANY($1::uuid[])`)
const TOUCH = statement('session:touch', `UPDATE sessions SET last_used_at = $2::timestamptz WHERE id = $1::uuid AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - interval '1 minute')`)

const NO_STANDING: Standing = { organisationRole: 'Member', platformRole: null, defaultRole: null, projectRoles: new Map(), tier: 'free' }

function restrictionOf(row: SessionRow): Restriction | null {
  if (row.role === null) return 'ORGANISATION_REQUIRED'
  return row.require_mfa === true && !row.mfa ? 'MFA_REQUIRED' : null
}

const impersonatorOf = (row: SessionRow): Actor['impersonator'] =>
  row.admin_id === null ? null : { userId: row.admin_id, name: row.admin_name, actsAs: row.user_name, impersonationId: row.impersonation_id, reason: row.reason, endsAt: row.ends_at }

function actorOf(row: SessionRow): Actor {
  const restriction = restrictionOf(row)
  const who = { userId: row.user_id, apiKeyId: null, sessionId: row.id, projectId: null, impersonator: impersonatorOf(row), restriction }
  if (restriction !== null) return { ...who, ...NO_STANDING, organisationId: PLATFORM, scopes: new Set() }
  return { ...who, ...standingOf(row as StandingRow), organisationId: row.organisation_id as string, scopes: new Set(['*']) }
}

interface Remembered {
  readonly readAt: number
  readonly actor: Promise<Actor | null>
  /** Ids of the session and of its organisation, once they are read. */
  known: readonly (string | null)[]
  touchedAt: number
}

export function createSessionVerifier(db: Database, clock: Clock): CredentialVerifier {
  const remembered = new Map<string, Remembered>()

  async function read(tokenHash: string, now: Date): Promise<Actor | null> {
    const [row] = await db.query(FIND, [tokenHash, now])
    return row === undefined ? null : actorOf(row)
  }

  /** Requests of the same second wait for one read; one that fails, or finds nothing, is not remembered. */
  function refresh(tokenHash: string, now: Date, touchedAt: number): Remembered {
    const entry: Remembered = { readAt: now.getTime(), actor: read(tokenHash, now), known: [], touchedAt }
    const forget = (): void => {
      if (remembered.get(tokenHash) === entry) remembered.delete(tokenHash)
    }
    entry.actor.then((actor) => (actor === null ? forget() : (entry.known = [actor.sessionId, actor.organisationId])), forget)
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
    remembered.set(tokenHash, entry)
    return entry
  }

  /** Notes the use of a session at most once a minute, and never makes a request wait for it. */
  function touch(entry: Remembered, { sessionId }: Actor, now: Date): void {
    if (now.getTime() - entry.touchedAt < TOUCH_MS) return
    entry.touchedAt = now.getTime()
    db.query(TOUCH, [sessionId, now]).catch(() => {
      entry.touchedAt = 0
    })
  }

  return {
    watch: createWatch({ idOf: (actor) => actor.sessionId as string, read: (ids) => db.query(STANDING, [ids, clock.now()]), actorOf }),
    forget(id) {
      for (const [tokenHash, entry] of remembered) if (entry.known.includes(id)) remembered.delete(tokenHash)
    },
    async verify(token) {
      if (!TOKEN.test(token)) return null
      const now = clock.now()
      const tokenHash = hashToken(token)
      let entry = remembered.get(tokenHash)
      if (entry === undefined || now.getTime() - entry.readAt >= FRESH_MS) entry = refresh(tokenHash, now, entry?.touchedAt ?? 0)
      const actor = await entry.actor
      if (actor !== null) touch(entry, actor, now)
      return actor
    },
  }
}

export interface NewSession {
  readonly id: string
  readonly userId: string
  readonly organisationId: string | null
  readonly tokenHash: string
  readonly mfa: boolean
  readonly impersonationId: string | null
  readonly expiresAt: Date
  readonly createdAt: Date
  readonly address: string | null
  readonly userAgent: string | null
}

const INSERT = statement(
  'session:insert',
  `INSERT INTO sessions (id, user_id, organisation_id, token_hash, mfa, impersonation_id, expires_at, created_at, address, user_agent)
   VALUES ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::boolean, $6::uuid, $7::timestamptz, $8::timestamptz, $9::text, $10::text)`,
)

/** Writes the row, in the transaction of `db` where that is one. */
export async function insertSession(db: Database, row: NewSession): Promise<void> {
  await db.query(INSERT, [row.id, row.userId, row.organisationId, row.tokenHash, row.mfa, row.impersonationId, row.expiresAt, row.createdAt, row.address, row.userAgent])
}
