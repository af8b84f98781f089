/** What rules speak of, as far as they do: everything that is not of the request itself is read only where a rule asks for it. */
import type { ActorFacts } from '@buildrunner/sdk/policy'
import type { AcceptanceCriterion, FlatPlan } from '@buildrunner/sdk/plans'
import type { Actor, Context } from '../context.ts'
import { itemColumns, readPlan, readRow } from '../plans/rows.ts'
import type { ItemColumns } from '../plans/rows.ts'
import { statement } from '../shared/database.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { requireActor, roleIn } from '../shared/permissions.ts'

/** The plan as it is now. */
export interface PlanNow {
  readonly plan: FlatPlan
  readonly sequence: number
}

/** The stream's sequence stands before the columns of each item, and alone where there is none. */
const PLAN = statement<ItemColumns>(
  'governance:plan',
  `SELECT s.sequence, ${itemColumns('i')} FROM event_streams s LEFT JOIN plan_items i ON i.project_id = s.id WHERE s.id = $1::uuid`,
)

/** Reads a plan where nobody asks for it, to go back from there. */
export async function readPlanNow({ db }: Pick<Context, 'db'>, projectId: string): Promise<PlanNow> {
  const found = await db.queryText(PLAN, [projectId])
  const { plan } = readPlan(found.filter((row) => row[1] !== null).map((row) => readRow(row, 1)), {})
  return { plan, sequence: Number(found[0]?.[0] ?? 0) }
}

/** What is known of whoever asks without a statement. */
export const actorFacts = (actor: Actor, projectId: string): ActorFacts => ({
  id: encodeNodeId('User', actor.userId), roles: [...new Set([roleIn(actor, projectId), actor.organisationRole])].filter((role) => role !== null),
  kind: actor.apiKeyId === null ? 'person' : 'key', impersonated: actor.impersonator !== null,
})

interface ActorRow {
  name: string
  email: string
  teams: string[]
  key_name: string | null
}

const ACTOR = statement<ActorRow>(
  'governance:actor',
  `SELECT u.name, u.email, coalesce((SELECT array_agg(t.slug ORDER BY t.slug) FROM team_members tm JOIN teams t ON t.id = tm.team_id WHERE tm.user_id = u.id AND t.organisation_id = $2::uuid), '{}') AS teams,
    (SELECT k.name FROM api_keys k WHERE k.id = $3::uuid) AS key_name FROM users u WHERE u.id = $1::uuid`,
)

/** The rest of it: name, address, teams, and the key's name. */
export async function describeActor(ctx: Pick<Context, 'db' | 'actor'>, projectId: string): Promise<ActorFacts> {
  const actor = requireActor(ctx)
  const [row] = await ctx.db.query(ACTOR, [actor.userId, actor.organisationId, actor.apiKeyId])
  return { ...actorFacts(actor, projectId), name: row?.name ?? '', email: row?.email ?? '', teams: row?.teams ?? [], keyName: row?.key_name ?? '' }
}

const COMMENTS = statement<{ item_id: string; open: number }>(
  'governance:comments',
  `SELECT c.item_id, count(*)::int AS open FROM comments c WHERE c.project_id = $1::uuid AND c.item_id = ANY($2::uuid[]) AND c.parent_id IS NULL AND c.resolved_at IS NULL AND c.deleted_at IS NULL GROUP BY c.item_id`,
)

/** Threads that are not resolved, by the items' UUIDs. */
export async function openThreads({ db }: Pick<Context, 'db'>, projectId: string, itemIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query(COMMENTS, [projectId, itemIds])
  return new Map(rows.map(({ item_id: id, open }) => [id, open]))
}

export type Criteria = readonly AcceptanceCriterion[] | null
