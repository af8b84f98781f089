/** What the engine asks of the server: a port, so that property tests run the engine against thousands of servers in memory. */
import type { AffectedCriterion } from '../domain/plans/affected-criteria.ts'
import type { ConflictKind, Plan, PlanChange } from '../domain/plans/types.ts'
import type { HealthSnapshot, OfflineCall, WriteOverride } from './store/types.ts'

/** How one request goes. */
export interface ServerCall {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
  /** How long it may take, in milliseconds. */
  readonly timeoutMs?: number | undefined
  /** What its writes are made in spite of. */
  readonly override?: WriteOverride | undefined
}

/** A project, as lists show it. */
export interface ProjectEntry {
  /** Node id. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  /** Its name in addresses: a-z, 0-9 and dashes. */
  readonly slug: string
}

/** What the server says of itself (`server`), or of something it needs or uses. */
export type HealthProbe = Omit<HealthSnapshot, 'checkedAt'>

/** One write of a push. */
export interface PushedWrite {
  /** Ascending within the replica, from 1; one that was pushed before is answered as the first time. */
  readonly number: number
  /** What it does to the plan, in order. */
  readonly changes: readonly PlanChange[]
  /** What undoes them, on the plan that they were made upon. */
  readonly base: readonly PlanChange[]
}

/** Writes of one replica, ascending by number. */
export interface PushedBatch {
  /** UUID of this device's copy of the project. */
  readonly replicaId: string
  /** The oldest sequence that one of the writes was made at. */
  readonly baseSequence: number
  /** Those of the plan: from 1 to `MAX_PUSH_WRITES`. */
  readonly writes: readonly PushedWrite[]
}

/** A conflict, as the server keeps it. */
export interface ServerConflict {
  /** Node id. */
  readonly id: string
  /** How the edits conflict. */
  readonly kind: ConflictKind
  /** Null for the head of the plan. */
  readonly itemKey: string | null
  /** Null when it is the whole item. */
  readonly field: string | null
  /** What it was; null or absent when there was nothing. */
  readonly base?: unknown
  /** What the write made of it; null or absent when that removed it. */
  readonly local?: unknown
  /** What it was on the server when the conflict was found; null or absent when there was nothing. */
  readonly remote?: unknown
}

/** What became of one write. */
export interface WriteResult {
  /** The write's. */
  readonly number: number
  /** `APPLIED`: it stands, whole. `ALREADY_APPLIED`: the plan said so before. `CONFLICT`: only the rest of it stands. `REFUSED`: nothing of it does. */
  readonly outcome: 'APPLIED' | 'ALREADY_APPLIED' | 'CONFLICT' | 'REFUSED'
  /** Those that it is part of; empty unless the outcome is `CONFLICT`. */
  readonly conflicts: readonly ServerConflict[]
  /** Of `REFUSED`. */
  readonly code?: string | null | undefined
  /** Of `REFUSED`. */
  readonly message?: string | null | undefined
  /** Of `REFUSED` by the policy. */
  readonly rule?: string | null | undefined
  /** Of `REFUSED` by the project's own policy: where the rule stands in it. */
  readonly line?: number | null | undefined
}

/** The answer to a push. */
export interface Pushed {
  /** Where the project's stream stands after it. */
  readonly sequence: number
  /** One for each write of the batch, in their order. */
  readonly results: readonly WriteResult[]
}

/** What happened since a sequence: `changes`, or the whole `document` where that is no longer known. */
export interface Pulled {
  /** How far the answer goes: the `since` of the next pull. */
  readonly sequence: number
  /** From the plan at `since` to the newest, in order; null or absent beside a `document`. */
  readonly changes?: readonly PlanChange[] | null | undefined
  /** The newest plan; null or absent beside `changes`. */
  readonly document?: Plan | null | undefined
  /** Keys of the items that were talked about. */
  readonly commentedItems: readonly string[]
}

/** A comment, as far as it is kept for times without a server. */
export interface ServerComment {
  /** Node id. */
  readonly id: string
  /** Node id of the first comment of its thread; its own for that one. */
  readonly threadId: string
  /** Node id of the comment that it answers; null for the first of a thread. */
  readonly parentId: string | null
  /** Key of the item it is about; null when that is no longer in the plan. */
  readonly itemKey: string | null
  /** Who wrote it: node id, and the name to show. */
  readonly author: { readonly id: string; readonly name: string }
  /** Markdown; null once deleted. */
  readonly body: string | null
  /** ISO 8601. */
  readonly createdAt: string
  /** When its text was last changed; null when it never was. */
  readonly editedAt: string | null
  /** When it was deleted; null while it stands. */
  readonly deletedAt: string | null
  /** When its thread was resolved; null while that is open, and for answers. */
  readonly resolvedAt: string | null
  /** Each emoji once: how many people reacted with it, and whether you are one of them. */
  readonly reactions: readonly { readonly emoji: string; readonly count: number; readonly mine: boolean }[]
  /** Files, pull requests and pages that belong to it; absent where nothing of it is known here. */
  readonly attachments?: readonly { readonly id: string; readonly kind: string; readonly url: string; readonly title: string | null }[] | undefined
  /** Whether you have yet to read it, as of when it was read here; absent where that is not known. */
  readonly unread?: boolean | undefined
  /** Key of the microstep that it was promoted to; null or absent when it was not. */
  readonly promotedToKey?: string | null | undefined
}

/** How a conflict is decided: this device's version, the other one, or changes of one's own. */
export type Decision = { readonly keep: 'local' | 'remote' } | { readonly changes: readonly PlanChange[] }

/** What a decision does, or would do. */
export interface Resolved {
  /** To the server's plan. */
  readonly changes: readonly PlanChange[]
  /** Acceptance criteria to look at again: those of the item and of everything in it. */
  readonly affectedCriteria: readonly AffectedCriterion[]
}

/** The server. Every method throws a `BuildRunnerError`. */
export interface SyncServer {
  /** A project by node id or slug. */
  project(reference: string, call?: ServerCall): Promise<ProjectEntry>
  /** Every project in use that one may see, newest first. */
  projects(call?: ServerCall): Promise<ProjectEntry[]>
  /** How it is, and what it needs and uses. */
  health(call?: ServerCall): Promise<HealthProbe[]>
  /** What happened to the plan after the sequence `since`; 0 reads the whole plan, a sequence that is still to come is a `ValidationError`. */
  pull(projectId: string, since: number, call?: ServerCall): Promise<Pulled>
  /** Sends writes, each of which is answered for itself; sent again, they change nothing and are answered as the first time. */
  push(projectId: string, batch: PushedBatch, call?: ServerCall): Promise<Pushed>
  /** Threads of an item, newest first, each with its first comment and the answers, oldest first. */
  comments(projectId: string, itemKey: string, call?: ServerCall): Promise<ServerComment[]>
  /** `key` makes it happen once: a call that is repeated is answered as the first time. */
  comment(projectId: string, write: OfflineCall, key: string, call?: ServerCall): Promise<ServerComment>
  /** A comment as it is now. */
  readComment(commentId: string, call?: ServerCall): Promise<ServerComment>
  /** Those that wait for a decision. */
  conflicts(projectId: string, call?: ServerCall): Promise<ServerConflict[]>
  /** Decides a conflict, or with `dryRun` says what that would do. `key` makes it happen once. */
  resolve(projectId: string, conflictId: string, decision: Decision, options: { readonly dryRun: boolean; readonly key: string }, call?: ServerCall): Promise<Resolved>
  /** Sequences of the project's events after `since`, as they happen; reconnects by itself. */
  events(projectId: string, since: number, options: { readonly signal: AbortSignal; readonly onOpen: () => void }): AsyncIterable<number>
}
