/** What the engine asks of the server: a port, so that property tests run the engine against thousands of servers in memory. */
import type { AffectedCriterion } from '../domain/plans/affected-criteria.ts'
import type { ConflictKind, Plan, PlanChange } from '../domain/plans/types.ts'
import type { OfflineCall } from './store/types.ts'

/** How one request goes. */
export interface ServerCall {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
  /** How long it may take, in milliseconds. */
  readonly timeoutMs?: number | undefined
}

/** A project, as lists show it. */
export interface ProjectEntry {
  /** Node id. */
  readonly id: string
  readonly name: string
  readonly slug: string
}

/** One write of a push. */
export interface PushedWrite {
  readonly number: number
  readonly changes: readonly PlanChange[]
  /** What undoes them, on the plan that they were made upon. */
  readonly base: readonly PlanChange[]
}

/** Writes of one replica, ascending by number. */
export interface PushedBatch {
  readonly replicaId: string
  /** The oldest sequence that one of the writes was made at. */
  readonly baseSequence: number
  readonly writes: readonly PushedWrite[]
}

/** A conflict, as the server keeps it. */
export interface ServerConflict {
  readonly id: string
  readonly kind: ConflictKind
  /** Null for the head of the plan. */
  readonly itemKey: string | null
  /** Null when it is the whole item. */
  readonly field: string | null
  readonly base?: unknown
  readonly local?: unknown
  readonly remote?: unknown
}

/** What became of one write. */
export interface WriteResult {
  readonly number: number
  readonly outcome: 'APPLIED' | 'ALREADY_APPLIED' | 'CONFLICT' | 'REFUSED'
  readonly conflicts: readonly ServerConflict[]
  /** Of `REFUSED`. */
  readonly code?: string | null | undefined
  /** Of `REFUSED`. */
  readonly message?: string | null | undefined
  /** Of `REFUSED` by the policy. */
  readonly rule?: string | null | undefined
}

/** The answer to a push. */
export interface Pushed {
  /** Where the project's stream stands after it. */
  readonly sequence: number
  readonly results: readonly WriteResult[]
}

/** What happened since a sequence: `changes`, or the whole `document` where that is no longer known. */
export interface Pulled {
  readonly sequence: number
  readonly changes?: readonly PlanChange[] | null | undefined
  readonly document?: Plan | null | undefined
  /** Keys of the items that were talked about. */
  readonly commentedItems: readonly string[]
}

/** A comment, as far as it is kept for times without a server. */
export interface ServerComment {
  readonly id: string
  readonly threadId: string
  readonly parentId: string | null
  readonly itemKey: string | null
  readonly author: { readonly id: string; readonly name: string }
  /** Markdown; null once deleted. */
  readonly body: string | null
  /** ISO 8601. */
  readonly createdAt: string
  readonly editedAt: string | null
  readonly deletedAt: string | null
  readonly resolvedAt: string | null
  readonly reactions: readonly { readonly emoji: string; readonly count: number; readonly mine: boolean }[]
}

/** How a conflict is decided: this device's version, the other one, or changes of one's own. */
export type Decision = { readonly keep: 'local' | 'remote' } | { readonly changes: readonly PlanChange[] }

/** What a decision does, or would do. */
export interface Resolved {
  /** To the server's plan. */
  readonly changes: readonly PlanChange[]
  readonly affectedCriteria: readonly AffectedCriterion[]
}

/** The server. Every method throws a `BuildRunnerError`. */
export interface SyncServer {
  /** A project by node id or slug. */
  project(reference: string, call?: ServerCall): Promise<ProjectEntry>
  projects(call?: ServerCall): Promise<ProjectEntry[]>
  pull(projectId: string, since: number, call?: ServerCall): Promise<Pulled>
  push(projectId: string, batch: PushedBatch, call?: ServerCall): Promise<Pushed>
  /** Threads of an item, newest first, each with its first comment and the answers, oldest first. */
  comments(projectId: string, itemKey: string, call?: ServerCall): Promise<ServerComment[]>
  /** `key` makes it happen once. */
  comment(projectId: string, write: OfflineCall, key: string, call?: ServerCall): Promise<ServerComment>
  /** Those that wait for a decision. */
  conflicts(projectId: string, call?: ServerCall): Promise<ServerConflict[]>
  resolve(projectId: string, conflictId: string, decision: Decision, options: { readonly dryRun: boolean; readonly key: string }, call?: ServerCall): Promise<Resolved>
  /** Sequences of the project's events after `since`, as they happen; reconnects by itself. */
  events(projectId: string, since: number, options: { readonly signal: AbortSignal; readonly onOpen: () => void }): AsyncIterable<number>
}
