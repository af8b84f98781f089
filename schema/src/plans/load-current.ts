/**
 * The plan as it stands, for who writes to it. Where this process knows it as of an earlier sequence, one statement brings
 * the changes since and the rows that these wrote; where it does not, or cannot know, the same statement brings it all.
 *
 * A write sets `updated_at` of its rows to the time of its event, which is how they are found: whatever the clocks say, it is
 * the same value. What is gone and what was renamed follows from the changes.
 */
import { PlanChangeError, applyChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, ItemFields, PlanChange } from '@buildrunner/sdk/plans'
import { VersionedMap, differingKeys, versioned } from '../../../sdk/src/domain/plans/versioned-map.ts'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { HEADER, fetchItems, projectRow, requireReader } from './load.ts'
import type { LoadOptions, LoadedPlan, ProjectHeader } from './load.ts'
import type { KnownPlan } from './plan-cache.ts'
import { COUNTERS } from './row-changes.ts'
import type { Renames, RowDelta } from './row-changes.ts'
import { itemColumns, readFields, readPlan, recordFields, recordRow, rowOf } from './rows.ts'
import type { ItemColumns, ItemRow, StoredItem } from './rows.ts'

interface CurrentHeader extends ProjectHeader {
  /** How many items the project has by its own count. */
  items: number
  mark: string
  /** Whether every item came. */
  whole: boolean
  /** Of the events since, oldest first. */
  changes: PlanChange[][] | null
}

/** From here on it is cheaper to read the plan than what happened to it: events, and bytes of them as they are stored. */
const [MAX_EVENTS, MAX_BYTES] = [500, 1_000_000]

const MARK = (sequence: string): string => `(SELECT e.request_id || ' ' || extract(epoch FROM e.created_at) FROM runner_events e WHERE e.stream_id = h.id AND e.sequence = ${sequence})`
const SINCE = 'FROM runner_events e WHERE e.stream_id = h.id AND e.sequence > $6::int'

/** $6 and $7 are sequence and mark of the plan that is known. */
const compose = (by: 'id' | 'slug'): Statement<ItemColumns> => statement(
  `plan:${by}:current`,
  `WITH header AS MATERIALIZED (SELECT h.*, ${MARK('h.sequence')} AS mark, (SELECT ${COUNTERS.join(' + ')} FROM projects WHERE id = h.id) AS items,
    coalesce($6::int > h.sequence OR $6::int < h.cut_at OR h.sequence - $6::int > ${MAX_EVENTS} OR ${MARK('$6::int')} IS DISTINCT FROM $7::text
      OR (SELECT sum(pg_column_size(e.data)) ${SINCE}) > ${MAX_BYTES}, $6::int IS NULL) AS whole
  FROM (${HEADER(by)}) h),
project AS (SELECT h.*, CASE WHEN h.whole THEN NULL ELSE (SELECT json_agg(e.data->'changes' ORDER BY e.sequence) ${SINCE} AND e.kind = 'plan.changed') END AS changes FROM header h)
SELECT ${itemColumns('i')} FROM plan_items i JOIN project h ON i.project_id = h.id WHERE h.whole
UNION ALL SELECT ${itemColumns('i')} FROM plan_items i JOIN project h ON i.project_id = h.id WHERE h.changes IS NOT NULL
  AND i.updated_at = ANY (ARRAY(SELECT e.created_at FROM runner_events e JOIN project ON e.stream_id = project.id WHERE e.sequence > $6::int AND e.kind = 'plan.changed'))
UNION ALL SELECT ${projectRow(21)} FROM project`,
)
const STATEMENTS = { id: compose('id'), slug: compose('slug') }

/** @throws as `loadItems` */
export async function loadCurrentPlan(ctx: Context, projectRef: string, options: Omit<LoadOptions, 'select'>): Promise<LoadedPlan> {
  const actor = requireReader(ctx, options)
  const { uuid, name } = parseReference(projectRef, 'Project')
  const known = ctx.plans.find(actor.organisationId, uuid ?? name)
  const followed = known === undefined ? undefined : await load(ctx, projectRef, options, known)
  // where the log does not say how the plan came to be as it is, the rows do
  return followed ?? await load(ctx, projectRef, options, null) as LoadedPlan
}

/** @returns undefined when what is known, and what happened since, do not make the plan that the database has */
async function load(ctx: Context, projectRef: string, options: Omit<LoadOptions, 'select'>, known: KnownPlan | null): Promise<LoadedPlan | undefined> {
  const { project, items } = await fetchItems(ctx, projectRef, options, STATEMENTS, [known?.sequence ?? null, known?.mark ?? null])
  const header = project as CurrentHeader
  const current = known === null || header.whole ? readWhole(items, header) : follow(known, items, header)
  if (current === undefined) return undefined
  const { id, organisation_id, slug, sequence, mark } = header
  ctx.plans.keep({ projectId: id, organisationId: organisation_id, slug, sequence, mark, ...current })
  return { project, parentKey: null, ...current }
}

type Current = Pick<LoadedPlan, 'plan' | 'rows'>

function readWhole(items: readonly StoredItem[], { plan_head }: CurrentHeader): Current {
  const { plan, rows } = readPlan(items, plan_head)
  return kept(plan, new Map(Array.from(rows, ([key, row]) => [key, rowOf(row)])))
}

/** The plan that is known with what happened since; undefined when the rows say otherwise. */
function follow(known: KnownPlan, written: readonly StoredItem[], header: CurrentHeader): Current | undefined {
  if (header.changes === null && known.rows.size === header.items) return kept({ ...known.plan, head: header.plan_head }, known.rows)
  // fields and head come as they are stored
  const changes = (header.changes ?? []).flat().filter(({ op }) => op !== 'update' && op !== 'head')
  const after = changed(known.plan, changes)
  if (after === undefined) return undefined
  const stored = withWritten(known, after, written.map((row) => ({ row: rowOf(row), fields: readFields(row) })))
  if (stored === undefined) return undefined
  const { items, rows } = stored
  const isInPlace = ({ key, parentUuid }: StoredItem): boolean => (rows.get(items.get(key)?.parentId ?? '')?.uuid ?? null) === parentUuid
  if (items.size !== header.items || rows.size !== header.items || !written.every(isInPlace)) return undefined
  return kept({ head: header.plan_head, items, children: after.children }, rows)
}

/** What became of a plan, with the rows that were written to do so; what no row was written for is as it was. Undefined when these do not fit. */
function withWritten(before: Current, after: FlatPlan, written: readonly { readonly row: ItemRow; readonly fields: ItemFields }[]) {
  const items = VersionedMap.over(after.items)
  const rows = VersionedMap.over(before.rows)
  for (const key of differingKeys(before.plan.items, after.items)) {
    const item = before.plan.items.get(key)
    if (!items.has(key)) rows.delete(key)
    else if (item !== undefined) items.set(key, item)
  }
  for (const { row, fields } of written) {
    const item = after.items.get(row.key)
    if (item?.kind !== row.kind) return undefined
    items.set(row.key, { ...item, fields })
    rows.set(row.key, row)
  }
  return { items, rows }
}

/** As it is kept, and as many versions are made of it. */
const kept = (plan: FlatPlan, rows: LoadedPlan['rows']): Current => ({ plan: versioned(plan), rows: VersionedMap.compact(rows) })

interface Written {
  readonly loaded: LoadedPlan
  readonly after: FlatPlan
  readonly delta: RowDelta
  readonly at: Date
}

/** Keeps the plan as this process has just written it: the next read brings what others did since. */
export function keepWritten(ctx: Context, { loaded, after, delta, at }: Written, renames: Renames, sequence: number): void {
  const time = at.toISOString()
  const records = [...delta.updates, ...delta.inserts]
  const stored = withWritten(loaded, after, records.map((record) => ({ row: recordRow(record, loaded.rows.get(renames.before(record.key))?.createdAt ?? time), fields: recordFields(record) })))
  if (stored === undefined) return
  const { id, organisation_id, slug } = loaded.project
  ctx.plans.keep({ projectId: id, organisationId: organisation_id, slug, sequence, mark: markOf(ctx.requestId, at), ...kept({ ...after, items: stored.items }, stored.rows) })
}

/** As `MARK` says it: Postgres prints seconds with six places. */
const markOf = (requestId: string, at: Date): string => `${requestId} ${(at.getTime() / 1000).toFixed(3)}000`

function changed(plan: FlatPlan, changes: readonly PlanChange[]): FlatPlan | undefined {
  try {
    return applyChanges(plan, changes)
  } catch (error) {
    if (error instanceof PlanChangeError) return undefined
    throw error
  }
}
