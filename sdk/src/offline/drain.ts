/**
 * Brings the outbox to the server, and the server's plan here.
 *
 * Invariants: a write leaves the outbox in the commit that also holds what became of it (the plan that contains it, a conflict, a
 * dead letter with its reason), and never before. So a crash, or an answer that is lost, leads to the same write being sent again
 * under its number, and the server answers what it answered first.
 */
import { PlanChangeError } from '../domain/plans/change-error.ts'
import type { BuildRunnerError } from '../errors.ts'
import { errorOf } from '../errors.ts'
import { MAX_WRITES, nextOf } from './batches.ts'
import { subjectOf, writesText } from './comment-fold.ts'
import { failureOf } from './failures.ts'
import type { Replica } from './replica.ts'
import type { Pulled, Pushed, ServerCall, ServerComment, ServerConflict, SyncServer, WriteResult } from './server.ts'
import type { ConflictItem, OutboxItem, StoreOperation, WriteError } from './store/types.ts'

/** What a synchronisation came to. */
export interface SyncReport {
  /** Writes that stand, or stood already. */
  applied: number
  /** Writes that somebody has to decide about. */
  conflicts: number
  /** Writes that became dead letters. */
  failed: number
  /** Where the plan stands now. */
  sequence: number
  /** Keys of items that were talked about meanwhile. */
  commentedItems: string[]
}

/** What a drain needs. */
export interface DrainOptions {
  readonly server: SyncServer
  readonly replica: Replica
  /** Attempts that fail by the server's fault, after which a write is a dead letter. */
  readonly maxAttempts: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly comments: CommentArrivals
}

/** What calls of the comments domain leave behind. */
export interface CommentArrivals {
  /** Takes a comment into the cache: part of the commit that ends its write. */
  arrived(write: OutboxItem, comment: ServerComment): Promise<readonly StoreOperation[]>
  /** The conflict that a failure is, with what the comment says now; undefined when it is none. @throws when that cannot be read */
  conflictOf(write: OutboxItem, error: unknown, call: ServerCall): Promise<ConflictItem | undefined>
}

export class Drain {
  readonly #options: DrainOptions
  readonly #call: ServerCall
  readonly #report: SyncReport
  #maxWrites = MAX_WRITES
  #isUniform = false

  private constructor(options: DrainOptions, call: ServerCall, report: SyncReport) {
    this.#options = options
    this.#call = call
    this.#report = report
  }

  /**
   * One pass: sends what waits until nothing is left to send, then reads what others did.
   *
   * @param report - Counted up, also when it throws.
   * @throws BuildRunnerError when the server is away, fails over a write that has attempts left, or somebody has to sign in first
   */
  static async run(options: DrainOptions, call: ServerCall, report: SyncReport): Promise<void> {
    const drain = new Drain(options, call, report)
    await options.replica.refresh()
    while (await drain.#step());
    await drain.#settle([], 0)
    report.sequence = options.replica.base.sequence
  }

  async #step(): Promise<boolean> {
    const { replica } = this.#options
    const queued = replica.outbox.filter(({ state }) => state === 'queued')
    const next = nextOf(queued, { maxWrites: this.#maxWrites, isUniform: this.#isUniform })
    if (next === undefined) return false
    if ('batch' in next) await this.#push(next.batch)
    else for (const { number } of next.calls) await this.#send(number)
    return true
  }

  async #push(batch: readonly OutboxItem[]): Promise<void> {
    const { server, replica } = this.#options
    await this.#markSent(batch)
    const writes = batch.map(({ number, changes = [], base = [] }) => ({ number, changes, base }))
    const baseSequence = Math.min(...batch.map((write) => write.baseSequence ?? 0))
    let pushed: Pushed
    try {
      pushed = await server.push(replica.projectId, { replicaId: replica.record.replicaId, baseSequence, writes }, this.#callOf(batch[0]))
    } catch (error) {
      return this.#failed(batch, error as BuildRunnerError)
    }
    this.#maxWrites = Math.min(MAX_WRITES, this.#maxWrites * 2)
    // What fails from here on is no fault of the writes: they are pushed again, and answered as before.
    await this.#settle(pushed.results, pushed.sequence)
  }

  async #send(number: number): Promise<void> {
    const { replica } = this.#options
    // As it is now: the answer to a call before it may have changed it, and another tab may have dropped it.
    const write = replica.write(number)
    if (write === undefined) return
    await this.#markSent([write])
    let arrived: { comment: ServerComment; kept: readonly StoreOperation[] }
    try {
      arrived = await this.#carryOut(write)
    } catch (error) {
      return this.#refused(write, error as BuildRunnerError)
    }
    const { comment, kept } = arrived
    await replica.transact(() => ({ operations: [replica.deleteWrite(write), ...kept, ...rebased(write, comment, replica)], result: undefined }))
    this.#report.applied++
  }

  async #carryOut(write: OutboxItem): Promise<{ comment: ServerComment; kept: readonly StoreOperation[] }> {
    const { server, replica, comments } = this.#options
    const { id, call, expectedEditedAt } = write
    const expected = expectedEditedAt === undefined ? {} : { expectedEditedAt }
    const comment = await server.comment(replica.projectId, { ...call!, variables: { ...call!.variables, ...expected } }, id, this.#callOf(write))
    return { comment, kept: await comments.arrived(write, comment) }
  }

  /** @param write - one of those that are sent: all of them are made in spite of the same rules */
  #callOf(write: OutboxItem | undefined): ServerCall {
    return write?.override === undefined ? this.#call : { ...this.#call, override: write.override }
  }

  async #refused(write: OutboxItem, error: BuildRunnerError): Promise<void> {
    const { replica, comments } = this.#options
    let conflict: ConflictItem | undefined
    try {
      conflict = await comments.conflictOf(write, error, this.#call)
    } catch (unreadable) {
      return this.#failed([write], unreadable as BuildRunnerError)
    }
    if (conflict === undefined) return this.#failed([write], error)
    await replica.transact(() => ({ operations: [replica.deleteWrite(write), replica.putConflict(conflict)], result: undefined }))
    this.#report.conflicts++
  }

  /** From here on the server may have them. */
  #markSent(writes: readonly OutboxItem[]): Promise<void> {
    const { replica } = this.#options
    const sentThrough = writes.at(-1)?.number ?? 0
    return replica.transact(() => ({ operations: sentThrough > replica.record.sentThrough ? [replica.putRecord({ sentThrough })] : [], result: undefined }))
  }

  /** Reads the plan up to `sequence` at least, and commits it together with what became of the writes in it. */
  async #settle(results: readonly WriteResult[], sequence: number): Promise<void> {
    const { server, replica, now } = this.#options
    for (let isWhole = false; ; ) {
      const since = isWhole ? 0 : replica.base.sequence
      const pulled = await server.pull(replica.projectId, since, this.#call)
      if (pulled.sequence < sequence) throw errorOf({ code: 'SERVICE_UNAVAILABLE', message: 'The server does not show yet what was written. Try again.' })
      const isDone = await this.#commit(results, pulled, since, now()).catch((error: unknown) => {
        // What is stored here is not what the server's changes were made to: read the plan anew.
        if (!(error instanceof PlanChangeError) || isWhole) throw error
        isWhole = true
        return false
      })
      if (isDone) return void this.#count(results, pulled)
    }
  }

  #commit(results: readonly WriteResult[], pulled: Pulled, since: number, at: number): Promise<boolean> {
    const { replica } = this.#options
    return replica.transact<boolean>(() => {
      const { operations, base } = replica.putBase(pulled, since, at)
      // Another tab has read more, or less, meanwhile.
      if (operations.length === 0 && replica.base.sequence < pulled.sequence) return { operations, result: false }
      const waiting = new Map(replica.outbox.filter(({ state }) => state === 'queued').map((write) => [write.number, write]))
      const settled = results.flatMap((result) => this.#outcomeOf(waiting.get(result.number), result, at))
      return { operations: [...settled, ...operations], base, result: true }
    })
  }

  #outcomeOf(write: OutboxItem | undefined, result: WriteResult, at: number): StoreOperation[] {
    const { replica } = this.#options
    if (write === undefined) return []
    if (result.outcome === 'REFUSED') {
      const { code, message, rule, line } = result
      const error = { code: code ?? 'REFUSED', message: message ?? 'The server refused it.', ...ruleOf({ rule, line }) }
      return [replica.putWrite({ ...write, state: 'failed', attempts: write.attempts + 1, error })]
    }
    return [replica.deleteWrite(write), ...result.conflicts.map((conflict) => replica.putConflict(conflictItem(conflict, write.id, at)))]
  }

  #count(results: readonly WriteResult[], { commentedItems }: Pulled): void {
    for (const { outcome } of results) {
      if (outcome === 'CONFLICT') this.#report.conflicts++
      else if (outcome === 'REFUSED') this.#report.failed++
      else this.#report.applied++
    }
    this.#report.commentedItems.push(...commentedItems)
  }

  /** @throws `error` where another attempt has to wait */
  async #failed(writes: readonly OutboxItem[], error: BuildRunnerError): Promise<void> {
    const failure = failureOf(error)
    if (failure === 'away' || failure === 'person') throw error
    if (failure === 'fault' && !(await this.#isExhausted(writes))) throw error
    if (failure === 'all' && !this.#isUniform && error.code === 'FORBIDDEN' && writes.length > 1) this.#isUniform = true
    else if (failure !== 'all' && writes.length > 1) this.#maxWrites = Math.ceil(writes.length / 2)
    else await this.#bury(writes, error)
  }

  /** Counts an attempt. @returns whether it was the last one */
  #isExhausted(writes: readonly OutboxItem[]): Promise<boolean> {
    const { replica, maxAttempts } = this.#options
    return replica.transact(() => {
      const numbers = new Set(writes.map(({ number }) => number))
      const tried = replica.outbox.filter(({ number }) => numbers.has(number)).map((write) => ({ ...write, attempts: write.attempts + 1 }))
      return { operations: tried.map((write) => replica.putWrite(write)), result: tried.some(({ attempts }) => attempts >= maxAttempts) }
    })
  }

  async #bury(writes: readonly OutboxItem[], { code, message, details }: BuildRunnerError): Promise<void> {
    const { replica } = this.#options
    const error = { code, message, ...ruleOf(details) }
    await replica.transact(() => {
      const numbers = new Set(writes.map(({ number }) => number))
      const dead = replica.outbox.filter(({ number, state }) => numbers.has(number) && state === 'queued')
      return { operations: dead.map((write) => replica.putWrite({ ...write, state: 'failed', error })), result: undefined }
    })
    this.#report.failed += writes.length
  }
}

const ruleOf = ({ rule, line }: { readonly rule?: unknown; readonly line?: unknown }): Pick<WriteError, 'rule' | 'line'> =>
  typeof rule !== 'string' ? {} : { rule, ...(typeof line === 'number' && { line }) }

/** Edits that were made upon a text of one's own are compared with it, now that it has its time. They were never sent: calls go one by one. */
function rebased({ id, call }: OutboxItem, { id: commentId, editedAt }: ServerComment, replica: Replica): StoreOperation[] {
  if (call === undefined || !writesText(call)) return []
  const upon = replica.outbox.filter((write) => write.dependsOn.includes(id) && write.call?.method === 'comments.edit' && subjectOf(write.call) === commentId)
  return upon.map((write) => replica.putWrite({ ...write, expectedEditedAt: editedAt }))
}

/** A conflict as the store keeps it. */
export const conflictItem = ({ id, kind, itemKey, field, base, local, remote }: ServerConflict, writeId: string | null, detectedAt: number): ConflictItem => ({
  id, writeId, kind, itemKey, field, base, local, remote, detectedAt,
})
