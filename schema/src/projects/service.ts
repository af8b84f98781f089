/** Use cases of projects. */
import type { AuditAction } from '../audit/actions.ts'
import type { Actor, Context } from '../context.ts'
import { TAKES_SEAT, requireRoom, usageColumns } from '../organisations/limits.ts'
import type { Usage } from '../organisations/limits.ts'
import type { ProjectHeader } from '../plans/load.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { AlreadyExistsError } from '../shared/errors.ts'
import { chosenUuid, parseReference } from '../shared/ids.ts'
import { checkNames, slugFor } from '../shared/names.ts'
import { requireActor, requireInProject, requirePermission } from '../shared/permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, RowChange } from '../shared/write.ts'

export interface ProjectWritten {
  readonly projectId: string
  readonly sequence: number
}

type ProjectRow = Omit<ProjectHeader, 'cut_at' | 'inverses'>

const READ = (by: 'id = $2::uuid' | 'slug = $2::text'): string =>
  `SELECT p.id, p.organisation_id, p.slug, p.name, p.description, p.archived_at IS NOT NULL AS archived, p.policy_version, p.plan_head, s.sequence, r.request_hash, r.result
   FROM projects p JOIN event_streams s ON s.id = p.id LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text
   WHERE p.organisation_id = $1::uuid AND p.${by}`
const BY_ID = statement<ProjectRow>('project:id', READ('id = $2::uuid'))
const BY_SLUG = statement<ProjectRow>('project:slug', READ('slug = $2::text'))
interface RoomRow extends Usage, RecordedRequest {
  /** Whether the person takes a seat already. */
  seated: boolean
}
const ROOM = statement<RoomRow>(
  'project:room',
  `SELECT ${usageColumns('$4')}, (SELECT ${TAKES_SEAT} FROM members m WHERE m.organisation_id = o.id AND m.user_id = $2::uuid) AS seated, r.request_hash, r.result
   FROM organisations o LEFT JOIN idempotency_records r ON r.actor_id = $2::uuid AND r.key = $3::text WHERE o.id = $1::uuid`,
)

async function readRoom(ctx: Context, { organisationId, userId }: Actor, idempotencyKey?: string): Promise<RoomRow> {
  const [row] = await ctx.db.query(ROOM, [organisationId, userId, idempotencyKey ?? null, ctx.clock.now()])
  return row as RoomRow
}

/** The revision to commit at, where the tier limits projects. @throws PlanLimitError */
function countProject(ctx: Context, room: RoomRow, seats: number): number | null {
  requireRoom(ctx.operator, room, { projects: 1, seats })
  return seats > 0 || ctx.operator.tiers[room.tier].maxProjects !== null ? room.limits_revision : null
}

async function readProject(ctx: Context, ref: string, idempotencyKey: string | null | undefined): Promise<ProjectRow> {
  const actor = requirePermission(ctx, 'projects.read')
  const { uuid, name } = parseReference(ref, 'Project')
  const [row] = await ctx.db.query(uuid === null ? BY_SLUG : BY_ID, [actor.organisationId, uuid ?? name, actor.userId, idempotencyKey ?? null])
  requireInProject(ctx, 'projects.read', row?.id, { kind: 'project', ref, path: ['projectId'] })
  return row
}

const INSERT: Omit<RowChange, 'values'> = {
  name: 'project-insert',
  text: (p) => `INSERT INTO projects (id, organisation_id, slug, name, description, created_at, updated_at)
    SELECT $1::uuid, $3::uuid, ${p(1)}::text, ${p(2)}::text, ${p(3)}::text, $10::timestamptz, $10::timestamptz FROM head`,
}

/** Whoever creates a project leads it; a TenantAdmin does so anyway. */
const LEAD: Omit<RowChange, 'values'> = {
  name: 'project-lead',
  text: () => `INSERT INTO project_members (project_id, organisation_id, user_id, role, created_at) SELECT $1::uuid, $3::uuid, $6::uuid, 'PM', $10::timestamptz FROM head`,
}

export interface CreateProject {
  readonly id?: string | null
  readonly name: string
  readonly slug?: string | null
  readonly description?: string | null
  readonly idempotencyKey?: string | null
}

/** The role counts at once, for what else this request asks and for those that follow. */
function lead(ctx: Context, actor: Actor, projectId: string): void {
  ctx.actor = { ...actor, projectRoles: new Map([...actor.projectRoles, [projectId, 'PM']]) }
  ctx.credentials.forget(actor.organisationId)
}

/**
 * Creates an empty project. Without a slug, one is made of the name.
 *
 * @throws PlanLimitError when the tier has no room for it, or for the seat of whoever becomes its PM.
 */
export async function createProject(ctx: Context, input: CreateProject): Promise<ProjectWritten> {
  const actor = requirePermission(ctx, 'projects.create')
  authorise(ctx, 'projects.create', null, 'project.create', { projectArchived: false })
  checkNames(input)
  const slug = slugFor(input.name, input.slug)
  const request = idempotentRequest(input.idempotencyKey, 'project.create', input)
  const id = chosenUuid('Project', input.id, ctx.clock.now())
  const leads = actor.organisationRole === 'TenantAdmin' ? [] : [{ ...LEAD, values: [] }]
  return retryOnRace(actor.organisationId, async () => {
    const room = await readRoom(ctx, actor, request?.key)
    const earlier = replayed<ProjectWritten>(request, room)
    if (earlier !== null) return earlier
    const countedAt = countProject(ctx, room, leads.length > 0 && !room.seated ? 1 : 0)
    const result: ProjectWritten = { projectId: id, sequence: 1 }
    const fields = JSON.stringify({ slug, name: input.name, description: input.description ?? null })
    const sequence = await commitWrite(ctx, {
      action: 'project.create', target: { type: 'project', id }, organisationId: actor.organisationId, stream: { id, expected: null }, governed: null, countedAt,
      event: { kind: 'project.created', version: 1, data: fields }, before: null, after: fields,
      rows: [{ ...INSERT, values: [slug, input.name, input.description ?? null] }, ...leads], idempotency: request, result,
    }).catch((error: unknown) => {
      if (breaksUnique(error, 'projects_organisation_id_slug_key')) throw new AlreadyExistsError(`A project with the slug ${JSON.stringify(slug)} exists already. Give another slug.`, ['slug'])
      if (breaksUnique(error, 'projects_pkey') || breaksUnique(error, 'event_streams_pkey')) throw new AlreadyExistsError(`A project with the id ${JSON.stringify(input.id)} exists already.`, ['id'])
      throw error
    })
    if (leads.length > 0 && sequence !== null) lead(ctx, actor, id)
    return sequence === null ? null : result
  })
}

const UPDATE: Omit<RowChange, 'values'> = {
  name: 'project-update',
  text: (p) => `UPDATE projects SET slug = ${p(1)}::text, name = ${p(2)}::text, description = ${p(3)}::text, plan_head = ${p(4)}::json, updated_at = $10::timestamptz FROM head WHERE id = $1::uuid`,
}
const ARCHIVE: Omit<RowChange, 'values'> = {
  name: 'project-archive',
  text: (p) => `UPDATE projects SET archived_at = CASE WHEN ${p(1)}::boolean THEN $10::timestamptz END, updated_at = $10::timestamptz FROM head WHERE id = $1::uuid`,
}

interface Change {
  readonly rows: readonly RowChange[]
  readonly countedAt?: number | null
  readonly event: { kind: string; data: string }
  readonly before: string
  readonly after: string
}

/** Reads the project, lets `decide` say what changes (null: nothing), and commits it. */
function changeProject(ctx: Context, action: AuditAction, ref: string, input: { idempotencyKey?: string | null }, decide: (row: ProjectRow) => Change | null | Promise<Change | null>): Promise<ProjectWritten> {
  const request = idempotentRequest(input.idempotencyKey, action, input)
  return retryOnRace(ref, async () => {
    const row = await readProject(ctx, ref, input.idempotencyKey)
    authorise(ctx, 'projects.write', { id: row.id, kind: 'project', ref, path: ['projectId'] }, action, { projectArchived: row.archived })
    const earlier = replayed<ProjectWritten>(request, row)
    if (earlier !== null) return earlier
    const change = await decide(row)
    if (change === null) return { projectId: row.id, sequence: row.sequence }
    const result: ProjectWritten = { projectId: row.id, sequence: row.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action, target: { type: 'project', id: row.id }, organisationId: row.organisation_id, stream: { id: row.id, expected: row.sequence },
      governed: { project: { id: row.id, slug: row.slug, name: row.name, archived: row.archived, policyVersion: row.policy_version } },
      event: { ...change.event, version: 1 }, before: change.before, after: change.after, rows: change.rows, countedAt: change.countedAt, idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}

export interface UpdateProject {
  readonly projectId: string
  readonly name?: string | null
  readonly slug?: string | null
  /** Null removes it; undefined leaves it. */
  readonly description?: string | null
  readonly idempotencyKey?: string | null
}

/** Changes name, slug or description. A plan that names its project is changed with it, so that files follow. */
export async function updateProject(ctx: Context, input: UpdateProject): Promise<ProjectWritten> {
  checkNames(input)
  return changeProject(ctx, 'project.update', input.projectId, input, (row) => {
    const next = { slug: input.slug ?? row.slug, name: input.name ?? row.name, description: input.description === undefined ? row.description : input.description }
    if (next.slug === row.slug && next.name === row.name && next.description === row.description) return null
    const before = JSON.stringify({ slug: row.slug, name: row.name, description: row.description })
    const after = JSON.stringify(next)
    const values = (head: unknown): unknown[] => [next.slug, next.name, next.description, JSON.stringify(head)]
    const project = row.plan_head['project'] as Record<string, unknown> | undefined
    if (project === undefined || (next.name === row.name && next.description === row.description)) {
      return { rows: [{ ...UPDATE, values: values(row.plan_head) }], event: { kind: 'project.updated', data: `{"before":${before},"after":${after}}` }, before, after }
    }
    const { description: _, ...rest } = project
    const renamed = { ...rest, name: next.name, ...(next.description === null ? {} : { description: next.description }) }
    const data = JSON.stringify({ changes: [{ op: 'head', set: { project: renamed } }], inverse: [{ op: 'head', set: { project } }] })
    return { rows: [{ ...UPDATE, values: values({ ...row.plan_head, project: renamed }) }], event: { kind: 'plan.changed', data }, before, after }
  }).catch((error: unknown) => {
    if (breaksUnique(error, 'projects_organisation_id_slug_key')) throw new AlreadyExistsError(`A project with the slug ${JSON.stringify(input.slug)} exists already.`, ['slug'])
    throw error
  })
}

export interface ArchiveProject {
  readonly projectId: string
  readonly archived: boolean
  readonly idempotencyKey?: string | null
}

/** Archives a project (it can then be read, not changed), or restores it. @throws PlanLimitError when the tier has no room to restore it */
export const archiveProject = (ctx: Context, input: ArchiveProject): Promise<ProjectWritten> =>
  changeProject(ctx, 'project.archive', input.projectId, input, async (row) => {
    if (row.archived === input.archived) return null
    return {
      rows: [{ ...ARCHIVE, values: [input.archived] }],
      countedAt: input.archived ? null : countProject(ctx, await readRoom(ctx, requireActor(ctx)), 0),
      event: { kind: input.archived ? 'project.archived' : 'project.restored', data: '{}' },
      before: JSON.stringify({ archived: row.archived }),
      after: JSON.stringify({ archived: input.archived }),
    }
  })
