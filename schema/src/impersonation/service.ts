/**
 * Acting as somebody of a lower rank: for a while, with a reason, in one organisation. It is a session of that person which names
 * its impersonation, so that everything done under it is recorded with both identities, and it stands while the impersonation does.
 */
import type { Actor, Context } from '../context.ts'
import { changeOrganisation, stateWith } from '../organisations/change.ts'
import type { Written } from '../organisations/change.ts'
import { statement } from '../shared/database.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import { requireActor, requirePermission } from '../shared/permissions.ts'
import type { OrganisationRole, PlatformRole } from '../shared/permissions.ts'
import { newToken } from '../shared/tokens.ts'
import type { RowChange } from '../shared/write.ts'
import { MAX_REASON, MIN_REASON, outranks } from './rules.ts'

interface Whom {
  readonly id: string
  readonly organisationRole: OrganisationRole
  readonly platformRole: PlatformRole | null
  /** Whether the session that asks has shown a second factor; keys need none. */
  readonly mfa: boolean
}

const WHOM = stateWith<Whom>(
  'impersonation-start',
  `SELECT json_build_object('id', u.id, 'organisationRole', m.role, 'platformRole', u.platform_role, 'mfa', coalesce((SELECT s.mfa FROM sessions s WHERE s.id = $7::uuid), true))
   FROM members m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND (u.id = $5::uuid OR u.email = $6::text)`,
)
const ORGANISATION = statement<{ id: string }>('impersonation:organisation', 'SELECT id FROM organisations WHERE id = $1::uuid OR slug = $2::text')

/**
 * The organisation that is meant: one's own, or for who has a role on the platform any.
 *
 * @throws NotFoundError
 */
export async function organisationMeant(ctx: Context, ref: string | null | undefined): Promise<string> {
  const actor = requireActor(ctx)
  if (ref === null || ref === undefined) return actor.organisationId
  const { uuid, name } = parseReference(ref, 'Organisation')
  const [row] = await ctx.db.query(ORGANISATION, [uuid, name])
  if (row === undefined || (actor.platformRole === null && row.id !== actor.organisationId)) throw new NotFoundError('organisation', ref, ['organisationId'])
  return row.id
}

const START: Omit<RowChange, 'values'> = {
  name: 'impersonation-start',
  text: (p) => `INSERT INTO impersonations (id, organisation_id, admin_id, user_id, reason, started_at, ends_at)
    SELECT ${p(1)}::uuid, $3::uuid, $6::uuid, ${p(2)}::uuid, ${p(3)}::text, $10::timestamptz, ${p(4)}::timestamptz FROM head`,
}
const SESSION: Omit<RowChange, 'values'> = {
  name: 'impersonation-session',
  text: (p) => `INSERT INTO sessions (id, user_id, organisation_id, token_hash, mfa, impersonation_id, expires_at, created_at, address)
    SELECT ${p(1)}::uuid, ${p(2)}::uuid, $3::uuid, ${p(3)}::text, ${p(4)}::boolean, ${p(5)}::uuid, ${p(6)}::timestamptz, $10::timestamptz, ${p(7)}::text FROM head`,
}

export interface StartImpersonation {
  /** Node id, UUID or e-mail address. */
  readonly userId: string
  readonly reason: string
  /** Default: the operator's. */
  readonly minutes?: number | null
  /** Node id or slug. Default: the organisation of whoever asks. */
  readonly organisationId?: string | null
  readonly idempotencyKey?: string | null
}

export interface ImpersonationWritten {
  readonly impersonationId: string
}

export interface ImpersonationStarted extends Written<ImpersonationWritten> {
  /** Of the session; null when the request was carried out before. */
  readonly token: string | null
}

function checked({ operator }: Context, input: StartImpersonation): { reason: string; minutes: number } {
  const { maxMinutes, defaultMinutes } = operator.impersonation
  const [reason, minutes] = [input.reason.trim(), input.minutes ?? defaultMinutes]
  if (reason.length < MIN_REASON || reason.length > MAX_REASON) throw new ValidationError(`Say why, in ${MIN_REASON} to ${MAX_REASON} characters: it is kept in the audit log.`, ['reason'])
  if (minutes < 1 || minutes > maxMinutes) throw new ValidationError(`An impersonation lasts 1 to ${maxMinutes} minutes; ${minutes} are not.`, ['minutes'])
  return { reason, minutes }
}

/** @throws ForbiddenError, noted as a refusal */
function requireRank(ctx: Context, actor: Actor, whom: Whom): void {
  if (outranks(actor, whom)) return
  ctx.refusals.note(actor, 'people.impersonate', null, ctx)
  throw new ForbiddenError('people.impersonate', null, 'Nobody acts as somebody of the same or a higher rank, or as themselves: Member < TenantAdmin < SupportAgent < GlobalAdmin.')
}

/**
 * Opens a session that acts as somebody.
 *
 * @throws ForbiddenError for peers and above, and in somebody else's name; NotFoundError for who is no member of the organisation;
 *   ValidationError for a reason or a time out of bounds.
 */
export async function startImpersonation(ctx: Context, input: StartImpersonation): Promise<ImpersonationStarted> {
  const actor = requirePermission(ctx, 'people.impersonate')
  const { reason, minutes } = checked(ctx, input)
  const organisationId = await organisationMeant(ctx, input.organisationId)
  const { uuid, name } = parseReference(input.userId, 'User')
  let token: string | null = null
  const written = await changeOrganisation<Whom, ImpersonationWritten>(ctx, {
    action: 'impersonation.start', organisationId, input, read: WHOM, values: [uuid, name, actor.sessionId],
    decide({ target }) {
      if (target === null) throw new NotFoundError('member', input.userId, ['userId'])
      requireRank(ctx, actor, target)
      const endsAt = new Date(ctx.clock.now().getTime() + minutes * 60_000)
      const session = newToken('bs')
      token = session.token
      const impersonationId = newUuid()
      return {
        result: { impersonationId },
        change: {
          kind: 'impersonation.started', data: { impersonationId: encodeNodeId('Impersonation', impersonationId), userId: encodeNodeId('User', target.id), endsAt },
          target: { type: 'user', id: target.id }, before: null, after: { impersonationId, minutes, endsAt }, personal: { reason },
          rows: [
            { ...START, values: [impersonationId, target.id, reason, endsAt] },
            { ...SESSION, values: [newUuid(), target.id, session.hash, target.mfa, impersonationId, endsAt, ctx.address] },
          ],
        },
      }
    },
  })
  return { ...written, token }
}

interface Running {
  readonly id: string
  readonly userId: string
  readonly ended: boolean
}

const RUNNING = stateWith<Running>(
  'impersonation-end',
  `SELECT json_build_object('id', i.id, 'userId', i.user_id, 'ended', i.ended_at IS NOT NULL OR i.ends_at <= $4::timestamptz) FROM impersonations i WHERE i.organisation_id = o.id AND i.id = $5::uuid`,
)
const OF = statement<{ organisation_id: string }>('impersonation:of', 'SELECT organisation_id FROM impersonations WHERE id = $1::uuid')
const END: Omit<RowChange, 'values'> = {
  name: 'impersonation-end',
  text: (p) => `UPDATE impersonations SET ended_at = $10::timestamptz, ended_by_id = coalesce($21::uuid, $6::uuid) FROM head WHERE id = ${p(1)}::uuid`,
}
const CLOSE: Omit<RowChange, 'values'> = { name: 'impersonation-close', text: (p) => `DELETE FROM sessions USING head WHERE impersonation_id = ${p(1)}::uuid` }

export interface EndImpersonation {
  /** Node id or UUID. Default: the one under which the request is made. */
  readonly impersonationId?: string | null
  readonly idempotencyKey?: string | null
}

/** The one that is meant: the request's own, or for administrators one of the organisation. @throws ForbiddenError, NotFoundError, ValidationError */
async function impersonationMeant(ctx: Context, ref: string | null | undefined): Promise<{ id: string; organisationId: string }> {
  const { impersonator, organisationId } = requireActor(ctx)
  const uuid = ref === null || ref === undefined ? (impersonator?.impersonationId ?? null) : parseReference(ref, 'Impersonation').uuid
  if (impersonator !== null && uuid === impersonator.impersonationId) return { id: uuid, organisationId }
  const actor = requirePermission(ctx, 'people.impersonate')
  if (ref === null || ref === undefined) throw new ValidationError('Nobody is impersonated in this request: say which impersonation to end.', ['impersonationId'])
  const [row] = uuid === null ? [] : await ctx.db.query(OF, [uuid])
  if (row === undefined || uuid === null || (actor.platformRole === null && row.organisation_id !== actor.organisationId)) throw new NotFoundError('impersonation', ref, ['impersonationId'])
  return { id: uuid, organisationId: row.organisation_id }
}

/** Ends an impersonation, and with it its session; one that has ended stays as it is. */
export async function endImpersonation(ctx: Context, input: EndImpersonation): Promise<Written<ImpersonationWritten>> {
  const { id, organisationId } = await impersonationMeant(ctx, input.impersonationId)
  return changeOrganisation<Running, ImpersonationWritten>(ctx, {
    action: 'impersonation.end', organisationId, input, read: RUNNING, values: [id],
    decide({ target }) {
      const result = { impersonationId: id }
      if (target === null || target.ended) return { result, change: null }
      const data = { impersonationId: encodeNodeId('Impersonation', id), userId: encodeNodeId('User', target.userId) }
      const rows = [{ ...END, values: [id] }, { ...CLOSE, values: [id] }]
      return { result, change: { kind: 'impersonation.ended', data, target: { type: 'user', id: target.userId }, before: { ended: false }, after: { ended: true }, rows } }
    },
  })
}
