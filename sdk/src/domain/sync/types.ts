/** What a push of writes is made of. Types only. */
import type { FlatPlan, PlanChange, PlanConflict, Resolution } from '../plans/index.ts'

/** What one person did to a plan, offline or not: the unit that a push answers for. */
export interface SyncWrite {
  /** Ascending within a replica. */
  readonly number: number
  /** What was done, normally one change. */
  readonly changes: readonly PlanChange[]
  /** The base values: `invertChanges(view, changes)`, where the view is the plan as its author saw it before the write. */
  readonly base: readonly PlanChange[]
}

/**
 * How a write ended.
 *
 * - `APPLIED`: it stands, whole.
 * - `ALREADY_APPLIED`: the plan said so before.
 * - `CONFLICT`: others changed the same since; what is not in conflict stands.
 * - `REFUSED`: it cannot stand at all, and says why.
 */
export type SyncOutcome = 'APPLIED' | 'ALREADY_APPLIED' | 'CONFLICT' | 'REFUSED'

/** Why a write was refused. */
export interface SyncRefusal {
  /** Stable, in capitals: `UNKNOWN_ITEM`, `DEPENDENCY_CYCLE`, `INVALID_CHANGE`, ... */
  readonly code: string
  /** What is wrong and what to do about it. */
  readonly message: string
  /** Where in the write, such as `['changes', '0']`. */
  readonly path: readonly string[]
}

/** The answer to one write. */
export interface SyncWriteResult {
  /** The write's. */
  readonly number: number
  /** How it ended. */
  readonly outcome: SyncOutcome
  /** The conflicts it is part of; empty unless the outcome is `CONFLICT`. */
  readonly conflicts: readonly PlanConflict[]
  /** Null unless the outcome is `REFUSED`. */
  readonly refusal: SyncRefusal | null
}

/** A conflict, and what it takes to decide it later. */
export interface ConflictCause {
  /** The item or field, and what each side made of it. */
  readonly conflict: PlanConflict
  /** Those parts of the writes that led to it: pushed again with a resolution, they and nothing else are decided. */
  readonly writes: readonly SyncWrite[]
}

/** What is merged. */
export interface MergeWritesInput {
  /** The plan as of the oldest sequence that any of the writes was made at; the newest plan where history is cut. */
  readonly history: FlatPlan
  /** The newest plan; valid. */
  readonly remote: FlatPlan
  /** In the order of their numbers. */
  readonly writes: readonly SyncWrite[]
  /** Decisions about conflicts; `local` is the side of the writes. */
  readonly resolutions?: readonly Resolution[]
}

/** What a push came to. */
export interface MergedWrites {
  /** The newest plan with what stands of the writes. */
  readonly after: FlatPlan
  /** From `remote` to `after`. */
  readonly changes: readonly PlanChange[]
  /** One for each write, in their order. */
  readonly results: readonly SyncWriteResult[]
  /** Each conflict once. */
  readonly conflicts: readonly ConflictCause[]
}

/** A decision about a conflict of an earlier merge. */
export interface DecideInput {
  /** The plan as of the sequence that the causes were merged upon; the newest plan where history is cut. */
  readonly history: FlatPlan
  /** The newest plan; valid. */
  readonly remote: FlatPlan
  /** What led to the conflict: the writes of its `ConflictCause`. */
  readonly writes: readonly SyncWrite[]
  /** The side that stands; `local` is that of the writes. */
  readonly keep: Resolution['keep']
}
