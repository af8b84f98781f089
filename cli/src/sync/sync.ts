/**
 * One sync, as the protocol has it: base from `x-sync`, changes since then to the server, its merge back into the file.
 *
 * The file is read without the lock, sent, read again under the lock and written only if it is still what was sent; an
 * edit made meanwhile starts another round with the same base, in which everything the server has already taken is
 * equal on both sides. For the same reason a crash between the server's commit and our write loses and doubles nothing.
 */
import { applyChangesToText, diffPlans, type FlatPlan, type PlanChange, type SyncMark } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { isAlive, removeLeftovers, withLock, writeFileAtomic, type Lock } from '@buildrunner/sdk/offline/files'
import { writeState } from '../files/state.ts'
import { readPlanText, type Workspace } from '../files/workspace.ts'
import { findBase, type MergeBase } from './base.ts'
import { readForSync, type Reading } from './reading.ts'
import { resolutionsFor, type Keep, type Resolution } from './resolve.ts'
import type { ConflictValue, ExecutionSyncData } from '@buildrunner/sdk'
import type { LoadedPlan } from '../plan/session.ts'
import type { Connection } from '../server/connection.ts'

export type SyncMode = 'both' | 'push' | 'pull'

export interface SyncTask {
  workspace: Workspace
  connection: Connection
  /** Node id. */
  projectId: string
  mode: SyncMode
  dryRun: boolean
  keep?: Keep
  onProgress(phase: 'base' | 'sending' | 'writing'): void
}

export interface SyncReport {
  projectId: string
  sequence: number
  mode: SyncMode
  dryRun: boolean
  /** Changes that the file got, or would get. */
  pulled: PlanChange[]
  /** How many changes the server got, or would get. */
  pushed: number
  conflicts: ConflictValue[]
  /** The plan before, for titles. */
  before: FlatPlan
}

const MAX_ROUNDS = 5

/** @param first the plan as the caller has read it already */
export async function syncPlan(task: SyncTask, first: Reading): Promise<SyncReport> {
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const reading = round === 1 ? first : readForSync(task.workspace)
    const { local } = reading
    task.onProgress('base')
    const { base, changes } = await changesSince(task, reading)
    task.onProgress('sending')
    const answer = await exchange(task, base, changes)
    const report = reportOf(task, local, answer)
    if (task.dryRun) return report
    task.onProgress('writing')
    const settled = await withLock(task.workspace.lockFile, (lock) => settle(task, local, answer, lock))
    if (settled) return report
  }
  throw failure('SYNC_UNSETTLED', { attempts: MAX_ROUNDS })
}

/** The base of the merge and what the file changed since. */
async function changesSince(task: SyncTask, { local, since }: Reading): Promise<{ base: Omit<MergeBase, 'flat'>; changes: PlanChange[] }> {
  const mark = local.plan['x-sync']
  if (since !== undefined && mark !== undefined && since.baseUrl === task.connection.settings.baseUrl) {
    return { base: { sequence: mark.sequence, basePatch: [] }, changes: since.changes }
  }
  const base = await findBase({ ...task, stateFile: task.workspace.stateFile, mark })
  return { base, changes: diffPlans(base.flat, local.flat) }
}

/** Sends the changes; what the mode leaves out is only asked for (a dry run). */
async function exchange({ connection, projectId, mode, dryRun, keep }: SyncTask, base: Omit<MergeBase, 'flat'>, changes: PlanChange[]): Promise<ExecutionSyncData> {
  const send = (dry_run: boolean, resolutions: Resolution[]): Promise<ExecutionSyncData> =>
    connection.ask(connection.client.execution.sync({ projectId, baseSequence: base.sequence, basePatch: base.basePatch, changes, resolutions, dry_run }))
  const resolutions = keep === undefined ? [] : resolutionsFor((await send(true, [])).conflicts, keep)
  if (dryRun || mode === 'pull') return send(true, resolutions)
  if (mode === 'push') {
    const preview = await send(true, resolutions)
    if (preview.changes.length > 0 || preview.conflicts.length > 0)
      throw failure(
        'SERVER_HAS_NEWS',
        { changes: preview.changes.length, conflicts: preview.conflicts.length },
        { details: { news: preview.changes, conflictList: preview.conflicts } },
      )
  }
  return send(false, resolutions)
}

function reportOf({ projectId, mode, dryRun }: SyncTask, local: LoadedPlan, answer: ExecutionSyncData): SyncReport {
  return {
    projectId,
    sequence: answer.sequence,
    mode,
    dryRun,
    pulled: mode === 'push' ? [] : answer.changes,
    pushed: mode === 'pull' ? 0 : answer.summary.pushed,
    conflicts: answer.conflicts,
    before: local.flat,
  }
}

/** Writes plan and cache. @returns false when the file is no longer what was sent. */
function settle(task: SyncTask, local: LoadedPlan, answer: ExecutionSyncData, lock: Lock): boolean {
  const { workspace } = task
  removeLeftovers(workspace.planFile, isAlive)
  if (readPlanText(workspace) !== local.text) return false
  const text = mergedText(task, local, answer)
  lock.assertHeld()
  if (text !== local.text) writeFileAtomic(workspace.planFile, text)
  if (isServersPlan(task, answer)) {
    writeState(workspace.stateFile, { projectId: task.projectId, sequence: answer.sequence, baseUrl: task.connection.settings.baseUrl }, text)
  }
  return true
}

/** The file's next text: the server's changes applied, and the mark that names the base of the next merge. */
function mergedText(task: SyncTask, local: LoadedPlan, answer: ExecutionSyncData): string {
  const changes = task.mode === 'push' ? [] : answer.changes
  const mark = nextMark(task, local.plan['x-sync'], answer)
  const isNew = JSON.stringify(mark) !== JSON.stringify(local.plan['x-sync'])
  return applyChangesToText(local.text, changes, { flat: local.flat, ...(isNew && { mark }) })
}

/**
 * A sync in both directions moves the base to the server's new state; where a conflict is open, `basePatch` keeps the
 * old base. Of a one-way sync only a complete one moves it: with a conflict open (pull), or with news that came in
 * while we pushed, the old base stays right, for what both sides have in common by then is equal on both.
 */
function nextMark({ mode, projectId }: SyncTask, mark: SyncMark | undefined, answer: ExecutionSyncData): SyncMark {
  const stays = (mode === 'pull' && answer.conflicts.length > 0) || (mode === 'push' && answer.changes.length > 0)
  if (stays) return mark ?? { projectId, sequence: 0 }
  const basePatch = mode === 'pull' ? [] : answer.basePatch
  return { projectId, sequence: answer.sequence, ...(basePatch.length > 0 ? { basePatch } : {}) }
}

/** True when the file now equals the server's plan as of the answer's sequence, so that it can serve as the cached base. */
const isServersPlan = ({ mode }: SyncTask, answer: ExecutionSyncData): boolean =>
  answer.conflicts.length === 0 && (mode === 'both' || (mode === 'push' ? answer.changes.length === 0 : answer.summary.pushed === 0))
