/** What reads answer. Types only. */
import type { PlanAnalysis } from '../domain/plans/analysis.ts'
import type { FlatPlan, Plan } from '../domain/plans/types.ts'
import type { CircuitStats } from '../resilience/circuit-breaker.ts'
import type { ServerComment } from './server.ts'
import type { OutboxItem } from './store/types.ts'

/** How old an answer is, and where it comes from. */
export interface AsOf {
  /** Of the server's event log; null for what has no place in it, such as a list of projects. */
  readonly sequence: number | null
  /** When the server said it, in milliseconds since 1970 by this device's clock. */
  readonly fetchedAt: number
  /** How long ago that was, in milliseconds; never less than 0. */
  readonly ageMs: number
  /** `server`: it is what the server says now. `cache`: it is what the server said then. */
  readonly source: 'server' | 'cache'
}

/** An answer, and its age. */
export interface Read<Data> {
  /** What was asked for, with what waits on this device shown upon it. */
  readonly data: Data
  /** How old what the server said of it is: writes that wait do not count. */
  readonly asOf: AsOf
}

/** Options of a read. */
export interface ReadOptions {
  /**
   * `server`: the server is asked first, and the cache answers where it is away. `cache`: nobody is asked.
   *
   * @defaultValue `server`; of an engine that was started and follows the server's events it makes no difference for the plan
   */
  readonly from?: 'server' | 'cache' | undefined
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined
}

/** The plan as it is shown: the server's, with the writes that wait. */
export interface PlanRead extends Read<Plan> {
  /** The same in the flat form, which analysis and diff work on. */
  readonly flat: FlatPlan
  /** How many writes wait, dead letters not among them. */
  readonly pending: number
  /** Ids of waiting writes that are not shown, because what they change is gone: the server will say what becomes of them. */
  readonly unapplied: readonly string[]
}

/** The figures of `analyzePlan`, of the plan as it is shown. */
export interface AnalysisRead extends Read<PlanAnalysis> {
  /** How many writes wait that the figures have taken into account already. */
  readonly pending: number
}

/** A write as the queue shows it. */
export type QueueItem = Pick<OutboxItem, 'id' | 'number' | 'kind' | 'label' | 'itemKeys' | 'changes' | 'call' | 'state' | 'attempts' | 'error' | 'override' | 'createdAt'> & {
  /** Whether the server may have it: then it can no longer be dropped. */
  readonly sent: boolean
}

/**
 * - `idle`: nothing is under way.
 * - `syncing`: the server is being talked to.
 * - `waiting`: the server is away; it is tried again at `nextAttemptAt`.
 * - `stuck`: somebody has to do something first (`lastError`): sign in, make room on the disk.
 */
export type QueueState = 'idle' | 'syncing' | 'waiting' | 'stuck'

/** The queue at a glance. */
export interface QueueStatus {
  /** What the engine does now, or what it waits for. */
  readonly state: QueueState
  /** Writes that wait for the server. */
  readonly queued: number
  /** Dead letters: `queue.retry()` or `queue.drop()` ends them. */
  readonly failed: number
  /** Conflicts that wait for a decision, as far as this device knows. */
  readonly conflicts: number
  /** When the oldest write that waits was made; null when none does. Milliseconds since 1970. */
  readonly oldestAt: number | null
  /** When the server is tried next, in milliseconds since 1970; null when that is now, or never without you. */
  readonly nextAttemptAt: number | null
  /** Why the last attempt failed; null when it did not. */
  readonly lastError: { readonly code: string; readonly message: string } | null
  /** Whether the engine was started and is connected to the server's events. */
  readonly live: boolean
  /** Why the events of a started engine are not followed; null while they are. They are asked for again, and meanwhile looked for, with back-off. */
  readonly liveError: { readonly code: string; readonly message: string } | null
  /** The circuit breaker in front of the server. */
  readonly breaker: CircuitStats
}

/** What a comment is when the server is away; those that wait have no author yet: they are yours. */
export interface OfflineComment extends Omit<ServerComment, 'author'> {
  /** Who wrote it; null for one that the server does not have yet. */
  readonly author: ServerComment['author'] | null
  /** Whether it holds something that the server does not have yet. */
  readonly pending: boolean
}
