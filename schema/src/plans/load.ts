/**
 * Reading a plan: one statement brings the project, its sequence, an earlier request under the same idempotency key,
 * the events needed to go back in time, and the items. One statement is one snapshot, so that all of it belongs together.
 *
 * The project travels as the one row without a kind, its JSON in the `extra` column: a UNION costs Postgres far less
 * than building the whole plan as JSON, and far less than repeating the project on each item's row.
 */
import { EMPTY_PLAN, applyChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { Actor, Context } from '../context.ts'
import type { GovernedProject } from '../governance/governed.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requireActor, requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import type { RecordedRequest } from '../shared/write.ts'
import { itemColumns, readPlan, readRow } from './rows.ts'
import type { ItemColumns, ItemRow, StoredItem } from './rows.ts'

/** The project's part of a plan read. Names are those of the columns. */
export interface ProjectHeader extends RecordedRequest {
  id: string
  organisation_id: string
  slug: string
  name: string
  description: string | null
  archived: boolean
  /** Of the project's own rules that are in force; null: it has none. */
  policy_version: number | null
  plan_head: Record<string, unknown>
  sequence: number
  cut_at: number
  /** Inverse changes of the events after `since`, newest first; null when there are none. */
  inverses: PlanChange[][] | null
}

/** The project, as its own rules want it. */
export const governedHeader = ({ id, slug, name, archived, policy_version: policyVersion }: ProjectHeader): GovernedProject => ({ id, slug, name, archived, policyVersion })

export interface LoadedItems {
  readonly project: ProjectHeader
  readonly items: readonly StoredItem[]
  /** Key of the parent, when one item was selected. */
  readonly parentKey: string | null
}

/** Which items a read brings. */
export type ItemSelection = { all: true } | { none: true } | { ref: string }

export interface LoadOptions {
  /** Null: for the server itself, such as the rules about a write, whose author need not be allowed to read it all. */
  readonly permission: Permission | null
  readonly select: ItemSelection
  /** Brings the inverses of later events, for the plan as of this sequence. */
  readonly since?: number
  readonly idempotencyKey?: string | null
}

export const HEADER = (by: 'id' | 'slug'): string => `SELECT p.id, p.organisation_id, p.slug, p.name, p.description, p.archived_at IS NOT NULL AS archived, p.policy_version, p.plan_head,
    s.sequence, s.cut_at, r.request_hash, r.result,
    CASE WHEN $5::int IS NULL THEN NULL ELSE (SELECT json_agg(e.data->'inverse' ORDER BY e.sequence DESC) FROM runner_events e
      WHERE e.stream_id = p.id AND e.sequence > $5::int AND e.kind = 'plan.changed') END AS inverses
  FROM projects p JOIN event_streams s ON s.id = p.id
  LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text
  WHERE p.organisation_id = $1::uuid AND p.${by === 'id' ? 'id = $2::uuid' : 'slug = $2::text'}`

const ITEMS = { all: '', none: ' AND false', key: ' AND i.key = $6::text', id: ' AND i.id = $6::uuid' } as const

/** The select list of the project's row. */
export const projectRow = (columns: number): string => Array.from({ length: columns }, (_, index) => (index === 0 ? 'project.id' : index === 18 ? 'row_to_json(project)' : 'NULL')).join(', ')

function compose(by: 'id' | 'slug', items: keyof typeof ITEMS): Statement<ItemColumns> {
  const single = items === 'key' || items === 'id'
  const header = projectRow(single ? 22 : 21)
  const parentKey = single ? ', (SELECT k.key FROM plan_items k WHERE k.id = i.parent_id)' : ''
  return statement(
    `plan:${by}:${items}`,
    `WITH project AS (${HEADER(by)})
SELECT ${itemColumns('i')}${parentKey} FROM plan_items i JOIN project ON i.project_id = project.id${ITEMS[items]}
UNION ALL SELECT ${header} FROM project`,
  )
}

const STATEMENTS = {
  id: { all: compose('id', 'all'), none: compose('id', 'none'), key: compose('id', 'key'), id: compose('id', 'id') },
  slug: { all: compose('slug', 'all'), none: compose('slug', 'none'), key: compose('slug', 'key'), id: compose('slug', 'id') },
}

function selectItems(select: ItemSelection): { items: keyof typeof ITEMS; values: string[] } {
  if ('all' in select) return { items: 'all', values: [] }
  if ('none' in select) return { items: 'none', values: [] }
  const ref = parseReference(select.ref, 'Milestone', 'Step', 'Microstep')
  return ref.uuid === null ? { items: 'key', values: [ref.name] } : { items: 'id', values: [ref.uuid] }
}

/**
 * @throws UnauthenticatedError, ForbiddenError without the permission; NotFoundError when there is no such project for this key.
 */
export async function loadItems(ctx: Context, projectRef: string, options: LoadOptions): Promise<LoadedItems> {
  requireReader(ctx, options)
  const { items, values } = selectItems(options.select)
  return fetchItems(ctx, projectRef, options, { id: STATEMENTS.id[items], slug: STATEMENTS.slug[items] }, values)
}

/** @throws UnauthenticatedError, ForbiddenError */
export const requireReader = (ctx: Context, { permission }: Pick<LoadOptions, 'permission'>): Actor => (permission === null ? requireActor(ctx) : requirePermission(ctx, permission))

/** Runs one of the statements, which have the project's row, and checks the permission. `values` are those from $6 on. */
export async function fetchItems(
  ctx: Context, projectRef: string, options: Omit<LoadOptions, 'select'>, statements: Readonly<Record<'id' | 'slug', Statement<ItemColumns>>>, values: readonly unknown[],
): Promise<LoadedItems> {
  const actor = requireReader(ctx, options)
  const project = parseReference(projectRef, 'Project')
  const key = options.idempotencyKey ?? null
  const rows = await ctx.db.queryText(statements[project.uuid === null ? 'slug' : 'id'], [
    actor.organisationId, project.uuid ?? project.name, key === null ? null : actor.userId, key, options.since ?? null, ...values,
  ])
  let header: ProjectHeader | undefined
  let parentKey: string | null = null
  const items: StoredItem[] = []
  for (const row of rows) {
    if (row[2] === null) header = JSON.parse(row[18] as string) as ProjectHeader
    else {
      items.push(readRow(row))
      parentKey = row[21] ?? null
    }
  }
  const named = { kind: 'project', ref: projectRef, path: ['projectId'] } as const
  if (options.permission !== null) requireInProject(ctx, options.permission, header?.id, named)
  if (header === undefined) throw new NotFoundError(named.kind, named.ref, named.path)
  return { project: header, items, parentKey }
}

/** A plan and the rows it was read from. */
export interface LoadedPlan {
  readonly project: ProjectHeader
  readonly plan: FlatPlan
  readonly rows: ReadonlyMap<string, ItemRow>
  readonly parentKey: string | null
}

export async function loadPlan(ctx: Context, projectRef: string, options: Omit<LoadOptions, 'select'>): Promise<Omit<LoadedPlan, 'rows'> & { readonly rows: ReadonlyMap<string, StoredItem> }> {
  const { project, items } = await loadItems(ctx, projectRef, { ...options, select: { all: true } })
  return { project, parentKey: null, ...readPlan(items, project.plan_head) }
}

/**
 * The plan as it was at a sequence: today's plan with newer batches undone, newest first. `loaded` must have been
 * read with `since: sequence`.
 *
 * @throws ValidationError when the sequence lies in the future, or before what retention has kept.
 */
export function planAsOf(loaded: LoadedPlan, sequence: number, path: readonly string[]): FlatPlan {
  const { project, plan } = loaded
  if (sequence > project.sequence) throw new ValidationError(`The project is at sequence ${project.sequence}; there is no ${sequence} yet. Was the file synchronised with another server?`, path)
  if (sequence === 0) return EMPTY_PLAN
  if (sequence < project.cut_at) throw new ValidationError(`History before sequence ${project.cut_at} is no longer kept. Read the whole plan and start from it.`, path)
  let past = plan
  for (const inverse of project.inverses ?? []) past = applyChanges(past, inverse)
  return past
}
