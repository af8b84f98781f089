/** Conflicts that wait for a decision. */
import { affectedCriteria } from '../domain/plans/affected-criteria.ts'
import type { AffectedCriterion } from '../domain/plans/affected-criteria.ts'
import type { PlanChange } from '../domain/plans/types.ts'
import { errorOf } from '../errors.ts'
import { conflictItem } from './drain.ts'
import { queueCall } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { Decision, ServerCall, SyncServer } from './server.ts'
import type { ConflictItem } from './store/types.ts'
import type { AsOf, Read, ReadOptions } from './types.ts'

/** What a decision would do. */
export interface ConflictPreview {
  /** The one that is decided, as it was before the decision. */
  readonly conflict: ConflictItem
  /** To the plan; null where only the server can tell, and it is away. */
  readonly changes: readonly PlanChange[] | null
  /** Acceptance criteria to look at again. */
  readonly affectedCriteria: readonly AffectedCriterion[]
  /** `cache`: the server is away; the criteria are those of the plan as it is shown. */
  readonly source: AsOf['source']
}

/** What the conflicts need of the client. */
export interface ConflictParts {
  readonly server: SyncServer
  readonly replica: Replica
  readonly now: () => number
  readonly ask: <Answer>(options: ReadOptions | undefined, request: (call: ServerCall) => Promise<Answer>) => Promise<Answer | undefined>
  /** Through the breaker, and nothing in its place. */
  readonly demand: <Answer>(request: () => Promise<Answer>) => Promise<Answer>
  readonly asOf: (source: AsOf['source']) => AsOf
  /** Reads what a decision has changed. */
  readonly pull: (signal: AbortSignal | undefined) => Promise<unknown>
  readonly wake: () => void
}

/** `offline.conflicts`. */
export class OfflineConflicts {
  readonly #parts: ConflictParts

  /** @internal */
  constructor(parts: ConflictParts) {
    this.#parts = parts
  }

  /** Those that are open, of all devices; of this device's cache when the server is away. */
  async list(options?: ReadOptions): Promise<Read<ConflictItem[]>> {
    const { server, replica, ask, asOf } = this.#parts
    const fresh = await ask(options, (call) => server.conflicts(replica.projectId, call))
    if (fresh !== undefined) {
      await replica.transact(() => {
        const known = new Map(replica.conflicts.map((conflict) => [conflict.id, conflict]))
        const open = new Set(fresh.map(({ id }) => id))
        const gone = replica.conflicts.filter(({ id, kind }) => kind !== 'comment' && !open.has(id))
        const puts = fresh.map((conflict) => replica.putConflict(conflictItem(conflict, known.get(conflict.id)?.writeId ?? null, known.get(conflict.id)?.detectedAt ?? this.#parts.now())))
        return { operations: [...gone.map(({ id }) => replica.deleteConflict(id)), ...puts], result: undefined, applied: () => {} }
      })
    }
    return { data: [...replica.conflicts], asOf: asOf(fresh === undefined ? 'cache' : 'server') }
  }

  /**
   * An open conflict by its id; of this device's cache when the server is away.
   *
   * @throws NotFoundError when no such conflict is open
   */
  async get(id: string, options?: ReadOptions): Promise<Read<ConflictItem>> {
    const { data, asOf } = await this.list(options)
    return { data: found(data, id), asOf }
  }

  /** What a decision would do, and which acceptance criteria it bears on. Nothing is changed. */
  async preview(id: string, decision: Decision, options?: ReadOptions): Promise<ConflictPreview> {
    const { server, replica, ask } = this.#parts
    const conflict = await this.#known(id, options)
    const told = conflict.kind === 'comment' ? undefined : await ask(options, (call) => server.resolve(replica.projectId, id, decision, { dryRun: true, key: crypto.randomUUID() }, call))
    if (told !== undefined) return { conflict, changes: told.changes, affectedCriteria: told.affectedCriteria, source: 'server' }
    const changes = 'changes' in decision ? decision.changes : null
    return { conflict, changes, affectedCriteria: conflict.kind === 'comment' ? [] : affectedCriteria([replica.view.plan], conflict.itemKey), source: 'cache' }
  }

  /**
   * Decides. The server keeps who decided what; of a comment, keeping this device's text sends it again.
   *
   * @throws ConflictError when somebody changed the other side since: the conflict has the new value then, look again
   * @throws NetworkError when the server is away: a decision is made upon what it says
   */
  async resolve(id: string, decision: Decision, { signal }: Pick<ReadOptions, 'signal'> = {}): Promise<ConflictPreview> {
    const { server, replica, demand, pull } = this.#parts
    const conflict = await this.#known(id, { signal })
    if (conflict.kind === 'comment') return this.#decideComment(conflict, decision)
    const key = crypto.randomUUID()
    let told
    try {
      told = await demand(() => server.resolve(replica.projectId, id, decision, { dryRun: false, key }, { signal }))
    } catch (error) {
      await this.list({ signal })
      throw error
    }
    await replica.transact(() => ({ operations: [replica.deleteConflict(id)], result: undefined, applied: () => {} }))
    await pull(signal)
    return { conflict, changes: told.changes, affectedCriteria: told.affectedCriteria, source: 'server' }
  }

  async #known(id: string, options: ReadOptions | undefined): Promise<ConflictItem> {
    const { replica } = this.#parts
    return replica.conflicts.find((conflict) => conflict.id === id) ?? (await this.get(id, options)).data
  }

  async #decideComment(conflict: ConflictItem, decision: Decision): Promise<ConflictPreview> {
    const { replica, now, wake } = this.#parts
    const { id, field, local, itemKey, remoteEditedAt: knownEditedAt } = conflict
    if ('changes' in decision) throw errorOf({ code: 'BAD_USER_INPUT', message: 'The text of a comment is no part of the plan: keep one side, or edit the comment.', path: ['decision'] })
    if (decision.keep === 'local') await queueCall(replica, { method: 'comments.edit', variables: { commentId: field, body: local } }, { itemKey, label: 'edit a comment', knownEditedAt }, now)
    await replica.transact(() => ({ operations: [replica.deleteConflict(id)], result: undefined, applied: () => {} }))
    wake()
    return { conflict, changes: [], affectedCriteria: [], source: 'cache' }
  }
}

function found(conflicts: readonly ConflictItem[], id: string): ConflictItem {
  const conflict = conflicts.find((other) => other.id === id)
  if (conflict === undefined) throw errorOf({ code: 'NOT_FOUND', message: `No conflict ${JSON.stringify(id)} is open. See conflicts.list().`, path: ['id'] })
  return conflict
}
