/** What the operator's people do across organisations: tiers and seats, and who has a role on the platform. */
import { ofRequest, writeAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { changeOrganisation, stateWith } from '../organisations/change.ts'
import type { Written } from '../organisations/change.ts'
import { organisationMeant } from '../impersonation/service.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { recordedRequest, rememberRequest } from '../shared/idempotency.ts'
import { encodeNodeId, parseReference } from '../shared/ids.ts'
import type { Tier } from '../shared/operator-policy.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { PlatformRole } from '../shared/permissions.ts'
import { idempotentRequest } from '../shared/write.ts'
import type { RowChange } from '../shared/write.ts'

const TENANT = stateWith<null>('tenant', 'NULL')
const UPDATE: Omit<RowChange, 'values'> = {
  name: 'tenant-update',
  text: (p) => `UPDATE organisations SET tier = ${p(1)}::tier, extra_seats = ${p(2)}::int, limits_revision = limits_revision + 1 FROM head WHERE id = $3::uuid`,
}

export interface UpdateTenant {
  /** Node id or slug. */
  readonly organisationId: string
  readonly tier?: Tier | null
  readonly extraSeats?: number | null
  readonly idempotencyKey?: string | null
}

export interface TenantWritten {
  readonly organisationId: string
}

/**
 * Sets tier and extra seats. What an organisation uses beyond them stays; it gets no more of it.
 *
 * @throws ForbiddenError, NotFoundError; ValidationError for more seats than the tier can have
 */
export async function updateTenant(ctx: Context, input: UpdateTenant): Promise<Written<TenantWritten>> {
  requirePermission(ctx, 'tenants.write')
  const organisationId = await organisationMeant(ctx, input.organisationId)
  return changeOrganisation<null, TenantWritten>(ctx, {
    action: 'tenant.update', organisationId, input, read: TENANT, values: [],
    decide(state) {
      const before = { tier: state.tier, extraSeats: state.extra_seats }
      const after = { tier: input.tier ?? before.tier, extraSeats: input.extraSeats ?? before.extraSeats }
      const { included, max } = ctx.operator.tiers[after.tier].seats
      if (after.extraSeats < 0 || after.extraSeats > max - included) throw new ValidationError(`The tier ${after.tier} can have 0 to ${max - included} extra seats; ${after.extraSeats} are not.`, ['extraSeats'])
      const result = { organisationId }
      if (before.tier === after.tier && before.extraSeats === after.extraSeats) return { result, change: null }
      const rows = [{ ...UPDATE, values: [after.tier, after.extraSeats] }]
      return { result, change: { kind: 'organisation.tierChanged', data: { before, after }, target: { type: 'organisation', id: organisationId }, before, after, rows } }
    },
  })
}

const SET_ROLE = 'platformRole.set'

interface PlatformPerson {
  id: string
  platform_role: PlatformRole | null
  meant: boolean
}

/** The person and every GlobalAdmin, locked in one order: two who are taken away at the same time wait for each other. */
const LOCK = statement<PlatformPerson>(
  'platform-role:lock',
  `SELECT id, platform_role, (id = $1::uuid OR email = $2::text) IS TRUE AS meant FROM users WHERE platform_role = 'GlobalAdmin' OR id = $1::uuid OR email = $2::text ORDER BY id FOR UPDATE`,
)
const SET = statement('platform-role:set', 'UPDATE users SET platform_role = $2::platform_role WHERE id = $1::uuid')
export interface SetPlatformRole {
  /** Node id, UUID or e-mail address. */
  readonly userId: string
  /** Null takes it away. */
  readonly role: PlatformRole | null
  readonly idempotencyKey?: string | null
}

/**
 * Gives somebody a role on the platform, or takes it. It is recorded in the platform's own chain.
 *
 * @throws ForbiddenError, NotFoundError; ValidationError where nobody would be GlobalAdmin any more
 */
export async function setPlatformRole(ctx: Context, input: SetPlatformRole): Promise<{ userId: string }> {
  const { userId, role } = input
  const actor = requirePermission(ctx, 'tenants.write')
  const { uuid, name } = parseReference(userId, 'User')
  const request = idempotentRequest(input.idempotencyKey, SET_ROLE, input)
  return ctx.db.transaction(async (db) => {
    const locked = await db.query(LOCK, [uuid, name])
    const earlier = await recordedRequest<{ userId: string }>(db, actor, request)
    if (earlier !== null) return earlier
    const person = locked.find(({ meant }) => meant)
    if (person === undefined) throw new NotFoundError('user', userId, ['userId'])
    const others = locked.filter(({ id, platform_role }) => platform_role === 'GlobalAdmin' && id !== person.id)
    if (person.platform_role === 'GlobalAdmin' && role !== 'GlobalAdmin' && others.length === 0) throw new ValidationError('This is the last GlobalAdmin. Make somebody else one first.', ['role'])
    if (person.platform_role !== role) {
      await db.query(SET, [person.id, role])
      await writeAudit(db, {
        organisationId: null, actorId: actor.userId, action: SET_ROLE, target: { type: 'user', id: person.id },
        before: JSON.stringify({ role: person.platform_role }), after: JSON.stringify({ role }), details: { userId: encodeNodeId('User', person.id), before: person.platform_role, after: role },
        ...ofRequest(ctx),
      })
    }
    const result = { userId: person.id }
    await rememberRequest(db, actor, request, { action: SET_ROLE, result, at: ctx.clock.now() })
    return result
  })
}
