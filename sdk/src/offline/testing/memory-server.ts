/**
 * A server in memory for tests of the engine: the real merge (`mergeWrites`), the real rules of replays, one project. A test makes
 * it unreachable, loses its answers, and asks it afterwards what it was sent.
 */
import { affectedCriteria } from '../../domain/plans/affected-criteria.ts'
import { applyChanges, invertChanges } from '../../domain/plans/changes.ts'
import { unflattenPlan } from '../../domain/plans/flat.ts'
import type { FlatPlan, PlanChange } from '../../domain/plans/types.ts'
import { decideWrites, mergeWrites } from '../../domain/sync/index.ts'
import type { ConflictCause } from '../../domain/sync/index.ts'
import { errorOf } from '../../errors.ts'
import { commentIdOf } from '../comment-fold.ts'
import type { Decision, HealthProbe, ProjectEntry, Pulled, PushedBatch, Pushed, Resolved, ServerComment, ServerConflict, SyncServer, WriteResult } from '../server.ts'
import type { OfflineCall } from '../store/types.ts'

interface StoredEvent { readonly changes: readonly PlanChange[]; readonly inverse: readonly PlanChange[]; readonly item?: string }
interface StoredReplica { acknowledged: number; readonly results: Map<number, WriteResult> }
interface StoredConflict { readonly shown: ServerConflict; readonly cause: ConflictCause; readonly baseSequence: number }

/** How a request fails: before the server has it, after it has done it, or with an error of the server's. */
export type Fault = 'lost' | 'answer-lost' | { readonly code: string; readonly message?: string; readonly retryAfterMs?: number }

/** Puts off, fails or repeats a request; undefined lets it pass. */
export type Interfere = (method: keyof SyncServer) => Fault | undefined | Promise<Fault | undefined>

export class MemoryServer {
  readonly project: ProjectEntry = { id: 'prj_0000000000007000a000000000000001', name: 'House', slug: 'house' }
  plan: FlatPlan
  readonly comments = new Map<string, ServerComment>()
  /** How often each write was carried out, by replica and number; of comments by idempotency key. */
  readonly carriedOut = new Map<string, number>()
  readonly replicas = new Map<string, StoredReplica>()
  readonly conflicts = new Map<string, StoredConflict>()
  /** Pushes and calls that came in. */
  readonly pushes: PushedBatch[] = []
  readonly calls: OfflineCall[] = []
  readonly #answers = new Map<string, ServerComment>()
  readonly #events: StoredEvent[] = []
  readonly #followers = new Set<() => void>()
  health: HealthProbe[] = [{ target: 'server', status: 'ok', latencyMs: null, message: null }]
  #cutBefore = 0
  #ids = 0

  constructor(plan: FlatPlan) {
    this.plan = plan
    this.#append({ changes: [], inverse: [] })
  }

  get sequence(): number {
    return this.#events.length
  }

  /** Forgets what led to the plan: pulls since before get a document. */
  cutHistory(): void {
    this.#cutBefore = this.sequence
  }

  /** What somebody else does, at their desk. */
  edit(changes: readonly PlanChange[]): void {
    const inverse = invertChanges(this.plan, changes)
    this.plan = applyChanges(this.plan, changes)
    this.#append({ changes, inverse })
  }

  /** The port of one client, with the faults of its network. */
  port(interfere: Interfere = () => undefined): SyncServer {
    const through = async <Answer>(method: keyof SyncServer, work: () => Answer): Promise<Answer> => {
      const fault = await interfere(method)
      if (fault === 'lost') throw errorOf({ code: 'NETWORK', message: 'The server cannot be reached (test).' })
      if (typeof fault === 'object') throw errorOf({ message: 'The server failed (test).', ...fault, details: { retryAfterMs: fault.retryAfterMs } })
      // What is sent and what is answered is text: nobody holds an object of the other side.
      const answer = copy(work())
      if (fault === 'answer-lost') throw errorOf({ code: 'NETWORK', message: 'The connection was lost (test).' })
      return answer
    }
    return {
      project: (reference) => through('project', () => this.#find(reference)),
      projects: () => through('projects', () => [this.project]),
      health: () => through('health', () => this.health),
      pull: (_, since) => through('pull', () => this.pull(since)),
      push: (_, batch) => through('push', () => this.push(copy(batch))),
      comments: (_, itemKey) => through('comments', () => [...this.comments.values()].filter((comment) => comment.itemKey === itemKey)),
      comment: (_, call, key) => through('comment', () => this.#comment(copy(call), key)),
      readComment: (id) => through('readComment', () => this.#need(id)),
      conflicts: () => through('conflicts', () => [...this.conflicts.values()].map(({ shown }) => shown)),
      resolve: (_, id, decision, { dryRun }) => through('resolve', () => this.#resolve(id, decision, dryRun)),
      events: (_, since, { signal, onOpen }) => this.#follow(since, signal, onOpen),
    }
  }

  pull(since: number): Pulled {
    const later = this.#events.slice(since)
    const commentedItems = [...new Set(later.flatMap(({ item }) => item ?? []))]
    if (since > this.sequence) throw errorOf({ code: 'VALIDATION_FAILED', message: `There is no sequence ${since} yet.` })
    if (since === 0 || since < this.#cutBefore) return { sequence: this.sequence, document: unflattenPlan(this.plan), changes: null, commentedItems }
    return { sequence: this.sequence, changes: later.flatMap(({ changes }) => changes), document: null, commentedItems }
  }

  push({ replicaId, baseSequence, writes }: PushedBatch): Pushed {
    this.pushes.push({ replicaId, baseSequence, writes })
    const replica = this.replicas.get(replicaId) ?? { acknowledged: 0, results: new Map() }
    this.replicas.set(replicaId, replica)
    const fresh = writes.filter(({ number }) => number > replica.acknowledged)
    const { after, changes, results, conflicts } = mergeWrites({ history: this.planAsOf(baseSequence), remote: this.plan, writes: fresh })
    for (const { number } of fresh) this.#count(`${replicaId}/${number}`)
    const inverse = invertChanges(this.plan, changes)
    this.plan = after
    if (fresh.length > 0) this.#append({ changes, inverse })
    const ids = new Map(conflicts.map((cause) => [JSON.stringify([cause.conflict.kind, cause.conflict.id, cause.conflict.field]), this.#record(cause, baseSequence)]))
    for (const { number, outcome, conflicts: found, refusal } of results) {
      const shown = found.flatMap(({ kind, id, field }) => ids.get(JSON.stringify([kind, id, field])) ?? [])
      replica.results.set(number, { number, outcome, conflicts: shown, code: refusal?.code, message: refusal?.message })
    }
    replica.acknowledged = Math.max(replica.acknowledged, ...writes.map(({ number }) => number))
    return { sequence: this.sequence, results: writes.map(({ number }) => replica.results.get(number) ?? { number, outcome: 'ALREADY_APPLIED', conflicts: [] }) }
  }

  planAsOf(sequence: number): FlatPlan {
    if (sequence < this.#cutBefore) return this.plan
    return this.#events.slice(sequence).reduceRight((plan, { inverse }) => applyChanges(plan, inverse), this.plan)
  }

  #record(cause: ConflictCause, baseSequence: number): ServerConflict {
    const { kind, id: itemKey, field = null, base, local, remote } = cause.conflict
    const shown: ServerConflict = { id: `cfl_${++this.#ids}`, kind, itemKey, field, base, local, remote }
    this.conflicts.set(shown.id, { shown, cause, baseSequence })
    return shown
  }

  #resolve(id: string, decision: Decision, dryRun: boolean): Resolved {
    const stored = this.conflicts.get(id)
    if (stored === undefined) throw errorOf({ code: 'NOT_FOUND', message: `There is no conflict ${id}.` })
    const changes = 'changes' in decision ? decision.changes : decideWrites({ history: this.planAsOf(stored.baseSequence), remote: this.plan, writes: stored.cause.writes, keep: decision.keep }).merged.changes
    const resolved = { changes, affectedCriteria: affectedCriteria([this.plan, applyChanges(this.plan, changes)], stored.shown.itemKey) }
    if (!dryRun) {
      this.conflicts.delete(id)
      this.edit(changes)
    }
    return resolved
  }

  #comment({ method, variables }: OfflineCall, key: string): ServerComment {
    this.calls.push({ method, variables })
    const text = (name: string): string => String(variables[name])
    const made = method === 'comments.add' || method === 'comments.reply'
    const id = made ? commentIdOf(text('id')) : text('commentId')
    const answered = this.#answers.get(key)
    if (answered !== undefined) return answered
    const comment = made ? this.#newComment(id, method === 'comments.reply' ? this.#need(text('commentId')) : undefined, variables) : changedComment(this.#need(id), method, variables, String(this.sequence + 1))
    this.#count(key)
    this.#answers.set(key, comment)
    this.comments.set(id, comment)
    this.#append({ changes: [], inverse: [], ...(comment.itemKey !== null && { item: comment.itemKey }) })
    return comment
  }

  #newComment(id: string, parent: ServerComment | undefined, { itemId, body }: Record<string, unknown>): ServerComment {
    if (this.comments.has(id)) throw errorOf({ code: 'ALREADY_EXISTS', message: `A comment with the id ${id} exists already.`, path: ['id'] })
    if (parent === undefined && !this.plan.items.has(String(itemId))) throw errorOf({ code: 'NOT_FOUND', message: `There is no plan item ${String(itemId)}.` })
    return {
      id, threadId: parent?.threadId ?? id, parentId: parent?.id ?? null, itemKey: parent === undefined ? String(itemId) : parent.itemKey, author: { id: 'usr_1', name: 'Ada' },
      body: String(body), createdAt: String(this.sequence + 1).padStart(8, '0'), editedAt: null, deletedAt: null, resolvedAt: null, reactions: [],
    }
  }

  #need(id: string): ServerComment {
    const comment = this.comments.get(id)
    if (comment === undefined) throw errorOf({ code: 'NOT_FOUND', message: `There is no comment ${id}.` })
    return comment
  }

  #find(reference: string): ProjectEntry {
    if (reference !== this.project.id && reference !== this.project.slug) throw errorOf({ code: 'NOT_FOUND', message: `There is no project ${reference}.` })
    return this.project
  }

  #count(key: string): void {
    this.carriedOut.set(key, (this.carriedOut.get(key) ?? 0) + 1)
  }

  #append(event: StoredEvent): void {
    this.#events.push(event)
    for (const notify of [...this.#followers]) notify()
  }

  async *#follow(since: number, signal: AbortSignal, onOpen: () => void): AsyncGenerator<number, void, undefined> {
    let wake = (): void => {}
    const notify = (): void => wake()
    this.#followers.add(notify)
    signal.addEventListener('abort', notify)
    onOpen()
    for (let seen = since; !signal.aborted; ) {
      if (seen < this.sequence) yield ++seen
      else await new Promise<void>((resolve) => (wake = resolve))
    }
    this.#followers.delete(notify)
  }
}

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

function changedComment(comment: ServerComment, method: OfflineCall['method'], { body, resolved, emoji, expectedEditedAt }: Record<string, unknown>, at: string): ServerComment {
  switch (method) {
    case 'comments.edit':
      if (expectedEditedAt !== undefined && expectedEditedAt !== comment.editedAt) {
        throw errorOf({ code: 'CONFLICT', message: 'Somebody else has changed the comment.' })
      }
      return { ...comment, body: String(body), editedAt: at }
    case 'comments.delete': return { ...comment, body: null, deletedAt: at, reactions: [] }
    case 'comments.resolve': return { ...comment, resolvedAt: resolved === false ? null : at }
    default: {
      const others = comment.reactions.filter((reaction) => reaction.emoji !== emoji)
      return { ...comment, reactions: method === 'comments.react' ? [...others, { emoji: String(emoji), count: 1, mine: true }] : others }
    }
  }
}
