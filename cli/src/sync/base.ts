/** The base of the next merge: the plan as of the sequence in `x-sync`, with its `basePatch` applied. */
import { EMPTY_PLAN, applyChanges, flattenPlan, PlanChangeError, type FlatPlan, type Plan, type PlanChange, type SyncMark } from '@buildrunner/sdk/plans'
import { CliError, failure } from '../core/errors.ts'
import { EXIT } from '../core/exit-codes.ts'
import { readState } from '../files/state.ts'
import { fromSdk, type Connection } from '../server/connection.ts'
import { t } from '../text/text.ts'

export interface MergeBase {
  sequence: number
  basePatch: PlanChange[]
  flat: FlatPlan
}

export interface BaseQuery {
  connection: Connection
  projectId: string
  /** Undefined for a plan that was never synced: its base is the project's beginning, sequence 0. */
  mark: SyncMark | undefined
  stateFile: string
}

/**
 * From the cache when that fits, else from the server. The beginning is empty without asking: the server's document of it
 * says more, a head that it fills in and that is in no event.
 *
 * @throws SYNC_BASE_GONE, SYNC_MARK_BROKEN
 */
export async function findBase(query: BaseQuery): Promise<MergeBase> {
  const sequence = query.mark?.sequence ?? 0
  const basePatch = patchOf(query.mark)
  const snapshot = sequence === 0 ? EMPTY_PLAN : flattenPlan(cachedDocument(query, sequence) ?? (await fetchDocument(query, sequence)))
  try {
    return { sequence, basePatch, flat: applyChanges(snapshot, basePatch) }
  } catch (error) {
    if (!(error instanceof PlanChangeError)) throw error
    throw markBroken(error.message, error)
  }
}

/** What `x-sync` remembers of unresolved conflicts. */
export function patchOf(mark: SyncMark | undefined): PlanChange[] {
  const patch = (mark as { basePatch?: unknown } | undefined)?.basePatch ?? []
  if (!Array.isArray(patch)) throw markBroken(t('"basePatch" is not a list'))
  return patch as PlanChange[]
}

/** Without its patch the base would silently decide the conflicts: better to stop. */
const markBroken = (reason: string, cause?: unknown): CliError =>
  new CliError(
    {
      code: 'SYNC_MARK_BROKEN',
      message: t('"x-sync" in plan.json was changed by hand and cannot be used: {reason}.', { reason }),
      remedy: t('Restore it from git. Or remove "x-sync" and run br sync --project: what differs is then listed as conflicts.'),
    },
    EXIT.planErrors,
    { cause },
  )

function cachedDocument({ connection, projectId, stateFile }: BaseQuery, sequence: number): Plan | undefined {
  const state = readState(stateFile, { projectId, sequence })
  return state?.baseUrl === connection.settings.baseUrl ? state.document : undefined
}

async function fetchDocument({ connection, projectId }: BaseQuery, sequence: number): Promise<Plan> {
  const { client, settings } = connection
  const { data, error } = await client.planning.getDocument({ projectId, atSequence: sequence })
  if (error !== undefined && error.code !== 'NOT_FOUND') throw fromSdk(error, settings.baseUrl)
  if (data === undefined || data === null) throw failure('SYNC_BASE_GONE', { projectId, sequence })
  return data.document as Plan
}
