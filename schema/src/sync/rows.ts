/** Rows of replicas, their writes and conflicts: as they are read, and how a push writes them, however many there are. */
import type { ConflictKind, PlanConflict } from '@buildrunner/sdk/plans'
import type { SyncOutcome, SyncWrite } from '@buildrunner/sdk/sync-merge'
import { newUuid } from '../shared/ids.ts'
import type { RowChange } from '../shared/write.ts'

export type Strategy = 'keep_local' | 'take_remote' | 'merge'

/** What deciding about a conflict later takes. */
export interface Causes {
  readonly baseSequence: number
  readonly writes: readonly SyncWrite[]
}

/** A conflict as it is read. */
export interface ConflictRow {
  readonly id: string
  readonly projectId: string
  /** Null: of a file. */
  readonly replicaId: string | null
  readonly numbers: readonly number[]
  readonly kind: ConflictKind
  readonly itemKey: string | null
  readonly itemTitle: string | null
  readonly field: string | null
  readonly base: unknown
  readonly local: unknown
  readonly remote: unknown
  /** UUID of the person. */
  readonly byId: string
  readonly strategy: Strategy | null
  readonly resolution: unknown
  readonly autoResolved: boolean
  readonly resolvedById: string | null
  readonly resolvedAt: string | null
  readonly createdAt: string
}

/** A row of `conflict_logs c` as a `ConflictRow`. */
export const CONFLICT_JSON = `json_build_object('id', c.id, 'projectId', c.project_id, 'replicaId', c.replica_id, 'numbers', c.numbers, 'kind', c.kind,
  'itemKey', c.item_key, 'itemTitle', (SELECT i.title FROM plan_items i WHERE i.project_id = c.project_id AND i.key = c.item_key), 'field', c.field,
  'base', c.base, 'local', c.local, 'remote', c.remote, 'byId', c.user_id, 'strategy', c.resolution_strategy, 'resolution', c.resolution,
  'autoResolved', c.auto_resolved, 'resolvedById', c.resolved_by_id, 'resolvedAt', c.resolved_at, 'createdAt', c.created_at)`

/** How a write of a replica ended, as it is kept. */
export interface EventRow {
  readonly number: number
  /** The operation of its first change. */
  readonly kind: string
  readonly digest: string
  readonly outcome: SyncOutcome
  readonly code: string | null
  readonly message: string | null
  readonly rule: string | null
  readonly line: number | null
  readonly path: readonly string[]
}

export const REPLICA: Omit<RowChange, 'values'> = {
  name: 'sync-replica',
  text: (p) => `INSERT INTO sync_replicas AS r (project_id, id, organisation_id, user_id, acknowledged, applied, conflicts, refused, created_at, last_seen_at)
    SELECT $1::uuid, ${p(1)}::uuid, $3::uuid, $6::uuid, ${p(2)}::int, ${p(3)}::int, ${p(4)}::int, ${p(5)}::int, $10::timestamptz, $10::timestamptz FROM head
    ON CONFLICT (project_id, id) DO UPDATE SET acknowledged = EXCLUDED.acknowledged, last_seen_at = EXCLUDED.last_seen_at,
      applied = r.applied + EXCLUDED.applied, conflicts = r.conflicts + EXCLUDED.conflicts, refused = r.refused + EXCLUDED.refused`,
}

export const EVENTS: Omit<RowChange, 'values'> = {
  name: 'sync-events',
  text: (p) => `INSERT INTO sync_events (project_id, replica_id, number, organisation_id, kind, payload, digest, base_sequence, outcome, code, message, rule, line, path, sequence, created_at)
    SELECT $1::uuid, ${p(1)}::uuid, e.number, $3::uuid, e.kind, e.payload, e.digest, ${p(2)}::int, e.outcome, e.code, e.message, e.rule, e.line,
      ARRAY(SELECT json_array_elements_text(e.path)), head.sequence, $10::timestamptz
    FROM head, json_to_recordset(${p(3)}::json) AS e(number int, kind text, payload json, digest text, outcome sync_outcome, code text, message text, rule text, line int, path json)`,
}

export const CONFLICTS: Omit<RowChange, 'values'> = {
  name: 'sync-conflicts',
  text: (p) => `INSERT INTO conflict_logs (id, organisation_id, project_id, replica_id, numbers, user_id, kind, item_key, field, base, local, remote, causes, created_at)
    SELECT c.id, $3::uuid, $1::uuid, ${p(1)}::uuid, ARRAY(SELECT n::int FROM json_array_elements_text(c.numbers) n), $6::uuid, c.kind, c.item_key, c.field,
      c.base, c.local, c.remote, c.causes, c.at
    FROM head, json_to_recordset(${p(2)}::json) AS c(id uuid, at timestamptz, numbers json, kind text, item_key text, field text, base json, local json, remote json, causes json)`,
}

/** Ends conflicts: decided by a person, or (without a strategy) because nothing conflicts any more. */
export const SETTLE: Omit<RowChange, 'values'> = {
  name: 'sync-settle',
  text: (p) => `UPDATE conflict_logs c SET resolved_at = $10::timestamptz, resolved_by_id = $6::uuid, resolution_strategy = s.strategy, resolution = s.resolution, auto_resolved = s.strategy IS NULL
    FROM head, json_to_recordset(${p(1)}::json) AS s(id uuid, strategy conflict_strategy, resolution json) WHERE c.id = s.id AND c.project_id = $1::uuid`,
}

/** A conflict that a merge found, to be kept. */
export interface NewConflict {
  readonly id: string
  readonly at: Date
  readonly numbers: readonly number[]
  readonly conflict: PlanConflict
  readonly causes: Causes
}

/** With the time that answers and reads both tell. */
export function newConflict(at: Date, found: Pick<NewConflict, 'conflict' | 'numbers' | 'causes'>): NewConflict {
  return { ...found, id: newUuid(at.getTime()), at }
}

export const conflictRows = (replicaId: string | null, found: readonly NewConflict[]): RowChange[] =>
  found.length === 0 ? [] : [{ ...CONFLICTS, values: [replicaId, JSON.stringify(found.map(({ id, at, numbers, causes, conflict }) => ({ ...conflict, id, at, numbers, causes, item_key: conflict.id })))] }]

/** How one conflict ends. */
export interface Settled {
  readonly id: string
  readonly strategy: Strategy | null
  readonly resolution: unknown
}

export const settleRows = (settled: readonly Settled[]): RowChange[] => (settled.length === 0 ? [] : [{ ...SETTLE, values: [JSON.stringify(settled)] }])
