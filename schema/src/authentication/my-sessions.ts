/** A person's own sessions: seen, ended, and moved to another organisation. */
import type { Context, Restriction } from '../context.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import type { OrganisationRole } from '../shared/permissions.ts'
import { endSessions } from './change-password.ts'
import { personal, requireSelf } from './people.ts'
import type { Person } from './people.ts'
import { record } from './record.ts'

export interface SessionRow {
  readonly id: string
  readonly userId: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly expiresAt: Date
  readonly address: string | null
  readonly userAgent: string | null
  readonly mfa: boolean
}
/** Sorts newest first. */
export type SessionCursor = readonly [createdAt: string, id: string]

const COLUMNS = 'id, user_id AS "userId", created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", address, user_agent AS "userAgent", mfa'
/** Who acts as the person has sessions of their own, which are not the person's. */
const MINE = 'user_id = $1::uuid AND impersonation_id IS NULL AND expires_at > $2::timestamptz'
const LIST = {
  forward: statement<SessionRow>('session:list', `SELECT ${COLUMNS} FROM sessions WHERE ${MINE} AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::uuid)) ORDER BY created_at DESC, id DESC LIMIT $5::int`),
  backward: statement<SessionRow>('session:list-back', `SELECT ${COLUMNS} FROM sessions WHERE ${MINE} AND ($3::timestamptz IS NULL OR (created_at, id) > ($3::timestamptz, $4::uuid)) ORDER BY created_at, id LIMIT $5::int`),
}
const COUNT = statement<{ count: number }>('session:count', `SELECT count(*)::int AS count FROM sessions WHERE ${MINE}`)
const BY_IDS = statement<SessionRow>('session:by-ids', `SELECT ${COLUMNS} FROM sessions WHERE ${MINE} AND id = ANY($3::uuid[])`)

export async function listSessions(ctx: Context, _args: unknown, { direction, after, limit }: PageRange<SessionCursor>): Promise<FoundPage<SessionRow, SessionCursor>> {
  const { person } = await requireSelf(ctx)
  const now = ctx.clock.now()
  const [rows, [counted]] = await Promise.all([personal(ctx).query(LIST[direction], [person.id, now, after?.[0] ?? null, after?.[1] ?? null, limit + 1]), personal(ctx).query(COUNT, [person.id, now])])
  const nodes = rows.slice(0, limit).map((node) => ({ node, cursor: [node.createdAt.toISOString(), node.id] as const }))
  return { nodes, hasMore: rows.length > limit, totalCount: counted?.count ?? 0 }
}

/** The person's own among them, in the given order; null for others. */
export async function sessionsById(ctx: Context, ids: readonly string[]): Promise<(SessionRow | null)[]> {
  if (ctx.actor?.sessionId == null || ctx.actor.impersonator !== null) return ids.map(() => null)
  const found = new Map((await personal(ctx).query(BY_IDS, [ctx.actor.userId, ctx.clock.now(), ids])).map((row) => [row.id, row]))
  return ids.map((id) => found.get(id) ?? null)
}

const DELETE = statement<{ id: string }>('session:revoke', 'DELETE FROM sessions WHERE id = $1::uuid AND user_id = $2::uuid AND impersonation_id IS NULL RETURNING id')

/** @throws NotFoundError for a session that is not one's own, or has ended. */
export async function revokeSession(ctx: Context, input: { sessionId: string }): Promise<{ sessionIds: readonly string[] }> {
  const { person } = await requireSelf(ctx)
  const { uuid } = parseReference(input.sessionId, 'Session')
  const done = uuid !== null && (await personal(ctx).transaction(async (tx) => {
    if ((await tx.query(DELETE, [uuid, person.id])).length === 0) return false
    await record(tx, ctx, { action: 'session.revoke', actorId: person.id, userId: person.id, target: { type: 'session', id: uuid }, details: { sessions: 1 } })
    return true
  }))
  if (!done) throw new NotFoundError('session', input.sessionId, ['sessionId'])
  ctx.credentials.forget(uuid)
  return { sessionIds: [uuid] }
}

/** Ends all sessions but this one. */
export async function revokeOtherSessions(ctx: Context): Promise<{ sessionIds: readonly string[] }> {
  const { person, sessionId } = await requireSelf(ctx)
  const sessionIds = await personal(ctx).transaction(async (tx) => {
    const ended = await endSessions(tx, person.id, sessionId)
    await record(tx, ctx, { action: 'session.revoke', actorId: person.id, userId: person.id, details: { sessions: ended.length } })
    return ended
  })
  for (const id of sessionIds) ctx.credentials.forget(id)
  return { sessionIds }
}

interface MembershipRow {
  id: string
  name: string
  slug: string
  role: OrganisationRole
  require_mfa: boolean
  current: boolean
}

const MEMBERSHIPS = statement<MembershipRow>(
  'session:memberships',
  `SELECT o.id, o.name, o.slug, m.role, o.require_mfa, o.id IS NOT DISTINCT FROM (SELECT organisation_id FROM sessions WHERE id = $2::uuid) AS current
   FROM members m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1::uuid ORDER BY m.created_at, o.id`,
)

export interface CurrentSession {
  readonly person: Person
  readonly sessionId: string
  readonly restriction: Restriction | null
  readonly memberships: readonly MembershipRow[]
}

/** What the person of a session may know of themself, whatever the session lacks. */
export async function readCurrentSession(ctx: Context): Promise<CurrentSession> {
  const { person, sessionId } = await requireSelf(ctx)
  return { person, sessionId, restriction: ctx.actor?.restriction ?? null, memberships: await personal(ctx).query(MEMBERSHIPS, [person.id, sessionId]) }
}

const SWITCH = statement('session:switch', 'UPDATE sessions SET organisation_id = $2::uuid WHERE id = $1::uuid')

/** @throws NotFoundError for an organisation that one is no member of. */
export async function switchOrganisation(ctx: Context, input: { organisationId: string }): Promise<void> {
  const { person, sessionId, memberships } = await readCurrentSession(ctx)
  const { uuid, name } = parseReference(input.organisationId, 'Organisation')
  const found = memberships.find(({ id, slug }) => id === uuid || slug === name)
  if (found === undefined) throw new NotFoundError('organisation', input.organisationId, ['organisationId'])
  await personal(ctx).transaction(async (tx) => {
    await tx.query(SWITCH, [sessionId, found.id])
    await record(tx, ctx, { action: 'session.switch', actorId: person.id, userId: person.id, organisationId: found.id, target: { type: 'session', id: sessionId } })
  })
  ctx.credentials.forget(sessionId)
}
