/** A store that dies when it is told to, and looks at every commit: what must hold of each one, whatever the engine was at. */
import type { OfflineStore, OutboxItem, ReplicaRecord, StoreOperation } from '../store/types.ts'

/** What the process that died throws in place of everything. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** What is remembered of one device's store, across crashes and tabs. */
export interface Seen {
  record: ReplicaRecord | undefined
  readonly outbox: Map<string, OutboxItem>
  /** Whether the server has carried out a write. */
  readonly isCarriedOut: (replicaId: string, item: OutboxItem) => boolean
}

const contentOf = (item: OutboxItem): string => JSON.stringify([item.changes, item.base, item.call])

/** @param life - Calls until it dies, before that call or after it. */
export function spyStore(store: OfflineStore, seen: Seen, life: { left: number; after: boolean }): OfflineStore {
  const alive = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (life.left < 0) throw new Crash()
    const dies = life.left-- === 0
    if (dies && !life.after) throw new Crash()
    const answer = await work()
    if (dies) throw new Crash()
    return answer
  }
  return {
    list: (table, prefix) => alive(() => store.list(table, prefix)),
    get: (table, key) => alive(() => store.get(table, key)),
    revision: () => alive(() => store.revision()),
    commit: (operations, options) => alive(async () => {
      const revision = await store.commit(operations, options)
      for (const operation of operations) check(seen, operation, operations)
      return revision
    }),
    watch: (listener) => store.watch(listener),
    exclusive: (name, work, options) => store.exclusive(name, work, options),
    close: () => store.close(),
  }
}

function check(seen: Seen, operation: StoreOperation, together: readonly StoreOperation[]): void {
  if (operation.table === 'replicas' && operation.op === 'put') {
    const { record } = seen
    const { value } = operation
    if (record && (value.sequence < record.sequence || value.nextNumber < record.nextNumber || value.sentThrough < record.sentThrough || value.replicaId !== record.replicaId)) {
      throw new Error(`a replica ran backwards: ${JSON.stringify([record, value])}`)
    }
    seen.record = value
  }
  if (operation.table !== 'outbox') return
  const before = seen.outbox.get(operation.key)
  const wasSent = before !== undefined && before.state === 'queued' && before.number <= (seen.record?.sentThrough ?? 0)
  if (operation.op === 'delete') {
    const isConflict = together.some((other) => other.table === 'conflicts' && other.op === 'put' && other.value.writeId === before?.id)
    if (wasSent && !isConflict && !seen.isCarriedOut(seen.record!.replicaId, before)) throw new Error(`a write left the outbox, and the server does not have it: ${JSON.stringify(before)}`)
    seen.outbox.delete(operation.key)
    return
  }
  const isAnswered = together.some((other) => other.table === 'outbox' && other.op === 'delete')
  if (wasSent && !isAnswered && before.expectedEditedAt !== operation.value.expectedEditedAt) throw new Error(`what an edit was made upon was changed: ${JSON.stringify([before, operation.value])}`)
  if (wasSent && contentOf(before) !== contentOf(operation.value)) throw new Error(`a write was changed that may have been sent: ${JSON.stringify([before, operation.value])}`)
  seen.outbox.set(operation.key, operation.value)
}
