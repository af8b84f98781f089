/**
 * `buildrunner/state/runner_state.json`: a cache of the plan as the server had it at the last sync, so that a sync
 * needs no second request. Whatever is missing, broken, foreign or from another version is ignored and made anew:
 * the base of a merge is named by `x-sync` in plan.json alone.
 */
import * as fs from 'node:fs'
import { isAlive, removeLeftovers, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import type { Plan } from '@buildrunner/sdk/plans'

const VERSION = 2

export interface RunnerState {
  projectId: string
  /** The event sequence that `document` is the plan of. */
  sequence: number
  baseUrl: string
  /** The plan as of `sequence`; its `x-sync` is that of the file it was taken from, and says nothing here. */
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

/**
 * Call it under the lock, after plan.json was written: a crash in between leaves a cache that no longer fits.
 *
 * @param text the plan as JSON. It is stored as it is: printing a plan of 10,000 items anew costs a tenth of a sync.
 */
export function writeState(file: string, key: Omit<RunnerState, 'document'>, text: string): void {
  removeLeftovers(file, isAlive)
  const head = JSON.stringify({ version: VERSION, ...key }).slice(0, -1)
  writeFileAtomic(file, `${head},"document":${withoutByteOrderMark(text).trimEnd()}}\n`, { createFolder: true })
}

const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)
