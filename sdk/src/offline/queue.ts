/** What waits for the server, and what to do about what failed. */
import type { SyncEngine } from './engine.ts'
import { drop, requeue } from './outbox.ts'
import type { RetryOptions } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { OutboxItem } from './store/types.ts'
import type { QueueItem, QueueStatus } from './types.ts'

/** `offline.queue`. */
export class OfflineQueue {
  readonly #replica: Replica
  readonly #engine: SyncEngine
  readonly #watch: (listener: () => void) => () => void

  /** @internal */
  constructor(replica: Replica, engine: SyncEngine, watch: (listener: () => void) => () => void) {
    this.#replica = replica
    this.#engine = engine
    this.#watch = watch
  }

  /** The queue at a glance. */
  status(): QueueStatus {
    const { outbox, conflicts } = this.#replica
    const queued = outbox.filter(({ state }) => state === 'queued')
    const oldestAt = queued.reduce<number | null>((oldest, { createdAt }) => (oldest === null || createdAt < oldest ? createdAt : oldest), null)
    return { ...this.#engine.status, queued: queued.length, failed: outbox.length - queued.length, conflicts: conflicts.length, oldestAt, breaker: this.#engine.breaker.stats() }
  }

  /** Writes in the order in which they are sent, dead letters among them. */
  items(): QueueItem[] {
    const { outbox, record: { sentThrough } } = this.#replica
    return outbox.map((write) => viewOf(write, sentThrough))
  }

  /**
   * Queues dead letters anew.
   *
   * @remarks
   * With `override` they are sent in spite of rules of the project's own policy: where you have the permission `governance.override`,
   * they stand, and rules, reason and you are on record. Rules that a write was sent in spite of before stay overridden, so that
   * several rules are passed one after the other. Without it every rule binds them again.
   *
   * @param ids - All of them when absent.
   * @returns how many
   *
   * @example
   * ```ts
   * const refused = offline.queue.items().find(({ error }) => error?.line !== undefined)
   * if (refused) await offline.queue.retry([refused.id], { override: { rules: [refused.error!.rule!], reason: 'Hotfix for 4711' } })
   * ```
   */
  async retry(ids?: readonly string[], options: RetryOptions = {}): Promise<number> {
    const count = await requeue(this.#replica, ids, options)
    if (count > 0) this.#engine.wake()
    return count
  }

  /**
   * Forgets dead letters, and writes that were never sent: the plan is shown without them. A write that may have been sent stays.
   *
   * @returns how many
   */
  drop(ids: readonly string[]): Promise<number> {
    return drop(this.#replica, ids)
  }

  /** The status now, and after every change; what changes while a loop is busy is told once. Ends with the signal. */
  async *watch({ signal }: { signal?: AbortSignal | undefined } = {}): AsyncGenerator<QueueStatus, void, undefined> {
    let isNews = true
    let wake = (): void => {}
    const notice = (): void => {
      isNews = true
      wake()
    }
    const end = this.#watch(notice)
    signal?.addEventListener('abort', notice)
    try {
      while (!signal?.aborted) {
        if (isNews) {
          isNews = false
          yield this.status()
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      end()
      signal?.removeEventListener('abort', notice)
    }
  }
}

const viewOf = ({ id, number, kind, label, itemKeys, changes, call, state, attempts, error, override, createdAt }: OutboxItem, sentThrough: number): QueueItem => ({
  id, number, kind, label, itemKeys, ...(changes && { changes }), ...(call && { call }), state, attempts, error, ...(override && { override }), createdAt, sent: state === 'queued' && number <= sentThrough,
})
