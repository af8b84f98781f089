/** Everything that can be said about the work left in a plan. */
import { criticalPath, waves, type CriticalPath } from './critical-path.ts'
import { PlanIndex, type AnalysisOptions } from './plan-index.ts'
import { progressOf, type Progress } from './progress.ts'
import { blockedItems, readySet, type BlockedItem } from './readiness.ts'
import type { FlatPlan } from './types.ts'

export { criticalPath, waves, whatIf, type CriticalPath, type Slack, type WhatIf } from './critical-path.ts'
export { expectedHours } from './estimate.ts'
export type { AnalysisOptions } from './plan-index.ts'
export { progressOf, type Progress, type ProgressFigures, type ProgressHours, type ProgressPart } from './progress.ts'
export { blockedItems, readySet, type BlockReason, type BlockedItem } from './readiness.ts'

/** JSON-friendly. */
export interface PlanAnalysis {
  /** How far the plan is. */
  progress: Progress
  /** Ids of microsteps that can start now. */
  ready: string[]
  /** Unfinished microsteps in groups that can be worked on in parallel, one group after the other. */
  waves: string[][]
  /** What waits, and for what. */
  blocked: BlockedItem[]
  /** What decides when everything is finished. */
  criticalPath: CriticalPath
}

/** All figures at once; linear in items and dependencies, but for the reasons of blocked items, which are listed out. */
export function analyzePlan(plan: FlatPlan, options: AnalysisOptions = {}): PlanAnalysis {
  const index = new PlanIndex(plan)
  return {
    progress: progressOf(plan, undefined, options), ready: readySet(index), waves: waves(index), blocked: blockedItems(index), criticalPath: criticalPath(index, options),
  }
}
