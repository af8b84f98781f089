/** Reading a project's events. */
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { reachesProject, requirePermission } from '../shared/permissions.ts'

export interface StoredEvent {
  readonly sequence: number
  readonly kind: string
  readonly version: number
  readonly actor: string
  readonly origin: string
  readonly requestId: string
  readonly createdAt: string
  readonly data: unknown
}

export interface EventPage {
  readonly events: readonly StoredEvent[]
  readonly sequence: number
  readonly hasMore: boolean
  readonly gap: number | null
}

interface Row {
  id: string
  sequence: number
  cut_at: number
  events: StoredEvent[] | null
}

const READ = (by: string): string => `SELECT p.id, s.sequence, s.cut_at,
  (SELECT json_agg(e ORDER BY e.sequence) FROM (
    SELECT sequence, kind, version, actor_id AS actor, origin, request_id AS "requestId", created_at AS "createdAt", data
    FROM runner_events WHERE stream_id = p.id AND sequence > $3::int ORDER BY sequence LIMIT $4::int) e) AS events
  FROM projects p JOIN event_streams s ON s.id = p.id WHERE p.organisation_id = $1::uuid AND p.${by}`
const BY_ID = statement<Row>('events:id', READ('id = $2::uuid'))
const BY_SLUG = statement<Row>('events:slug', READ('slug = $2::text'))

const MAX_EVENTS = 1_000

/** Events after `since`, in order. `gap` says from where on history is kept when it no longer reaches back to `since`. */
export async function readEvents(ctx: Context, projectRef: string, since: number, first: number | null | undefined): Promise<EventPage> {
  const actor = requirePermission(ctx.actor, 'planner.read')
  const limit = first ?? 100
  if (since < 0) throw new ValidationError('A sequence is 0 or more.', ['since'])
  if (limit < 1 || limit > MAX_EVENTS) throw new ValidationError(`first is 1 to ${MAX_EVENTS}; ${limit} is not.`, ['first'])
  const ref = parseReference(projectRef, 'Project')
  const [row] = await ctx.db.query(ref.uuid === null ? BY_SLUG : BY_ID, [actor.organisationId, ref.uuid ?? ref.name, since, limit])
  if (row === undefined || !reachesProject(actor, row.id)) throw new NotFoundError('project', projectRef, ['projectId'])
  const events = row.events ?? []
  return { events, sequence: row.sequence, hasMore: (events.at(-1)?.sequence ?? since) < row.sequence, gap: since < row.cut_at ? row.cut_at : null }
}
