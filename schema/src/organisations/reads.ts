/** Reading an organisation: what it has and may have, its people, teams and invitations, page by page. */
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { isUuid, parseReference } from '../shared/ids.ts'
import { requireActor, requireInProject, requirePermission } from '../shared/permissions.ts'
import type { OrganisationRole, ProjectRole } from '../shared/permissions.ts'
import { isOpen, usageColumns } from './limits.ts'
import type { Usage } from './limits.ts'
import { EFFECTIVE_ROLE, MEMBER_JSON, ROLE_SOURCE, TEAM_JSON, invitationJson } from './rows.ts'
import type { InvitationRow, MemberRow, ProjectMemberRow, TeamRow } from './rows.ts'

/** Place in a list: when the row was made, and its id. */
export type Cursor = readonly [createdAt: string, id: string]
export type Page<Node> = FoundPage<Node, Cursor>

interface Listed {
  readonly id: string
  readonly createdAt: string
}
interface PageRow<Node> {
  total: number
  nodes: Node[] | null
}
type PageStatements<Node> = Readonly<Record<PageRange<Cursor>['direction'], Statement<PageRow<Node>>>>

/**
 * A list in the order in which its rows were made. `matching` selects all that match, with `created_at` and `id`; `$1` is the
 * organisation, its own values begin at `$5`. `node` makes JSON of one row of a page, which it knows as `alias`.
 */
function listOf<Node>(name: string, matching: string, alias: string, node: string): PageStatements<Node> {
  const page = (direction: PageRange<Cursor>['direction']): Statement<PageRow<Node>> => {
    const [compare, order] = direction === 'forward' ? ['>', 'ASC'] : ['<', 'DESC']
    return statement(
      `${name}:${direction}`,
      `WITH matching AS (${matching})
       SELECT (SELECT count(*)::int FROM matching) AS total, (SELECT json_agg(${node} ORDER BY ${alias}.created_at ${order}, ${alias}.id ${order}) FROM (SELECT * FROM matching
         WHERE $2::timestamptz IS NULL OR (created_at, id) ${compare} ($2::timestamptz, $3::uuid) ORDER BY created_at ${order}, id ${order} LIMIT $4::int) ${alias}) AS nodes`,
    )
  }
  return { forward: page('forward'), backward: page('backward') }
}

const isCursor = (given: unknown): boolean => Array.isArray(given) && typeof given[0] === 'string' && Number.isFinite(Date.parse(given[0])) && isUuid(String(given[1]))

async function readPage<Node extends Listed>(ctx: Context, list: PageStatements<Node>, organisationId: string, range: PageRange<Cursor>, values: readonly unknown[]): Promise<Page<Node>> {
  if (range.after !== null && !isCursor(range.after)) throw new ValidationError('The cursor is not one of this list.', [range.direction === 'forward' ? 'after' : 'before'])
  const [createdAt, id] = range.after ?? [null, null]
  const [row] = await ctx.db.query(list[range.direction], [organisationId, createdAt, id, range.limit + 1, ...values])
  const rows = row?.nodes ?? []
  return { nodes: rows.slice(0, range.limit).map((node) => ({ node, cursor: [node.createdAt, node.id] as const })), hasMore: rows.length > range.limit, totalCount: row?.total ?? 0 }
}

/** A part of a text, as a pattern of LIKE. */
const containing = (text: string | null | undefined): string | null => (text == null || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`)

const MEMBER_FROM = 'FROM members m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id'
const MEMBERS = listOf<MemberRow>(
  'members',
  `SELECT m.created_at, m.user_id AS id ${MEMBER_FROM} WHERE m.organisation_id = $1::uuid
     AND ($5::text IS NULL OR u.name ILIKE $5::text OR u.email ILIKE $5::text) AND ($6::organisation_role IS NULL OR m.role = $6::organisation_role)
     AND (($7::uuid IS NULL AND $8::text IS NULL) OR EXISTS (SELECT FROM team_members tm JOIN teams t ON t.id = tm.team_id
       WHERE tm.user_id = m.user_id AND t.organisation_id = m.organisation_id AND (t.id = $7::uuid OR t.slug = $8::text)))`,
  'x', `(SELECT ${MEMBER_JSON} ${MEMBER_FROM} WHERE m.organisation_id = $1::uuid AND m.user_id = x.id)`,
)
const MEMBER = statement<{ member: MemberRow }>('member', `SELECT ${MEMBER_JSON} AS member ${MEMBER_FROM} WHERE m.organisation_id = $1::uuid AND m.user_id = $2::uuid`)

export interface MemberFilter {
  /** Part of a name or e-mail address. */
  readonly search?: string | null | undefined
  readonly role?: OrganisationRole | null | undefined
  /** Node id, UUID or slug of a team. */
  readonly teamId?: string | null | undefined
}

/** Members, those of longest standing first. */
export async function readMembers(ctx: Context, filter: MemberFilter, range: PageRange<Cursor>): Promise<Page<MemberRow>> {
  const { organisationId } = requirePermission(ctx, 'members.read')
  const team = filter.teamId == null ? null : parseReference(filter.teamId, 'Team')
  return readPage(ctx, MEMBERS, organisationId, range, [containing(filter.search), filter.role ?? null, team?.uuid ?? null, team?.name ?? null])
}

/** One member, for the answer of a write. */
export async function readMember(ctx: Context, userId: string): Promise<MemberRow> {
  const [row] = await ctx.db.query(MEMBER, [requireActor(ctx).organisationId, userId])
  if (row === undefined) throw new NotFoundError('member', userId)
  return row.member
}

const TEAMS = listOf<TeamRow>('teams', 'SELECT t.* FROM teams t WHERE t.organisation_id = $1::uuid AND ($5::text IS NULL OR t.name ILIKE $5::text OR t.slug ILIKE $5::text)', 't', TEAM_JSON)
const TEAMS_BY_ID = statement<{ team: TeamRow }>('teams:id', `SELECT ${TEAM_JSON} AS team FROM teams t WHERE t.organisation_id = $1::uuid AND t.id = ANY($2::uuid[])`)

export const readTeams = async (ctx: Context, { search }: { search?: string | null | undefined }, range: PageRange<Cursor>): Promise<Page<TeamRow>> =>
  readPage(ctx, TEAMS, requirePermission(ctx, 'members.read').organisationId, range, [containing(search)])

/** Teams by UUID, in the order asked for; null for what this key does not see. */
export async function teamsByUuid(ctx: Context, uuids: readonly string[]): Promise<(TeamRow | null)[]> {
  const rows = await ctx.db.query(TEAMS_BY_ID, [requirePermission(ctx, 'members.read').organisationId, uuids])
  const found = new Map(rows.map(({ team }) => [team.id, team]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

const INVITATIONS = listOf<InvitationRow>(
  'invitations',
  `SELECT i.* FROM invitations i WHERE i.organisation_id = $1::uuid AND ($6::boolean IS NULL OR (${isOpen('$5')}) = $6::boolean)`,
  'i', invitationJson('$5'),
)
const INVITATIONS_BY_ID = statement<{ invitation: InvitationRow }>(
  'invitations:id', `SELECT ${invitationJson('$3')} AS invitation FROM invitations i WHERE i.organisation_id = $1::uuid AND i.id = ANY($2::uuid[])`,
)

/** Invitations, the oldest first; with `open` only those that can still be accepted, or only those that cannot. */
export const readInvitations = async (ctx: Context, { open }: { open?: boolean | null | undefined }, range: PageRange<Cursor>): Promise<Page<InvitationRow>> =>
  readPage(ctx, INVITATIONS, requirePermission(ctx, 'members.write').organisationId, range, [ctx.clock.now(), open ?? null])

/** Invitations by UUID, in the order asked for; null for what this key does not see. */
export async function invitationsByUuid(ctx: Context, uuids: readonly string[]): Promise<(InvitationRow | null)[]> {
  const rows = await ctx.db.query(INVITATIONS_BY_ID, [requirePermission(ctx, 'members.write').organisationId, uuids, ctx.clock.now()])
  const found = new Map(rows.map(({ invitation }) => [invitation.id, invitation]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

const IN_PROJECT = `FROM members m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
   LEFT JOIN project_members pm ON pm.user_id = m.user_id AND pm.project_id`
const PROJECT_MEMBERS = listOf<ProjectMemberRow>(
  'project-members',
  `SELECT m.created_at, m.user_id AS id, u.name, ${EFFECTIVE_ROLE} AS role, ${ROLE_SOURCE} AS source ${IN_PROJECT} = $5::uuid
   WHERE m.organisation_id = $1::uuid AND ${EFFECTIVE_ROLE} IS NOT NULL AND ($6::text IS NULL OR u.name ILIKE $6::text) AND ($7::project_role IS NULL OR ${EFFECTIVE_ROLE} = $7::project_role)`,
  'x', `json_build_object('id', x.id, 'name', x.name, 'role', x.role, 'source', x.source, 'createdAt', x.created_at)`,
)
const PROJECT = statement<{ id: string }>('project:reference', 'SELECT id FROM projects WHERE organisation_id = $1::uuid AND (id = $2::uuid OR slug = $3::text)')

export interface ProjectMemberFilter {
  /** Node id, UUID or slug. */
  readonly projectId: string
  /** Part of a name. */
  readonly search?: string | null | undefined
  readonly role?: ProjectRole | null | undefined
}

/** Who sees a project, and in which role. */
export async function readProjectMembers(ctx: Context, filter: ProjectMemberFilter, range: PageRange<Cursor>): Promise<Page<ProjectMemberRow>> {
  const { organisationId } = requirePermission(ctx, 'projects.read')
  const { uuid, name } = parseReference(filter.projectId, 'Project')
  const [project] = await ctx.db.query(PROJECT, [organisationId, uuid, name])
  requireInProject(ctx, 'projects.read', project?.id, { kind: 'project', ref: filter.projectId, path: ['projectId'] })
  return readPage(ctx, PROJECT_MEMBERS, organisationId, range, [project.id, containing(filter.search), filter.role ?? null])
}

const PROJECT_MEMBER = statement<{ member: ProjectMemberRow | null }>(
  'project-member',
  `SELECT json_build_object('id', m.user_id, 'name', u.name, 'role', ${EFFECTIVE_ROLE}, 'source', ${ROLE_SOURCE}, 'createdAt', m.created_at) AS member
   ${IN_PROJECT} = $2::uuid WHERE m.organisation_id = $1::uuid AND m.user_id = $3::uuid AND ${EFFECTIVE_ROLE} IS NOT NULL`,
)

/** What somebody is in a project now; null: it does not exist for them. */
export async function readProjectMember(ctx: Context, projectId: string, userId: string): Promise<ProjectMemberRow | null> {
  const [row] = await ctx.db.query(PROJECT_MEMBER, [requireActor(ctx).organisationId, projectId, userId])
  return row?.member ?? null
}

const USAGE = statement<Usage>('organisation:usage', `SELECT ${usageColumns('$2')} FROM organisations o WHERE o.id = $1::uuid`)

/** What the organisation of whoever asks uses of what its tier allows; asked for by several fields, it is read once. */
export async function readUsage(ctx: Context): Promise<Usage> {
  const { organisationId } = requirePermission(ctx, 'organisation.read')
  const usage = await batched(ctx, 'organisation:usage', organisationId, async () => {
    const [row] = await ctx.db.query(USAGE, [organisationId, ctx.clock.now()])
    return new Map([[organisationId, row as Usage]])
  })
  return usage as Usage
}
