/**
 * The history of statuses: each change of a microstep's status as a row, written in the statement of the plan's own write. Flow
 * metrics read it instead of the event log, which is cut after a while, and of which they would need one event in ten.
 */
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { RowChange } from '../shared/write.ts'
import type { ItemRow } from './rows.ts'

export interface StatusMove {
  /** UUID of the microstep. */
  readonly id: string
  readonly key: string
  readonly from: string
  /** Null: it was taken out of the plan. */
  readonly to: string | null
  /** What is told of it then, for nothing else will know. */
  readonly removed?: { readonly title: string; readonly phase: string | null; readonly createdAt: string }
}

/** What taking a microstep out of a plan leaves behind. */
export function removalOf(plan: FlatPlan, row: ItemRow): StatusMove {
  const step = plan.items.get(plan.items.get(row.key)?.parentId ?? '')
  const phase = plan.items.get(step?.parentId ?? '')?.fields.phase ?? null
  return { id: row.uuid, key: row.key, from: row.status ?? 'todo', to: null, removed: { title: row.title, phase, createdAt: new Date(row.createdAt).toISOString() } }
}

/** One change, as nearly every write has it: without JSON to write and to read. */
const ONE: Omit<RowChange, 'values'> = {
  name: 'status-change',
  text: (p) => `INSERT INTO status_changes (project_id, sequence, item_id, organisation_id, item_key, from_status, to_status, actor_id, created_at)
    SELECT $1::uuid, head.sequence, ${p(1)}::uuid, $3::uuid, ${p(2)}::text, ${p(3)}::item_status, ${p(4)}::item_status, $6::uuid, $10::timestamptz FROM head`,
}
const MANY: Omit<RowChange, 'values'> = {
  name: 'status-changes',
  text: (p) => `INSERT INTO status_changes (project_id, sequence, item_id, organisation_id, item_key, from_status, to_status, removed, actor_id, created_at)
    SELECT $1::uuid, head.sequence, r.id, $3::uuid, r.key, r."from", r."to", r.removed, $6::uuid, $10::timestamptz
    FROM head, json_to_recordset(${p(1)}::json) AS r(id uuid, key text, "from" item_status, "to" item_status, removed json)`,
}

/** Rows of the history. `$1` is the project, `$3` its organisation, `$6` the actor, `$10` the time: see `commitWrite`. */
export function statusRows(moves: readonly StatusMove[]): RowChange[] {
  const [first, ...others] = moves
  if (first === undefined) return []
  if (others.length === 0 && first.to !== null) return [{ ...ONE, values: [first.id, first.key, first.from, first.to] }]
  return [{ ...MANY, values: [JSON.stringify(moves)] }]
}
