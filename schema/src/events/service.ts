/** Reading a project's events, and following them. */
import type { Actor, Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { lapseOf, may, requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Follower } from './follower.ts'
import { parseKinds } from './kinds.ts'
import { EVENT_COLUMNS } from './reader.ts'
import type { StoredEvent } from './reader.ts'

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
    SELECT ${EVENT_COLUMNS} FROM runner_events WHERE stream_id = p.id AND sequence > $3::int ORDER BY sequence LIMIT $4::int) e) AS events
  FROM projects p JOIN event_streams s ON s.id = p.id WHERE p.organisation_id = $1::uuid AND p.${by}`
const BY_ID = statement<Row>('events:id', READ('id = $2::uuid'))
const BY_SLUG = statement<Row>('events:slug', READ('slug = $2::text'))

const MAX_EVENTS = 1_000

/** Events after `since`, in order. `gap` says from where on history is kept when it no longer reaches back to `since`. */
export async function readEvents(ctx: Context, projectRef: string, since: number, first: number | null | undefined): Promise<EventPage> {
  const actor = requirePermission(ctx, 'planner.read')
  const limit = first ?? 100
  if (since < 0) throw new ValidationError('A sequence is 0 or more.', ['since'])
  if (limit < 1 || limit > MAX_EVENTS) throw new ValidationError(`first is 1 to ${MAX_EVENTS}; ${limit} is not.`, ['first'])
  const ref = parseReference(projectRef, 'Project')
  const [row] = await ctx.db.query(ref.uuid === null ? BY_SLUG : BY_ID, [actor.organisationId, ref.uuid ?? ref.name, since, limit])
  requireInProject(ctx, 'planner.read', row?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  const events = row.events ?? []
  return { events, sequence: row.sequence, hasMore: (events.at(-1)?.sequence ?? since) < row.sequence, gap: since < row.cut_at ? row.cut_at : null }
}

const PLACE = (by: string): string => `SELECT p.id, s.sequence FROM projects p JOIN event_streams s ON s.id = p.id WHERE p.organisation_id = $1::uuid AND p.${by}`
const PLACE_BY_ID = statement<{ id: string; sequence: number }>('events:place:id', PLACE('id = $2::uuid'))
const PLACE_BY_SLUG = statement<{ id: string; sequence: number }>('events:place:slug', PLACE('slug = $2::text'))

export interface WatchOptions {
  /** The last sequence that was seen. Default: the newest. */
  readonly since?: number | null | undefined
  /** Patterns such as `comment.*`. Default: all. */
  readonly kinds?: readonly string[] | null | undefined
}

/**
 * Events after `since`, then those to come; by default those to come. It begins with the place where it begins, says so
 * when history was cut, and ends with an error when the key or session no longer stands, or may no longer read the plan.
 */
export async function watchEvents(ctx: Context, projectRef: string, { since, kinds }: WatchOptions): Promise<Follower> {
  const wanted = parseKinds(kinds)
  const actor = requirePermission(ctx, 'planner.read')
  const ref = parseReference(projectRef, 'Project')
  const [place] = await ctx.db.query(ref.uuid === null ? PLACE_BY_SLUG : PLACE_BY_ID, [actor.organisationId, ref.uuid ?? ref.name])
  requireInProject(ctx, 'planner.read', place?.id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  const { id, sequence } = place
  const position = since ?? sequence
  if (position < 0) throw new ValidationError('A sequence is 0 or more.', ['since'])
  // After a restored backup: what the caller saw is not what the log will hold under the same numbers.
  if (position > sequence) throw new ValidationError(`The newest event is ${sequence}; there is none after ${position} yet. Read the plan again and start from its sequence.`, ['since'])
  const follower = ctx.log.follow(id, position, sequence, { kinds: wanted })
  // held for each that follows: no more of the actor than is asked of
  const { organisationId } = actor
  const holds = (now: Actor): boolean => now.organisationId === organisationId && may(now, 'planner.read', id)
  follower.whenEnded(ctx.credentials.watch(actor, holds, (now) => follower.fail(lapseOf(now, 'planner.read'))))
  return follower
}
