/** A pull: what happened to a plan since a sequence, or the whole plan where that is not known any more; one statement. */
import type { Plan, PlanChange } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { documentWith } from '../plans/reads.ts'
import { itemColumns, readPlan, readRow } from '../plans/rows.ts'
import type { ItemColumns } from '../plans/rows.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'

export interface ChangesPulled {
  readonly sequence: number
  /** What happened since; null with a document. */
  readonly changes: readonly PlanChange[] | null
  /** The plan; null with changes. */
  readonly document: Plan | null
  /** Keys of items on which comments changed since. */
  readonly commentedItems: readonly string[]
}

interface Header {
  id: string
  name: string
  description: string | null
  plan_head: Record<string, unknown>
  sequence: number
  whole: boolean
  changes: PlanChange[][] | null
  commented: string[] | null
}

// the project travels as the one row without a kind, its JSON in a column of the items: see plans/load.ts
const HEADER = Array.from({ length: 21 }, (_, index) => (index === 0 ? 'project.id' : index === 18 ? 'row_to_json(project)' : 'NULL')).join(', ')
const PULL = (by: string): string => `WITH project AS (
  SELECT p.id, p.name, p.description, p.plan_head, s.sequence, $3::int = 0 OR $3::int < s.cut_at AS whole,
    (SELECT json_agg(e.data->'changes' ORDER BY e.sequence) FROM runner_events e
      WHERE e.stream_id = p.id AND e.sequence > $3::int AND e.kind = 'plan.changed' AND $3::int > 0 AND $3::int >= s.cut_at) AS changes,
    (SELECT json_agg(DISTINCT e.data->>'itemKey') FROM runner_events e WHERE e.stream_id = p.id AND e.sequence > $3::int AND e.kind LIKE 'comment.%') AS commented
  FROM projects p JOIN event_streams s ON s.id = p.id WHERE p.organisation_id = $1::uuid AND p.${by})
SELECT ${itemColumns('i')} FROM plan_items i JOIN project ON i.project_id = project.id AND project.whole
UNION ALL SELECT ${HEADER} FROM project`
const BY_ID = statement<ItemColumns>('sync:pull:id', PULL('id = $2::uuid'))
const BY_SLUG = statement<ItemColumns>('sync:pull:slug', PULL('slug = $2::text'))

/** @throws UnauthenticatedError, ForbiddenError, NotFoundError; ValidationError for a sequence that does not exist yet */
export async function pullChanges(ctx: Context, projectRef: string, since: number): Promise<ChangesPulled> {
  const actor = requirePermission(ctx, 'planner.read')
  if (since < 0) throw new ValidationError('A sequence is 0 or more.', ['since'])
  const { uuid, name } = parseReference(projectRef, 'Project')
  const rows = await ctx.db.queryText(uuid === null ? BY_SLUG : BY_ID, [actor.organisationId, uuid ?? name, since])
  const text = rows.find((row) => row[2] === null)?.[18]
  const project = text == null ? undefined : (JSON.parse(text) as Header)
  requireInProject(ctx, 'planner.read', project?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  const { sequence, whole, changes, commented } = project as Header
  // after a restored backup: what the caller saw is not what the log will hold under the same numbers
  if (since > sequence) throw new ValidationError(`The newest event is ${sequence}; there is none after ${since} yet. Pull from 0 and start from that plan.`, ['since'])
  const commentedItems = (commented ?? []).filter((key) => key !== null)
  if (!whole) return { sequence, changes: (changes ?? []).flat(), document: null, commentedItems }
  const items = rows.filter((row) => row[2] !== null).map((row) => readRow(row))
  return { sequence, changes: null, document: documentWith(project as Header, readPlan(items, (project as Header).plan_head).plan), commentedItems }
}
