/** The log of a project as a dry run wants it: the plan before a time, and the events since, page by page. */
import type { ActorFacts, PastEvent } from '@buildrunner/sdk/policy'
import { applyChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { EFFECTIVE_ROLE } from '../organisations/rows.ts'
import { statement } from '../shared/database.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { readPlanNow } from './facts.ts'

const PAGE = 1_000

type Reader = Pick<Context, 'db'>

/** Events of a stream whose sequence is within these, both included. */
export interface Span {
  readonly streamId: string
  readonly first: number
  readonly last: number
}

const SPAN = statement<{ first: number | null; last: number | null }>(
  'governance:span',
  'SELECT min(sequence) AS first, max(sequence) AS last FROM runner_events WHERE stream_id = $1::uuid AND created_at >= $2::timestamptz AND created_at < $3::timestamptz',
)

/** Null where nothing happened in that time. */
export async function spanOf({ db }: Reader, streamId: string, since: Date, until: Date): Promise<Span | null> {
  const [row] = await db.query(SPAN, [streamId, since, until])
  return row?.first == null || row.last === null ? null : { streamId, first: row.first, last: row.last }
}

const INVERSES = statement<{ sequence: number; inverse: PlanChange[] }>(
  'governance:inverses',
  `SELECT sequence, data->'inverse' AS inverse FROM runner_events WHERE stream_id = $1::uuid AND sequence >= $2::int AND sequence < $3::int AND kind = 'plan.changed' ORDER BY sequence DESC LIMIT ${PAGE}`,
)

/** The plan before the first event of the span: today's, with what came since undone, a page at a time. */
export async function planBefore({ db }: Reader, { streamId, first }: Span): Promise<FlatPlan> {
  const now = await readPlanNow({ db }, streamId)
  let plan = now.plan
  for (let before = now.sequence + 1; ; ) {
    const rows = await db.query(INVERSES, [streamId, first, before])
    if (rows.length > 0) plan = applyChanges(plan, rows.flatMap(({ inverse }) => inverse))
    const oldest = rows.at(-1)
    if (oldest === undefined || rows.length < PAGE) return plan
    before = oldest.sequence
  }
}

interface EventRow {
  sequence: number
  kind: string
  actor_id: string
  impersonated: boolean
  created_at: Date
  changes: PlanChange[] | null
}

const EVENTS = statement<EventRow>(
  'governance:events',
  `SELECT sequence, kind, actor_id, impersonator_id IS NOT NULL AS impersonated, created_at, CASE WHEN kind = 'plan.changed' THEN data->'changes' END AS changes
   FROM runner_events WHERE stream_id = $1::uuid AND sequence > $2::int AND sequence <= $3::int ORDER BY sequence LIMIT ${PAGE}`,
)

/** What a past actor is today: the log does not tell what they were then. */
const ACTORS = statement<{ id: string; name: string; email: string; teams: string[]; roles: string[] }>(
  'governance:actors',
  `SELECT u.id, u.name, u.email, coalesce((SELECT array_agg(t.slug ORDER BY t.slug) FROM team_members tm JOIN teams t ON t.id = tm.team_id WHERE tm.user_id = u.id AND t.organisation_id = $2::uuid), '{}') AS teams,
    array_remove(ARRAY[(SELECT (${EFFECTIVE_ROLE})::text FROM members m JOIN organisations o ON o.id = m.organisation_id LEFT JOIN project_members pm ON pm.user_id = m.user_id AND pm.project_id = $3::uuid
      WHERE m.user_id = u.id AND m.organisation_id = $2::uuid), (SELECT m.role::text FROM members m WHERE m.user_id = u.id AND m.organisation_id = $2::uuid)], NULL) AS roles
   FROM users u WHERE u.id = ANY($1::uuid[])`,
)

/** Pages of events in the order of the log. Memory holds one page, and the people who appear. */
export async function* pastEvents({ db }: Reader, organisationId: string, { streamId, first, last }: Span): AsyncGenerator<readonly PastEvent[], void, undefined> {
  const actors = new Map<string, Omit<ActorFacts, 'impersonated'>>()
  for (let after = first - 1; after < last; ) {
    const rows = await db.query(EVENTS, [streamId, after, last])
    const newest = rows.at(-1)
    if (newest === undefined) return
    const unknown = [...new Set(rows.map((row) => row.actor_id))].filter((id) => !actors.has(id))
    for (const { id, ...found } of unknown.length === 0 ? [] : await db.query(ACTORS, [unknown, organisationId, streamId])) actors.set(id, { ...found, id: encodeNodeId('User', id), kind: 'person', keyName: '' })
    yield rows.map(({ sequence, kind, actor_id: id, impersonated, created_at: at, changes }) => ({
      sequence, kind, at, actor: { ...(actors.get(id) ?? { ...NOBODY, id: encodeNodeId('User', id) }), impersonated }, ...(changes !== null && { changes }),
    }))
    after = newest.sequence
  }
}

const NOBODY = { name: '', email: '', teams: [], roles: [], kind: 'person', keyName: '' } as const
