/** What an offline store keeps, and what every backend of it promises. Types only. */
import type { Plan } from '../../domain/plans/document.ts'
import type { ConflictKind, PlanChange } from '../../domain/plans/types.ts'

/** A call of the comments domain that waits in the outbox. */
export interface OfflineCall {
  /** The method of the client, e.g. `comments.add`. */
  method: 'comments.add' | 'comments.reply' | 'comments.edit' | 'comments.delete' | 'comments.resolve' | 'comments.react' | 'comments.unreact'
  /** What it is called with; ids of what it makes are made by the client, so that a repeated call makes nothing twice. */
  variables: Record<string, unknown>
}

/** Why a write is a dead letter. */
export interface WriteError {
  /** Stable, e.g. `NOT_FOUND`. */
  code: string
  /** For people. */
  message: string
  /** The rule that refused it. */
  rule?: string
  /** The line of that rule in the project's own policy; absent for a rule of the product, which nothing overrides. */
  line?: number
}

/** What a write is sent in spite of. */
export interface WriteOverride {
  /** Ids of rules of the project's own policy. */
  readonly rules: readonly string[]
  /** Why, for the record: 1 to 500 characters. */
  readonly reason: string
}

/** One write that the server has not acknowledged. Key: `${projectId}/${number}`, the number with leading zeros. */
export interface OutboxItem {
  /** UUID made by the client; the idempotency key. */
  id: string
  /** The project it writes to. */
  projectId: string
  /** Ascending per replica; a retried dead letter gets a new one. */
  number: number
  /** Changes of the plan, or a call of the comments domain. */
  kind: 'plan' | 'comment'
  /** For people: what this write does. */
  label: string
  /** Keys of the plan items that it touches; of a `comment` write the item that is talked about, where it is known. */
  itemKeys: string[]
  /** Of a `plan` write: what it changes. */
  changes?: PlanChange[]
  /** Of a `plan` write: the changes that undo it, which hold every old value that it was made upon. */
  base?: PlanChange[]
  /** Of a `plan` write: the event sequence of the snapshot it was made upon. */
  baseSequence?: number
  /** Of a `comment` write: the call. */
  call?: OfflineCall
  /**
   * Of an edit of a comment: `editedAt` of the text that it was made upon, which the server compares; null: the first one. While an edit of
   * one's own waits before it, what that was made upon: its answer sets this.
   */
  expectedEditedAt?: string | null
  /** Ids of the writes that must be acknowledged first. */
  dependsOn: string[]
  /** `failed` is a dead letter: it waits for a person. */
  state: 'queued' | 'failed'
  /** How often the server failed over it. A network that is away is no attempt. */
  attempts: number
  /** Why the last attempt failed. */
  error: WriteError | null
  /** What it is sent in spite of; absent for a write that every rule binds. */
  override?: WriteOverride
  /** Milliseconds since 1970, by this device's clock. */
  createdAt: number
}

/** This device's copy of a project, as the server knows it. Small, for it is written with every edit. Key: `projectId`. */
export interface ReplicaRecord {
  /** The project: its node id. */
  projectId: string
  /** A UUID made once. */
  replicaId: string
  /** What the next write gets. */
  nextNumber: number
  /** Writes up to this number may have been sent: they are never changed, the server may have them. */
  sentThrough: number
  /** The sequence of the newest base: who holds that base need not read it again. */
  sequence: number
  /** When the server last said that this is the plan, in milliseconds since 1970, by this device's clock; 0 when it never did. */
  fetchedAt: number
}

/**
 * The plan as the server had it: what pending writes are shown upon. It is a document, or what changed since the record before it: a
 * project's records, in the order of their keys, are one document and any number of deltas. Key: `${projectId}/${sequence}`, the
 * sequence with leading zeros.
 */
export interface BaseSnapshot {
  /** The project. */
  projectId: string
  /** The event sequence after which the plan is this. It never decreases. */
  sequence: number
  /** The plan; absent in a delta. */
  document?: Plan
  /** What turns the plan of the record before into this one; absent beside a document. */
  changes?: PlanChange[]
}

/** A plan to browse: the list entry of a project and, where it was opened, its plan. Key: `${projectId}/`. */
export interface PlanCacheItem {
  /** The project. */
  projectId: string
  /** What people call it. */
  name: string
  /** Its name in addresses; the node id while that is all that is known. */
  slug: string
  /** The event sequence of `document`; null when only the list entry is known. */
  sequence: number | null
  /** The plan; null when only the list entry is known. */
  document: Plan | null
  /** Milliseconds since 1970, by this device's clock. */
  fetchedAt: number
}

/** An answer of the server that is shown again while it is away: comments of an item, analytics, lists. */
export interface StateCacheItem {
  /** What was asked. */
  key: string
  /** The answer, as JSON. */
  data: unknown
  /** Milliseconds since 1970, by this device's clock. */
  fetchedAt: number
}

/** A write that the server could not apply whole, because somebody changed the same. Key: `${projectId}/${id}`. */
export interface ConflictItem {
  /** The server's id of the conflict; of a comment the id of the write. */
  id: string
  /** The write of the outbox it came from; null when another device made it. */
  writeId: string | null
  /** How the edits conflict; `comment`: somebody else changed the text of the comment. */
  kind: ConflictKind | 'comment'
  /** The item in conflict; null for the head of the document. */
  itemKey: string | null
  /** The field in conflict; null when it is the whole item. */
  field: string | null
  /** What it was; absent when there was nothing. */
  base?: unknown
  /** What this device made of it. */
  local?: unknown
  /** What the other side made of it. */
  remote?: unknown
  /** Of a comment: `editedAt` of the other text. */
  remoteEditedAt?: string | null
  /** Milliseconds since 1970, by this device's clock. */
  detectedAt: number
}

/** The health of the server and of what it depends on, as last seen. Key: the target's name. */
export interface HealthSnapshot {
  /** What was probed, e.g. `database`. */
  target: string
  /** How it answered, e.g. `healthy`. */
  status: string
  /** How long the probe took; null when it was not answered. */
  latencyMs: number | null
  /** What is wrong, for people. */
  message: string | null
  /** Milliseconds since 1970, by this device's clock. */
  checkedAt: number
}

/** The tables of a store, and what one record of each holds. Records are JSON: what JSON does not carry is not kept. */
export interface OfflineRecords {
  /** This device's copies of projects. */
  replicas: ReplicaRecord
  /** Writes that wait for the server, and dead letters. */
  outbox: OutboxItem
  /** The plans that writes are made upon. */
  bases: BaseSnapshot
  /** Projects and plans to browse. */
  plans: PlanCacheItem
  /** Other answers to show again. */
  states: StateCacheItem
  /** What somebody must decide. */
  conflicts: ConflictItem
  /** How the server is. */
  healthSnapshots: HealthSnapshot
}

/** The name of a table. */
export type OfflineTable = keyof OfflineRecords

/** One step of a commit. */
export type StoreOperation = {
  [T in OfflineTable]: { op: 'put'; table: T; key: string; value: OfflineRecords[T] } | { op: 'delete'; table: T; key: string }
}[OfflineTable]

/** A record with its key. */
export interface StoreEntry<T extends OfflineTable> {
  /** Its key in the table. */
  key: string
  /** A copy: to change the record, commit it. */
  value: OfflineRecords[T]
}

/** How a commit goes. */
export interface CommitOptions {
  /** The revision that the caller has read: the commit fails when somebody has committed since. Without it, it does not matter. */
  expected?: number
}

/** How {@link OfflineStore.exclusive} waits. */
export interface ExclusiveOptions {
  /** Wait while somebody else is in it. Default: true. */
  wait?: boolean
  /** Ends the wait. */
  signal?: AbortSignal
}

/**
 * Where an offline client keeps its cache and its outbox.
 *
 * Every backend promises the same, and passes one conformance suite: a commit is all of its operations or none, also when the process or
 * the machine dies in it; it is durable when its promise resolves (the memory store only as long as the process lives); commits have one
 * order, which all tabs and processes see; a read sees whole commits and, in one process, its own.
 */
export interface OfflineStore {
  /**
   * Records of one table whose key begins with `prefix`, ordered by key (as JavaScript compares strings: by UTF-16 code unit).
   *
   * @param prefix usually `${projectId}/`. Default: every record
   */
  list<T extends OfflineTable>(table: T, prefix?: string): Promise<StoreEntry<T>[]>
  /** One record; undefined when there is none. */
  get<T extends OfflineTable>(table: T, key: string): Promise<OfflineRecords[T] | undefined>
  /**
   * Applies all operations in their order, or none of them. Durable when it resolves.
   *
   * @returns the new revision
   * @throws StaleStoreError when another commit came after `expected`; read again, then decide
   * @throws OfflineStoreError when it cannot be stored (`STORE_FULL`, `STORE_UNAVAILABLE`); the store is as it was
   */
  commit(operations: readonly StoreOperation[], options?: CommitOptions): Promise<number>
  /** Counts the commits of all tabs and processes; 0 for an empty store. */
  revision(): Promise<number>
  /**
   * Calls `listener` after every commit, also of other tabs and processes, with the revision; commits that follow each other fast may be
   * told as one.
   *
   * @returns what ends it
   */
  watch(listener: (revision: number) => void): () => void
  /**
   * Runs `work` while no other tab or process of this store runs under the same name.
   *
   * @returns what `work` returns; undefined when somebody else is in it and `wait` is false
   * @throws AbortedError when `signal` ended the wait
   */
  exclusive<R>(name: string, work: () => Promise<R>, options?: ExclusiveOptions): Promise<R | undefined>
  /** Ends watching and lets go of files and connections. A second call does nothing; every other call after it fails. */
  close(): Promise<void>
}
