/**
 * Conflicts of files. The sync of a file reports all of its conflicts each time, until they are decided in the file. So what is
 * kept is brought to what it reports: new ones are noted, those that it no longer reports have ended, by the decision that came
 * with it or by themselves. Open ones of the same person, item and field are one.
 */
import { PlanChangeError, invertChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange, PlanConflict, Resolution } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { RowChange } from '../shared/write.ts'
import { conflictRows, newConflict, settleRows } from './rows.ts'
import type { NewConflict, Settled } from './rows.ts'

interface OpenRow {
  id: string
  kind: string
  item_key: string | null
  field: string | null
}

const OPEN = statement<OpenRow>(
  'sync:file-conflicts',
  'SELECT id, kind, item_key, field FROM conflict_logs WHERE project_id = $1::uuid AND user_id = $2::uuid AND replica_id IS NULL AND resolved_at IS NULL',
)

export interface FileSynced {
  readonly projectId: string
  readonly baseSequence: number
  /** What the file is based on, and its changes since. */
  readonly base: FlatPlan
  readonly remote: FlatPlan
  readonly changes: readonly PlanChange[]
  readonly conflicts: readonly PlanConflict[]
  readonly resolutions: readonly Resolution[]
}

const nameOf = (kind: string, key: string | null, field: string | null | undefined): string => JSON.stringify([kind, key, field ?? null])

/** The rows to write with the sync of a file; none when what is kept says the same. */
export async function fileConflictRows(ctx: Context, synced: FileSynced): Promise<RowChange[]> {
  const open = await ctx.db.query(OPEN, [synced.projectId, ctx.actor?.userId])
  const known = new Set(open.map((row) => nameOf(row.kind, row.item_key, row.field)))
  const reported = new Map(synced.conflicts.map((conflict) => [nameOf(conflict.kind, conflict.id, conflict.field), conflict]))
  const fresh = [...reported].filter(([name]) => !known.has(name)).map(([, conflict]) => newConflict(ctx.clock.now(), { conflict, numbers: [], causes: { baseSequence: synced.baseSequence, writes: causeIn(synced, conflict) } }))
  const ended = open.filter((row) => !reported.has(nameOf(row.kind, row.item_key, row.field))).map((row): Settled => ({ id: row.id, strategy: strategyFor(row, synced.resolutions), resolution: null }))
  return [...conflictRows(null, fresh), ...settleRows(ended)]
}

function strategyFor(row: OpenRow, resolutions: readonly Resolution[]): Settled['strategy'] {
  const decided = resolutions.findLast(({ id, field }) => id === row.item_key && (field === undefined || field === row.field))
  return decided === undefined ? null : decided.keep === 'local' ? 'keep_local' : 'take_remote'
}

/** The changes of the file to what is in conflict, as one write; all of them where a part does not stand alone. */
function causeIn({ base, remote, changes }: FileSynced, { kind, id, field }: PlanConflict): NewConflict['causes']['writes'] {
  const near = id === null ? new Set<string>() : new Set([...ancestryIn(base, id), ...ancestryIn(remote, id)])
  const name = kind === 'field' ? field?.split('.')[0] : undefined
  const parts = changes.flatMap((change): PlanChange[] => {
    const isAbout = change.op === 'head' ? id === null : change.op === 'update' && change.id === id
    if (name !== undefined && isAbout && (change.op === 'head' || change.op === 'update')) return name in change.set ? [{ ...change, set: { [name]: change.set[name] } }] : []
    return kind !== 'field' && isNear(change, near) ? [change] : []
  })
  try {
    if (parts.length > 0) return [{ number: 1, changes: parts, base: invertChanges(base, parts) }]
  } catch (error) {
    if (!(error instanceof PlanChangeError)) throw error
  }
  return [{ number: 1, changes, base: invertChanges(base, changes) }]
}

function* ancestryIn(plan: FlatPlan, id: string): Generator<string> {
  for (let at: string | null | undefined = id; typeof at === 'string'; at = plan.items.get(at)?.parentId) yield at
}

function isNear(change: PlanChange, near: ReadonlySet<string>): boolean {
  if (change.op === 'head') return false
  if (change.op === 'add') return near.has(change.item.id) || (change.parentId !== null && near.has(change.parentId))
  return near.has(change.id) || (change.op === 'move' && change.parentId !== null && near.has(change.parentId)) || (change.op === 'rename' && near.has(change.to))
}
