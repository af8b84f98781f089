/**
 * Reads the plan for a sync. Where the cache holds the plan of the last sync, only what changed since is validated and
 * compared; otherwise the whole plan is, and its base is found later.
 */
import { flattenPlan, isEqual, parsePlanSince, type FlatPlan, type PlanChange, type SyncMark } from '@buildrunner/sdk/plans'
import { readState } from '../files/state.ts'
import { readPlanText, type Workspace } from '../files/workspace.ts'
import { parseLoaded, type LoadedPlan } from '../plan/session.ts'

export interface Reading {
  readonly local: LoadedPlan
  /** What the cache told: the base as that server had it, and the changes from it to the file. */
  readonly since?: { readonly baseUrl: string; readonly base: FlatPlan; readonly changes: PlanChange[] }
}

/** @throws PLAN_HAS_ERRORS, PLAN_NOT_FOUND */
export function readForSync(workspace: Workspace): Reading {
  const text = readPlanText(workspace)
  return sinceLastSync(text, workspace) ?? { local: parseLoaded(text, workspace.displayPath) }
}

function sinceLastSync(text: string, { stateFile }: Workspace): Reading | undefined {
  const mark = peekMark(text)
  const state = mark && readState(stateFile, mark)
  if (state === undefined) return undefined
  const base = flattenPlan(state.document)
  const read = parsePlanSince(text, base)
  // with conflicts open the base is another one, and what was peeked at may have stood inside of a text
  if (read.plan === undefined || !isEqual(read.plan['x-sync'], mark)) return undefined
  return { local: { text, plan: read.plan, flat: read.flat, problems: [] }, since: { baseUrl: state.baseUrl, base, changes: read.changes } }
}

/** The mark as it seems to stand in the text, so that the cache can be asked before anything is parsed. */
function peekMark(text: string): SyncMark | undefined {
  const found = /"x-sync"\s*:\s*(\{[^{}]*\})/.exec(text)?.[1]
  if (found === undefined) return undefined
  try {
    const mark = JSON.parse(found) as Partial<SyncMark>
    return typeof mark.projectId === 'string' && typeof mark.sequence === 'number' ? (mark as SyncMark) : undefined
  } catch {
    return undefined
  }
}
