/**
 * Invitations: somebody is mailed a token and answers with it, signed in under the address it was mailed to. The database has
 * the token's SHA-256 only, so mailing it again means a new one, and the former is worth nothing.
 */
import type { Language } from '@buildrunner/sdk/languages'
import type { Context } from '../context.ts'
import { AlreadyExistsError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import type { NodeType } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { OrganisationRole, ProjectRole } from '../shared/permissions.ts'
import { newToken } from '../shared/tokens.ts'
import type { RowChange } from '../shared/write.ts'
import { languageFor } from '../text/text.ts'
import { changeOrganisation, stateWith } from './change.ts'
import type { Written } from './change.ts'
import { invitationMail } from './invitation-mail.ts'
import { WILL_TAKE_SEAT, isOpen } from './limits.ts'

const HOUR_MS = 3_600_000
const MAX_EMAIL = 254
/** Roles in projects, and teams, that one invitation brings at most. */
const MAX_GIFTS = 50
const EMAIL = /^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[^\s@.<>",;:\\()[\]]+$/

export type InvitationWritten = Written<{ readonly invitationId: string }>

interface Sender {
  readonly organisation: string
  readonly inviter: string
  /** Of whoever has the address, else the inviter's; null: neither is known. */
  readonly language: Language | null
}
const sender = (email: string): string =>
  `'organisation', o.name, 'inviter', (SELECT u.name FROM users u WHERE u.id = $2::uuid),
   'language', coalesce((SELECT u.language FROM users u WHERE u.email = ${email}), (SELECT u.language FROM users u WHERE u.id = $2::uuid))`

/** UUIDs of what was named, in that order; null: there is none of that name. */
type Found = readonly (string | null)[]
interface InviteTarget extends Sender {
  readonly takesSeat: boolean
  readonly isMember: boolean
  readonly isInvited: boolean
  readonly projects: Found | null
  readonly teams: Found | null
}

/** What is named by id or slug, in the order of naming. */
const named = (table: 'projects' | 'teams', refs: string): string =>
  `(SELECT json_agg((SELECT x.id FROM ${table} x WHERE x.organisation_id = o.id AND (x.id::text = wanted.ref OR x.slug = wanted.ref) LIMIT 1) ORDER BY wanted.place)
    FROM unnest(${refs}::text[]) WITH ORDINALITY AS wanted (ref, place))`
const INVITE = stateWith<InviteTarget>(
  'invite',
  `SELECT json_build_object(${sender('$5::text')}, 'takesSeat', (SELECT ${WILL_TAKE_SEAT} FROM (SELECT $8::organisation_role AS role, $9::jsonb AS project_roles) i),
     'isMember', EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND lower(u.email) = $5::text),
     'isInvited', EXISTS (SELECT FROM invitations i WHERE i.organisation_id = o.id AND i.email = $5::text AND ${isOpen('$4')}),
     'projects', ${named('projects', '$6')}, 'teams', ${named('teams', '$7')})`,
)

const INSERT: Omit<RowChange, 'values'> = {
  name: 'invitation-insert',
  text: (p) => `INSERT INTO invitations (id, organisation_id, email, role, project_roles, team_ids, token_hash, invited_by_id, expires_at, created_at)
    SELECT ${p(1)}::uuid, $3::uuid, ${p(2)}::text, ${p(3)}::organisation_role, ${p(4)}::jsonb, ${p(5)}::uuid[], ${p(6)}::text, $6::uuid, ${p(7)}::timestamptz, $10::timestamptz FROM head`,
}

export interface InviteMember {
  readonly email: string
  readonly role: OrganisationRole
  readonly projectRoles?: readonly { readonly projectId: string; readonly role: ProjectRole }[] | null | undefined
  readonly teamIds?: readonly string[] | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

function checkEmail(text: string): string {
  const email = text.trim().toLowerCase()
  if (!EMAIL.test(email) || email.length > MAX_EMAIL) throw new ValidationError(`${JSON.stringify(text)} is no e-mail address.`, ['email'])
  return email
}

const refOf = (id: string, type: NodeType): string => {
  const { uuid, name } = parseReference(id, type)
  return uuid ?? name
}

/** UUIDs of what was named. @throws NotFoundError for what is not there */
const requireAll = (kind: string, path: string, given: readonly string[], found: Found | null): string[] =>
  given.map((ref, index) => {
    const id = found?.[index] ?? null
    if (id === null) throw new NotFoundError(kind, ref, [path, String(index)])
    return id
  })

const expiry = (ctx: Context): Date => new Date(ctx.clock.now().getTime() + ctx.operator.invitations.validHours * HOUR_MS)

/**
 * Invites somebody by mail, with a role and, where wanted, roles in projects and teams. The invitation reserves the seat that it
 * will take.
 *
 * @throws AlreadyExistsError when the address is a member's, or is invited already; PlanLimitError.
 */
export async function inviteMember(ctx: Context, input: InviteMember): Promise<InvitationWritten> {
  requirePermission(ctx, 'members.write')
  const email = checkEmail(input.email)
  const [gifts, teamIds] = [input.projectRoles ?? [], input.teamIds ?? []]
  if (gifts.length + teamIds.length > MAX_GIFTS) throw new ValidationError(`An invitation brings at most ${MAX_GIFTS} roles in projects and teams.`, ['projectRoles'])
  const [id, { token, hash }, expiresAt] = [newUuid(ctx.clock.now().getTime()), newToken('bi'), expiry(ctx)]
  const projectRefs = gifts.map(({ projectId }) => refOf(projectId, 'Project'))
  const wanted = JSON.stringify(Object.fromEntries(gifts.map(({ role }, index) => [index, role])))
  let sender: Sender | null = null
  const written = await changeOrganisation<InviteTarget, { invitationId: string }>(ctx, {
    action: 'member.invite', input, read: INVITE, values: [email, projectRefs, teamIds.map((team) => refOf(team, 'Team')), input.role, wanted],
    decide({ target }) {
      const read = target as InviteTarget
      if (read.isMember) throw new AlreadyExistsError('The address belongs to a member already.', ['email'])
      if (read.isInvited) throw new AlreadyExistsError('The address is invited already. Send that invitation again, or revoke it.', ['email'])
      const projectRoles = Object.fromEntries(requireAll('project', 'projectRoles', gifts.map(({ projectId }) => projectId), read.projects).map((project, index) => [project, gifts[index]?.role]))
      const teams = requireAll('team', 'teamIds', teamIds, read.teams)
      sender = read
      const after = { role: input.role, projectRoles, teamIds: teams, expiresAt: expiresAt.toISOString() }
      return {
        result: { invitationId: id },
        change: {
          kind: 'member.invited', data: { invitationId: encodeNodeId('Invitation', id), role: input.role }, target: { type: 'invitation', id }, before: null, after, personal: { email },
          rows: [{ ...INSERT, values: [id, email, input.role, JSON.stringify(projectRoles), teams, hash, expiresAt] }],
          growth: { members: 1, seats: read.takesSeat ? 1 : 0 },
        },
      }
    },
  })
  // an answer from an earlier request under the same key names that one's invitation, which was mailed then
  if (sender !== null && written.invitationId === id) mail(ctx, sender, email, token, expiresAt)
  return written
}

function mail(ctx: Context, { organisation, inviter, language }: Sender, to: string, token: string, expiresAt: Date): void {
  ctx.mail.send(invitationMail({ to, organisation, inviter, token, expiresAt, url: ctx.publicUrl(), language: languageFor(language, ctx.language) }))
}

interface InvitationTarget extends Sender {
  readonly id: string
  readonly email: string
  readonly open: boolean
  readonly accepted: boolean
  readonly revoked: boolean
  readonly takesSeat: boolean
}
const INVITATION = stateWith<InvitationTarget>(
  'invitation',
  `SELECT json_build_object(${sender('i.email')}, 'id', i.id, 'email', i.email, 'open', ${isOpen('$4')}, 'accepted', i.accepted_at IS NOT NULL, 'revoked', i.revoked_at IS NOT NULL,
     'takesSeat', ${WILL_TAKE_SEAT}) FROM invitations i WHERE i.organisation_id = o.id AND i.id = $5::uuid`,
)

/** @throws NotFoundError, ValidationError for one that was accepted */
function requireUnanswered(target: InvitationTarget | null, ref: string): InvitationTarget {
  if (target === null) throw new NotFoundError('invitation', ref, ['invitationId'])
  if (target.accepted) throw new ValidationError('The invitation was accepted. Remove the member instead, or change their role.', ['invitationId'])
  return target
}

const RENEW: Omit<RowChange, 'values'> = {
  name: 'invitation-renew',
  text: (p) => `UPDATE invitations SET token_hash = ${p(2)}::text, expires_at = ${p(3)}::timestamptz FROM head WHERE invitations.id = ${p(1)}::uuid`,
}
const REVOKE: Omit<RowChange, 'values'> = {
  name: 'invitation-revoke',
  text: (p) => `UPDATE invitations SET revoked_at = $10::timestamptz FROM head WHERE invitations.id = ${p(1)}::uuid`,
}

export interface AnswerInvitation {
  readonly invitationId: string
  readonly idempotencyKey?: string | null | undefined
}

const uuidOf = (ref: string): string | null => parseReference(ref, 'Invitation').uuid

/** Mails an invitation again, with a new token and its whole time; also one that has expired. */
export async function resendInvitation(ctx: Context, input: AnswerInvitation): Promise<InvitationWritten> {
  requirePermission(ctx, 'members.write')
  const [{ token, hash }, expiresAt] = [newToken('bi'), expiry(ctx)]
  let renewed: InvitationTarget | null = null
  const written = await changeOrganisation<InvitationTarget, { invitationId: string; tokenHash: string }>(ctx, {
    action: 'invitation.resend', input, read: INVITATION, values: [uuidOf(input.invitationId)],
    decide({ target }) {
      renewed = requireUnanswered(target, input.invitationId)
      const { id, email, open, revoked, takesSeat } = renewed
      if (revoked) throw new ValidationError('The invitation was revoked. Invite the address anew.', ['invitationId'])
      return {
        result: { invitationId: id, tokenHash: hash },
        change: {
          kind: 'invitation.resent', data: { invitationId: encodeNodeId('Invitation', id) }, target: { type: 'invitation', id },
          before: null, after: { expiresAt: expiresAt.toISOString() }, personal: { email }, rows: [{ ...RENEW, values: [id, hash, expiresAt] }],
          ...(!open && { growth: { members: 1, seats: takesSeat ? 1 : 0 } }),
        },
      }
    },
  })
  if (renewed !== null && written.tokenHash === hash) mail(ctx, renewed, (renewed as InvitationTarget).email, token, expiresAt)
  return written
}

/** Withdraws an invitation; the seat that it reserved is free. */
export async function revokeInvitation(ctx: Context, input: AnswerInvitation): Promise<InvitationWritten> {
  requirePermission(ctx, 'members.write')
  return changeOrganisation(ctx, {
    action: 'invitation.revoke', input, read: INVITATION, values: [uuidOf(input.invitationId)],
    decide({ target }) {
      const { id, revoked } = requireUnanswered(target, input.invitationId)
      if (revoked) return { result: { invitationId: id }, change: null }
      return {
        result: { invitationId: id },
        change: {
          kind: 'invitation.revoked', data: { invitationId: encodeNodeId('Invitation', id) }, target: { type: 'invitation', id }, before: null, after: null,
          rows: [{ ...REVOKE, values: [id] }],
        },
      }
    },
  })
}
