/** Use cases of projects. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { AlreadyExistsError, ForbiddenError, ValidationError } from '../shared/errors.ts'
import { newUuid, parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, RowChange } from '../shared/write.ts'

export interface ProjectWritten {
  readonly projectId: string
  readonly sequence: number
}

interface ProjectRow extends RecordedRequest {
  id: string
  organisation_id: string
  slug: string
  name: string
  description: string | null
  archived: boolean
  plan_head: Record<string, unknown>
  sequence: number
}

const READ = (by: 'id = $2::uuid' | 'slug = $2::text'): string =>
  `SELECT p.id, p.organisation_id, p.slug, p.name, p.description, p.archived_at IS NOT NULL AS archived, p.plan_head, s.sequence, r.request_hash, r.result
   FROM projects p JOIN event_streams s ON s.id = p.id LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text
   WHERE p.organisation_id = $1::uuid AND p.${by}`
const BY_ID = statement<ProjectRow>('project:id', READ('id = $2::uuid'))
const BY_SLUG = statement<ProjectRow>('project:slug', READ('slug = $2::text'))
const RECORDED = statement<RecordedRequest>('project:recorded', 'SELECT request_hash, result FROM idempotency_records WHERE actor_id = $1::uuid AND key = $2::text')

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** A slug made of a name: letters without marks, digits and dashes; at most 60 characters. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return plain.slice(0, 60).replace(/-+$/, '')
}

function checkNames(input: { name?: string | null; slug?: string | null }): void {
  if (input.name !== undefined && input.name !== null && (input.name.trim() === '' || input.name.length > 200)) throw new ValidationError('A name has 1 to 200 characters.', ['name'])
  if (input.slug !== undefined && input.slug !== null && (!SLUG.test(input.slug) || input.slug.length > 60)) {
    throw new ValidationError(`A slug is made of a-z, 0-9 and single dashes, at most 60 characters; ${JSON.stringify(input.slug)} is not.`, ['slug'])
  }
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

export interface CreateProject {
  readonly id?: string | null
  readonly name: string
  readonly slug?: string | null
  readonly description?: string | null
  readonly idempotencyKey?: string | null
}

/** Creates an empty project. Without a slug, one is made of the name. */
export async function createProject(ctx: Context, input: CreateProject): Promise<ProjectWritten> {
  const actor = requirePermission(ctx, 'projects.create')
  if (actor.projectId !== null) throw new ForbiddenError('projects.create')
  authorise(ctx, 'projects.create', null, 'project.create', { projectArchived: false })
  checkNames(input)
  const wanted = input.id === undefined || input.id === null ? null : parseReference(input.id, 'Project')
  if (wanted !== null && wanted.uuid === null) throw new ValidationError('An id given by the client is a UUID, or prj_ and a UUID without dashes.', ['id'])
  const slug = input.slug ?? slugOf(input.name)
  if (slug === '') throw new ValidationError(`No slug can be made of the name ${JSON.stringify(input.name)}; give one.`, ['slug'])
  const request = idempotentRequest(input.idempotencyKey, 'project.create', input)
  const id = wanted?.uuid ?? newUuid(ctx.clock.now().getTime())
  return retryOnRace(id, async () => {
    if (request !== null) {
      const [recorded] = await ctx.db.query(RECORDED, [actor.userId, request.key])
      const earlier = recorded && replayed<ProjectWritten>(request, recorded)
      if (earlier) return earlier
    }
    const result: ProjectWritten = { projectId: id, sequence: 1 }
    const fields = JSON.stringify({ slug, name: input.name, description: input.description ?? null })
    const sequence = await commitWrite(ctx, {
      action: 'project.create', target: { type: 'project', id }, organisationId: actor.organisationId, stream: { id, expected: null },
      event: { kind: 'project.created', version: 1, data: fields }, before: null, after: fields,
      rows: [{ ...INSERT, values: [slug, input.name, input.description ?? null] }], idempotency: request, result,
    }).catch((error: unknown) => {
      if (breaksUnique(error, 'projects_organisation_id_slug_key')) throw new AlreadyExistsError(`A project with the slug ${JSON.stringify(slug)} exists already. Give another slug.`, ['slug'])
      if (breaksUnique(error, 'projects_pkey') || breaksUnique(error, 'event_streams_pkey')) throw new AlreadyExistsError(`A project with the id ${JSON.stringify(input.id)} exists already.`, ['id'])
      throw error
    })
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
  readonly event: { kind: string; data: string }
  readonly before: string
  readonly after: string
}

/** Reads the project, lets `decide` say what changes (null: nothing), and commits it. */
function changeProject(ctx: Context, action: AuditAction, ref: string, input: { idempotencyKey?: string | null }, decide: (row: ProjectRow) => Change | null): Promise<ProjectWritten> {
  const request = idempotentRequest(input.idempotencyKey, action, input)
  return retryOnRace(ref, async () => {
    const row = await readProject(ctx, ref, input.idempotencyKey)
    authorise(ctx, 'projects.write', { id: row.id, kind: 'project', ref, path: ['projectId'] }, action, { projectArchived: row.archived })
    const earlier = replayed<ProjectWritten>(request, row)
    if (earlier !== null) return earlier
    const change = decide(row)
    if (change === null) return { projectId: row.id, sequence: row.sequence }
    const result: ProjectWritten = { projectId: row.id, sequence: row.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action, target: { type: 'project', id: row.id }, organisationId: row.organisation_id, stream: { id: row.id, expected: row.sequence },
      event: { ...change.event, version: 1 }, before: change.before, after: change.after, rows: change.rows, idempotency: request, result,
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

/** Archives a project (it can then be read, not changed), or restores it. */
export const archiveProject = (ctx: Context, input: ArchiveProject): Promise<ProjectWritten> =>
  changeProject(ctx, 'project.archive', input.projectId, input, (row) =>
    row.archived === input.archived
      ? null
      : {
          rows: [{ ...ARCHIVE, values: [input.archived] }],
          event: { kind: input.archived ? 'project.archived' : 'project.restored', data: '{}' },
          before: JSON.stringify({ archived: row.archived }),
          after: JSON.stringify({ archived: input.archived }),
        },
  )
