/** What the server remembers of a replica. */
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { Actor, Context } from '../context.ts'
import type { LoadedPlan } from '../plans/load.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { CONFLICT_JSON } from './rows.ts'
import type { ConflictRow, EventRow, NewConflict } from './rows.ts'

export interface Replica {
  /** The highest number that was answered; 0 for a new replica. */
  readonly acknowledged: number
  readonly prunedTo: number
  /** Of the numbers asked for, those that are kept. */
  readonly events: ReadonlyMap<number, EventRow>
  /** Conflicts of these. */
  readonly conflicts: readonly ConflictRow[]
}

interface Row {
  acknowledged: number
  pruned_to: number
  user_id: string
  events: EventRow[] | null
  conflicts: ConflictRow[] | null
}

const REPLICA = statement<Row>(
  'sync:replica',
  `SELECT r.acknowledged, r.pruned_to, r.user_id,
    (SELECT json_agg(json_build_object('number', e.number, 'kind', e.kind, 'digest', e.digest, 'outcome', e.outcome, 'code', e.code, 'message', e.message, 'rule', e.rule, 'line', e.line, 'path', e.path))
      FROM sync_events e WHERE e.project_id = r.project_id AND e.replica_id = r.id AND e.number BETWEEN $3::int AND $4::int AND $3::int <= r.acknowledged) AS events,
    (SELECT json_agg(${CONFLICT_JSON} ORDER BY c.id) FROM conflict_logs c
      WHERE c.project_id = r.project_id AND c.replica_id = r.id AND $3::int <= r.acknowledged AND c.numbers && $5::int[]) AS conflicts
  FROM sync_replicas r WHERE r.project_id = $1::uuid AND r.id = $2::uuid`,
)

/** @throws ValidationError for a replica of somebody else */
export async function readReplica(ctx: Context, { projectId, replicaId, numbers }: { projectId: string; replicaId: string; numbers: readonly number[] }): Promise<Replica> {
  const [row] = await ctx.db.query(REPLICA, [projectId, replicaId, numbers[0], numbers.at(-1), numbers])
  if (row === undefined) return { acknowledged: 0, prunedTo: 0, events: new Map(), conflicts: [] }
  if (row.user_id !== ctx.actor?.userId) throw new ValidationError('This replica is somebody else\'s. Make a new id for what you write on this device.', ['replicaId'])
  return { acknowledged: row.acknowledged, prunedTo: row.pruned_to, events: new Map((row.events ?? []).map((event) => [event.number, event])), conflicts: row.conflicts ?? [] }
}

/** A conflict that is about to be kept, as it will be read. */
export function pushedConflict(ctx: Context, loaded: LoadedPlan, after: FlatPlan, replicaId: string, { id, at, numbers, conflict }: NewConflict): ConflictRow {
  const key = conflict.id
  return {
    id, projectId: loaded.project.id, replicaId, numbers, kind: conflict.kind, itemKey: key, itemTitle: key === null ? null : (after.items.get(key)?.fields.title ?? null), field: conflict.field ?? null,
    base: conflict.base ?? null, local: conflict.local ?? null, remote: conflict.remote ?? null,
    byId: (ctx.actor as Actor).userId, strategy: null, resolution: null, autoResolved: false, resolvedById: null, resolvedAt: null, createdAt: at.toISOString(),
  }
}
