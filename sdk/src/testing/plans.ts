/** Whole plans: import, batches of changes, sync. */
import type { ExecutionSyncData, ExecutionSyncVariables } from '../_generated/execution.ts'
import type { PlanningApplyChangesData, PlanningApplyChangesVariables, PlanningImportPlanData, PlanningImportPlanVariables } from '../_generated/plans.ts'
import { diffPlans } from '../domain/plans/diff.ts'
import { EMPTY_PLAN, flattenPlan } from '../domain/plans/flat.ts'
import { mergePlans } from '../domain/plans/merge.ts'
import type { Resolution } from '../domain/plans/merge.ts'
import type { PlanConflict } from '../domain/plans/types.ts'
import { validatePlan } from '../domain/plans/validate.ts'
import { changePlan, changed, checkGraph, checkItems, readChanges } from './change-plan.ts'
import type { Decision } from './change-plan.ts'
import { readEnum } from './items.ts'
import { conflict, invalid, refuseProblems } from './refusals.ts'
import { personOf, planAsOf, sequenceOf } from './state.ts'
import type { Call, ProjectState } from './state.ts'
import { countItems, viewConflict, viewProblem } from './views.ts'

export function importPlan(call: Call, variables: PlanningImportPlanVariables): PlanningImportPlanData {
  const problems = validatePlan(variables.document).map(viewProblem)
  refuseProblems(problems, ['document'])
  const imported = flattenPlan(variables.document)
  const { counts, sequence } = changePlan(call, {
    action: 'plan.import', variables,
    decide: ({ plan }) => {
      if (variables.replace !== true && plan.items.size > 0) {
        throw invalid(`The project already holds a plan of ${plan.items.size} items. Pass replace: true to replace it, or use syncPlan to merge.`, ['replace'])
      }
      return { changes: diffPlans(plan, imported), result: { counts: countItems(imported) } }
    },
  })
  return { sequence, counts, problems }
}

export function applyPlanChanges(call: Call, variables: PlanningApplyChangesVariables): PlanningApplyChangesData {
  const changes = readChanges(variables.changes, 'changes')
  const { applied, sequence } = changePlan(call, {
    action: 'plan.apply', variables,
    decide: (project) => {
      const expected = variables.expectedSequence ?? sequenceOf(project)
      if (expected !== sequenceOf(project)) {
        throw conflict(`The project is at sequence ${sequenceOf(project)}, not ${expected}. Read the plan again, or use syncPlan to merge.`)
      }
      const after = changed(project.plan, changes, ['changes'])
      checkItems(after, changes, ['changes'])
      return { changes, after, result: { applied: changes.length } }
    },
  })
  return { applied, sequence }
}

type Synced = Omit<ExecutionSyncData, 'sequence' | 'summary'>

export function sync(call: Call, variables: ExecutionSyncVariables): ExecutionSyncData {
  const { baseSequence = 0, dry_run: dryRun = false } = variables
  const changes = readChanges(variables.changes ?? [], 'changes')
  const basePatch = readChanges(variables.basePatch ?? [], 'basePatch')
  if (baseSequence < 0) throw invalid('A sequence is 0 or more.', ['baseSequence'])
  const resolutions = (variables.resolutions ?? []).map((resolution) => ({ ...resolution, keep: readEnum('keep', resolution.keep, ['local', 'remote']) }) as Resolution)
  const { project: _, sequence, ...synced } = changePlan<Synced>(call, {
    action: 'plan.sync', variables, dryRun, decide: (project) => mergeIn(call, project, { baseSequence, changes, basePatch, resolutions }),
  })
  return { ...synced, sequence, summary: { pulled: synced.changes.length, pushed: synced.applied, conflicts: synced.conflicts.length, sequence } }
}

interface SyncRequest extends Pick<Synced, 'changes' | 'basePatch'> {
  readonly baseSequence: number
  readonly resolutions: readonly Resolution[]
}

/** The caller's changes since its base, merged with what happened here. */
function mergeIn(call: Call, project: ProjectState, { baseSequence, changes, basePatch, resolutions }: SyncRequest): Decision<Synced> {
  const remote = project.plan
  const past = planAsOf(project, baseSequence, 'baseSequence')
  const base = basePatch.length === 0 ? past : changed(past, basePatch, ['basePatch'])
  const local = changed(base, changes, ['changes'])
  checkItems(local, changes, ['changes'])
  checkGraph(local, changes)
  const alone = base === remote || (base === EMPTY_PLAN && remote.items.size === 0 && Object.keys(remote.head).length === 0)
  if (alone) return { changes, after: local, result: { applied: changes.length, changes: [], conflicts: [], basePatch: [] } }
  const merge = mergePlans({ base, local, remote, resolutions })
  return {
    changes: merge.toRemote, after: merge.remote, ...(merge.conflicts.length + basePatch.length + resolutions.length > 0 && conflictsOf(call, project, merge.conflicts)),
    result: { applied: merge.toRemote.length, changes: merge.toLocal, conflicts: merge.conflicts.map(viewConflict), basePatch: merge.basePatch },
  }
}

/** The log tells of conflicts of a person's file that are new, or over. */
function conflictsOf(call: Call, project: ProjectState, conflicts: readonly PlanConflict[]): Pick<Decision<Synced>, 'data' | 'keep'> {
  const { id: person } = personOf(call)
  const now = new Set(conflicts.map(({ kind, id, field }) => JSON.stringify([kind, id, field ?? null])))
  const before = project.fileConflicts.get(person)
  if (now.size === (before?.size ?? 0) && [...now].every((name) => before?.has(name))) return {}
  return { data: { sync: { conflicts: now.size } }, keep: () => void project.fileConflicts.set(person, now) }
}
