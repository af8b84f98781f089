/** Accepting an invitation: only by whom it was mailed to, once, in time. Every other attempt is refused, and leaves a record. */
import { ofRequest, writeAudit } from '../audit/record.ts'
import type { Actor, Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { AlreadyExistsError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { OrganisationRole, ProjectRole } from '../shared/permissions.ts'
import { hashToken } from '../shared/tokens.ts'
import type { RowChange } from '../shared/write.ts'
import { changeOrganisation, stateWith } from './change.ts'
import type { OrganisationWrite, Written } from './change.ts'
import { WILL_TAKE_SEAT } from './limits.ts'
import { personId, requirePerson } from './members.ts'

const REFUSALS = {
  expired: 'The invitation has expired. Ask for it to be sent again.',
  revoked: 'The invitation was revoked, or sent again with a new token.',
  used: 'The invitation was accepted already.',
  foreign: 'The invitation is for another e-mail address. Sign in with the address that it was mailed to.',
} as const
type Refusal = keyof typeof REFUSALS | 'unknown'

/** Carries the reason out of the write, to where the refusal is recorded. */
class Refused extends Error {
  readonly reason: keyof typeof REFUSALS
  constructor(reason: keyof typeof REFUSALS) {
    super(reason)
    this.reason = reason
  }
}

interface Target {
  readonly id: string
  readonly organisation: string
  readonly role: OrganisationRole
  readonly projectRoles: Readonly<Record<string, ProjectRole>>
  readonly isOwn: boolean
  readonly isMember: boolean
  readonly takesSeat: boolean
  readonly refusal: 'expired' | 'revoked' | 'used' | null
}

const FIND = statement<{ id: string; organisation_id: string }>('invitation:token', 'SELECT id, organisation_id FROM invitations WHERE token_hash = $1::text')
const ACCEPT = stateWith<Target>(
  'accept',
  `SELECT json_build_object('id', i.id, 'organisation', o.name, 'role', i.role, 'projectRoles', i.project_roles, 'takesSeat', ${WILL_TAKE_SEAT},
     'isOwn', EXISTS (SELECT FROM users u WHERE u.id = $2::uuid AND lower(u.email) = i.email),
     'isMember', EXISTS (SELECT FROM members m WHERE m.organisation_id = o.id AND m.user_id = $2::uuid),
     'refusal', CASE WHEN i.accepted_at IS NOT NULL THEN 'used' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= $4::timestamptz THEN 'expired' END)
   FROM invitations i WHERE i.organisation_id = o.id AND i.token_hash = $5::text`,
)

const JOIN: Omit<RowChange, 'values'> = {
  name: 'member-join',
  text: (p) => `INSERT INTO members (organisation_id, user_id, role, created_at) SELECT $3::uuid, $6::uuid, ${p(1)}::organisation_role, $10::timestamptz FROM head`,
}
/** Projects and teams that are no longer there are left out. */
const ROLES: Omit<RowChange, 'values'> = {
  name: 'member-join-roles',
  text: (p) => `INSERT INTO project_members (project_id, organisation_id, user_id, role, created_at)
    SELECT p.id, $3::uuid, $6::uuid, given.value::project_role, $10::timestamptz FROM head, invitations i, jsonb_each_text(i.project_roles) given
    JOIN projects p ON p.id = given.key::uuid AND p.organisation_id = $3::uuid WHERE i.id = ${p(1)}::uuid`,
}
const TEAMS: Omit<RowChange, 'values'> = {
  name: 'member-join-teams',
  text: (p) => `INSERT INTO team_members (team_id, organisation_id, user_id, created_at)
    SELECT t.id, $3::uuid, $6::uuid, $10::timestamptz FROM head, invitations i JOIN teams t ON t.id = ANY(i.team_ids) AND t.organisation_id = $3::uuid WHERE i.id = ${p(1)}::uuid`,
}
const MARK: Omit<RowChange, 'values'> = {
  name: 'invitation-accepted',
  text: (p) => `UPDATE invitations SET accepted_at = $10::timestamptz FROM head WHERE invitations.id = ${p(1)}::uuid`,
}
/** A session that works in no organisation works in this one from now on. */
const ENTER: Omit<RowChange, 'values'> = {
  name: 'session-enter',
  text: (p) => `UPDATE sessions SET organisation_id = $3::uuid FROM head WHERE sessions.id = ${p(1)}::uuid AND sessions.organisation_id IS NULL`,
}

/** @param organisationId null: the token is nobody's */
const recordRefusal = (ctx: Context, actor: Actor, reason: Refusal, organisationId: string | null, invitationId: string | null): Promise<void> =>
  writeAudit(ctx.db, { organisationId, actorId: actor.userId, action: 'member.joinRefused', target: { type: 'invitation', id: invitationId }, details: { reason }, ...ofRequest(ctx) })

export interface AcceptInvitation {
  readonly token: string
  readonly idempotencyKey?: string | null | undefined
}

interface Membership {
  readonly organisationId: string
  readonly organisation: string
  readonly role: OrganisationRole
}
/** What one has become a member of. */
export type Joined = Written<Membership>

type Decision = ReturnType<OrganisationWrite<Target, Membership>['decide']>

/** Whose invitation it is not learns nothing about it. */
function decideJoin({ userId, sessionId }: Actor, organisationId: string, target: Target | null): Decision {
  if (target === null) throw new Refused('revoked')
  if (!target.isOwn) throw new Refused('foreign')
  if (target.refusal !== null) throw new Refused(target.refusal)
  if (target.isMember) throw new AlreadyExistsError('You are a member of this organisation already.', ['token'])
  const { id, organisation, role, projectRoles, takesSeat } = target
  return {
    result: { organisationId, organisation, role },
    change: {
      kind: 'member.joined', data: { userId: personId(userId), invitationId: encodeNodeId('Invitation', id), role }, target: { type: 'user', id: userId },
      before: null, after: { invitationId: id, role, projectRoles },
      rows: [{ ...JOIN, values: [role] }, { ...ROLES, values: [id] }, { ...TEAMS, values: [id] }, { ...MARK, values: [id] }, ...(sessionId === null ? [] : [{ ...ENTER, values: [sessionId] }])],
      growth: { members: 1, seats: takesSeat ? 1 : 0 }, reserved: true,
    },
  }
}

/**
 * Makes whoever asks a member, in the roles and teams of the invitation.
 *
 * @throws NotFoundError for an unknown token, ValidationError for one that is used, revoked, expired or somebody else's,
 * AlreadyExistsError for a member, PlanLimitError when the tier was lowered meanwhile.
 */
export async function acceptInvitation(request: Context, input: AcceptInvitation): Promise<Joined> {
  const ctx = { ...request, ...request.across('invitation') }
  const actor = requirePerson(ctx)
  const tokenHash = hashToken(input.token)
  const [invitation] = await ctx.db.query(FIND, [tokenHash])
  if (invitation === undefined) {
    await recordRefusal(ctx, actor, 'unknown', null, null)
    throw new NotFoundError('invitation', `${input.token.slice(0, 6)}...`, ['token'])
  }
  const { id, organisation_id: organisationId } = invitation
  const hashed = { ...input, token: tokenHash }
  const write: OrganisationWrite<Target, Membership> = {
    action: 'member.join', organisationId, input: hashed, read: ACCEPT, values: [tokenHash], decide: ({ target }) => decideJoin(actor, organisationId, target),
  }
  const joined = await changeOrganisation(ctx, write).catch(async (error: unknown) => {
    if (!(error instanceof Refused)) throw error
    await recordRefusal(ctx, actor, error.reason, organisationId, id)
    throw new ValidationError(REFUSALS[error.reason], ['token'])
  })
  // a session that worked in no organisation works in this one from its next request on
  if (actor.sessionId !== null) ctx.credentials.forget(actor.sessionId)
  return joined
}
