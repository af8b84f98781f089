/** What the plan file has that its server does not, as far as this folder knows. */
import { applyChanges, diffPlans, flattenPlan, PlanChangeError, type FlatPlan, type PlanChange, type SyncMark } from '@buildrunner/sdk/plans'
import { readState } from '../files/state.ts'
import { patchOf } from './base.ts'
import type { Workspace } from '../files/workspace.ts'

/** @returns the changes since the last sync, and the plan they are changes of; null when the cache of that sync is not here */
export function unsyncedChanges({ stateFile }: Workspace, mark: SyncMark, flat: FlatPlan, baseUrl: string): { before: FlatPlan; changes: PlanChange[] } | null {
  const state = readState(stateFile, mark)
  if (state === undefined || state.baseUrl !== baseUrl) return null
  try {
    const before = applyChanges(flattenPlan(state.document), patchOf(mark))
    return { before, changes: diffPlans(before, flat) }
  } catch (error) {
    if (error instanceof PlanChangeError) return null
    throw error
  }
}
