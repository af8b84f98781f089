/**
 * `buildrunner/state/runner_state.json`: a cache of the plan as the server had it at the last sync, so that a sync
 * needs no second request. Whatever is missing, broken, foreign or from another version is ignored and made anew:
 * the base of a merge is named by `x-sync` in plan.json alone.
 */
import * as fs from 'node:fs'
import { writeFileAtomic, removeLeftovers } from './atomic.ts'
import { isAlive } from './processes.ts'
import type { Plan } from '@buildrunner/sdk/plans'

const VERSION = 1

export interface RunnerState {
  projectId: string
  /** The event sequence that `document` is the plan of. */
  sequence: number
  baseUrl: string
  /** The plan as of `sequence`, without `x-sync`. */
  document: Plan
}

export type StateKey = Pick<RunnerState, 'projectId' | 'sequence'>

/** The cached plan of exactly this project and sequence, or undefined. */
export function readState(file: string, key: StateKey): RunnerState | undefined {
  try {
    const value = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<RunnerState> & { version?: number }
    const fits = value.version === VERSION && value.projectId === key.projectId && value.sequence === key.sequence && typeof value.baseUrl === 'string'
    return fits && Array.isArray(value.document?.milestones) ? (value as RunnerState) : undefined
  } catch {
    return undefined
  }
}

/** Call it under the lock, after plan.json was written: a crash in between leaves a cache that no longer fits. */
export function writeState(file: string, state: RunnerState): void {
  removeLeftovers(file, isAlive)
  writeFileAtomic(file, `${JSON.stringify({ version: VERSION, ...state })}\n`, { createFolder: true })
}
