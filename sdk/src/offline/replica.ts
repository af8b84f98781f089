/**
 * A project's part of the store, in memory, and the one way to change it.
 *
 * Invariants: what is in memory is what the store held at `revision`. Every change is decided upon that state and committed only
 * if no tab or process has committed since; otherwise the state is read again and decided anew. So two tabs never give one
 * number twice, never change what the other has sent, and never put an older plan over a newer one.
 */
import { EMPTY_PLAN, flattenPlan, unflattenPlan } from '../domain/plans/flat.ts'
import { PlanDraft } from '../domain/plans/draft.ts'
import type { FlatPlan, PlanChange } from '../domain/plans/types.ts'
import { Unsent } from './coalesce.ts'
import type { Pulled } from './server.ts'
import { StaleStoreError } from './store/errors.ts'
import type { BaseSnapshot, ConflictItem, OfflineStore, OutboxItem, ReplicaRecord, StoreOperation } from './store/types.ts'
import { PlanView } from './view.ts'

/** The plan as the server had it. */
export interface Base {
  readonly sequence: number
  readonly plan: FlatPlan
  /** Keys of its records: a document and its deltas. */
  readonly keys: readonly string[]
  /** Changes in the deltas. */
  readonly changes: number
}

/** What a decision comes to. */
export interface Change<Result> {
  readonly operations: readonly StoreOperation[]
  readonly result: Result
  /** The plan that the operations hold as a record, so that it is not read back. */
  readonly base?: Base | undefined
  /** The decision has shown its write in the view; this does the same to the unsent writes, once it is stored. Default: both are made anew. */
  readonly applied?: (() => void) | undefined
}

const DIGITS = 12
/** Deltas are folded into a document once there are so many, or they hold more changes than the plan has items. */
const MAX_DELTAS = 64
const FEW_CHANGES = 200

const keyOf = (projectId: string, number: number): string => `${projectId}/${String(number).padStart(DIGITS, '0')}`

export class Replica {
  readonly projectId: string
  readonly #store: OfflineStore
  readonly #listeners = new Set<() => void>()
  #queue: Promise<unknown> = Promise.resolve()
  #revision = -1
  #record!: ReplicaRecord
  #base: Base = { sequence: -1, plan: EMPTY_PLAN, keys: [], changes: 0 }
  #outbox = new Map<string, OutboxItem>()
  #conflicts = new Map<string, ConflictItem>()
  #view: PlanView | undefined
  #unsent: Unsent | undefined

  private constructor(store: OfflineStore, projectId: string) {
    this.#store = store
    this.projectId = projectId
  }

  /** Reads a project's part of a store; makes it where there is none. */
  static async open(store: OfflineStore, projectId: string): Promise<Replica> {
    const replica = new Replica(store, projectId)
    await replica.#load()
    return replica
  }

  get record(): Readonly<ReplicaRecord> {
    return this.#record
  }

  get base(): Base {
    return this.#base
  }

  /** Writes in the order of their numbers, dead letters among them. */
  get outbox(): readonly OutboxItem[] {
    return [...this.#outbox.values()]
  }

  /** A write as it is now; undefined once it has ended. */
  write(number: number): OutboxItem | undefined {
    return this.#outbox.get(this.outboxKey(number))
  }

  get conflicts(): readonly ConflictItem[] {
    return [...this.#conflicts.values()]
  }

  /** The plan with the pending writes. */
  get view(): PlanView {
    return (this.#view ??= new PlanView(this.#base.plan, this.#outbox.values()))
  }

  /** Writes that may still be changed. */
  get unsent(): Unsent {
    return (this.#unsent ??= new Unsent(this.outbox.filter(({ number, state }) => state === 'queued' && number > this.#record.sentThrough)))
  }

  /** Told of every change of this project's part, also by other tabs. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Reads what other tabs have committed. */
  refresh(): Promise<void> {
    return this.#exclusive(async () => {
      if ((await this.#store.revision()) !== this.#revision) await this.#load()
    })
  }

  /**
   * Decides and commits; decides again when another tab was faster.
   *
   * @throws OfflineStoreError when it cannot be stored: nothing has happened then
   */
  transact<Result>(decide: () => Change<Result>): Promise<Result> {
    return this.#exclusive(async () => {
      for (;;) {
        const change = decide()
        if (change.operations.length === 0) return change.result
        try {
          this.#revision = await this.#store.commit(change.operations, { expected: this.#revision })
        } catch (error) {
          this.#view = undefined
          if (!(error instanceof StaleStoreError)) throw error
          await this.#load()
          continue
        }
        this.#apply(change)
        return change.result
      }
    })
  }

  outboxKey(number: number): string {
    return keyOf(this.projectId, number)
  }

  putWrite(value: OutboxItem): StoreOperation {
    return { op: 'put', table: 'outbox', key: this.outboxKey(value.number), value }
  }

  deleteWrite({ number }: OutboxItem): StoreOperation {
    return { op: 'delete', table: 'outbox', key: this.outboxKey(number) }
  }

  putRecord(change: Partial<ReplicaRecord>): StoreOperation {
    return { op: 'put', table: 'replicas', key: this.projectId, value: { ...this.#record, ...change } }
  }

  putConflict(value: ConflictItem): StoreOperation {
    return { op: 'put', table: 'conflicts', key: `${this.projectId}/${value.id}`, value }
  }

  deleteConflict(id: string): StoreOperation {
    return { op: 'delete', table: 'conflicts', key: `${this.projectId}/${id}` }
  }

  /**
   * What makes an answer to `pull` the base.
   *
   * @param since - What was asked for. A base that has moved on meanwhile stays: a sequence never runs backwards.
   */
  putBase({ sequence, changes, document }: Pulled, since: number, fetchedAt: number): Pick<Change<void>, 'operations' | 'base'> {
    const known = this.#base
    if (sequence < known.sequence || (!document && since !== known.sequence)) return { operations: [] }
    if (!document && sequence === since) return { operations: [this.putRecord({ fetchedAt })], base: known }
    const { projectId } = this
    const plan = document ? flattenPlan(document) : changed(known.plan, [changes ?? []])
    const total = known.changes + (changes?.length ?? 0)
    const isDelta = !document && known.keys.length > 0 && known.keys.length <= MAX_DELTAS && total <= Math.max(FEW_CHANGES, plan.items.size)
    const key = keyOf(projectId, sequence)
    const value: BaseSnapshot = { projectId, sequence, ...(isDelta ? { changes: [...(changes ?? [])] } : { document: document ?? unflattenPlan(plan) }) }
    const dropped = isDelta ? [] : known.keys.filter((other) => other !== key)
    const operations: StoreOperation[] = [
      ...dropped.map((other): StoreOperation => ({ op: 'delete', table: 'bases', key: other })),
      { op: 'put', table: 'bases', key, value }, this.putRecord({ sequence, fetchedAt }),
    ]
    return { operations, base: { sequence, plan, keys: isDelta ? [...known.keys, key] : [key], changes: isDelta ? total : 0 } }
  }

  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#queue.then(work)
    this.#queue = run.catch(() => {})
    return run
  }

  async #load(): Promise<void> {
    for (;;) {
      const revision = await this.#store.revision()
      const { projectId } = this
      const [record, outbox, conflicts] = await Promise.all([
        this.#store.get('replicas', projectId), this.#store.list('outbox', `${projectId}/`), this.#store.list('conflicts', `${projectId}/`),
      ])
      if (record === undefined) {
        await this.#create(revision)
        continue
      }
      const base = record.sequence === this.#base.sequence ? this.#base : baseOf(await this.#store.list('bases', `${projectId}/`))
      // Tables are read one after the other: only what nobody changed meanwhile is one state.
      if ((await this.#store.revision()) !== revision) continue
      this.#revision = revision
      this.#record = record
      this.#base = base
      this.#outbox = new Map(outbox.map(({ key, value }) => [key, value]))
      this.#conflicts = new Map(conflicts.map(({ key, value }) => [key, value]))
      this.#view = this.#unsent = undefined
      this.#tell()
      return
    }
  }

  async #create(expected: number): Promise<void> {
    const { projectId } = this
    const value: ReplicaRecord = { projectId, replicaId: crypto.randomUUID(), nextNumber: 1, sentThrough: 0, sequence: 0, fetchedAt: 0 }
    try {
      await this.#store.commit([{ op: 'put', table: 'replicas', key: projectId, value }], { expected })
    } catch (error) {
      if (!(error instanceof StaleStoreError)) throw error
    }
  }

  #apply({ operations, base, applied }: Change<unknown>): void {
    for (const operation of operations) {
      if (operation.table === 'outbox') apply(this.#outbox, operation)
      else if (operation.table === 'conflicts') apply(this.#conflicts, operation)
      else if (operation.table === 'replicas' && operation.op === 'put') this.#record = operation.value
    }
    if (base !== undefined) this.#base = base
    if (applied) applied()
    else this.#view = this.#unsent = undefined
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

function apply<Value>(map: Map<string, Value>, operation: { op: 'put'; key: string; value: Value } | { op: 'delete'; key: string }): void {
  if (operation.op === 'put') map.set(operation.key, operation.value)
  else map.delete(operation.key)
}

function baseOf(records: readonly { key: string; value: BaseSnapshot }[]): Base {
  const at = records.findLastIndex(({ value }) => value.document !== undefined)
  const document = records[at]?.value.document
  const deltas = records.slice(at + 1).map(({ value }) => value.changes ?? [])
  const plan = changed(document ? flattenPlan(document) : EMPTY_PLAN, deltas)
  const keys = records.map(({ key }) => key)
  return { sequence: records.at(-1)?.value.sequence ?? 0, plan, keys, changes: deltas.reduce((sum, { length }) => sum + length, 0) }
}

/** One copy of the plan for all batches. */
function changed(plan: FlatPlan, batches: readonly (readonly PlanChange[])[]): FlatPlan {
  const draft = new PlanDraft(plan)
  for (const changes of batches) for (const change of changes) draft.apply(change)
  return draft.finish()
}
