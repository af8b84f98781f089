/** Reading the plan file, and changing it: under the lock, validated before anything is written. */
import {
  applyChangesToText,
  flattenPlan,
  parsePlan,
  PlanChangeError,
  type FlatPlan,
  type Plan,
  type PlanChange,
  type PlanProblem,
} from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { isAlive, removeLeftovers, withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { readPlanText, type Workspace } from '../files/workspace.ts'
import { nearest } from '../core/nearest.ts'
import { t } from '../text/text.ts'

export interface LoadedPlan {
  readonly text: string
  readonly plan: Plan
  readonly flat: FlatPlan
  /** Warnings; a plan with errors is never loaded. */
  readonly problems: readonly PlanProblem[]
}

/** @throws PLAN_HAS_ERRORS with every problem among its details. */
export function parseLoaded(text: string, displayPath: string): LoadedPlan {
  const { plan, problems } = parsePlan(text)
  if (plan === undefined) {
    const errors = problems.filter((problem) => problem.severity === 'error')
    throw failure('PLAN_HAS_ERRORS', { path: displayPath, errors: errors.length, first: placed(errors[0]) }, { details: { problems } })
  }
  return { text, plan, flat: flattenPlan(plan), problems }
}

const placed = (problem: PlanProblem | undefined): string =>
  problem === undefined ? '' : problem.line === undefined ? problem.message : t('line {line}: {message}', { line: problem.line, message: problem.message })

export const loadPlan = (workspace: Workspace): LoadedPlan => parseLoaded(readPlanText(workspace), workspace.displayPath)

/**
 * Changes the plan file: reads it under the lock, asks `build` for the changes, and writes only a plan without errors.
 * What the changes do not touch keeps its formatting.
 * @returns the plan before, and the changes that were made.
 * @throws CHANGE_REFUSED when the changes are impossible or would break the plan; the file is then untouched.
 */
export async function changePlan(workspace: Workspace, build: (loaded: LoadedPlan) => PlanChange[]): Promise<{ before: LoadedPlan; changes: PlanChange[] }> {
  // Read first: without a plan there is nothing to lock, and no folder is made for a lock.
  readPlanText(workspace)
  return withLock(workspace.lockFile, (lock) => {
    removeLeftovers(workspace.planFile, isAlive)
    const before = loadPlan(workspace)
    const changes = build(before)
    if (changes.length > 0) {
      const text = changedText(before.text, changes)
      lock.assertHeld()
      writeFileAtomic(workspace.planFile, text)
    }
    return { before, changes }
  })
}

/** The new text. @throws CHANGE_REFUSED. */
export function changedText(text: string, changes: readonly PlanChange[]): string {
  let changed: string
  try {
    changed = applyChangesToText(text, [...changes])
  } catch (error) {
    if (!(error instanceof PlanChangeError)) throw error
    throw failure('CHANGE_REFUSED', { first: error.message, remedy: t('br plan show lists the items as they are.') }, { cause: error })
  }
  const errors = parsePlan(changed).problems.filter((problem) => problem.severity === 'error')
  const first = errors[0]
  if (first !== undefined) throw failure('CHANGE_REFUSED', { first: first.message, remedy: first.remedy }, { details: { problems: errors } })
  return changed
}

/** @throws ITEM_NOT_FOUND, with ids that were perhaps meant. */
export function requireItem(plan: FlatPlan, id: string): NonNullable<ReturnType<FlatPlan['items']['get']>> {
  const item = plan.items.get(id)
  if (item === undefined) throw failure('ITEM_NOT_FOUND', { id, similar: nearest(id, plan.items.keys()) })
  return item
}
