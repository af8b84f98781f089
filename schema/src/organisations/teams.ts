/** Teams: named groups of members, whom `@team:<slug>` mentions. */
import type { Context } from '../context.ts'
import { breaksUnique } from '../shared/database.ts'
import { AlreadyExistsError, NotFoundError } from '../shared/errors.ts'
import { chosenUuid, encodeNodeId, parseReference } from '../shared/ids.ts'
import { checkNames, slugFor } from '../shared/names.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { changeOrganisation, stateWith } from './change.ts'
import type { Written } from './change.ts'
import { memberTarget, memberValues, personId, requireMember } from './members.ts'
import type { MemberTarget } from './members.ts'

export type TeamWritten = Written<{ readonly teamId: string }>

const teamId = (uuid: string): string => encodeNodeId('Team', uuid)

const taken = (error: unknown): never => {
  if (breaksUnique(error, 'teams_organisation_id_slug_key')) throw new AlreadyExistsError('A team with this slug exists already. Give another slug.', ['slug'])
  if (breaksUnique(error, 'teams_pkey')) throw new AlreadyExistsError('A team with this id exists already.', ['id'])
  throw error
}

const NOTHING = stateWith<null>('team-create', 'NULL::json')
const INSERT: Omit<RowChange, 'values'> = {
  name: 'team-insert',
  text: (p) => `INSERT INTO teams (id, organisation_id, slug, name, created_at) SELECT ${p(1)}::uuid, $3::uuid, ${p(2)}::text, ${p(3)}::text, $10::timestamptz FROM head`,
}

export interface CreateTeam {
  readonly id?: string | null | undefined
  readonly name: string
  readonly slug?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Makes a team without members. Without a slug, one is made of the name. @throws AlreadyExistsError for a slug that is taken */
export async function createTeam(ctx: Context, input: CreateTeam): Promise<TeamWritten> {
  requirePermission(ctx, 'members.write')
  checkNames(input)
  const [id, after] = [chosenUuid('Team', input.id, ctx.clock.now()), { slug: slugFor(input.name, input.slug), name: input.name }]
  return changeOrganisation(ctx, {
    action: 'team.create', input, read: NOTHING, values: [],
    decide: () => ({
      result: { teamId: id },
      change: { kind: 'team.created', data: { teamId: teamId(id), ...after }, target: { type: 'team', id }, before: null, after, rows: [{ ...INSERT, values: [id, after.slug, after.name] }] },
    }),
  }).catch(taken)
}

interface TeamTarget {
  readonly id: string
  readonly slug: string
  readonly name: string
}
const TEAM = stateWith<TeamTarget>('team', `SELECT json_build_object('id', t.id, 'slug', t.slug, 'name', t.name) FROM teams t WHERE t.organisation_id = o.id AND (t.id = $5::uuid OR t.slug = $6::text)`)

function teamValues(ref: string): [uuid: string | null, slug: string | null] {
  const { uuid, name } = parseReference(ref, 'Team')
  return [uuid, name]
}

/** @throws NotFoundError */
function requireTeam<Target>(target: Target | null, ref: string): Target {
  if (target === null) throw new NotFoundError('team', ref, ['teamId'])
  return target
}

const UPDATE: Omit<RowChange, 'values'> = {
  name: 'team-update',
  text: (p) => `UPDATE teams SET slug = ${p(2)}::text, name = ${p(3)}::text FROM head WHERE teams.id = ${p(1)}::uuid`,
}

export interface UpdateTeam {
  readonly teamId: string
  readonly name?: string | null | undefined
  readonly slug?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Changes name or slug. @throws AlreadyExistsError for a slug that is taken */
export async function updateTeam(ctx: Context, input: UpdateTeam): Promise<TeamWritten> {
  requirePermission(ctx, 'members.write')
  checkNames(input)
  return changeOrganisation(ctx, {
    action: 'team.update', input, read: TEAM, values: teamValues(input.teamId),
    decide({ target }) {
      const { id, slug, name } = requireTeam(target, input.teamId)
      const after = { slug: input.slug ?? slug, name: input.name ?? name }
      if (after.slug === slug && after.name === name) return { result: { teamId: id }, change: null }
      return {
        result: { teamId: id },
        change: { kind: 'team.updated', data: { teamId: teamId(id), ...after }, target: { type: 'team', id }, before: { slug, name }, after, rows: [{ ...UPDATE, values: [id, after.slug, after.name] }] },
      }
    },
  }).catch(taken)
}

const DELETE: Omit<RowChange, 'values'> = { name: 'team-delete', text: (p) => `DELETE FROM teams USING head WHERE teams.id = ${p(1)}::uuid` }

export interface DeleteTeam {
  readonly teamId: string
  readonly idempotencyKey?: string | null | undefined
}

/** Deletes a team; its members stay members of the organisation. */
export async function deleteTeam(ctx: Context, input: DeleteTeam): Promise<TeamWritten> {
  requirePermission(ctx, 'members.write')
  return changeOrganisation(ctx, {
    action: 'team.delete', input, read: TEAM, values: teamValues(input.teamId),
    decide({ target }) {
      const { id, slug, name } = requireTeam(target, input.teamId)
      const change = { kind: 'team.deleted', data: { teamId: teamId(id) }, target: { type: 'team', id }, before: { slug, name }, after: null, rows: [{ ...DELETE, values: [id] }] }
      return { result: { teamId: id }, change }
    },
  })
}

interface BelongingTarget {
  readonly id: string
  readonly member: MemberTarget | null
  readonly teamMembers: readonly string[]
}
const BELONGING = stateWith<BelongingTarget>(
  'team-member',
  `SELECT json_build_object('id', t.id, 'member', (${memberTarget('$7', '$8')}), 'teamMembers', (SELECT coalesce(json_agg(tm.user_id), '[]') FROM team_members tm WHERE tm.team_id = t.id))
   FROM teams t WHERE t.organisation_id = o.id AND (t.id = $5::uuid OR t.slug = $6::text)`,
)
const ADD: Omit<RowChange, 'values'> = {
  name: 'team-member-add',
  text: (p) => `INSERT INTO team_members (team_id, organisation_id, user_id, created_at) SELECT ${p(1)}::uuid, $3::uuid, ${p(2)}::uuid, $10::timestamptz FROM head`,
}
const REMOVE: Omit<RowChange, 'values'> = { name: 'team-member-remove', text: (p) => `DELETE FROM team_members USING head WHERE team_id = ${p(1)}::uuid AND user_id = ${p(2)}::uuid` }

export interface ChangeTeamMember {
  readonly teamId: string
  readonly userId: string
  readonly idempotencyKey?: string | null | undefined
}

function changeBelonging(ctx: Context, action: 'team.addMember' | 'team.removeMember', input: ChangeTeamMember): Promise<TeamWritten> {
  requirePermission(ctx, 'members.write')
  const adds = action === 'team.addMember'
  return changeOrganisation(ctx, {
    action, input, read: BELONGING, values: [...teamValues(input.teamId), ...memberValues(input.userId)],
    decide({ target }) {
      const { id, member, teamMembers } = requireTeam(target, input.teamId)
      const { userId } = requireMember(member, input.userId)
      if (teamMembers.includes(userId) === adds) return { result: { teamId: id }, change: null }
      const [before, after] = [{ userId, member: !adds }, { userId, member: adds }]
      return {
        result: { teamId: id },
        change: {
          kind: adds ? 'team.memberAdded' : 'team.memberRemoved', data: { teamId: teamId(id), userId: personId(userId) }, target: { type: 'team', id },
          before, after, rows: [{ ...(adds ? ADD : REMOVE), values: [id, userId] }],
        },
      }
    },
  })
}

/** Adds a member of the organisation to a team. */
export const addTeamMember = async (ctx: Context, input: ChangeTeamMember): Promise<TeamWritten> => changeBelonging(ctx, 'team.addMember', input)

/** Takes somebody out of a team. */
export const removeTeamMember = async (ctx: Context, input: ChangeTeamMember): Promise<TeamWritten> => changeBelonging(ctx, 'team.removeMember', input)
